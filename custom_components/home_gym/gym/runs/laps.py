"""Laps of one recording, each stretch of time in one of them."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from .activity import Lap

ROUNDING = timedelta(seconds=2)
"""Time by which laps in sequence may overlap."""


def without_overlaps(laps: Iterable[tuple[Lap, bool]]) -> tuple[Lap, ...]:
    """Return laps in their order, without those that an overlapping lap replaces.

    Each lap comes with whether it is automatic. A lap with a marked purpose is kept before one by its wearer, and that
    before an automatic one.
    """
    given = list(laps)
    if not any(later.start + ROUNDING < earlier.end for (earlier, _), (later, _) in pairwise(given)):
        return tuple(lap for lap, _ in given)
    kept: list[Lap] = []
    for lap, _ in sorted(given, key=lambda each: (each[0].intensity is None, each[1])):
        if not any(lap.start + ROUNDING < other.end and other.start + ROUNDING < lap.end for other in kept):
            kept.append(lap)
    return tuple(lap for lap, _ in given if lap in kept)
