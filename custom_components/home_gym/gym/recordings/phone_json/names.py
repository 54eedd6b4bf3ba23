"""Workout names of phones in all their languages; the names themselves are data, in `names.json`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
import json
from unicodedata import normalize

from ...runs.activity import Sport
from ..sports import INDOORS, classify, normal

_TREADMILL = "treadmill"


def key_of(name: str | None) -> str:
    """Return a key that is the same for all spellings of a name."""
    return normal(normalize("NFC", name or "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).casefold()


def _shipped() -> Mapping[str, tuple[str, ...]]:
    """Return the built-in names by meaning; they are part of the code, and read with it."""
    plain = json.loads(files(__package__).joinpath("names.json").read_text(encoding="utf-8"))
    return {meaning: tuple(names) for meaning, names in plain.items()}


SHIPPED = _shipped()
RUN_NAMES = (*SHIPPED[Sport.RUN], *SHIPPED[_TREADMILL])
"""Default names of runs, unless the user chooses others."""


@cache
def _sports() -> Mapping[str, Sport]:
    """Return the sports of the names that are no runs."""
    return {
        key_of(name): Sport(kind) for kind in (Sport.WALK, Sport.STRENGTH, Sport.MOBILITY) for name in SHIPPED[kind]
    }


@cache
def _keys(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names as keys for comparison."""
    return frozenset(map(key_of, names))


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
        key = key_of(name)
        if key in self.runs:
            return Sport.RUN
        if key in _keys(RUN_NAMES):
            return Sport.OTHER
        return _sports().get(key) or classify(name)

    @staticmethod
    def indoor(name: str | None) -> bool | None:
        """Return whether a name implies indoors, None if it doesn't say."""
        key = key_of(name)
        if key in _keys(SHIPPED[_TREADMILL]) or not INDOORS.isdisjoint(key.split("_")):
            return True
        return False if "outdoor" in key.split("_") else None
