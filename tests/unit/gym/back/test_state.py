"""States of the back over days: their beginnings, their ends, and what is coached in each."""

from datetime import date, timedelta

import pytest

from custom_components.home_gym.gym.back.back import NotCoachedError, not_coached
from custom_components.home_gym.gym.back.emergency import emergency_number
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.signs import Answer
from custom_components.home_gym.gym.back.state import BackState, BackStatus, StateReason
from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_MINUTE, NOON, restarted, settings

type Scores = dict[int, float]
NONE, CLEARED, SORE, DOCTOR = BackState.NONE, BackState.CLEARED, BackState.SORE, BackState.DOCTOR


def at(day: int) -> date:
    """Return a day after the first."""
    return NOON.date() + day * A_DAY


def back(scores: Scores, *, cleared: int | None = None) -> Runner:
    """Return a runner with scores by day, three times no to the questions, and a clearance on a day."""
    runner = Runner(settings(), Journal())
    for day in sorted({*scores, *([cleared] if cleared is not None else [])}):
        now = NOON + day * A_DAY
        if day in scores:
            runner.manual_entries.report_pain(scores[day], now=now)
            while runner.back.status(now).question:
                now += A_MINUTE
                runner.manual_entries.answer_question(Answer.NO, now=now)
        if day == cleared:
            runner.manual_entries.clear_back(at(day), now=now + A_MINUTE)
    return runner


def status(runner: Runner, day: int) -> BackStatus:
    """Return the status of an evening, which is the same after a restart."""
    now = NOON + day * A_DAY + timedelta(hours=6)
    shown = runner.summary(now).back
    assert restarted(runner).summary(now).back == shown
    return shown


@pytest.mark.parametrize(
    ("scores", "day", "state"),
    [
        ({0: 3}, 0, SORE),
        ({0: 2.5}, 0, NONE),
        ({0: 6}, 6, SORE),
        # A week after the last 3 it is over if the last report was 2 or less.
        ({0: 3, 5: 2}, 6, SORE),
        ({0: 3, 5: 2}, 7, NONE),
        ({0: 3, 5: 2.5}, 7, SORE),
        # Without another report it stays, for two weeks.
        ({0: 3}, 13, SORE),
        ({0: 3}, 14, NONE),
        ({0: 3}, 40, NONE),
    ],
)
def test_sore_back(scores: Scores, day: int, state: BackState) -> None:
    assert status(back(scores), day).state is state


def test_back_without_reports_is_unknown() -> None:
    shown = status(back({0: 3}), 14)
    assert (shown.is_unknown, shown.reasons) == (True, (StateReason.UNKNOWN,))
    assert status(back({0: 3}), 40) == BackStatus()


@pytest.mark.parametrize(
    ("reports", "day", "state"),
    [
        ([], 400, DOCTOR),
        # Days 3, 6, 9, 12, 13 and 14 after the 8 of day 0: six days, gaps of 3.
        ([3, 6, 9, 12, 13, 14], 14, NONE),
        ([2, 4, 6, 9, 12, 13], 13, DOCTOR),  # thirteen days
        ([3, 6, 9, 12, 14], 14, DOCTOR),  # five days
        ([5, 7, 9, 11, 13, 14], 14, DOCTOR),  # a gap of five at the start
        ([3, 6, 11, 12, 13, 14], 14, DOCTOR),  # a gap of five within
        ([1, 2, 3, 7, 9, 11], 14, NONE),  # the last one is three days old
        ([1, 2, 3, 7, 9, 11], 400, NONE),  # once ended, silence brings nothing back
        ([1, 2, 3, 6, 8, 10], 14, DOCTOR),  # the last one is four days old
    ],
)
@pytest.mark.parametrize("score", [0, 1])
def test_two_weeks_of_reports_without_pain_end_the_advice_of_a_doctor(
    reports: list[int], day: int, state: BackState, score: float
) -> None:
    assert status(back({0: 8} | dict.fromkeys(reports, score)), day).state is state


def test_two_weeks_with_pain_of_two_dont_end_it() -> None:
    assert status(back({0: 8} | dict.fromkeys([3, 6, 9, 12, 13, 14], 1) | {9: 1.5}), 14).state is DOCTOR


def test_sign_for_a_doctor_ends_alike() -> None:
    runner = back({})
    runner.manual_entries.report_pain(1, now=NOON, red_flags=[RedFlag.FOOT_NUMBNESS])
    for minute in (1, 2, 3):
        runner.manual_entries.answer_question(Answer.NO, now=NOON + minute * A_MINUTE)
    shown = status(runner, 13)
    assert (shown.state, shown.reasons) == (DOCTOR, (RedFlag.FOOT_NUMBNESS,))
    for day in (3, 6, 9, 12, 13, 14):
        runner.manual_entries.report_pain(0, now=NOON + day * A_DAY)
    assert status(runner, 14).state is NONE


@pytest.mark.parametrize(
    ("scores", "state"),
    [
        # Weekly means 1, 2, 3 and 4: three more in all.
        ({0: 1, 7: 2, 14: 3, 21: 4}, DOCTOR),
        # 1, 1.5, 2 and 3 make two, the least.
        ({0: 1, 7: 1.5, 14: 2, 21: 3}, DOCTOR),
        ({0: 1, 7: 1.5, 14: 2, 21: 2.9}, NONE),
        ({0: 1, 7: 3, 14: 2, 21: 4}, SORE),  # not each above the one before
        ({0: 1, 14: 3, 21: 4}, SORE),  # a week without a report
        # The mean of two reports of a week counts: (2 + 4) / 2 = 3.
        ({0: 1, 7: 2, 10: 2, 14: 4, 21: 4}, DOCTOR),
    ],
)
def test_growing_pain_is_for_a_doctor(scores: Scores, state: BackState) -> None:
    shown = status(back(scores), 21)
    assert shown.state is state
    assert (StateReason.GROWING in shown.reasons) is (state is DOCTOR)


@pytest.mark.parametrize(
    ("scores", "day", "step"),
    [
        ({}, 0, 1),
        ({}, 6, 1),
        ({}, 7, 2),
        ({}, 27, 4),
        ({}, 28, None),
        # Pain of 3 on day 10, in week 2, goes back to week 1, which begins then: week 2 from day 17 on.
        ({10: 3}, 10, 1),
        ({10: 3}, 16, 1),
        ({10: 3}, 17, 2),
        # From 0 to 2 is two more; 1 more is none.
        ({8: 0, 15: 2}, 15, 2),
        ({8: 1, 15: 2}, 15, 3),
        ({2: 3}, 2, 1),
        # The pain of the day itself isn't a setback, and after the fourth week it is over.
        ({0: 3}, 7, 2),
        ({30: 1}, 30, None),
    ],
)
def test_return_after_clearance_goes_in_weekly_steps(scores: Scores, day: int, step: int | None) -> None:
    shown = status(back({-5: 8, **scores}, cleared=0), day)
    assert shown.step == step
    assert (shown.state is CLEARED) is (step is not None)


def test_only_clearance_ends_an_emergency() -> None:
    runner = back({})
    runner.manual_entries.report_pain(5, now=NOON, red_flags=[RedFlag.NUMBNESS])
    for day in range(1, 60):
        runner.manual_entries.report_pain(0, now=NOON + day * A_DAY)
    runner.manual_entries.acknowledge_advice(NOON + 60 * A_DAY)
    shown = status(runner, 60)
    assert (shown.state, shown.reasons, shown.since) == (BackState.EMERGENCY, (RedFlag.NUMBNESS,), NOON)
    runner.manual_entries.clear_back(at(60), now=NOON + 60 * A_DAY)
    assert status(runner, 60).state is CLEARED
    runner.manual_entries.report_pain(1, now=NOON + 61 * A_DAY, red_flags=[RedFlag.NUMBNESS])
    assert status(runner, 61).state is BackState.EMERGENCY


def test_clearance_of_a_day_to_come_is_refused() -> None:
    with pytest.raises(ValueError, match="up to today"):
        back({}).manual_entries.clear_back(at(1), now=NOON)


LOADING = {Habit.CORE, Habit.FOAM_ROLL, Habit.MASSAGE}


@pytest.mark.parametrize(
    ("state", "step", "left_out"),
    [
        (BackState.NONE, None, set()),
        (BackState.SORE, None, set()),
        (BackState.DOCTOR, None, LOADING),
        (BackState.EMERGENCY, None, set(Habit)),
        (BackState.CLEARED, 1, LOADING),
        (BackState.CLEARED, 2, {Habit.FOAM_ROLL, Habit.MASSAGE}),
        (BackState.CLEARED, 3, {Habit.FOAM_ROLL, Habit.MASSAGE}),
        (BackState.CLEARED, 4, set()),
    ],
)
def test_coaching_is_graded(state: BackState, step: int | None, left_out: set[Habit]) -> None:
    assert not_coached(BackStatus(state=state, step=step)) == left_out


def test_habit_that_back_speaks_against_is_refused() -> None:
    runner = back({0: 8})
    runner.require_coached(Habit.STRETCH, NOON)
    with pytest.raises(NotCoachedError):
        runner.require_coached(Habit.CORE, NOON)


@pytest.mark.parametrize(
    ("country", "number"), [("DE", "112"), ("US", "911"), ("GB", "999"), ("AU", "000"), (None, None), ("ZZ", None)]
)
def test_emergency_number_of_country(country: str | None, number: str | None) -> None:
    assert emergency_number(country) == number
