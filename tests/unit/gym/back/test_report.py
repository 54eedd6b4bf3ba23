"""The report to take along: eight weeks, each counted by hand."""

from datetime import date, timedelta
from math import exp

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.patterns import Patterns
from custom_components.home_gym.gym.back.report import BackReport, ShoeOfReport
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.load import LoadSettings
from tests.support.unit.make import NOON, activity, settings, shoe

A_DAY = timedelta(days=1)
HEART = LoadSettings(resting_heart_rate=50, max_heart_rate=190)


def report(someone: Runner) -> BackReport:
    """Return the report of a Monday."""
    return someone.back_report(NOON, Patterns())


def test_report_without_facts_has_eight_empty_weeks() -> None:
    found = report(Runner(settings(), Journal()))
    assert (found.first, found.today) == (date(2026, 1, 12), date(2026, 3, 2))
    assert [week.first for week in found.weeks] == [date(2026, 1, 12) + number * 7 * A_DAY for number in range(8)]
    assert {(week.distance, week.runs, week.longest, week.cadence, week.impulse) for week in found.weeks} == {
        (0, 0, 0, None, None)
    }
    assert {(week.pain_mean, week.pain_worst, week.pain_days) for week in found.weeks} == {(None, None, 0)}
    assert {week.change for week in found.weeks} == {None}
    assert (found.reports, found.shoes) == ((), ())
    assert found.pain.advice is None


def test_report_has_the_patterns_of_the_diary() -> None:
    patterns = Patterns()
    assert Runner(settings(), Journal()).back_report(NOON, patterns).patterns is patterns


def test_pain_of_the_following_monday_is_another_week() -> None:
    someone = Runner(settings(), Journal())
    # NOON is a Monday: seven days before, a day before, and the day itself.
    for days, score in ((7, 2.0), (1, 4.0), (0, 9.0)):
        someone.manual_entries.report_pain(score, now=NOON, at=NOON - days * A_DAY)
    week = next(week for week in report(someone).weeks if week.first == date(2026, 2, 23))
    assert (week.pain_mean, week.pain_worst, week.pain_days) == (3.0, 4.0, 2)


def test_week_has_runs_pain_and_habit_days() -> None:
    """Two runs of the week before, and pain on two of three reported days."""
    someone = Runner(settings(load=HEART), Journal())
    ran = [(2, 10.0, 60, 180, 155), (4, 5.0, 30, 165, None), (60, 99.0, 600, 150, 150)]
    someone.deliveries.learn(
        [
            activity(NOON - ago * A_DAY, km=km, minutes=minutes, cadence=cadence, heart_rate=heart_rate)
            for ago, km, minutes, cadence, heart_rate in ran
        ],
        now=NOON,
        live=False,
    )
    for ago, score in ((1, 4), (1, 6), (2, 0), (3, 8), (60, 10)):
        someone.manual_entries.report_pain(score, now=NOON - ago * A_DAY)
    for ago in (1, 1, 3, 60):
        someone.manual_entries.log_session(Habit.CORE, now=NOON - ago * A_DAY)
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


def test_each_week_is_compared_with_four_before() -> None:
    """10, 20, 10 and 20 km in four weeks are 15 in the mean; then 18 km are 20 % more, and 0 are 100 % less."""
    someone = Runner(settings(), Journal())
    # The Wednesdays of six, five, four, three and two weeks ago; last week and this one nothing.
    ran = {40: 10, 33: 20, 26: 10, 19: 20, 12: 18}
    someone.deliveries.learn([activity(NOON - ago * A_DAY, km=km) for ago, km in ran.items()], now=NOON, live=False)
    changes = [week.change for week in report(someone).weeks]
    # 20 against 10 km in four weeks, which are too few to say anything; so are 30.
    assert changes[:4] == [None, None, None, None]
    # 20 against 10 + 20 + 10 in four weeks, 10 each.
    assert changes[4:] == [100, pytest.approx(20), -100, -100]


def test_worn_pairs_are_listed_by_last_use() -> None:
    """The one that was worn last comes first; one that never was does not come at all."""
    shoes = (shoe("old", initial_distance=100_000, replace_at=500_000), shoe("new", replace_at=500_000), shoe("boxed"))
    someone = Runner(settings(shoes=shoes), Journal())
    for ago, pair in ((9, "new"), (3, "old"), (2, "old")):
        someone.manual_entries.choose_shoe(pair)
        someone.deliveries.learn([activity(NOON - ago * A_DAY, km=10)], now=NOON - ago * A_DAY, live=True)
    assert report(someone).shoes == (
        ShoeOfReport(name="old", distance=120_000, share=24, last_used=NOON - 2 * A_DAY),
        ShoeOfReport(name="new", distance=10_000, share=2, last_used=NOON - 9 * A_DAY),
    )


def test_long_report_has_all_weeks_and_rows_of_several() -> None:
    """10 km in each of 26 weeks, at the start of each; 26 rows of one week, 13 rows of two."""
    someone = Runner(settings(), Journal())
    ran = [activity(NOON - ago * 7 * A_DAY, km=10, minutes=50 + ago) for ago in range(30)]
    someone.deliveries.learn(ran, now=NOON, live=False)
    someone.manual_entries.report_pain(4, now=NOON, at=NOON - 7 * A_DAY)
    someone.manual_entries.report_pain(8, now=NOON)
    found = someone.back_report(NOON, Patterns(), 26)
    assert (len(found.weeks), len(found.rows)) == (26, 13)
    assert found.first == found.weeks[0].first == found.rows[0].first == NOON.date() - 25 * 7 * A_DAY
    assert {(week.weeks, week.distance, week.runs) for week in found.weeks} == {(1, 10_000, 1)}
    assert {(row.weeks, row.distance, row.runs, row.change) for row in found.rows} == {(2, 20_000, 2, 0)}
    assert (found.rows[-1].pain_mean, found.rows[-1].pain_worst, found.rows[-1].pain_days) == (6, 8, 2)
    assert len(someone.back_report(NOON, Patterns(), 52).rows) == 13


def test_pairs_of_the_time_are_listed_with_their_retirement() -> None:
    """One retired last week, one to be retired next week, and one not worn in eight weeks."""
    pairs = (shoe("gone", retired=date(2026, 2, 27)), shoe("going", retired=date(2026, 3, 9)), shoe("old"))
    someone = Runner(settings(shoes=pairs), Journal())
    for ago, pair in ((58, "old"), (9, "gone"), (2, "going")):
        at = NOON - ago * A_DAY
        someone.manual_entries.choose_shoe(pair)
        someone.deliveries.learn([activity(at, km=10)], now=at, live=True)
    assert [(each.name, each.retired) for each in report(someone).shoes] == [
        ("going", None),
        ("gone", date(2026, 2, 27)),
    ]
    assert [each.name for each in someone.back_report(NOON, Patterns(), 26).shoes] == ["going", "gone", "old"]
