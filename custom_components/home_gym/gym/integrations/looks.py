"""Times of the looks at a service: frugal, more often after a run is likely, and ever longer apart while it fails."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

USUALLY = timedelta(minutes=15)
"""Between two looks."""

SOON = timedelta(minutes=3)
"""Between two looks while a run is likely to have ended."""

LIKELY = timedelta(hours=1)
"""Before and after the time of day at which earlier runs ended."""

HABIT_OF = timedelta(days=28)
"""Runs that make a time likely; two at the same time of day do."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
"""Before the first and the last of the attempts after failures, each twice as long as the one before."""

_DAY = timedelta(days=1)


def pause_after(failures: int, asked: timedelta | None = None) -> timedelta:
    """Return the time before the next attempt after a number of failures; never less than the service asked for."""
    doublings = min(max(failures - 1, 0), 10)
    pause = min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
    return max(pause, min(asked, _DAY)) if asked else pause


def pause_of_one(attempts: int) -> timedelta:
    """Return the time before the next attempt at one recording, after a number of failed ones.

    It grows faster than the service's own pause: the service may never have this one.
    """
    return min(FIRST_PAUSE * (1 << 2 * min(max(attempts, 0), 6)), _DAY)


def time_to_next_look(now: datetime, ends: Iterable[datetime]) -> timedelta:
    """Return the time before the next look, by the ends of earlier runs."""
    since = [now - end for end in ends if now - HABIT_OF <= end <= now]
    # Just now counts alone: what another source reported is about to arrive here, too.
    if any(gone <= LIKELY for gone in since):
        return SOON
    apart = [gone % _DAY for gone in since]
    near = [gone if gone < _DAY / 2 else gone - _DAY for gone in apart]
    likely = sorted(gone for gone in near if -LIKELY / 4 <= gone <= LIKELY)
    return SOON if any(later - earlier <= LIKELY for earlier, later in pairwise(likely)) else USUALLY
