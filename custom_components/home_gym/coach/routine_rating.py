"""The question about the effort of a routine at its end: by voice, else on the runner's phones."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
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
from ..gym.habits.practice import Effort
from ..gym.intake.manual_entries import RATEABLE_FOR, NothingToRateError
from ..gym.routines.player_events import RoutineFinished
from ..gym.speech.phrases import line
from ..options.speaker import is_written
from ..speech import UtterancePriority, async_ask, async_perform, coach_line
from ..speech.phones import Notification, async_listen_for_answers, async_notify_phones
from .phone_messages import FollowedMessage, PhoneMessages


class RoutineRating:
    """Asks once after a routine that shows progress; answers count for twelve hours."""

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
        if not isinstance(event, RoutineFinished) or self._gym.runner.manual_entries.rateable(dt_util.utcnow()) is None:
            return
        entry = self._gym.entry
        entry.async_create_background_task(self._hass, self._async_ask(), f"{entry.title}: effort of a routine")

    async def _async_ask(self) -> None:
        """Ask by voice; on the phones where no speaker listens."""
        speaker = self._gym.routines.speaker
        is_heard = speaker is not None and not is_written(speaker.data)
        if speaker and is_heard and not self._gym.runner.silence.is_voice_off:
            try:
                await self._async_ask_aloud(speaker.data)
            # Engines and players are third-party code.
            except Exception as error:  # noqa: BLE001
                LOGGER.debug("%s was not asked about the routine: %s", self._gym.entry.title, error)
            if CONF_SATELLITE in speaker.data:
                return
        await self._async_ask_on_phones()

    async def _async_ask_aloud(self, speaker: Mapping[str, Any]) -> None:
        runner, phrases = self._gym.runner, self._gym.phrases
        asked = replace(
            coach_line(runner, phrases, line(phrases, "player.rating")), is_wanted=lambda: runner.silence.may_ask
        )
        heard = await async_ask(self._hass, speaker, asked, on_hindrance=lambda _error: None)
        if not heard:
            return
        satellite = entity_id_of(self._hass, speaker[CONF_SATELLITE])
        reply = await async_handle_reply(self._hass, self._gym, heard, satellite=satellite)
        if reply:
            answer = coach_line(runner, phrases, reply)
            await async_perform(self._hass, speaker, answer, priority=UtterancePriority.ROUTINE)

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
        except (NothingToRateError, RunnerClosedError) as error:
            LOGGER.warning("%s: an answer came too late: %r", self._gym.entry.title, error)
        except JournalNotWrittenError:
            # The answer is in memory, and the failed write is logged already.
            pass
