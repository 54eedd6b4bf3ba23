"""Today's wise distance, worked out by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.runs.run_history import RunHistory
from custom_components.home_gym.gym.runs.training_plans import (
    BEGINNER_PLAN,
    GENTLE_BEGINNER_PLAN,
    RETURN_PLANS,
    WALK_PLAN,
    return_plan,
    run_minutes,
)
from custom_components.home_gym.gym.runs.wise_distance import BackLimits, WiseRule, recent_distances, wise_distance

from ....support.unit.make import NOON, activity

TODAY = NOON.date()
A_HOUR = timedelta(hours=1)


def history(*runs: tuple[int, float], pace: float = 6) -> RunHistory:
    """Return runs, by days before today and kilometres, at minutes a kilometre."""
    found = RunHistory()
    for number, (ago, km) in enumerate(runs):
        # Another run of a day is in the afternoon.
        later = 4 * A_HOUR if ago in {day for day, _ in runs[:number]} else timedelta()
        start = NOON - ago * A_DAY + later
        found.put(activity(start, km=km, minutes=pace * km), start.date())
    return found


def wise(runs: RunHistory, *, today: date = TODAY, back: BackLimits = BackLimits()) -> tuple[float, str]:  # noqa: B008
    """Return the wise distance in kilometres, and its rule."""
    found = wise_distance(today, runs, back)
    assert found
    return round(found.distance / 1000, 3), str(found.rule)


STEADY = [(ago, 5.0) for ago in range(2, 60, 2)]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        # 110 % of the longest of 30 days; day 31 is too long ago.
        ([*STEADY, (10, 10)], (11, "longest_run")),
        ([*STEADY, (30, 10)], (11, "longest_run")),
        ([*STEADY, (31, 10)], (5.5, "longest_run")),
        # Today's own run is no base.
        ([*STEADY, (0, 20)], (5.5, "longest_run")),
        # 3 days off: 75 %; 2 are none.
        ([(ago, 8) for ago in range(3, 60, 2)], (8.8, "longest_run")),
        ([(ago, 8) for ago in range(4, 60, 2)], (6, "after_break")),
        # Who runs every Sunday, or on two days in a row each week, has no break in between; a Sunday left out is one.
        ([(ago, 8) for ago in range(7, 60, 7)], (8.8, "longest_run")),
        ([(ago, 8) for week in range(8) for ago in (6 + 7 * week, 7 + 7 * week)], (8.8, "longest_run")),
        ([(ago, 8) for ago in range(13, 60, 7)], (6, "after_break")),
        # 14 days off: 50 %, at most 30 minutes, which are 5 km at 6 min/km.
        ([(ago, 8) for ago in range(15, 70, 2)], (4, "after_break")),
        ([(ago, 20) for ago in range(15, 70, 2)], (5, "after_break")),
        # 28 days off: 6 x 3 minutes are 3 km. 42 days are of the same row.
        ([(ago, 20) for ago in range(29, 90, 2)], (3, "after_break")),
        ([(ago, 20) for ago in range(43, 90, 2)], (3, "after_break")),
        # 56 days off: 8 minutes; and so after more than a year.
        ([(ago, 12) for ago in range(57, 120, 2)], (8 / 6, "after_break")),
        ([(500, 12)], (8_000 / 60 * 8 / 1000, "after_break")),
        # The second week after 20 days off: 65 % of 10 km; of the run since, 110 %.
        ([*((ago, 10) for ago in range(30, 80, 2)), (9, 5), (7, 6), (5, 6), (2, 6)], (6.5, "after_break")),
        # The first weeks: 3 km have 110 %, and the plan of the third week no more.
        ([(15, 3), (12, 3), (9, 3), (6, 3), (3, 3), (1, 3)], (3.3, "longest_run")),
        # The plan of the fourth week has 16 minutes, more than 110 % of what was run: 16 / 6 km.
        (
            [(22, 1), (20, 1), (18, 1), (16, 1), (14, 1), (12, 1), (10, 1), (8, 1), (6, 1), (4, 1), (2, 1)],
            (16 / 6, "beginner"),
        ),
    ],
)
def test_wise_distance(runs: list[tuple[int, float]], expected: tuple[float, str]) -> None:
    distance, rule = wise(history(*runs))
    assert distance == pytest.approx(expected[0], abs=0.001)
    assert rule == expected[1]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (BackLimits(may_run=False), (0, "doctor")),
        (BackLimits(may_run=False, cleared_on=TODAY), (0, "cleared")),
        # The usual run of four weeks instead of 110 % of the longest.
        (BackLimits(is_sore=True), (5, "sore")),
        # 8 minutes in the first week, 16 in the third, at 6 min/km.
        (BackLimits(cleared_on=TODAY), (8 / 6, "cleared")),
        (BackLimits(cleared_on=TODAY - 14 * A_DAY), (16 / 6, "cleared")),
        (BackLimits(cleared_on=TODAY - 56 * A_DAY), (11, "longest_run")),
    ],
)
def test_back_limits_the_distance(back: BackLimits, expected: tuple[float, str]) -> None:
    distance, rule = wise(history(*STEADY, (10, 10)), back=back)
    assert distance == pytest.approx(expected[0], abs=0.001)
    assert rule == expected[1]


def test_gentle_beginner_runs_less() -> None:
    runs = [(ago, 1.0) for ago in range(22, 0, -2)]
    # 5 x 3 minutes in the fourth week.
    assert wise(history(*runs), back=BackLimits(is_gentle=True))[0] == pytest.approx(15 / 6, abs=0.001)


def test_runner_without_runs_is_unknown() -> None:
    assert wise_distance(TODAY, RunHistory(), BackLimits()) is None
    assert wise_distance(TODAY, history((0, 3)), BackLimits()) is None


def test_runs_without_distance_say_nothing() -> None:
    found = RunHistory()
    start = NOON - 40 * A_DAY
    found.put(activity(start, km=None), start.date())
    assert wise_distance(TODAY, found, BackLimits()) is None


def test_run_with_unknown_duration_has_usual_speed() -> None:
    found = RunHistory()
    start = NOON - 60 * A_DAY
    found.put(activity(start, km=10, minutes=None), start.date())
    distance, rule = wise(found)
    assert distance == pytest.approx(8 * 8 / 60, abs=0.001)
    assert rule == WiseRule.AFTER_BREAK


# The plans


def test_walking_grows_by_at_most_a_third() -> None:
    totals = [week.total for week in WALK_PLAN]
    assert (len(totals), totals[0], totals[-1]) == (16, 30, 150)
    assert all(later / earlier <= 1.34 for earlier, later in pairwise(totals))


@pytest.mark.parametrize(
    ("off", "days"),
    [(0, None), (2, None), (3, 3), (13, 3), (14, 14), (27, 14), (28, 28), (55, 28), (56, 56), (900, 56)],
)
def test_plan_of_break(off: int, days: int | None) -> None:
    plan = return_plan(off)
    assert (plan.days_off if plan else None) == days


def test_minutes_of_return() -> None:
    """Of the third plan the last two weeks grow by 10 %: 36, 39.6, 43.56."""
    minutes = [[week.minutes for week in plan.weeks] for plan in RETURN_PLANS]
    assert minutes[2] == [18, 24, 27, 30, 33, 36, pytest.approx(39.6), pytest.approx(43.56)]
    assert minutes[3] == [8, 12, 16, 20, 24, 27, 28, 30]
    assert [plan.hard_from_day for plan in RETURN_PLANS] == [8, 29, 43, 71]


def test_minutes_of_beginners() -> None:
    longest = [max(map(run_minutes, week)) for week in BEGINNER_PLAN]
    assert longest == [8, 9, 9, 16, 20, 25, 25, 28, 30]
    gentle = [max(map(run_minutes, week)) for week in GENTLE_BEGINNER_PLAN]
    assert gentle == [8, 9, 12, 15, 16, 20, 21, 24, 24, 28, 28, 30]
    assert timedelta(weeks=len(gentle)) > timedelta(weeks=len(longest))


@pytest.mark.parametrize(
    ("runs", "distances", "usual"),
    [
        ([], (), None),
        # Today's own run, and day 31, are left out.
        ([(0, 9), (1, 5), (30, 7), (31, 8)], (7000, 5000), None),
        ([(1, 5), (2, 6), (3, 7)], (7000, 6000, 5000), None),
        # The quarters of 4, 5, 6, 7 and 20 km are at 5 and 7 km.
        ([(1, 20), (2, 6), (3, 4), (4, 7), (5, 5)], (5000, 7000, 4000, 6000, 20_000), (5000, 7000)),
        # Between 4 and 5 km, and 6 and 7 km: a quarter of 3 steps is 0.75 of a step.
        ([(1, 4), (2, 5), (3, 6), (4, 7)], (7000, 6000, 5000, 4000), (4750, 6250)),
    ],
)
def test_recent_distances(
    runs: list[tuple[int, float]], distances: tuple[float, ...], usual: tuple[float, float] | None
) -> None:
    found = recent_distances(TODAY, history(*runs))
    assert (found.distances, found.usual) == (distances, usual)
