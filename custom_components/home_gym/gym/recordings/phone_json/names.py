"""Workout names of phones, as far as a runner chooses those of runs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ...runs.activity import Sport
from ..sports import RUN_NAMES, classify, normal, says_indoors, says_outdoors


@cache
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names as keys for comparison."""
    return frozenset(map(normal, names))


@dataclass(frozen=True, slots=True)
class Names:
    """Workout names that one runner counts as runs."""

    runs: frozenset[str] = field(default_factory=lambda: _keys(RUN_NAMES))

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Count these as runs, and none of the other built-in names."""
        return cls(_keys(tuple(names)))

    def sport(self, name: str | None) -> Sport:
        """Return the sport of a name; a name removed from the list of runs is another sport."""
        key = normal(name)
        if key in self.runs:
            return Sport.RUN
        return Sport.OTHER if key in _keys(RUN_NAMES) else classify(name)

    @staticmethod
    def indoor(name: str | None) -> bool | None:
        """Return whether a name implies indoors, None if it doesn't say."""
        if says_indoors(name):
            return True
        return False if says_outdoors(name) else None
