"""How much the back limits: the score, and when its questions come."""

from datetime import UTC, datetime, time, timedelta

import pytest

from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.runner import Runner

from ....support.unit.make import NOON, restarted, settings


def answer(someone: Runner, day: int, *answers: float) -> None:
    """Answer the questions some days after the first."""
    pain, enjoyment, activity = answers
    someone.manual_entries.report_function(pain=pain, enjoyment=enjoyment, activity=activity, now=NOON + day * A_DAY)


def hurting() -> Runner:
    """Return a runner with back pain on the first day."""
    someone = Runner(settings(), Journal())
    someone.manual_entries.report_pain(3, now=NOON)
    return someone


def is_due(someone: Runner, day: int) -> bool:
    """Return whether the questions are due some days after the first."""
    return someone.function_questions.is_due(NOON + day * A_DAY)


def test_score_is_the_mean_of_three_answers() -> None:
    someone = hurting()
    answer(someone, 1, 6, 3, 0)
    answer(someone, 2, 4, 2, 3)
    assert someone.summary(NOON + 3 * A_DAY).function_score == 3
    assert restarted(someone).summary(NOON + 3 * A_DAY).function_score == 3


@pytest.mark.parametrize("answers", [(-1, 0, 0), (0, 10.5, 0), (0, 0, 11)])
def test_answer_out_of_range_is_refused(answers: tuple[float, float, float]) -> None:
    someone = hurting()
    with pytest.raises(ValueError, match="from 0 to 10"):
        answer(someone, 1, *answers)
    assert someone.function_questions.latest is None


def test_two_scores_of_one_instant_are_kept() -> None:
    someone = hurting()
    answer(someone, 1, 1, 1, 1)
    answer(someone, 1, 2, 2, 2)
    assert len(someone.journal.function_scores) == 2
    someone.manual_entries.undo_last()
    assert someone.summary(NOON + A_DAY).function_score == 1


def test_questions_come_a_week_after_the_first_pain_and_then_each_month() -> None:
    someone = hurting()
    assert [is_due(someone, day) for day in (0, 6, 7, 40)] == [False, False, True, True]
    answer(someone, 10, 1, 1, 1)
    assert [is_due(someone, day) for day in (10, 39, 40)] == [False, False, True]


def test_back_that_never_hurt_is_not_asked_about() -> None:
    someone = Runner(settings(), Journal())
    someone.manual_entries.report_pain(0, now=NOON)
    assert not is_due(someone, 100)
    assert someone.function_questions.next_turn(NOON) is None


def test_emergency_hides_score_and_questions() -> None:
    someone = hurting()
    answer(someone, 1, 6, 3, 0)
    someone.manual_entries.report_pain(4, now=NOON + 2 * A_DAY, red_flags=[RedFlag.NUMBNESS])
    assert someone.summary(NOON + 2 * A_DAY).function_score is None
    assert not is_due(someone, 60)


def test_rest_postpones_the_questions() -> None:
    someone = hurting()
    someone.manual_entries.rest(start=NOON.date(), end=None, now=NOON)
    assert not is_due(someone, 8)


def test_turn_is_a_morning_a_month() -> None:
    """Berlin is an hour ahead in winter, and two from 29 March on."""
    someone = Runner(settings(prompts=PromptSettings(check_in_at=time(8))), Journal())
    someone.manual_entries.report_pain(3, now=NOON)
    turn = someone.function_questions.next_turn(NOON)
    assert turn == datetime(2026, 3, 9, 7, tzinfo=UTC)
    after = someone.function_questions.next_turn(turn + timedelta(minutes=1))
    assert after == datetime(2026, 4, 8, 6, tzinfo=UTC)
    answer(someone, 0, 1, 1, 1)
    assert someone.function_questions.next_turn(NOON) == datetime(2026, 4, 1, 6, tzinfo=UTC)
