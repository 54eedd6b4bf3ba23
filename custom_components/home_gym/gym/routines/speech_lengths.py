"""Seconds that a voice takes for lines, in the words of one language."""

from collections.abc import Iterable
from functools import lru_cache

from ..speech.phrases import Phrases
from .player_events import PhraseRef

WORDS_A_SECOND = 2.3
UNTIL_SPOKEN = 3.0
"""Seconds from a line's instant to its first word, and to settle after the last."""


class SpeechLengths:
    """Lengths of lines, by their longest variants."""

    def __init__(self, phrases: Phrases | None = None) -> None:
        """Use these phrases; without any, no line takes time."""
        self._phrases = phrases
        self._words = lru_cache(maxsize=None)(self._words_of)

    def seconds(self, lines: Iterable[PhraseRef]) -> float:
        """Return the seconds from the instant of lines spoken together to their end."""
        said = list(lines)
        if self._phrases is None or not said:
            return 0.0
        return UNTIL_SPOKEN + sum(map(self._count, said)) / WORDS_A_SECOND

    def _count(self, line: PhraseRef) -> int:
        named = (self._count(value) for value in line.values.values() if isinstance(value, PhraseRef))
        return self._words(line.key) + sum(named)

    def _words_of(self, key: str) -> int:
        phrases: Phrases = self._phrases or {}
        return max(len(variant.split()) for variant in phrases[key])


SILENT: SpeechLengths = SpeechLengths()
