"""Rounds of questions after a report: when they are asked, answered, asked again and taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.back.pain import Area, RedFlag
from custom_components.home_gym.gym.back.signs import Answer, Question
from custom_components.home_gym.gym.back.state import BackState, BackStatus, StateReason
from custom_components.home_gym.gym.back.triage import NoOpenQuestionError, NothingToWithdrawError, TriageAnswer
from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.events import BackStateChanged
from custom_components.home_gym.gym.intake.manual_entries import StateKeptError
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_MINUTE, NOON, restarted, settings

AN_HOUR = timedelta(hours=1)
NO, YES, UNKNOWN = Answer.NO, Answer.YES, Answer.UNKNOWN
THREE = (Question.NUMBNESS, Question.BLADDER_OR_BOWEL, Question.WEAKNESS_FEVER_FALL)


class Talk:
    """A dialogue: reports and answers, each in its own minute."""

    def __init__(self) -> None:
        self.runner = Runner(settings(), Journal())
        self.now = NOON

    def report(self, score: float, *flags: RedFlag, at: datetime | None = None, **rest: Any) -> BackStatus:
        """Report pain, at an instant or a minute later, and return the status."""
        self.now = at or self.now + A_MINUTE
        self.runner.manual_entries.report_pain(score, now=self.now, red_flags=flags, **rest)
        return self.status()

    def answer(self, *answers: Answer, question: Question | None = None) -> BackStatus:
        """Answer the next questions, and return the status."""
        for answer in answers:
            self.now += A_MINUTE
            self.runner.manual_entries.answer_question(answer, now=self.now, question=question)
        return self.status()

    def status(self) -> BackStatus:
        """Return the status, the same as after a restart."""
        status = self.runner.summary(self.now).back
        assert restarted(self.runner).summary(self.now).back == status
        return status


@pytest.fixture
def talk() -> Talk:
    """Return a dialogue without a report."""
    return Talk()


def test_three_questions_are_asked_one_after_the_other(talk: Talk) -> None:
    asked = [talk.report(5).question, talk.answer(NO).question, talk.answer(NO).question]
    assert asked == [*THREE]
    assert talk.answer(NO) == BackStatus(state=BackState.SORE, reasons=(StateReason.SORE,))


def test_unanswered_questions_are_for_a_doctor_however_long(talk: Talk) -> None:
    status = talk.report(5)
    assert (status.state, status.reasons) == (BackState.DOCTOR, (StateReason.UNANSWERED,))
    assert (status.since, status.asked_at) == (talk.now, talk.now)
    talk.now += 100 * A_DAY
    assert talk.status().state is BackState.DOCTOR
    assert talk.answer(NO, NO, NO).state is BackState.NONE


@pytest.mark.parametrize(
    ("answers", "state", "reasons"),
    [
        ([YES], BackState.EMERGENCY, (Question.NUMBNESS,)),
        ([UNKNOWN], BackState.EMERGENCY, (Question.NUMBNESS,)),
        ([NO, UNKNOWN], BackState.EMERGENCY, (Question.BLADDER_OR_BOWEL,)),
        ([NO, NO, Answer.FEVER], BackState.EMERGENCY, (Question.WEAKNESS_FEVER_FALL,)),
        ([NO, NO, Answer.OLD_FALL], BackState.DOCTOR, (Question.WEAKNESS_FEVER_FALL,)),
        ([NO, NO, UNKNOWN], BackState.DOCTOR, (Question.WEAKNESS_FEVER_FALL,)),
        ([NO, NO, NO], BackState.SORE, (StateReason.SORE,)),
    ],
)
def test_answers_lead_to_states(
    talk: Talk, answers: list[Answer], state: BackState, reasons: tuple[Question | StateReason, ...]
) -> None:
    talk.report(5)
    status = talk.answer(*answers)
    assert (status.state, status.reasons) == (state, reasons)


def test_emergency_of_an_answer_can_be_taken_back_for_a_day(talk: Talk) -> None:
    talk.report(5)
    talk.answer(YES)
    assert talk.answer(NO, question=Question.NUMBNESS).state is BackState.DOCTOR
    assert talk.answer(YES, question=Question.NUMBNESS).state is BackState.EMERGENCY
    talk.now += A_DAY
    assert talk.answer(NO, question=Question.NUMBNESS).state is BackState.EMERGENCY


def test_answer_of_no_can_become_a_yes_at_any_time(talk: Talk) -> None:
    talk.report(5)
    talk.answer(NO, NO, Answer.OLD_FALL)
    talk.now += 3 * A_DAY
    assert talk.answer(YES, question=Question.NUMBNESS).state is BackState.EMERGENCY


def test_two_answers_of_one_instant_both_stay(talk: Talk) -> None:
    talk.report(5)
    for answer in (YES, NO):
        talk.runner.manual_entries.answer_question(answer, now=talk.now, question=Question.NUMBNESS)
    assert [reply.answer for reply in talk.runner.journal.triage_answers.values()] == [YES, NO]
    assert talk.status().state is BackState.DOCTOR


def test_answer_without_question_is_refused(talk: Talk) -> None:
    with pytest.raises(NoOpenQuestionError):
        talk.answer(YES)
    talk.report(5)
    with pytest.raises(NoOpenQuestionError):
        talk.answer(YES, question=Question.BLEEDING)
    talk.answer(NO, NO, NO)
    with pytest.raises(NoOpenQuestionError):
        talk.answer(NO)


def test_deciding_question_comes_first_and_tired_legs_are_none(talk: Talk) -> None:
    """The three questions follow, since a sign was reported."""
    assert talk.report(1, RedFlag.TIRED_LEGS).question is Question.NOT_FROM_TODAYS_RUN
    assert talk.answer(NO).question is Question.NUMBNESS
    assert talk.answer(NO, NO, NO) == BackStatus()


def test_clumsy_legs_from_before_are_an_emergency(talk: Talk) -> None:
    talk.report(1, RedFlag.CLUMSINESS)
    assert talk.answer(YES).state is BackState.EMERGENCY


@pytest.mark.parametrize(
    ("later", "again"),
    [
        ({"score": 5}, False),
        ({"score": 6}, False),
        ({"score": 7}, True),  # 2 more than 5
        ({"score": 5, "area": Area.LEG}, True),
        ({"score": 5, "area": Area.LOWER_BACK}, False),
        ({"score": 1, "red_flags": [RedFlag.NIGHT_PAIN]}, True),
    ],
)
@pytest.mark.parametrize("after", [AN_HOUR, 23 * AN_HOUR, 6 * A_DAY])
def test_week_after_three_times_no_only_news_asks_again(
    talk: Talk, later: dict[str, Any], again: bool, after: timedelta
) -> None:
    start = talk.now + A_MINUTE
    talk.report(5)
    talk.answer(NO, NO, NO)
    talk.runner.manual_entries.report_pain(**later, now=start + after)
    talk.now = start + after
    assert (talk.status().question is not None) is again


@pytest.mark.parametrize(("after", "again"), [(23 * AN_HOUR, False), (25 * AN_HOUR, True)])
def test_day_after_another_answer_the_questions_come_again(talk: Talk, after: timedelta, again: bool) -> None:
    talk.report(5)
    start = talk.now
    talk.answer(NO, NO, Answer.OLD_FALL)
    assert (talk.report(5, at=start + after).question is not None) is again


def test_week_after_three_times_no_is_over_after_seven_days(talk: Talk) -> None:
    talk.report(5)
    start = talk.now
    talk.answer(NO, NO, NO)
    assert talk.report(5, at=start + 7 * A_DAY).question is Question.NUMBNESS


def test_rise_counts_from_worst_report_since_questions(talk: Talk) -> None:
    """5, then 6, then 7: the last is one more than the worst."""
    talk.report(5)
    talk.answer(NO, NO, NO)
    assert talk.report(6).question is None
    assert talk.report(7).question is None


def test_open_question_isnt_doubled_by_next_report(talk: Talk) -> None:
    talk.report(5)
    talk.answer(NO)
    assert talk.report(5).question is Question.BLADDER_OR_BOWEL
    # A sign starts a new round, with what decides about it first.
    assert talk.report(5, RedFlag.PREGNANCY).question is Question.BLEEDING
    assert talk.answer(NO).question is Question.NUMBNESS


def test_new_round_keeps_open_questions_of_last_one(talk: Talk) -> None:
    talk.report(3, RedFlag.PREGNANCY)
    talk.report(3, RedFlag.NIGHT_PAIN)
    assert [talk.status().question, talk.answer(NO).question] == [Question.BLEEDING, Question.NUMBNESS]


@pytest.mark.parametrize(("days", "is_asked"), [(14, True), (15, False)])
def test_pain_of_long_ago_starts_no_questions(talk: Talk, days: int, is_asked: bool) -> None:
    talk.runner.manual_entries.report_pain(6, now=talk.now, at=talk.now - days * A_DAY)
    assert (talk.status().question is not None) is is_asked


def test_answer_to_another_rounds_question_counts_for_nothing(talk: Talk) -> None:
    """A copied journal may have one."""
    talk.report(5)
    reply = TriageAnswer(question=Question.BLEEDING, answer=YES, at=talk.now + A_MINUTE)
    talk.runner.journal.add(reply)
    talk.runner.back.forget()
    assert talk.status().question is Question.NUMBNESS


# Withdrawal and undo


def test_report_can_be_withdrawn_for_a_day_and_stays_in_journal(talk: Talk) -> None:
    talk.report(2)
    assert talk.report(3, RedFlag.NUMBNESS).state is BackState.EMERGENCY
    [event] = talk.runner.manual_entries.withdraw_report(now=talk.now + A_DAY)
    assert isinstance(event, BackStateChanged)
    assert (event.before, event.status.state) == (BackState.EMERGENCY, BackState.NONE)
    assert talk.status().state is BackState.NONE
    assert len(talk.runner.journal.pains) == 2
    assert talk.runner.summary(talk.now).pain.latest == 2


def test_nothing_is_withdrawn_after_a_day(talk: Talk) -> None:
    with pytest.raises(NothingToWithdrawError):
        talk.runner.manual_entries.withdraw_report(now=talk.now)
    talk.report(3, RedFlag.NUMBNESS)
    with pytest.raises(NothingToWithdrawError):
        talk.runner.manual_entries.withdraw_report(now=talk.now + A_DAY + A_MINUTE)


def test_withdrawn_report_is_not_undone(talk: Talk) -> None:
    talk.report(2)
    talk.report(3)
    talk.runner.manual_entries.withdraw_report(now=talk.now)
    talk.runner.manual_entries.undo_last()
    assert [report.score for report in talk.runner.journal.pains.values()] == [3]


@pytest.mark.parametrize(("score", "flags"), [(8, []), (5, []), (2, [RedFlag.FEVER]), (2, [RedFlag.NIGHT_PAIN])])
def test_undo_lifts_no_state(talk: Talk, score: float, flags: list[RedFlag]) -> None:
    talk.report(score, *flags)
    with pytest.raises(StateKeptError):
        talk.runner.manual_entries.undo_last()
    assert len(talk.runner.journal.pains) == 1


def test_undo_of_report_without_a_state_of_its_own_works(talk: Talk) -> None:
    talk.report(8)
    talk.report(1)
    talk.report(4)
    for _ in range(2):
        talk.runner.manual_entries.undo_last()
    assert talk.status().state is BackState.DOCTOR


def test_changed_state_is_an_event(talk: Talk) -> None:
    [_, event] = talk.runner.manual_entries.report_pain(4, now=talk.now)
    assert isinstance(event, BackStateChanged)
    assert (event.before, event.status.state) == (BackState.NONE, BackState.SORE)
    assert len(talk.runner.manual_entries.report_pain(4, now=talk.now + A_MINUTE)) == 1


def test_answer_without_any_report_counts_for_nothing(talk: Talk) -> None:
    """A copied journal may have one."""
    talk.runner.journal.add(TriageAnswer(question=Question.NUMBNESS, answer=YES, at=talk.now))
    talk.runner.back.forget()
    assert talk.status() == BackStatus()


def test_tired_legs_beside_another_sign_leave_that_sign(talk: Talk) -> None:
    talk.report(1, RedFlag.TIRED_LEGS, RedFlag.NIGHT_PAIN)
    status = talk.answer(NO, NO, NO, NO)
    assert (status.state, status.reasons, status.is_emergency) == (BackState.DOCTOR, (RedFlag.NIGHT_PAIN,), False)


def test_illness_only_starts_the_questions(talk: Talk) -> None:
    assert talk.report(0, RedFlag.ILLNESS).question is Question.NUMBNESS
    assert talk.answer(NO, NO, NO) == BackStatus()
