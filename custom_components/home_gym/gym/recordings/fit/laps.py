"""Laps of one recording, each stretch of time in one of them."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from ...runs.activity import Lap

ROUNDING = timedelta(seconds=2)
"""Greatest overlap of laps in sequence."""


def without_overlaps(laps: Iterable[tuple[Lap, bool]]) -> tuple[Lap, ...]:
    """Return laps in their order, without those that an overlapping lap replaces.

    Each lap comes with whether it is automatic. A lap with a marked purpose is kept before one by its wearer, and that
    before an automatic one.
    """
    given = list(laps)
    if not any(later.start + ROUNDING < earlier.end for (earlier, _), (later, _) in pairwise(given)):
        return tuple(lap for lap, _ in given)
    kept: dict[int, Lap] = {}
    for number in sorted(range(len(given)), key=lambda at: (given[at][0].intensity is None, given[at][1])):
        lap, _ = given[number]
        if not any(lap.start + ROUNDING < other.end and other.start + ROUNDING < lap.end for other in kept.values()):
            kept[number] = lap
    return tuple(kept[number] for number in sorted(kept))
