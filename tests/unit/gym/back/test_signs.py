"""Urgency of reports, signs and answers, after the table of docs/back.md."""

from typing import Any

import pytest

from custom_components.home_gym.gym.back.history import AgeBand, Condition, MedicalHistory
from custom_components.home_gym.gym.back.pain import Area, PainReport, PainSide, PainTiming, RedFlag
from custom_components.home_gym.gym.back.signs import (
    ALWAYS_EMERGENCY,
    Answer,
    Question,
    Urgency,
    calls_for_questions,
    deciding_questions,
    urgency_of_answer,
    urgency_of_report,
)
from tests.support.unit.make import NOON

NONE, DOCTOR, EMERGENCY = Urgency.NONE, Urgency.DOCTOR, Urgency.EMERGENCY
NOBODY = MedicalHistory()
OSTEOPOROSIS = MedicalHistory(conditions=frozenset({Condition.OSTEOPOROSIS}))
THINNERS = MedicalHistory(conditions=frozenset({Condition.BLOOD_THINNERS}))
PREGNANT = MedicalHistory(conditions=frozenset({Condition.PREGNANCY}))
OVER_65, OVER_50, UNDER_18 = (
    MedicalHistory(age=age) for age in (AgeBand.OVER_65, AgeBand.FROM_51_TO_65, AgeBand.UNDER_18)
)


def report(score: float, *flags: RedFlag, **rest: Any) -> PainReport:
    """Return a report of now."""
    return PainReport(score=score, at=NOON, day=NOON.date(), recorded_at=NOON, red_flags=flags, **rest)


@pytest.mark.parametrize("flag", [flag for flag in RedFlag if flag is not RedFlag.ILLNESS])
def test_every_sign_is_at_least_for_a_doctor(flag: RedFlag) -> None:
    expected = EMERGENCY if flag in ALWAYS_EMERGENCY | {RedFlag.AFTER_FALL} else DOCTOR
    assert urgency_of_report(report(0, flag), NOBODY) is expected
    assert urgency_of_report(report(4, flag), NOBODY) is expected
    assert urgency_of_report(report(4, flag, RedFlag.NUMBNESS), NOBODY) is EMERGENCY


def test_illness_after_back_pain_only_starts_the_questions() -> None:
    ill = report(0, RedFlag.ILLNESS)
    assert urgency_of_report(ill, NOBODY) is NONE
    assert calls_for_questions(ill, NOBODY, is_growing=False)


@pytest.mark.parametrize(
    ("made", "history", "urgency"),
    [
        (report(3), NOBODY, NONE),
        (report(6.5), NOBODY, NONE),
        (report(7), NOBODY, DOCTOR),
        (report(9), NOBODY, DOCTOR),
        # With a history from 6 on; with brittle bones any pain of 3.
        (report(6), THINNERS, DOCTOR),
        (report(5), THINNERS, NONE),
        (report(3), OSTEOPOROSIS, DOCTOR),
        (report(2), OSTEOPOROSIS, NONE),
        # A slight pain after a fall isn't an emergency; with a history every fall is.
        (report(2, RedFlag.AFTER_FALL), NOBODY, DOCTOR),
        (report(3, RedFlag.AFTER_FALL), NOBODY, EMERGENCY),
        (report(2, RedFlag.AFTER_FALL), THINNERS, EMERGENCY),
        (report(4, RedFlag.OLD_FALL), NOBODY, DOCTOR),
        (report(4, RedFlag.OLD_FALL), OVER_65, EMERGENCY),
        (report(4, RedFlag.STUMBLE), NOBODY, DOCTOR),
        (report(4, RedFlag.STUMBLE), OSTEOPOROSIS, EMERGENCY),
        # Area, side and timing count.
        (report(4, area=Area.LEG, side=PainSide.BOTH, moment=PainTiming.AT_REST), NOBODY, EMERGENCY),
        (report(0, area=Area.LEG, side=PainSide.BOTH, moment=PainTiming.AT_REST), NOBODY, NONE),
        (report(4, area=Area.LEG, side=PainSide.BOTH, moment=PainTiming.AFTER_RUN), NOBODY, NONE),
        (report(4, area=Area.BUTTOCK, side=PainSide.LEFT, moment=PainTiming.DURING_RUN), NOBODY, DOCTOR),
        (report(4, area=Area.BUTTOCK, side=PainSide.BOTH, moment=PainTiming.DURING_RUN), NOBODY, NONE),
    ],
)
def test_urgency_of_report(made: PainReport, history: MedicalHistory, urgency: Urgency) -> None:
    assert urgency_of_report(made, history) is urgency


@pytest.mark.parametrize(
    ("history", "urgency"), [(NOBODY, NONE), (OVER_50, DOCTOR), (OVER_65, DOCTOR), (UNDER_18, NONE)]
)
def test_first_pain_of_a_life_counts_by_age(history: MedicalHistory, urgency: Urgency) -> None:
    assert urgency_of_report(report(3), history, is_first=True) is urgency
    assert urgency_of_report(report(3), history, is_first=False) is NONE


@pytest.mark.parametrize(
    ("question", "answer", "history", "urgency"),
    [
        (Question.NUMBNESS, Answer.YES, NOBODY, EMERGENCY),
        (Question.NUMBNESS, Answer.UNKNOWN, NOBODY, EMERGENCY),
        (Question.NUMBNESS, Answer.NO, NOBODY, NONE),
        (Question.BLADDER_OR_BOWEL, Answer.YES, NOBODY, EMERGENCY),
        (Question.BLADDER_OR_BOWEL, Answer.UNKNOWN, NOBODY, EMERGENCY),
        (Question.BLADDER_OR_BOWEL, Answer.NO, NOBODY, NONE),
        (Question.WEAKNESS_FEVER_FALL, Answer.YES, NOBODY, EMERGENCY),
        (Question.WEAKNESS_FEVER_FALL, Answer.LEG_WEAKNESS, NOBODY, EMERGENCY),
        (Question.WEAKNESS_FEVER_FALL, Answer.FEVER, NOBODY, EMERGENCY),
        (Question.WEAKNESS_FEVER_FALL, Answer.RECENT_FALL, NOBODY, EMERGENCY),
        (Question.WEAKNESS_FEVER_FALL, Answer.OLD_FALL, NOBODY, DOCTOR),
        (Question.WEAKNESS_FEVER_FALL, Answer.OLD_FALL, OVER_65, EMERGENCY),
        (Question.WEAKNESS_FEVER_FALL, Answer.UNKNOWN, NOBODY, DOCTOR),
        (Question.WEAKNESS_FEVER_FALL, Answer.NO, NOBODY, NONE),
        (Question.NOT_FROM_TODAYS_RUN, Answer.YES, NOBODY, EMERGENCY),
        (Question.NOT_FROM_TODAYS_RUN, Answer.UNKNOWN, NOBODY, DOCTOR),
        (Question.AGE_OR_BONES, Answer.YES, NOBODY, EMERGENCY),
        (Question.FEVER_OR_WORSE, Answer.YES, NOBODY, EMERGENCY),
        (Question.BLEEDING, Answer.YES, NOBODY, EMERGENCY),
        (Question.GONE_WHEN_SITTING, Answer.YES, NOBODY, DOCTOR),
        (Question.GONE_WHEN_SITTING, Answer.UNKNOWN, NOBODY, DOCTOR),
    ],
)
def test_urgency_of_answer(question: Question, answer: Answer, history: MedicalHistory, urgency: Urgency) -> None:
    assert urgency_of_answer(question, answer, history) is urgency


@pytest.mark.parametrize(
    ("made", "history", "is_growing", "called_for"),
    [
        (report(4), NOBODY, False, False),
        (report(5), NOBODY, False, True),
        (report(3), OSTEOPOROSIS, False, True),
        (report(2), OSTEOPOROSIS, False, False),
        (report(1, area=Area.LEG), NOBODY, False, True),
        (report(1), NOBODY, True, True),
        (report(0), NOBODY, True, False),
        (report(0, RedFlag.NIGHT_PAIN), NOBODY, False, True),
        (report(1, area=Area.BUTTOCK, side=PainSide.LEFT, moment=PainTiming.DURING_RUN), NOBODY, False, True),
    ],
)
def test_questions_are_called_for(
    made: PainReport, history: MedicalHistory, is_growing: bool, called_for: bool
) -> None:
    assert calls_for_questions(made, history, is_growing=is_growing) is called_for


def test_deciding_questions_come_in_order() -> None:
    both = report(4, RedFlag.SPINE_PROCEDURE, RedFlag.CLUMSINESS)
    assert deciding_questions(both, NOBODY) == (Question.NOT_FROM_TODAYS_RUN, Question.FEVER_OR_WORSE)
    assert deciding_questions(report(3), PREGNANT) == (Question.BLEEDING,)
    assert deciding_questions(report(2), PREGNANT) == ()
    assert deciding_questions(report(9), NOBODY) == ()
