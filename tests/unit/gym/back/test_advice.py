"""Advice to see a professional: the rules, worked out by hand."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.signs import Answer
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
        # Six days in a row are three and three of two weeks that meet between them.
        ([(3, 4), (4, 4), (5, 4), (6, 4), (7, 4), (8, 4)], 8, Advice.PERSISTENT),
        # Five days are three and two.
        ([(4, 4), (5, 4), (6, 4), (7, 4), (8, 4)], 8, None),
        # Twice on one day is one day.
        ([(0, 3), (0, 4), (1, 3), (7, 3), (8, 3), (9, 3)], 9, None),
        # Days 0 to 2 and 14 to 16: a week from day 2 on ends on day 8, the next one has only 14 and 15.
        ([(0, 3), (1, 3), (2, 3), (8, 1), (14, 3), (15, 3), (16, 3)], 16, None),
        # Four weeks without a hard day between them.
        ([(0, 3), (1, 3), (2, 3), (12, 1), (24, 1), (29, 3), (30, 3), (31, 3)], 31, None),
        # Six weeks of it, every twelfth day a little: from day 0 to day 42.
        ([(0, 1), (12, 1), (24, 1), (36, 1), (41, 1)], 41, None),
        ([(0, 1), (12, 1), (24, 1), (36, 1), (42, 1)], 42, Advice.LASTING),
        # Two weeks without in between: it began again.
        ([(0, 1), (12, 1), (26, 1), (36, 1), (42, 1)], 42, None),
        ([(0, 0), (12, 0), (24, 0), (36, 0), (42, 0)], 42, None),
        ([], 0, None),
    ],
)
def test_advice_follows_from_persistence_and_duration(
    reports: list[tuple[int, float]], day: int, expected: Advice | None
) -> None:
    assert pain(runner(*reports), day).advice is expected


def test_half_a_year_of_pain_is_lasting() -> None:
    """Half a year of a little pain, every fifth day."""
    assert pain(runner(*((day, 1) for day in range(0, 180, 5))), 178).advice is Advice.LASTING


@pytest.mark.parametrize("first_weekday", range(7))
def test_persistent_pain_does_not_depend_on_weekday(first_weekday: int) -> None:
    """Three days with 4, four without, three with 4, from each day of the week on."""
    calendar = Calendar(timezone=BERLIN.timezone, first_weekday=first_weekday)
    for start in range(7):
        days = [(start + day, 4) for day in (0, 1, 2, 7, 8, 9)]
        assert pain(runner(*days, calendar=calendar), start + 9).advice is Advice.PERSISTENT


@pytest.mark.parametrize(
    ("score", "flags", "advice"),
    [
        (2, [RedFlag.FEVER], Advice.RED_FLAG),
        (8, [], Advice.SEVERE),
        (8, [RedFlag.NIGHT_PAIN], Advice.DOCTOR),
        (5, [], Advice.DOCTOR),  # until the questions are answered
        (4, [], None),
    ],
)
def test_advice_follows_from_state_of_back(score: float, flags: list[RedFlag], advice: Advice | None) -> None:
    someone = runner()
    someone.manual_entries.report_pain(score, now=MONDAY, red_flags=flags)
    assert pain(someone, 0).advice is advice


def test_growing_pain_has_its_own_advice() -> None:
    """Weekly means of 1, 2, 3 and 4."""
    someone = runner((0, 1), (7, 2), (14, 3), (21, 4))
    for question in range(3):
        now = MONDAY + 21 * A_DAY + (question + 1) * A_MINUTE
        someone.manual_entries.answer_question(Answer.NO, now=now)
    assert pain(someone, 22).advice is Advice.GROWING


def test_read_notice_is_hidden_until_next_report() -> None:
    someone = runner((0, 8))
    someone.manual_entries.acknowledge_advice(MONDAY + A_MINUTE)
    shown = pain(someone, 1)
    assert (shown.advice, shown.is_read) == (Advice.SEVERE, True)
    someone.manual_entries.report_pain(0, now=MONDAY + 2 * A_DAY)
    assert pain(someone, 2).is_read
    someone.manual_entries.report_pain(1, now=MONDAY + 3 * A_DAY)
    shown = pain(someone, 3)
    assert (shown.advice, shown.is_read) == (Advice.SEVERE, False)


def test_reading_without_advice_changes_nothing() -> None:
    someone = runner((0, 4))
    someone.manual_entries.acknowledge_advice(MONDAY + 3 * A_DAY)
    assert someone.journal.notices_read == {}


@pytest.mark.parametrize("back", [timedelta(0), A_DAY, 300 * A_DAY])
def test_clock_set_back_hides_no_later_report(back: timedelta) -> None:
    """A report counts after a clearance and a notice that was read, even with an earlier clock."""
    someone = runner((0, 8))
    someone.manual_entries.acknowledge_advice(MONDAY)
    someone.manual_entries.clear_back(MONDAY.date(), now=MONDAY)
    someone.manual_entries.report_pain(5, now=MONDAY - back, red_flags=[RedFlag.FEVER])
    for someone_else in (someone, restarted(someone)):
        shown = someone_else.summary(MONDAY - back).pain
        assert (shown.advice, shown.is_read) == (Advice.RED_FLAG, False)


def test_acknowledgement_of_older_version_still_counts() -> None:
    """It meant that a doctor knew of the flag; severe pain and later flags were not meant."""
    someone = runner()
    someone.manual_entries.report_pain(2, now=MONDAY, red_flags=[RedFlag.FEVER])
    someone.journal.advice_acknowledged[Advice.RED_FLAG] = MONDAY
    someone = restarted(someone)
    assert pain(someone, 1).advice is None
    someone.manual_entries.report_pain(2, now=MONDAY + 2 * A_DAY, red_flags=[RedFlag.FEVER])
    assert pain(someone, 2).advice is Advice.RED_FLAG


def test_emergency_silences_coaching_until_clearance() -> None:
    """No prompt, nothing due and no streak; reading the notice changes nothing of that."""
    home = Household(Runner(settings(), Journal()), NOON)
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now, red_flags=[RedFlag.FEVER]))
    home.learn(activity(NOON - 30 * A_MINUTE))
    home.go_on(NOON + 10 * A_MINUTE)
    home.runner.manual_entries.acknowledge_advice(home.now)
    home.go_on(NOON + 20 * A_MINUTE)
    assert home.spoken == []
    summary = home.runner.summary(home.now)
    assert (summary.due, summary.next_habit) == ({}, None)
    assert (summary.core_streak, summary.stretch_streak) == (None, None)
    home.keep(home.runner.manual_entries.clear_back(NOON.date(), now=home.now))
    home.go_on(home.now + 20 * A_MINUTE)
    # The foam roll comes back in the fourth week.
    assert [habit for _, habit, _ in home.spoken] == [Habit.STRETCH]


def test_prompt_expired_beside_red_flag_has_its_reason() -> None:
    """The reason of a prompt that expired during the silence is the red flag."""
    home = Household(Runner(settings(), Journal()), NOON)
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now, red_flags=[RedFlag.FEVER]))
    home.learn(activity(NOON - 30 * A_MINUTE))
    home.go_on(NOON + timedelta(hours=12))
    reasons = {fact.reason for fact in home.runner.journal.prompts.values() if fact.topic is Habit.FOAM_ROLL}
    assert reasons == {HoldReason.RED_FLAG}
