"""Voice of a guided routine: one utterance at a time, and none too late."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import CONF_NOTIFY, LOGGER
from ..coordinator import HomeGymCoordinator
from ..gym.routines.player_events import CuePriority, PhraseRef, Speak
from ..gym.routines.player_lines import words
from ..gym.speech.phrases import Phrases, line
from ..gym.speech.queue import UtterancePriority
from ..speech import Line, LineDroppedError, async_perform

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
        self._is_speaking = False
        self._waiting: Utterance | None = None
        self._is_silenced = False

    @callback
    def async_say(self, speaks: Sequence[Speak]) -> bool:
        """Speak the lines of one instant after the current utterance; return whether any is to be spoken.

        Of the waiting lines only the most important one is kept, and the latest of those; on a phone, which shows
        written lines, only cues are sent.
        """
        entry = self._coordinator.config_entry
        is_written = CONF_NOTIFY in self.speaker.data
        priority = max((speak.priority for speak in speaks), default=CuePriority.COUNT)
        if not speaks or self._coordinator.runner.silence.is_voice_off or (is_written and priority < CuePriority.CUE):
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
        except LineDroppedError:
            return
        # Engines and players are third-party code; after any exception the routine must continue.
        except Exception as error:  # noqa: BLE001
            unexpected = None if isinstance(error, HomeAssistantError) else error
            self._failures += 1
            if self._failures == 1:
                LOGGER.warning("The routine of %s can't be heard: %s", title, error, exc_info=unexpected)
            if self._failures == MOST_FAILURES:
                self._on_silence()
        else:
            if self._failures:
                LOGGER.info("The routine of %s can be heard again", title)
            self._failures = 0

    async def _async_say_line(self, utterance: Utterance) -> None:
        text = " ".join(self._words(phrase) for phrase in utterance.lines)
        spoken_line = Line(
            title=line(self._phrases, "prompt.title"), text=text, is_wanted=lambda: not self._is_silenced
        )
        await async_perform(
            self._hass, self.speaker.data, spoken_line, priority=UtterancePriority.ROUTINE, until=utterance.until
        )

    def _words(self, phrase: PhraseRef) -> str:
        turn = self._turns[phrase.key]
        self._turns[phrase.key] += 1
        return words(self._phrases, phrase, turn=turn)
