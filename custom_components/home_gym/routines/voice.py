"""Speaks the lines of a guided routine, one utterance at a time and none that comes too late."""

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

# After so many lines in a row that reached nobody, the runner can't follow any more.
MOST_FAILURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Lines that are spoken in one breath, of use until an instant."""

    lines: tuple[PhraseRef, ...]
    priority: CuePriority
    until: datetime


class RoutineVoice:
    """Has what a routine says spoken on one speaker, and tells when nothing can be heard any more."""

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
    def async_say(self, said: Sequence[Speak]) -> bool:
        """Speak what came at one moment as soon as nothing else is being spoken; tell whether there is something.

        Of what waits only the most important is kept, and the latest of that; on a phone, where lines are written,
        only cues are.
        """
        entry = self._coordinator.config_entry
        is_written = CONF_NOTIFY in self.speaker.data
        priority = max((one.priority for one in said), default=CuePriority.COUNT)
        if not said or self._coordinator.runner.silence.is_voice_off or (is_written and priority < CuePriority.CUE):
            return False
        chosen = [one for one in said if one.priority is priority]
        utterance = Utterance(
            lines=tuple(one.line for one in chosen), priority=priority, until=min(one.until for one in chosen)
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
        """Say no more, not even what waits to be said."""
        self._is_silenced = True
        self._waiting = None

    @callback
    def async_forget_failures(self) -> None:
        """Give the speaker another chance."""
        self._failures = 0

    async def _async_speak(self, utterance: Utterance) -> None:
        """Speak an utterance, and what was said meanwhile."""
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
        # Engines and players are other people's code, and whatever one raises, the routine must go on.
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
        text = " ".join(self._words(said) for said in utterance.lines)
        said = Line(title=line(self._phrases, "prompt.title"), text=text, is_wanted=lambda: not self._is_silenced)
        await async_perform(
            self._hass, self.speaker.data, said, priority=UtterancePriority.ROUTINE, until=utterance.until
        )

    def _words(self, said: PhraseRef) -> str:
        turn = self._turns[said.key]
        self._turns[said.key] += 1
        return words(self._phrases, said, turn=turn)
