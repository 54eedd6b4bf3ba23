from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.habits.due import Due, DueReason
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Intensity, Sport
from custom_components.home_gym.gym.runs.run_figures import RunFigures
from custom_components.home_gym.gym.summary import LastRun, Summary
from tests.support.unit.make import (
    A_MINUTE,
    A_SECOND,
    BERLIN,
    NOON,
    PHONE,
    activity,
    at,
    lap,
    restarted,
    settings,
    shoe,
)

HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)


def runner(**rest: Any) -> Runner:
    """Return a runner without prompts."""
    return Runner(settings(**rest), Journal())


def after_runs(*runs: tuple[datetime, float], now: datetime = NOON) -> Summary:
    """Return the summary after runs of so many kilometres."""
    someone = runner()
    someone.deliveries.learn([activity(start, km=km) for start, km in runs], now=now, live=False)
    return someone.summary(now)


def after_sessions(habit: Habit, *days_ago: int, now: datetime = NOON, **rest: Any) -> Summary:
    """Return the summary after sessions of a habit so many days ago, each a minute before the last."""
    someone = runner(**rest)
    for number, ago in enumerate(days_ago):
        someone.manual_entries.log_session(habit, now=now - ago * A_DAY - number * A_MINUTE)
    return someone.summary(now)


def test_summary_of_new_runner_is_unknown() -> None:
    assert runner().summary(NOON) == Summary(
        last_run=LastRun(),
        last_session=dict.fromkeys(Habit),
        core_streak=0,
        core_best=0,
        stretch_best=0,
        core_sessions_this_week=0,
        stretch_streak=0,
        weekly_distance=0,
        weekly_distance_change=None,
        days_since_rest=None,
        due={Habit.STRETCH: Due(habit=Habit.STRETCH, reason=DueReason.DAILY)},
        done_today=frozenset(),
        chosen_shoe=None,
        may_speak=True,
        running=False,
        resting=False,
        shoes={},
    )


def test_last_run_started_last() -> None:
    someone = runner(shoes=(shoe("a"),))
    laps = (lap(10, Intensity.WARM_UP), lap(5, Intensity.COOL_DOWN, start=NOON + 25 * timedelta(minutes=1)))
    last = activity(NOON, km=5, moving_time=1700.0, cadence=172.0, laps=laps)
    someone.deliveries.learn([last, activity(NOON - A_DAY, km=9)], now=NOON + HOUR, live=False)
    summary = someone.summary(NOON + HOUR)
    # 5000 m in 1700 s at 172 steps a minute.
    figures = RunFigures(step_length=5000 / (1700 / 60 * 172))
    assert summary.last_run == LastRun(start=NOON, distance=5000, duration=1700, cadence=172, figures=figures)
    assert summary.last_session[Habit.WARM_UP] == NOON + timedelta(minutes=10)
    assert summary.last_session[Habit.COOL_DOWN] == NOON + timedelta(minutes=30)
    assert summary.chosen_shoe == "a"


@pytest.mark.parametrize(
    ("first_weekday", "expected"),
    [
        (0, 1 + 2),  # Monday to Monday
        (6, 4 + 1 + 2),  # from Sunday
        (1, 16 + 8 + 4 + 1 + 2),  # from Tuesday on six days ago
    ],
)
def test_weekly_distance_follows_first_weekday(first_weekday: int, expected: float) -> None:
    someone = runner(calendar=Calendar(timezone=ZoneInfo("Europe/Berlin"), first_weekday=first_weekday))
    runs = [(0, 1), (0.1, 2), (-1, 4), (-2, 8), (-6, 16), (-7, 32)]
    someone.deliveries.learn([activity(NOON + days * A_DAY, km=km) for days, km in runs], now=NOON, live=False)
    assert someone.summary(NOON).weekly_distance == expected * 1000


def test_run_counts_for_week_of_its_start() -> None:
    """Sunday 23:40 to Monday 0:10 in Berlin."""
    assert after_runs((at("2026-03-01T22:40"), 5)).weekly_distance == 0
    assert after_runs((at("2026-03-01T22:40"), 5), now=at("2026-03-01T23:30") - A_DAY / 24).weekly_distance == 5000
    assert after_runs((at("2026-03-01T22:20"), 5)).weekly_distance == 0


def test_unstopped_recording_of_weeks_counts_once() -> None:
    someone = runner()
    someone.deliveries.learn([activity(NOON - 21 * A_DAY, minutes=20 * 24 * 60, km=5)], now=NOON, live=False)
    weeks = [someone.summary(NOON - number * A_WEEK).weekly_distance for number in range(-1, 5)]
    assert sorted(weeks) == [0, 0, 0, 0, 0, 5000]


@pytest.mark.parametrize(
    ("weeks", "change"),
    [
        ((12, 10, 10, 10, 10), 20),
        ((0, 10, 20, 30, 40), -100),
        ((20, 40, 0, 0, 0), 100),
        ((12, 9, 10, 10, 10), None),  # 9.75 km a week
        ((12,), None),
    ],
)
def test_weekly_change_compares_with_four_weeks(weeks: tuple[float, ...], change: float | None) -> None:
    runs = [(NOON - number * A_WEEK, km) for number, km in enumerate(weeks) if km]
    assert after_runs(*runs).weekly_distance_change == change


@pytest.mark.parametrize(
    ("ran_days_ago", "expected"), [([40], 1), ([0], 1), ([1], 2), ([0, 1, 2, 4], 3), (list(range(60)), 60)]
)
def test_days_since_rest_count_running_days(ran_days_ago: list[int], expected: int) -> None:
    assert after_runs(*((NOON - ago * A_DAY, 5) for ago in ran_days_ago)).days_since_rest == expected


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [([], 0), ([0], 1), ([1], 1), ([0, 0, 1, 2], 3), ([2, 3], 0), ([0, 2], 1), (list(range(1, 40)), 39)],
)
def test_stretch_streak_counts_days(days_ago: list[int], expected: int) -> None:
    summary = after_sessions(Habit.STRETCH, *days_ago)
    assert summary.stretch_streak == expected
    assert (Habit.STRETCH in summary.due) is (0 not in days_ago)


@pytest.mark.parametrize(
    ("goal", "days_ago", "streak", "this_week"),
    [
        (2, [], 0, 0),
        (2, [0], 0, 1),
        (2, [0, 0], 1, 2),
        (2, [1, 7], 1, 0),  # Sunday and Monday of last week
        (2, [7, 8], 0, 0),  # one in each of two weeks
        (2, [0, 1, 7], 1, 1),
        (2, [1, 7, 8, 14], 2, 0),
        (2, [1, 7, 15, 16], 2, 0),  # none in the week between: forgiven
        (2, [1, 7, 22, 23], 1, 0),  # none in the two weeks between
        (2, [1, 7, 15, 16, 29, 30], 1, 0),  # the second missed week in eight breaks it
        (2, [1, 7, 8, 9, 15, 16, 22], 3, 0),
        (3, [1, 7, 8, 9], 0, 0),
        (3, [0, 0, 0, 1, 2, 7, 8, 9, 10], 3, 3),
    ],
)
def test_core_streak_counts_weeks_with_goal(goal: int, days_ago: list[int], streak: int, this_week: int) -> None:
    """Noon is on a Monday: days 1 to 7 ago were last week, 8 to 14 the one before."""
    summary = after_sessions(Habit.CORE, *days_ago, core_goal=goal)
    assert (summary.core_streak, summary.core_sessions_this_week) == (streak, this_week)


@pytest.mark.parametrize(
    ("weekday", "days_ago", "due"),
    [
        (0, [], False),
        (1, [], True),  # Tuesday and Saturday are spread evenly over the week
        (2, [], True),  # missed on Tuesday
        (2, [1], False),  # no two days in a row
        (4, [3], False),
        (4, [2], False),
        (5, [], True),  # two sessions left, two days
        (5, [0], False),  # done today
        (5, [2], True),
        (6, [], True),
        (6, [3], True),
        (6, [0], False),
        (6, [3, 4], False),
    ],
)
def test_core_is_due_on_its_days_and_after_missed_ones(weekday: int, days_ago: list[int], due: bool) -> None:
    now = NOON + weekday * A_DAY
    assert (Habit.CORE in after_sessions(Habit.CORE, *days_ago, now=now).due) is due


@pytest.mark.parametrize(
    ("hours_after_the_end", "rolled_at", "due"),
    [
        (-0.1, None, False),
        (0, None, True),
        (23.9, None, True),
        (24, None, False),
        (2, 1, False),
        (2, 0, False),
        (2, -1, True),  # before the run ended
    ],
)
def test_foam_rolling_is_due_for_a_day_after_run(
    hours_after_the_end: float, rolled_at: float | None, due: bool
) -> None:
    someone = runner()
    end = NOON + HOUR / 2
    someone.deliveries.learn([activity()], now=NOON, live=False)
    if rolled_at is not None:
        someone.manual_entries.log_session(Habit.FOAM_ROLL, now=end + rolled_at * HOUR)
    assert (Habit.FOAM_ROLL in someone.summary(end + hours_after_the_end * HOUR).due) is due


def test_most_urgent_habit_is_next() -> None:
    someone = runner()
    saturday = NOON + 5 * A_DAY
    someone.deliveries.learn([activity(saturday - HOUR)], now=saturday, live=False)
    for habit in (Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE):
        assert someone.summary(saturday).next_habit is habit
        someone.manual_entries.log_session(habit, now=saturday)
    assert someone.summary(saturday).next_habit is None


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_clock_change_neither_breaks_nor_doubles_streak(night: str) -> None:
    """Stretches at 4:30, 12:00 and 23:30 local time, on two days around the change."""
    someone = runner()
    sunday = datetime.fromisoformat(night)
    for day in (sunday - A_DAY, sunday, sunday + A_DAY):
        for wall in (4.5 * HOUR, 12 * HOUR, 23.5 * HOUR):
            local = (day + wall).replace(tzinfo=BERLIN.timezone)
            someone.manual_entries.log_session(Habit.STRETCH, now=local.astimezone(NOON.tzinfo))
    shown = [
        someone.summary((sunday + days * A_DAY + 12 * HOUR).replace(tzinfo=BERLIN.timezone)).stretch_streak
        for days in (-1, 0, 1, 2, 3)
    ]
    assert shown == [1, 2, 3, 3, 0]


@pytest.mark.parametrize(("local", "day"), [("03:59", 1), ("04:00", 2), ("00:30", 1), ("23:59", 2)])
def test_session_before_four_counts_for_the_day_before(local: str, day: int) -> None:
    """On Monday, the 2nd, in Berlin, an hour ahead of UTC; logged or recorded."""
    end = at(f"2026-03-02T{local}") - HOUR
    recorded = activity(end - HOUR / 2, sport=Sport.MOBILITY)
    logged, watched = runner(), runner()
    logged.manual_entries.log_session(Habit.STRETCH, now=end)
    watched.deliveries.learn([recorded], now=end, live=True)
    for someone in (logged, watched):
        assert [session.day for session in someone.sessions.all()] == [date(2026, 3, day)]


def test_raised_goal_counts_from_now() -> None:
    """Two sessions in each of three weeks, then a goal of three."""
    someone = runner(core_goal=2)
    for weeks in (3, 2, 1):
        for hours in (0, 2):
            end = NOON - weeks * A_WEEK + hours * HOUR
            someone.manual_entries.log_session(Habit.CORE, now=end, end=end)
    someone.tick(NOON, home=False)
    after = Runner(settings(core_goal=3), restarted(someone).journal)
    assert after.summary(NOON).core_streak == 3
    after.tick(NOON, home=False)
    for hours in (0, 2):
        after.manual_entries.log_session(Habit.CORE, now=NOON + hours * HOUR)
    # This week still counts by the goal with which it began.
    assert after.summary(NOON + A_WEEK).core_streak == 4
    for hours in (0, 2):
        after.manual_entries.log_session(Habit.CORE, now=NOON + A_WEEK + hours * HOUR)
    later = after.summary(NOON + 2 * A_WEEK)
    assert (later.core_streak, later.forgiven_week) == (4, date(2026, 3, 9))


def test_recording_of_less_than_two_minutes_is_no_session() -> None:
    someone = runner()
    short = activity(NOON, sport=Sport.STRENGTH, minutes=1.99)
    someone.deliveries.learn([short, activity(NOON + HOUR, sport=Sport.STRENGTH, minutes=2)], now=NOON, live=True)
    assert [session.duration for session in someone.sessions.all()] == [120]


def test_change_of_time_zone_moves_no_session() -> None:
    """Three evenings at 23:30 in Berlin, looked at from Auckland, where it was the next morning by then."""
    someone = runner()
    evenings = [at(f"2026-03-0{day}T22:30") for day in (2, 3, 4)]
    for evening in evenings:
        someone.manual_entries.log_session(Habit.STRETCH, now=evening)
    moved = Runner(settings(calendar=Calendar(timezone=ZoneInfo("Pacific/Auckland"))), someone.journal)
    moved.manual_entries.log_session(Habit.STRETCH, now=at("2026-03-04T22:45"))  # Thursday the 5th, 11:45
    assert moved.summary(at("2026-03-04T22:50")).stretch_streak == 4


def test_session_of_two_watches_counts_once() -> None:
    someone = runner()
    gym = [activity(sport=Sport.STRENGTH, minutes=40), activity(NOON + A_SECOND, sport=Sport.STRENGTH, **PHONE)]
    someone.deliveries.learn(gym, now=NOON, live=False)
    someone.manual_entries.log_session(Habit.CORE, now=NOON + HOUR)
    assert someone.summary(NOON).core_sessions_this_week == 1


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-02T12:10", "2026-03-02T12:30"),  # the end of a run whose watch is ahead
        ("2026-03-02T12:30", "2026-03-02T23:00"),  # midnight
        ("2026-03-02T23:00", "2026-03-03T03:00"),  # 4:00, when the day of habits ends
        ("2026-03-03T03:00", "2026-03-03T12:30"),  # 24 hours after the end
        ("2026-03-03T12:30", "2026-03-03T23:00"),
    ],
)
def test_deadline_is_next_change_by_time(now: str, expected: str) -> None:
    someone = runner()
    someone.deliveries.learn([activity()], now=NOON, live=False)
    assert someone.deadline(at(now)) == at(expected)
    before, after = someone.summary(at(now)), someone.summary(at(expected) - A_SECOND)
    assert before.due == after.due
    assert before.weekly_distance == after.weekly_distance
    assert runner().deadline(NOON) == at("2026-03-02T23:00")


@pytest.mark.parametrize(
    ("habit", "sessions_a_week", "weeks"),
    [(Habit.CORE, 2, 3), (Habit.CORE, 1, 0), (Habit.STRETCH, 3, 3), (Habit.STRETCH, 2, 0)],
)
def test_progress_is_counted_in_weeks(habit: Habit, sessions_a_week: int, weeks: int) -> None:
    """The goal is two sessions of core work a week; three weeks lie before this one, which is not over yet."""
    someone = runner()
    for ago in (1, 2, 3):
        for number in range(sessions_a_week):
            end = NOON - timedelta(weeks=ago) + number * A_DAY
            someone.manual_entries.log_session(habit, now=NOON, end=end)
    assert someone.progress(habit, NOON) == Progress(weeks=weeks)


def test_progress_is_lost_by_missed_weeks_and_kept_by_rests() -> None:
    someone = runner()
    for ago in (2, 3, 4):
        for number in range(2):
            someone.manual_entries.log_session(Habit.CORE, now=NOON, end=NOON - timedelta(weeks=ago) + number * A_DAY)
    assert someone.progress(Habit.CORE, NOON) == Progress(weeks=3, missed=1)
    someone.manual_entries.rest(start=(NOON - timedelta(days=5)).date(), end=(NOON - A_DAY).date(), now=NOON)
    assert someone.progress(Habit.CORE, NOON) == Progress(weeks=3)


def test_weeks_of_illness_reduce_progress_and_keep_streak() -> None:
    """Monday noon; two sessions a week three to five weeks ago, and ill since that Wednesday, two whole weeks of it."""
    someone = runner()
    for ago in (3, 4, 5):
        for number in range(2):
            someone.manual_entries.log_session(Habit.CORE, now=NOON, end=NOON - timedelta(weeks=ago) + number * A_DAY)
    someone.manual_entries.rest(start=(NOON - timedelta(days=19)).date(), end=None, now=NOON)
    assert someone.progress(Habit.CORE, NOON) == Progress(weeks=3, missed=2)
    assert someone.summary(NOON).core_streak == 3
