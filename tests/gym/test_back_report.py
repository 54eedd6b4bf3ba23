"""The report to take along: eight weeks, each counted by hand."""

from datetime import date, timedelta
from math import exp

import pytest

from custom_components.home_gym.gym.back_report import BackReport
from custom_components.home_gym.gym.habit import Habit
from custom_components.home_gym.gym.journal import Journal
from custom_components.home_gym.gym.load import LoadSettings
from custom_components.home_gym.gym.pain import Advice
from custom_components.home_gym.gym.pattern import Patterns
from custom_components.home_gym.gym.runner import Runner
from tests.gym.make import NOON, activity, settings

A_DAY = timedelta(days=1)
HEART = LoadSettings(resting_heart_rate=50, max_heart_rate=190)


def report(someone: Runner) -> BackReport:
    """Return the report of a Monday."""
    return someone.back_report(NOON, Patterns())


def test_eight_weeks_of_nothing() -> None:
    found = report(Runner(settings(), Journal()))
    assert (found.first, found.today) == (date(2026, 1, 12), date(2026, 3, 2))
    assert [week.first for week in found.weeks] == [date(2026, 1, 12) + number * 7 * A_DAY for number in range(8)]
    assert {(week.distance, week.runs, week.longest, week.cadence, week.impulse) for week in found.weeks} == {
        (0, 0, 0, None, None)
    }
    assert {(week.pain_mean, week.pain_worst, week.pain_days) for week in found.weeks} == {(None, None, 0)}
    assert found.reports == ()
    assert found.pain.advice is None


def test_a_week() -> None:
    """Two runs of the week before, and pain on two of three reported days."""
    someone = Runner(settings(load=HEART), Journal())
    ran = [(2, 10.0, 60, 180, 155), (4, 5.0, 30, 165, None), (60, 99.0, 600, 150, 150)]
    someone.learn(
        [
            activity(NOON - ago * A_DAY, km=km, minutes=minutes, cadence=cadence, heart_rate=heart_rate)
            for ago, km, minutes, cadence, heart_rate in ran
        ],
        now=NOON,
        live=False,
    )
    for ago, score in ((1, 4), (1, 6), (2, 0), (3, 8), (60, 10)):
        someone.by_hand.report_pain(score, now=NOON - ago * A_DAY)
    for ago in (1, 1, 3, 60):
        someone.by_hand.log_session(Habit.CORE, now=NOON - ago * A_DAY)
    found = report(someone)
    week = found.weeks[-2]
    assert (week.distance, week.runs, week.longest) == (15_000, 2, 10_000)
    assert week.cadence == (180 * 60 + 165 * 30) / 90
    assert week.impulse == pytest.approx(60 * 0.64 * 0.75 * exp(1.92 * 0.75))
    assert week.pain_mean == pytest.approx(14 / 3)
    assert (week.pain_worst, week.pain_days) == (8, 2)
    assert (week.days_of_habit[Habit.CORE], week.days_of_habit[Habit.STRETCH]) == (2, 0)
    assert [each.score for each in found.reports] == [8, 0, 4, 6]
    assert found.pain.advice is Advice.SEVERE
