"""Turns of the triage's open question on the phones."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.signs import Answer, Question
from custom_components.home_gym.gym.back.state import BackState
from custom_components.home_gym.gym.back.triage import NoOpenQuestionError
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours
from custom_components.home_gym.gym.runner import Runner

from ....support.unit.make import A_MINUTE, NOON, at, settings

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# 8:00 in Berlin on the day after NOON, which is 13:00 there.
MORNING = at("2026-03-03T07:00")
NUMBNESS, BLADDER, WEAKNESS = Question.NUMBNESS, Question.BLADDER_OR_BOWEL, Question.WEAKNESS_FEVER_FALL


def runner(**prompts: Any) -> Runner:
    """Return a runner."""
    return Runner(settings(prompts=PromptSettings(**prompts)), Journal())


def turns(someone: Runner, start: datetime) -> Iterator[datetime]:
    """Yield the turns of the open question after an instant, each the one after the last."""
    asked = someone.questions.open(start)
    assert asked is not None
    turn = someone.questions.next_turn(asked, start)
    while turn:
        assert someone.questions.turn(asked, turn) == turn
        yield turn
        turn = someone.questions.next_turn(asked, turn)


@pytest.mark.parametrize(
    ("prompts", "reported", "first", "second"),
    [
        ({}, NOON, NOON + A_MINUTE, MORNING),
        ({"check_in_at": time(9)}, NOON, NOON + A_MINUTE, MORNING + HOUR),
        # 23:30 in Berlin is within the quiet hours until 7
        ({}, at("2026-03-02T22:30"), at("2026-03-03T06:00"), MORNING + DAY),
        ({"quiet_hours": QuietHours(start=time(22), end=time(10))}, NOON, NOON + A_MINUTE, MORNING + 2 * HOUR),
    ],
)
def test_question_comes_after_a_minute_and_on_mornings(
    prompts: dict[str, Any], reported: datetime, first: datetime, second: datetime
) -> None:
    someone = runner(**prompts)
    verbs.report_pain(8)(someone, reported)
    asked = someone.questions.open(reported)
    assert asked is not None
    assert asked.question is NUMBNESS
    assert someone.questions.turn(asked, reported) is None
    assert [*turns(someone, reported)] == [first, *(second + day * DAY for day in range(7))]


def test_next_question_has_turns_of_its_own() -> None:
    someone = runner()
    verbs.report_pain(8)(someone, NOON)
    verbs.answer_on_phone(NUMBNESS, Answer.NO)(someone, NOON + HOUR)
    asked = someone.questions.open(NOON + HOUR)
    assert asked is not None
    assert asked.question is BLADDER
    assert next(turns(someone, NOON + HOUR)) == NOON + HOUR + A_MINUTE


@pytest.mark.parametrize("reported", [None, 3])
def test_without_open_question_nothing_is_asked(reported: float | None) -> None:
    someone = runner()
    if reported is not None:
        verbs.report_pain(reported)(someone, NOON)
    assert someone.questions.open(NOON) is None


def answered(*answers: Answer) -> Runner:
    """Return a runner with a report of 8 at noon and these answers, a minute apart."""
    someone = runner()
    verbs.report_pain(8)(someone, NOON)
    for number, (question, reply) in enumerate(zip((NUMBNESS, BLADDER, WEAKNESS), answers, strict=False)):
        verbs.answer_on_phone(question, reply)(someone, NOON + number * A_MINUTE)
    return someone


def test_emergency_ends_the_questions() -> None:
    someone = answered(Answer.UNKNOWN)
    assert someone.back.status(NOON + A_MINUTE).state is BackState.EMERGENCY
    assert someone.questions.open(NOON + A_MINUTE) is None


def test_three_answers_leave_no_question() -> None:
    assert answered(Answer.NO, Answer.NO, Answer.NO).questions.open(NOON + HOUR) is None


@pytest.mark.parametrize(
    ("reply", "state"),
    [(Answer.NO, BackState.DOCTOR), (Answer.FEVER, BackState.EMERGENCY), (Answer.UNKNOWN, BackState.DOCTOR)],
)
def test_unknown_answer_is_asked_again_on_next_morning_only(reply: Answer, state: BackState) -> None:
    """An answer two days later counts; a score of 8 is for a doctor by itself."""
    someone = answered(Answer.NO, Answer.NO, Answer.UNKNOWN)
    asked = someone.questions.open(NOON + HOUR)
    assert asked is not None
    assert (asked.question, asked.is_unknown) == (WEAKNESS, True)
    assert [*turns(someone, NOON + HOUR)] == [MORNING]
    late = NOON + 2 * DAY
    verbs.answer_on_phone(WEAKNESS, reply)(someone, late)
    assert someone.back.status(late).state is state
    last = someone.back.last_round
    assert last is not None
    assert last.answers[WEAKNESS].answer is reply


@pytest.mark.parametrize("reply", [Answer.NO, Answer.UNKNOWN])
def test_late_tap_that_names_no_sign_changes_nothing(reply: Answer) -> None:
    someone = answered(Answer.YES)
    with pytest.raises(NoOpenQuestionError):
        verbs.answer_on_phone(NUMBNESS, reply)(someone, NOON + HOUR)
    assert someone.back.is_emergency


def test_late_tap_that_names_a_sign_counts() -> None:
    someone = answered(Answer.NO, Answer.NO)
    verbs.answer_on_phone(NUMBNESS, Answer.YES)(someone, NOON + HOUR)
    assert someone.back.is_emergency


def test_tap_without_any_round_is_refused() -> None:
    with pytest.raises(NoOpenQuestionError):
        verbs.answer_on_phone(NUMBNESS, Answer.YES)(runner(), NOON)
