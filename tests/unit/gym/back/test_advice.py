"""Advice to see a professional: the rules, worked out by hand."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.pain_history import PainFigures
from custom_components.home_gym.gym.calendar import A_DAY, Calendar
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_MINUTE, BERLIN, NOON, Household, activity, restarted, settings
from tests.support.unit.pain import MONDAY, pain, runner


@pytest.mark.parametrize(
    ("reports", "day", "expected"),
    [
        # 3/10 on three days in each of two consecutive weeks: Monday to Wednesday, Monday to Wednesday.
        ([(0, 3), (1, 3), (2, 3), (7, 3), (8, 3), (9, 3)], 9, Advice.PERSISTENT),
        ([(0, 3), (1, 3), (2, 3), (7, 3), (8, 3), (9, 2.5)], 9, None),
        ([(0, 3), (1, 3), (2, 3), (7, 3), (8, 3)], 9, None),
        # Six days in a row, but four and two of a week each: Wednesday to Saturday makes four, Sunday is the same week.
        ([(3, 5), (4, 5), (5, 5), (6, 5), (7, 5), (8, 5)], 8, None),
        ([(4, 5), (5, 5), (6, 5), (7, 5), (8, 5), (9, 5)], 9, Advice.PERSISTENT),
        # Twice on one day is one day.
        ([(0, 3), (0, 4), (1, 3), (7, 3), (8, 3), (9, 3)], 9, None),
        # A week between makes them no consecutive ones.
        ([(0, 3), (1, 3), (2, 3), (8, 1), (14, 3), (15, 3), (16, 3)], 16, None),
        # One report of seven or more.
        ([(0, 6.5)], 0, None),
        ([(0, 7)], 0, Advice.SEVERE),
        ([(0, 10)], 13, Advice.SEVERE),
        # Two weeks without pain end it, and reports of no pain are none.
        ([(0, 10)], 14, None),
        ([(0, 10), (10, 0)], 14, None),
        ([(0, 10), (10, 1)], 14, Advice.SEVERE),
        ([(0, 10), (10, 1)], 24, None),
        ([(0, 10), (14, 1)], 14, None),
        # Six weeks of it, every twelfth day a little: from day 0 to day 42.
        ([(0, 1), (12, 1), (24, 1), (36, 1), (41, 1)], 41, None),
        ([(0, 1), (12, 1), (24, 1), (36, 1), (42, 1)], 42, Advice.LASTING),
        # Two weeks without in between: it began again.
        ([(0, 1), (12, 1), (26, 1), (36, 1), (42, 1)], 42, None),
        ([(0, 0), (12, 0), (24, 0), (36, 0), (42, 0)], 42, None),
        ([], 0, None),
    ],
)
def test_advice_follows_from_severity_persistence_and_duration(
    reports: list[tuple[int, float]], day: int, expected: Advice | None
) -> None:
    assert pain(runner(*reports), day).advice is expected


def test_half_a_year_of_pain_is_lasting() -> None:
    """Half a year of a little pain, every fifth day."""
    assert pain(runner(*((day, 1) for day in range(0, 180, 5))), 178).advice is Advice.LASTING


def test_persistent_pain_is_counted_in_weeks_of_the_runners_calendar() -> None:
    """Sunday to Tuesday, twice: three and three days where weeks begin on Sundays; else one, three and two."""
    days = [(-1, 3), (0, 3), (1, 3), (6, 3), (7, 3), (8, 3)]
    sundays = Calendar(timezone=BERLIN.timezone, first_weekday=6)
    assert pain(runner(*days, calendar=sundays), 8).advice is Advice.PERSISTENT
    assert pain(runner(*days), 8).advice is None


def test_acknowledged_advice_returns_with_later_severe_report() -> None:
    someone = runner((0, 8))
    someone.manual_entries.acknowledge_advice(MONDAY + A_MINUTE)
    assert pain(someone, 1).advice is None
    someone.manual_entries.report_pain(6, now=MONDAY + 2 * A_DAY)
    assert pain(someone, 2).advice is None
    someone.manual_entries.report_pain(7, now=MONDAY + 3 * A_DAY)
    assert pain(someone, 3).advice is Advice.SEVERE


def test_acknowledged_red_flag_hides_no_persistent_pain() -> None:
    """Three days in one week, a red flag that is acknowledged, three days in the next."""
    someone = runner((0, 4), (1, 4), (2, 4))
    someone.manual_entries.report_pain(1, now=MONDAY + 4 * A_DAY, red_flags=[RedFlag.AFTER_FALL])
    someone.manual_entries.acknowledge_advice(MONDAY + 5 * A_DAY)
    assert pain(someone, 5).advice is None
    for day in (7, 8, 9):
        someone.manual_entries.report_pain(4, now=MONDAY + day * A_DAY)
    assert pain(someone, 9).advice is Advice.PERSISTENT


def test_acknowledged_severe_day_counts_as_persistent_pain() -> None:
    """The 7 of Monday and the 4 of Tuesday and Wednesday; next Monday to Wednesday 4."""
    someone = runner((0, 7))
    someone.manual_entries.acknowledge_advice(MONDAY + A_MINUTE)
    for day in (1, 2, 7, 8, 9):
        assert pain(someone, day).advice is None
        someone.manual_entries.report_pain(4, now=MONDAY + day * A_DAY)
    assert pain(someone, 9).advice is Advice.PERSISTENT


def test_acknowledged_severe_day_counts_as_lasting_pain() -> None:
    """A little pain on every third day from 0 to 42, but 7 on day 21."""
    someone = runner(*((day, 1) for day in range(0, 21, 3)), (21, 7))
    someone.manual_entries.acknowledge_advice(MONDAY + 21 * A_DAY + A_MINUTE)
    for day in range(24, 43, 3):
        assert pain(someone, day).advice is None
        someone.manual_entries.report_pain(1, now=MONDAY + day * A_DAY)
    assert pain(someone, 42).advice is Advice.LASTING
    someone.manual_entries.acknowledge_advice(MONDAY + 42 * A_DAY + A_MINUTE)
    assert pain(someone, 42).advice is None


def test_acknowledging_without_advice_changes_nothing() -> None:
    someone = runner((0, 4), (1, 4), (2, 4))
    someone.manual_entries.acknowledge_advice(MONDAY + 3 * A_DAY)
    assert someone.journal.advice_acknowledged == {}
    for day in (7, 8, 9):
        someone.manual_entries.report_pain(4, now=MONDAY + day * A_DAY)
    assert pain(someone, 9).advice is Advice.PERSISTENT


def test_reasons_are_acknowledged_one_by_one() -> None:
    """Severe pain hides that it was persistent too, until it is known of."""
    someone = runner((0, 3), (1, 3), (2, 3), (7, 3), (8, 3), (9, 8))
    for expected in (Advice.SEVERE, Advice.PERSISTENT, None):
        assert pain(someone, 9).advice is expected
        someone.manual_entries.acknowledge_advice(MONDAY + 9 * A_DAY + A_MINUTE)


@pytest.mark.parametrize("back", [timedelta(0), A_DAY, 300 * A_DAY])
def test_clock_set_back_hides_no_red_flag(back: timedelta) -> None:
    """Later reports count after an acknowledgement, even with an earlier clock; so do later acknowledgements."""
    someone = runner((0, 8))
    someone.manual_entries.acknowledge_advice(MONDAY)
    someone.manual_entries.report_pain(5, now=MONDAY - back, red_flags=[RedFlag.FEVER])
    assert someone.summary(MONDAY - back).pain.advice is Advice.RED_FLAG
    assert restarted(someone).summary(MONDAY - back).pain.advice is Advice.RED_FLAG
    someone.manual_entries.acknowledge_advice(MONDAY - back)
    assert someone.summary(MONDAY - back).pain.advice is None
    someone.manual_entries.report_pain(9, now=MONDAY - back)
    assert someone.summary(MONDAY - back).pain.advice is Advice.SEVERE


def test_red_flag_precedes_other_advice_and_stays() -> None:
    someone = runner((0, 8))
    someone.manual_entries.report_pain(0, now=MONDAY, red_flags=[RedFlag.NIGHT_PAIN, RedFlag.NUMBNESS])
    shown = pain(someone, 100)
    assert (shown.advice, shown.red_flags) == (Advice.RED_FLAG, (RedFlag.NUMBNESS, RedFlag.NIGHT_PAIN))
    someone.manual_entries.acknowledge_advice(MONDAY + 100 * A_DAY)
    assert pain(someone, 101) == PainFigures()
    someone.manual_entries.report_pain(1, now=MONDAY + 102 * A_DAY, red_flags=[RedFlag.FEVER])
    assert pain(someone, 102).red_flags == (RedFlag.FEVER,)


def test_red_flag_silences_coaching_until_acknowledged() -> None:
    """No prompt and nothing due until the acknowledgement."""
    home = Household(Runner(settings(), Journal()), NOON)
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now, red_flags=[RedFlag.FEVER]))
    home.learn(activity(NOON - 30 * A_MINUTE))
    home.go_on(NOON + 10 * A_MINUTE)
    assert home.spoken == []
    summary = home.runner.summary(home.now)
    assert (summary.due, summary.next_habit) == ({}, None)
    assert (summary.core_streak, summary.stretch_streak) == (None, None)
    home.runner.manual_entries.acknowledge_advice(home.now)
    home.keep([])
    home.go_on(home.now + 20 * A_MINUTE)
    assert [habit for _, habit, _ in home.spoken] == [Habit.FOAM_ROLL, Habit.STRETCH]


def test_prompt_expired_beside_red_flag_has_its_reason() -> None:
    """The reason of a prompt that expired during the silence is the red flag."""
    home = Household(Runner(settings(), Journal()), NOON)
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now, red_flags=[RedFlag.FEVER]))
    home.learn(activity(NOON - 30 * A_MINUTE))
    home.go_on(NOON + timedelta(hours=12))
    reasons = {fact.reason for fact in home.runner.journal.prompts.values() if fact.topic is Habit.FOAM_ROLL}
    assert reasons == {HoldReason.RED_FLAG}
