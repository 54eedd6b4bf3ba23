"""Activities of a treadmill session: a run with a walk before and after it, or a walk."""

from typing import Any

import pytest

from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport, Surface
from custom_components.home_gym.gym.treadmill.activities import activities_of, assign, run_span
from custom_components.home_gym.gym.treadmill.log import GUEST, BeltLog, BeltRecord, Certainty
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState, Phase
from custom_components.home_gym.gym.treadmill.speed_model import Distance
from tests.support.unit.make import A_MINUTE, NOON

type Plan = list[tuple[BeltState, int]]

WALK, RUN = BeltState.WALKING, BeltState.RUNNING


def record(plan: Plan, **known: Any) -> BeltRecord:
    """Return a session with these minutes in each gait."""
    phases, at = [], NOON
    for gait, minutes in plan:
        phases.append(Phase(state=gait, start=at, end=at + minutes * A_MINUTE))
        at += minutes * A_MINUTE
    return BeltRecord(session=BeltSession(start=NOON, end=at, phases=tuple(phases), levels=()), **known)


def summary(activities: list[Activity]) -> list[tuple[str, float, float]]:
    """Return sport, first and last minute of activities."""
    return [
        (one.sport.value, (one.start - NOON) / A_MINUTE, (one.end - NOON) / A_MINUTE)
        for one in activities
        if one.start and one.end
    ]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ([(WALK, 30)], [("walk", 0, 30)]),
        ([(RUN, 30)], [("run", 0, 30)]),
        ([(WALK, 5), (RUN, 20)], [("walk", 0, 5), ("run", 5, 25)]),
        ([(RUN, 20), (WALK, 5)], [("run", 0, 20), ("walk", 20, 25)]),
        ([(WALK, 5), (RUN, 20), (WALK, 5)], [("walk", 0, 5), ("run", 5, 25), ("walk", 25, 30)]),
        # A break is part of the run.
        (
            [(WALK, 5), (RUN, 10), (WALK, 2), (RUN, 10), (WALK, 5)],
            [("walk", 0, 5), ("run", 5, 27), ("walk", 27, 32)],
        ),
    ],
)
def test_session_is_run_between_two_walks(plan: Plan, expected: list[tuple[str, float, float]]) -> None:
    activities = activities_of("belt", record(plan), None)
    assert sorted(summary(activities), key=lambda one: one[1]) == expected
    assert len({one.id for one in activities}) == len(activities)
    assert all((one.indoor, one.surface) == (True, Surface.TREADMILL) for one in activities)
    assert all(one.moving_time == one.elapsed_time for one in activities)
    span = run_span(record(plan).session)
    runs = [one for one in expected if one[0] == "run"]
    assert runs == ([("run", (span[0] - NOON) / A_MINUTE, (span[1] - NOON) / A_MINUTE)] if span else [])


@pytest.mark.parametrize(
    ("plan", "parts"),
    [
        ([(WALK, 30)], ["/walk"]),
        ([(WALK, 5), (RUN, 20), (WALK, 5)], ["/before", "", "/after"]),
    ],
)
def test_identity_of_each_part_is_fixed(plan: Plan, parts: list[str]) -> None:
    """Stored ids are derived from these, so a change would deliver every session a second time."""
    one = record(plan)
    assert [each.origin_id for each in activities_of("belt", one, None)] == [f"belt/{one.id}{part}" for part in parts]


ALL = [(WALK, 5), (RUN, 20), (WALK, 5)]


@pytest.mark.parametrize(
    ("counted", "estimated", "distance", "error", "origin"),
    [
        (None, None, None, None, Origin.POWER),
        (None, Distance(metres=4000, error=0.05), 4000, 200, Origin.POWER),  # 5 % of 4 km
        (None, Distance(metres=0, error=1), None, None, Origin.POWER),  # nothing was known of its power
        (3900, None, 3900, None, Origin.TREADMILL),
        (3900, Distance(metres=4000, error=0.05), 3900, None, Origin.TREADMILL),
        # An odometer that can't be right.
        (90_000, None, None, None, Origin.TREADMILL),
        (90_000, Distance(metres=4000, error=0.05), 4000, 200, Origin.TREADMILL),
    ],
)
def test_distance_is_counted_or_estimated(
    counted: float | None,
    estimated: Distance | None,
    distance: float | None,
    error: float | None,
    origin: Origin,
) -> None:
    activities = activities_of("belt", record(ALL, distance=counted), estimated)
    [run] = [one for one in activities if one.sport is Sport.RUN]
    assert (run.distance, run.distance_error) == (distance, error)
    assert {one.origin for one in activities} == {origin}
    assert all(one.distance is None for one in activities if one.sport is Sport.WALK)


def test_activity_ids_do_not_depend_on_estimate() -> None:
    """Otherwise a withdrawal would miss them."""
    one, other = (
        {activity.id for activity in activities_of("belt", record(ALL), estimated)}
        for estimated in (None, Distance(metres=4000, error=0.05))
    )
    assert one == other
    assert not one & {activity.id for activity in activities_of("another belt", record(ALL), None)}


@pytest.mark.parametrize(
    ("before", "runner", "moves", "back"),
    [
        ({}, "alex", True, False),
        ({"runner": "alex", "certainty": Certainty.GUESSED, "delivered": True}, "billie", True, True),
        ({"runner": "alex", "certainty": Certainty.GUESSED, "delivered": True}, GUEST, True, True),
        ({"runner": "alex", "certainty": Certainty.GUESSED, "delivered": True}, "alex", True, False),
        ({"runner": "alex", "certainty": Certainty.GUESSED}, "billie", True, False),
        ({"runner": GUEST, "certainty": Certainty.WATCH}, "alex", True, False),
        ({"runner": "alex", "certainty": Certainty.SAID, "delivered": True}, "billie", False, False),
    ],
)
def test_reassigned_session_is_withdrawn_from_journal(
    before: dict[str, Any], runner: str, moves: bool, back: bool
) -> None:
    log = BeltLog()
    log.add(known := record(ALL, **before))
    assert assign(log, "belt", known.id, runner, Certainty.WATCH) == moves
    expected = {"alex": [one.id for one in activities_of("belt", known, None)]} if back else {}
    assert log.withdrawals == expected
