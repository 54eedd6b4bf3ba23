"""The end of a routine: a milestone, and a question about effort or once about kit, by voice, else on the phones."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..assist.spoken_reply import async_handle_reply
from ..component import OnUnload
from ..const import CONF_SATELLITE, DOMAIN, LOGGER
from ..coordinator import JournalNotWrittenError, RunnerClosedError
from ..data import RunnerData
from ..entity_references import entity_id_of
from ..gym import verbs
from ..gym.events import Event
from ..gym.exercises.kit_words import kit_in
from ..gym.habits.practice import Effort
from ..gym.intake.manual_entries import RATEABLE_FOR, NothingToRateError
from ..gym.routines.player_events import RoutineFinished
from ..gym.speech.phrases import Phrases, line
from ..gym.verbs import Verb
from ..options.speaker import is_written
from ..speech import UtterancePriority, async_ask, async_perform, coach_line
from ..speech.phones import Notification, async_listen_for_answers, async_notify_phones
from .effort_question import async_ask_effort
from .kit_question import answer_to, async_is_unknown, async_set_kit
from .milestone_words import milestone_in_words
from .phone_messages import FollowedMessage, PhoneMessages


class ClosingQuestion(StrEnum):
    """Question at the end of a routine; one at most."""

    ROUTINE = "routine"
    OUTING = "outing"
    BOTH = "both"
    KIT = "kit"


ASKING_EFFORT = {ClosingQuestion.OUTING, ClosingQuestion.BOTH}


class RoutineRating:
    """Asks once after a routine that shows progress or follows a run; answers count for twelve hours."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData, messages: PhoneMessages) -> None:
        """Ask a runner."""
        self._hass = hass
        self._gym = gym
        self._messages = messages
        self._prefix = f"{DOMAIN}_rating/{gym.entry.entry_id}/"

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, RoutineFinished):
            entry = self._gym.entry
            entry.async_create_background_task(self._hass, self._async_end(event), f"{entry.title}: end of a routine")

    async def _async_end(self, event: RoutineFinished) -> None:
        """Say a milestone, and ask by voice; ask on the phones where no speaker listens."""
        now, runner, speaker = dt_util.utcnow(), self._gym.runner, self._gym.routines.speaker
        is_rated = runner.manual_entries.rateable(now) is not None
        may_ask_effort = runner.effort.may_follow(event.routine.habit, now)
        if speaker and not is_written(speaker.data) and not runner.silence.is_voice_off:
            listens = CONF_SATELLITE in speaker.data
            question = _question(is_rated=is_rated, may_ask_effort=may_ask_effort and listens)
            if (
                listens
                and question is not ClosingQuestion.OUTING
                and async_is_unknown(self._gym.entry, event.routine.habit)
            ):
                question = ClosingQuestion.KIT
            try:
                await self._async_end_aloud(speaker.data, question, is_praised=not event.is_eased)
            # Engines and players are third-party code.
            except Exception as error:  # noqa: BLE001
                LOGGER.debug("%s was not asked about the routine: %s", self._gym.entry.title, error)
            if listens:
                return
        if is_rated:
            await self._async_ask_on_phones()
        elif may_ask_effort:
            await async_ask_effort(self._hass, self._gym, self._messages)

    async def _async_end_aloud(
        self, speaker: Mapping[str, Any], question: ClosingQuestion | None, *, is_praised: bool
    ) -> None:
        """Say the milestone and the question in one line, and take the reply."""
        runner, phrases = self._gym.runner, self._gym.phrases
        milestone = runner.milestones.to_say(dt_util.utcnow()) if is_praised else None
        parts = [milestone_in_words(self._hass, self._gym, milestone)] if milestone else []
        parts += [_words(phrases, question)] if question else []
        if not parts:
            return
        spoken = replace(coach_line(runner, phrases, " ".join(parts)), is_wanted=lambda: runner.silence.may_ask)
        if question is None:
            await async_perform(self._hass, speaker, spoken)
            heard = None
        else:
            heard = await async_ask(self._hass, speaker, spoken, on_hindrance=lambda _error: None)
        if milestone:
            await self._async_note(verbs.note_milestone_said(milestone.key))
        if question in ASKING_EFFORT:
            await self._async_note(verbs.ask_effort())
        if question is ClosingQuestion.KIT:
            await self._async_take_kit(speaker, heard)
            return
        if not heard:
            return
        satellite = entity_id_of(self._hass, speaker[CONF_SATELLITE])
        reply = await async_handle_reply(self._hass, self._gym, heard, satellite=satellite)
        if reply:
            answer = coach_line(runner, phrases, reply)
            await async_perform(self._hass, speaker, answer, priority=UtterancePriority.ROUTINE)

    async def _async_take_kit(self, speaker: Mapping[str, Any], heard: str | None) -> None:
        """Answer a reply about the kit, and set the option, which loads the runner again."""
        runner, phrases = self._gym.runner, self._gym.phrases
        if heard:
            answer = coach_line(runner, phrases, answer_to(phrases, kit_in(heard, phrases)))
            await async_perform(self._hass, speaker, answer, priority=UtterancePriority.ROUTINE)
        async_set_kit(self._hass, self._gym.entry, heard, phrases)

    async def _async_note(self, verb: Verb) -> None:
        # A failed write is logged already; the note is in memory.
        with suppress(JournalNotWrittenError):
            await self._gym.coordinator.async_apply(verb)

    async def _async_ask_on_phones(self) -> None:
        entries, phrases = self._gym.runner.manual_entries, self._gym.phrases
        session = entries.rateable(dt_util.utcnow())
        if session is None:
            return
        tag, ended = f"{self._prefix}question", session.end
        await async_notify_phones(
            self._hass,
            self._gym.entry,
            Notification(
                title=line(phrases, "prompt.title"),
                message=line(phrases, "player.rating"),
                tag=tag,
                buttons={
                    f"{self._prefix}{effort}/{ended.isoformat()}": line(phrases, f"answer.rating_{effort}")
                    for effort in Effort
                },
            ),
        )

        def is_open(now: datetime) -> bool:
            latest = entries.rateable(now)
            is_same = latest is not None and latest.end == ended
            return is_same and entries.unrated(now) is not None

        self._messages.async_follow(tag, FollowedMessage(is_open=is_open, ends=ended + RATEABLE_FOR))

    async def _async_handle_answer(self, reply: str) -> None:
        name, _, ended = reply.partition("/")
        effort = next((effort for effort in Effort if effort == name), None)
        if effort is None:
            return
        try:
            # Buttons of earlier versions don't name their session.
            await self._gym.coordinator.async_apply(verbs.rate(effort, ended=dt_util.parse_datetime(ended)))
            await async_ask_effort(self._hass, self._gym, self._messages)
        except (NothingToRateError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._gym.entry.title, error)
        except JournalNotWrittenError:
            # The answer is in memory, and the failed write is logged already.
            pass


def _words(phrases: Phrases, question: ClosingQuestion) -> str:
    """Return a question in words."""
    match question:
        case ClosingQuestion.ROUTINE:
            return line(phrases, "player.rating")
        case ClosingQuestion.OUTING:
            return line(phrases, "assist.effort_ask")
        case ClosingQuestion.BOTH:
            return line(phrases, "player.rating_and_effort")
        case ClosingQuestion.KIT:
            return line(phrases, "player.kit")


def _question(*, is_rated: bool, may_ask_effort: bool) -> ClosingQuestion | None:
    """Return the question about effort, None without any."""
    if not may_ask_effort:
        return ClosingQuestion.ROUTINE if is_rated else None
    return ClosingQuestion.BOTH if is_rated else ClosingQuestion.OUTING
