"""Due habits and their reasons; the rules of each habit's day are in test_summary."""

from datetime import datetime, timedelta

import pytest

from custom_components.home_gym.gym.habits.due import Due, DueReason
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptTrigger
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import NOON, activity, settings

A_DAY = timedelta(days=1)
# A Saturday: two sessions of core work are the goal, and two days are left.
SATURDAY = NOON + 5 * A_DAY


def due(now: datetime, *, run_ended: datetime | None) -> list[Due]:
    """Return the due habits after a run, the most urgent first."""
    runner = Runner(settings(), Journal())
    if run_ended:
        runner.deliveries.learn([activity(run_ended - timedelta(minutes=30))], now=run_ended, live=True)
    return list(runner.summary(now).due.values())


DAILY_STRETCH = Due(habit=Habit.STRETCH, reason=DueReason.DAILY)
CORE = Due(habit=Habit.CORE, reason=DueReason.GOAL)


def roll(since: datetime) -> Due:
    """Return foam rolling after a run."""
    return Due(habit=Habit.FOAM_ROLL, reason=DueReason.AFTER_RUN, since=since)


def stretch(since: datetime) -> Due:
    """Return a stretch after a run."""
    return Due(habit=Habit.STRETCH, reason=DueReason.AFTER_RUN, since=since)


@pytest.mark.parametrize(
    ("now", "run_ended", "expected"),
    [
        (NOON, None, [DAILY_STRETCH]),
        (NOON, NOON, [roll(NOON), stretch(NOON)]),
        (NOON, NOON - timedelta(hours=3), [roll(NOON - timedelta(hours=3)), stretch(NOON - timedelta(hours=3))]),
        # Yesterday's run is to be rolled off for 24 hours, and today's stretch is the day's own.
        (NOON, NOON - timedelta(hours=23), [roll(NOON - timedelta(hours=23)), DAILY_STRETCH]),
        (NOON, NOON - timedelta(hours=24), [DAILY_STRETCH]),
        (SATURDAY, None, [DAILY_STRETCH, CORE]),
        (SATURDAY, SATURDAY, [roll(SATURDAY), stretch(SATURDAY), CORE]),
    ],
)
def test_due_habits_have_their_reason_and_run(now: datetime, run_ended: datetime | None, expected: list[Due]) -> None:
    assert due(now, run_ended=run_ended) == expected


@pytest.mark.parametrize(
    ("trigger", "reason", "place"),
    [
        (Habit.WARM_UP, DueReason.TREADMILL, 0),
        (Habit.COOL_DOWN, DueReason.RUN_OVER, 0),
        (Habit.FOAM_ROLL, DueReason.ASKED, 0),
        (Habit.MASSAGE, DueReason.ASKED, 1),
    ],
)
def test_triggered_habit_is_due_in_order_of_urgency(trigger: Habit, reason: DueReason, place: int) -> None:
    runner = Runner(settings(), Journal())
    runner.candidates.add_trigger(PromptTrigger(id="trigger", habit=trigger, at=NOON, asked=True))
    expected = [DAILY_STRETCH]
    expected.insert(place, Due(habit=trigger, reason=reason))
    summary = runner.summary(NOON)
    assert list(summary.due.values()) == expected
    assert summary.next_habit is expected[0].habit


def test_done_habits_are_not_due() -> None:
    runner = Runner(settings(), Journal())
    runner.deliveries.learn([activity(NOON - timedelta(minutes=30))], now=NOON, live=True)
    for habit in (Habit.FOAM_ROLL, Habit.STRETCH):
        runner.manual_entries.log_session(habit, now=NOON)
    assert runner.summary(NOON).due == {}
    assert runner.summary(NOON).next_habit is None


@pytest.mark.parametrize(
    ("logged", "now", "is_due"),
    [
        # NOON is 13:00 in Berlin: the night after it ends at 4:00, which is 15 hours later.
        (timedelta(hours=12), timedelta(hours=12), False),
        (timedelta(hours=12), timedelta(hours=14, minutes=59), False),
        (timedelta(hours=12), timedelta(hours=15), True),
        (timedelta(0), timedelta(hours=12), False),
        (timedelta(hours=15), timedelta(hours=15), False),
    ],
)
def test_stretch_of_the_night_is_done_until_the_day_of_habits_ends(
    logged: timedelta, now: timedelta, is_due: bool
) -> None:
    runner = Runner(settings(), Journal())
    runner.manual_entries.log_session(Habit.STRETCH, now=NOON + logged)
    assert (Habit.STRETCH in runner.summary(NOON + now).due) is is_due
