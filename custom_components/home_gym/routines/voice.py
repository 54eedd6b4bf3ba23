"""Voice of a guided routine: one utterance at a time, and none too late."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import CONF_NOTIFY, CONF_SHOWS_ROUTINE, LOGGER
from ..coordinator import HomeGymCoordinator
from ..entity_references import entity_id_of
from ..gym.routines.player_events import CuePriority, PhraseRef, Speak
from ..gym.routines.player_lines import words
from ..gym.speech.phrases import Phrases
from ..gym.speech.queue import UtterancePriority
from ..options.speaker import is_written
from ..speech import AnnouncementCancelledError, LineDroppedError, async_perform, coach_line, tells_time
from ..speech.phones import phone_of

# After this many failed utterances in a row, the runner cannot follow the routine.
MOST_FAILURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Lines spoken together, of use until an instant."""

    lines: tuple[PhraseRef, ...]
    priority: CuePriority
    until: datetime


class RoutineVoice:
    """Speaks a routine's lines on one speaker, and reports a failing speaker."""

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: HomeGymCoordinator,
        phrases: Phrases,
        speaker: ConfigSubentry,
        on_silence: Callable[[], None],
    ) -> None:
        """Speak on a speaker of the runner."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self.speaker = speaker
        self._on_silence = on_silence
        self._turns: Counter[str] = Counter()
        self._failures = 0
        self._is_logged = False
        self._is_speaking = False
        self._waiting: Utterance | None = None
        self._is_silenced = False

    @callback
    def async_say(self, speaks: Sequence[Speak]) -> bool:
        """Speak the lines of one instant after the current utterance; return whether any is to be spoken.

        Of the waiting lines only the most important one is kept, and the latest of those. A phone, which shows
        written lines, gets cues only, and a speaker that speaks when it likes counts nothing down.
        """
        entry = self._coordinator.config_entry
        priority = max((speak.priority for speak in speaks), default=CuePriority.COUNT)
        if self._is_shown:
            return False
        if not speaks or self._coordinator.runner.silence.is_voice_off or priority < self._least_priority:
            return False
        chosen = [speak for speak in speaks if speak.priority is priority]
        utterance = Utterance(
            lines=tuple(speak.line for speak in chosen), priority=priority, until=min(speak.until for speak in chosen)
        )
        if not self._is_speaking:
            self._is_speaking = True
            entry.async_create_background_task(
                self._hass, self._async_speak(utterance), f"{entry.title}: routine", eager_start=False
            )
        elif self._waiting is None or priority >= self._waiting.priority:
            self._waiting = utterance
        return True

    @property
    def _is_shown(self) -> bool:
        """Whether the speaker is a phone that shows the routine on its lock screen, in place of each cue."""
        notify = entity_id_of(self._hass, self.speaker.data.get(CONF_NOTIFY, ""))
        shows_routine: bool = self.speaker.data.get(CONF_SHOWS_ROUTINE, True)
        return shows_routine and notify is not None and phone_of(self._hass, notify) is not None

    @property
    def _least_priority(self) -> CuePriority:
        """The least priority of lines for this speaker."""
        if is_written(self.speaker.data):
            return CuePriority.CUE
        return CuePriority.COUNT if tells_time(self._hass, self.speaker.data) else CuePriority.HINT

    @callback
    def async_silence(self) -> None:
        """Stop speaking, and drop the waiting utterance."""
        self._is_silenced = True
        self._waiting = None

    @callback
    def async_forget_failures(self) -> None:
        """Reset the count of failures, for another attempt."""
        self._failures = 0

    async def _async_speak(self, utterance: Utterance) -> None:
        """Speak an utterance, and the ones that arrive meanwhile."""
        following: Utterance | None = utterance
        try:
            while following:
                if dt_util.utcnow() < following.until:
                    await self._async_perform(following)
                following, self._waiting = self._waiting, None
        finally:
            self._is_speaking = False

    async def _async_perform(self, utterance: Utterance) -> None:
        title = self._coordinator.config_entry.title
        try:
            await self._async_say_line(utterance)
        except AnnouncementCancelledError:
            return
        except LineDroppedError as error:
            # One line may be late behind another; several in a row reach nobody.
            self._note_failure()
            LOGGER.debug("The routine of %s lost a line: %s", title, error)
        # Engines and players are third-party code; after any exception the routine must continue.
        except Exception as error:  # noqa: BLE001
            unexpected = None if isinstance(error, HomeAssistantError) else error
            if not self._is_logged:
                LOGGER.warning("The routine of %s can't be heard: %s", title, error, exc_info=unexpected)
            self._is_logged = True
            self._note_failure()
        else:
            if self._is_logged:
                LOGGER.info("The routine of %s can be heard again", title)
            self._failures, self._is_logged = 0, False

    def _note_failure(self) -> None:
        self._failures += 1
        if self._failures == MOST_FAILURES:
            self._on_silence()

    async def _async_say_line(self, utterance: Utterance) -> None:
        text = " ".join(self._words(phrase) for phrase in utterance.lines)
        spoken_line = replace(
            coach_line(self._coordinator.runner, self._phrases, text), is_wanted=lambda: not self._is_silenced
        )
        await async_perform(
            self._hass, self.speaker.data, spoken_line, priority=UtterancePriority.ROUTINE, until=utterance.until
        )

    def _words(self, phrase: PhraseRef) -> str:
        turn = self._turns[phrase.key]
        self._turns[phrase.key] += 1
        return words(self._phrases, phrase, turn=turn)
