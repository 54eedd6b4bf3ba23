"""Walking: the weekly goal that grows over 16 weeks, worked out by hand."""

from datetime import date, timedelta

import pytest

from custom_components.home_gym.gym.calendar import A_DAY, A_WEEK
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.walking import Walking, minutes_of_day, walking_of
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Origin, Sport

from ....support.unit.make import NOON, activity, settings

WEEK = date(2026, 3, 2)


def walking(
    *weeks: tuple[int, float],
    is_slow: bool = False,
    frozen: tuple[int, ...] = (),
    pain: dict[date, float] | None = None,
) -> Walking:
    """Return the week after some weeks, each of so many days of so many minutes."""
    minutes = {}
    for ago, (days, each) in zip(range(len(weeks), 0, -1), weeks, strict=True):
        for day in range(days):
            minutes[WEEK - ago * A_WEEK + day * A_DAY] = each
    return walking_of(
        WEEK,
        minutes_on=lambda day: minutes.get(day, 0),
        is_frozen=lambda week: (WEEK - week) // A_WEEK in frozen,
        scores=pain or {},
        is_slow=is_slow,
    )


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        # Nothing so far: 3 x 10.
        ([], 1),
        # 30 minutes in one of two weeks are 15 on average: the first week, which they reach.
        ([(3, 10)], 2),
        ([(3, 10), (3, 12)], 3),
        # Too few days, or too few minutes, are missed: the week again.
        ([(3, 10), (2, 18)], 2),
        ([(3, 10), (3, 11)], 2),
        # Two missed in a row go two back.
        ([(3, 10), (3, 12), (4, 12), (4, 12), (0, 0), (0, 0)], 3),
        # 5 x 20 and 0 are 50 on average: the first week above is 4 x 15, the fifth.
        ([(5, 20)], 6),
        # The last week stays.
        ([(7, 60)] * 20, 16),
    ],
)
def test_week_of_plan(weeks: list[tuple[int, float]], expected: int) -> None:
    assert walking(*weeks).week == expected


def test_goal_of_week() -> None:
    shown = walking((3, 10), (3, 12))
    assert (shown.goal_days, shown.goal_minutes, shown.goal) == (4, 12, 48)


def test_slow_weeks_are_done_twice() -> None:
    assert walking((3, 10), is_slow=True).week == 1
    assert walking((3, 10), (3, 10), is_slow=True).week == 2


def test_rest_freezes_the_plan() -> None:
    assert walking((3, 10), (3, 12), (0, 0), (0, 0), frozen=(1, 2)).week == 3


def test_risen_pain_goes_a_week_back() -> None:
    monday = WEEK - A_WEEK
    weeks = [(3, 10), (3, 12), (4, 12)]
    assert walking(*weeks).week == 4
    assert walking(*weeks, pain={monday: 1, monday + A_DAY: 2}).week == 4
    assert walking(*weeks, pain={monday: 1, monday + A_DAY: 3}).week == 2


@pytest.mark.parametrize(
    ("walked", "run", "minutes"),
    [(0, 0, 0), (12, 0, 12), (0, 19, 0), (0, 20, 20), (10, 25, 25), (0, 90, 30), (45, 30, 45)],
)
def test_run_is_the_walk_of_its_day(walked: float, run: float, minutes: float) -> None:
    assert minutes_of_day(walked, run) == minutes


@pytest.mark.parametrize(
    ("minutes", "origin", "counts"),
    [(10, Origin.FILE, True), (9, Origin.FILE, False), (10, Origin.TREADMILL, True), (9, Origin.TREADMILL, False)],
)
def test_recorded_walks_count_from_ten_minutes(minutes: float, origin: Origin, counts: bool) -> None:
    someone = Runner(settings(), Journal())
    walk = activity(NOON - timedelta(hours=3), minutes=minutes, km=1, sport=Sport.WALK, origin=origin)
    someone.deliveries.learn([walk], now=NOON, live=False)
    shown = someone.summary(NOON).walking
    assert (shown and (shown.minutes, shown.days)) == ((minutes, 1) if counts else None)


def test_walk_of_watch_and_phone_counts_once() -> None:
    someone = Runner(settings(), Journal())
    start = NOON - timedelta(hours=3)
    walks = [
        activity(start, minutes=30, km=3, sport=Sport.WALK),
        activity(start + timedelta(minutes=1), minutes=29, km=3, sport=Sport.WALK, origin=Origin.CLOUD),
    ]
    someone.deliveries.learn(walks, now=NOON, live=False)
    shown = someone.summary(NOON).walking
    assert shown
    assert shown.minutes == 30


def test_logged_walk_counts_ten_minutes() -> None:
    someone = Runner(settings(), Journal())
    someone.manual_entries.log_session(Habit.WALK, now=NOON)
    shown = someone.summary(NOON).walking
    assert shown
    assert (shown.minutes, shown.days) == (10, 1)


def test_rest_of_the_runner_freezes_the_goal() -> None:
    """Two weeks of rest after a met week leave its plan where it was."""
    someone = Runner(settings(), Journal())
    met = NOON - 3 * A_WEEK
    for day in range(3):
        someone.manual_entries.log_session(Habit.WALK, now=NOON, end=met + day * A_DAY, duration=600)
    missed = someone.summary(NOON).walking
    someone.manual_entries.rest(start=(met + A_WEEK).date(), end=(met + 2 * A_WEEK).date(), now=NOON)
    frozen = someone.summary(NOON).walking
    assert missed
    assert frozen
    assert (missed.week, frozen.week) == (1, 2)
