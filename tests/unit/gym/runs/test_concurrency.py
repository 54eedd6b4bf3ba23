"""Limits of concurrent activities, by their definition over all pairs."""

from collections.abc import Iterator
from datetime import timedelta
import sys
from unittest.mock import patch

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.runs import concurrency
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.runs.concurrency import MAX_CONNECTED, MAX_NEARBY
from custom_components.home_gym.gym.runs.fusion import FURTHEST_APART, FURTHEST_SLIP, groups, same_time, slip_between
from custom_components.home_gym.gym.runs.run_history import RunHistory
from tests.support.unit.make import BERLIN, NOON, PHONE, TREADMILL, WATCH, activity

type Dated = dict[str, Activity]

OFFSETS = (0, 1, 20, 290, 600, 900, 1800, 3600, 7200, 43_200, 86_400, 129_600, 129_601)
SOURCES = (WATCH, PHONE, TREADMILL, {"origin": WATCH["origin"], "device": "other"})
runs = st.builds(
    lambda seconds, minutes, source, number: activity(
        NOON + timedelta(seconds=seconds), minutes=minutes, origin_id=str(number), **source
    ),
    st.lists(st.sampled_from(OFFSETS), min_size=1, max_size=3).map(sum),
    st.sampled_from((10, 30, 600)),
    st.sampled_from(SOURCES),
    st.integers(0, 12),
)
steps = st.lists(st.tuples(st.lists(runs, max_size=6), st.sets(st.integers(0, 12), max_size=4)), max_size=6)


def by_definition(activities: Dated) -> set[frozenset[str]]:
    """Return the runs of a set of activities, from all pairs."""
    everyone = list(activities.values())
    crowded = {one.id for one in everyone if sum(distance(one, other) <= FURTHEST_APART for other in everyone) - 1 > 4}
    together: list[list[Activity]] = [[one] for one in everyone if one.id in crowded]
    matching: list[list[Activity]] = []
    for connected in connections([one for one in everyone if one.id not in crowded]):
        if len(connected) > 3:
            together += [[one] for one in connected]
        else:
            matching += groups(connected)
    nearest = [
        min(
            (
                (slip, other[0].id, place)
                for place, other in enumerate(matching)
                if other is not group and any(distance(a, b) <= FURTHEST_SLIP for a in group for b in other)
                if (slip := slip_between(group, other)) is not None
            ),
            default=(0, "", None),
        )[2]
        for group in matching
    ]
    return {frozenset(one.id for one in group) for group in together} | {
        frozenset(
            one.id
            for each in ([group, matching[other]] if other is not None and nearest[other] == place else [group])
            for one in each
        )
        for place, (group, other) in enumerate(zip(matching, nearest, strict=True))
    }


def distance(one: Activity, other: Activity) -> timedelta:
    assert one.start
    assert other.start
    return abs(one.start - other.start)


def connections(activities: list[Activity]) -> Iterator[list[Activity]]:
    left = list(activities)
    while left:
        found = [left.pop()]
        for one in found:
            more = [other for other in left if same_time(one, other)]
            found += more
            left = [other for other in left if other not in more]
        yield found


@given(steps)
def test_limits_hold_by_their_definition_in_any_order(changes: list[tuple[list[Activity], set[int]]]) -> None:
    """With limits of four nearby and three connected, which small examples reach."""
    history, known = RunHistory(), dict[str, Activity]()
    with patch.object(concurrency, "MAX_NEARBY", 4), patch.object(concurrency, "MAX_CONNECTED", 3):
        for added, numbers in changes:
            new = {one.id: one for one in added}
            gone = {key for key, one in known.items() if int(one.origin_id or 0) in numbers} - new.keys()
            history.update([(one, BERLIN.day_of(one.end)) for one in new.values() if one.end], gone)
            known = {key: one for key, one in known.items() if key not in gone} | new
            assert {run.activities for run in history.all()} == by_definition(known)
            filled = RunHistory()
            filled.fill([(one, BERLIN.day_of(one.end)) for one in known.values() if one.end])
            assert filled.all() == history.all()


@pytest.mark.parametrize(
    ("number", "seconds", "expected"),
    [
        (MAX_CONNECTED, 1, 1),
        (MAX_CONNECTED + 1, 1, MAX_CONNECTED + 1),
        (MAX_NEARBY + 1, 129_600 / MAX_NEARBY, MAX_NEARBY // 2 + 1),
    ],
    ids=["as-many-as-connected", "overfull", "pairs-of-sources-nearly-a-crowd"],
)
def test_limit_is_last_number_that_fuses(number: int, seconds: float, expected: int) -> None:
    """The last case has pairs of devices three hours apart in a row, as many as are no crowd yet."""
    each = [
        activity(
            NOON + timedelta(seconds=(place if seconds == 1 else place // 2 * 2) * seconds),
            minutes=30 if seconds == 1 else 4,
            origin_id=str(place),
            origin=PHONE["origin"],
            device=str(place if seconds == 1 else place % 2),
        )
        for place in range(number)
    ]
    history = RunHistory()
    history.put_all([(one, BERLIN.day_of(one.end)) for one in each if one.end])
    assert len(history) == expected


@pytest.mark.parametrize("shape", ["one minute", "one each second", "chain"])
@pytest.mark.parametrize("size", [50, 2000])
def test_more_overlapping_activities_cost_at_most_twice_separate_ones(shape: str, size: int) -> None:
    """Counted in calls of functions while the second half is added in parts; the first half has made the crowd.

    A chain of overlaps goes on growing, so each part is compared with the one before.
    """

    def rows(apart: timedelta, *, within: int | None = None) -> list[Activity]:
        return [
            activity(
                NOON + apart * (place % within if within else place),
                origin_id=str(place),
                origin=PHONE["origin"],
                device=str(place % 7),
            )
            for place in range(2 * 2000)
        ]

    shapes = {
        "one minute": rows(timedelta(seconds=1), within=60),
        "one each second": rows(timedelta(seconds=1)),
        "chain": rows(timedelta(minutes=14)),
    }
    first, second = calls(shapes[shape], size)
    _, separate = calls(rows(timedelta(hours=20)), size)
    assert second <= 2 * (first if shape == "chain" else separate)


def calls(activities: list[Activity], size: int) -> tuple[int, int]:
    """Return the calls of functions while each half of some activities is put into a history, a part at a time."""
    history, number = RunHistory(), 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    dated = [(one, BERLIN.day_of(one.end)) for one in activities if one.end]
    numbers = []
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        for first in range(0, len(dated), size):
            history.put_all(dated[first : first + size])
            numbers.append(number)
    finally:
        sys.setprofile(before)
    half = numbers[len(numbers) // 2 - 1]
    return half, numbers[-1] - half


def test_overfull_activities_stay_alone_while_too_many_are_left() -> None:
    """Three more than fit begin together; one after the other is removed until the rest are one run."""
    each = [
        activity(origin_id=str(place), origin=PHONE["origin"], device=str(place)) for place in range(MAX_CONNECTED + 3)
    ]
    history = RunHistory()
    history.put_all([(one, BERLIN.day_of(one.end)) for one in each if one.end])
    numbers = []
    for one in each[:3]:
        history.drop(one.id)
        numbers.append(len(history))
    assert numbers == [MAX_CONNECTED + 2, MAX_CONNECTED + 1, 1]
