"""Fusion of many activities at once: one sweep over time finds the few pairs worth comparing.

The rules are those of `fusion`; the sweep skips pairs that no rule can match.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .activity import Activity
from .fusion import (
    FURTHEST_APART,
    FURTHEST_START,
    is_off_step,
    same_time,
    slip_between,
    span_of,
)

_FURTHEST_APART = FURTHEST_APART.total_seconds()


@dataclass(frozen=True, slots=True)
class Swept:
    """Activities connected by pairs of the same time, and the ids of those that a wrong time zone may have moved.

    An unconnected activity is a list of its own.
    """

    connected: list[list[Activity]]
    slipped: set[str]


def sweep(activities: Sequence[Activity]) -> Swept:
    """Sweep over dated activities, in any order and without duplicates."""
    leader = list(range(len(activities)))
    slipped: set[str] = set()
    for one, other, apart, overlaps in _pairs(activities):
        pair = activities[one], activities[other]
        if (overlaps or apart <= FURTHEST_START) and same_time(*pair):
            leader[_lead(leader, other)] = _lead(leader, one)
        elif not is_off_step(apart) and slip_between([pair[0]], [pair[1]]) is not None:
            slipped |= {activity.id for activity in pair}
    connected: dict[int, list[Activity]] = {}
    for place, activity in enumerate(activities):
        connected.setdefault(_lead(leader, place), []).append(activity)
    slipped |= {activity.id for together in connected.values() if len(together) > 1 for activity in together}
    return Swept(list(connected.values()), slipped)


def _pairs(activities: Sequence[Activity]) -> Iterator[tuple[int, int, float, bool]]:
    """Yield all pairs that began near each other: their positions, the seconds between starts, and the overlap."""
    spans = sorted((*span_of(activity), place) for place, activity in enumerate(activities))
    for rank, (start, end, one) in enumerate(spans):
        for later in range(rank + 1, len(spans)):
            other_start, _, other = spans[later]
            if other_start - start > _FURTHEST_APART:
                break
            yield one, other, other_start - start, other_start < end


def _lead(leader: list[int], place: int) -> int:
    """Find the group's representative (union-find)."""
    while leader[place] != place:
        leader[place] = place = leader[leader[place]]
    return place
