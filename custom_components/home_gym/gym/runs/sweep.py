"""Fusion of a whole life's activities at once: one sweep over time finds the few pairs that are worth a closer look.

The rules are those of `fusion`; here is only what lets most pairs be passed over without asking them.
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
    """The activities connected by pairs of the same time, and the ids of those that a wrong time zone may have moved.

    Who is connected with nobody is a list of one.
    """

    connected: list[list[Activity]]
    slipped: set[str]


def sweep(activities: Sequence[Activity]) -> Swept:
    """Look through dated activities, each told once, in any order."""
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
    """Give every two that began near each other: their places, how many seconds apart, whether they overlap."""
    spans = sorted((*span_of(activity), place) for place, activity in enumerate(activities))
    for rank, (start, end, one) in enumerate(spans):
        for later in range(rank + 1, len(spans)):
            other_start, _, other = spans[later]
            if other_start - start > _FURTHEST_APART:
                break
            yield one, other, other_start - start, other_start < end


def _lead(leader: list[int], place: int) -> int:
    """Return who stands for all that are connected with a place."""
    while leader[place] != place:
        leader[place] = place = leader[leader[place]]
    return place
