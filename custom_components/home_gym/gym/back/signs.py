"""Sorting of a back report by urgency: emergency, a doctor this week, or neither.

Facts from public guidance, gathered by reading: the red flags of NICE NG59, the pathway of GIRFT for cauda equina
syndrome, the review of red flags by Downie and others (BMJ 2013;347:f7095) and ACSM on bone stress injuries. Nothing
here is a diagnosis; whatever is unclear is sorted to the careful side.
"""

from collections.abc import Mapping
from enum import StrEnum

from .history import Condition, MedicalHistory
from .pain import Area, PainReport, PainSide, PainTiming, RedFlag

# Scores from 0 to 10.
SEVERE_FROM = 7.0
QUESTIONS_FROM = 5.0
# With a medical history both come earlier.
SEVERE_WITH_HISTORY = 6.0
PAIN_WITH_HISTORY = 3.0
# A fall with pain below this score is for a doctor, not for an ambulance.
FALL_MATTERS_FROM = 3.0


class Urgency(StrEnum):
    """Urgency of a report."""

    NONE = "none"
    DOCTOR = "doctor"
    EMERGENCY = "emergency"


class Question(StrEnum):
    """Question of the triage, in their order: the deciding ones about a sign, then the three."""

    NOT_FROM_TODAYS_RUN = "not_from_todays_run"
    AGE_OR_BONES = "age_or_bones"
    FEVER_OR_WORSE = "fever_or_worse"
    BLEEDING = "bleeding"
    GONE_WHEN_SITTING = "gone_when_sitting"
    NUMBNESS = "numbness"
    BLADDER_OR_BOWEL = "bladder_or_bowel"
    WEAKNESS_FEVER_FALL = "weakness_fever_fall"


class Answer(StrEnum):
    """Answer to a question; the last four are answers to the third of the three questions."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    LEG_WEAKNESS = "leg_weakness"
    FEVER = "fever"
    RECENT_FALL = "recent_fall"
    OLD_FALL = "old_fall"


THE_THREE = (Question.NUMBNESS, Question.BLADDER_OR_BOWEL, Question.WEAKNESS_FEVER_FALL)

ALWAYS_EMERGENCY = frozenset(
    {
        *(RedFlag.NUMBNESS, RedFlag.BLADDER_OR_BOWEL, RedFlag.LEG_WEAKNESS, RedFlag.FEVER, RedFlag.BOTH_LEGS),
        *(RedFlag.SEXUAL_FUNCTION, RedFlag.CHEST_PAIN, RedFlag.PULSATING_BELLY, RedFlag.DARK_URINE),
        *(RedFlag.SWOLLEN_CALF, RedFlag.BLEEDING_IN_PREGNANCY),
    }
)
DECIDED_BY: Mapping[RedFlag, Question] = {
    RedFlag.CLUMSINESS: Question.NOT_FROM_TODAYS_RUN,
    RedFlag.TIRED_LEGS: Question.NOT_FROM_TODAYS_RUN,
    RedFlag.STUMBLE: Question.AGE_OR_BONES,
    RedFlag.SPINE_PROCEDURE: Question.FEVER_OR_WORSE,
    RedFlag.PREGNANCY: Question.BLEEDING,
    RedFlag.WALKING_PAIN: Question.GONE_WHEN_SITTING,
}
"""Signs that are unclear by themselves, and the deciding question about each."""
FALLS = frozenset({RedFlag.AFTER_FALL, RedFlag.OLD_FALL, RedFlag.STUMBLE})


def urgency_of_report(report: PainReport, history: MedicalHistory, *, is_first: bool = False) -> Urgency:
    """Return the urgency of a report by itself, before any question.

    `is_first` means that the runner never reported pain before.
    """
    urgencies = {urgency_of_sign(flag, report, history) for flag in report.red_flags} - {Urgency.NONE}
    if Urgency.EMERGENCY in urgencies or _is_both_legs_at_rest(report):
        return Urgency.EMERGENCY
    severe_from = SEVERE_WITH_HISTORY if history.is_given else SEVERE_FROM
    is_serious = history.makes_pain_serious or (is_first and history.makes_first_pain_serious)
    if urgencies or report.points >= severe_from or has_bone_stress(report):
        return Urgency.DOCTOR
    return Urgency.DOCTOR if is_serious and report.points >= PAIN_WITH_HISTORY else Urgency.NONE


def urgency_of_sign(flag: RedFlag, report: PainReport, history: MedicalHistory) -> Urgency:
    """Return the urgency of one sign of a report."""
    # An illness soon after back pain only starts the questions.
    if flag is RedFlag.ILLNESS:
        return Urgency.NONE
    if flag in ALWAYS_EMERGENCY:
        return Urgency.EMERGENCY
    if flag in FALLS and history.makes_falls_serious:
        return Urgency.EMERGENCY
    # Neither no score nor one of zero, which once stood for it, makes a fall slight.
    is_slight = 0 < report.points < FALL_MATTERS_FROM
    if flag is RedFlag.AFTER_FALL and not is_slight:
        return Urgency.EMERGENCY
    return Urgency.DOCTOR


def urgency_of_answer(question: Question, answer: Answer, history: MedicalHistory) -> Urgency:
    """Return the urgency of an answer.

    Not knowing about numbness, bladder or bowel counts as yes; about anything else it is for a doctor.
    """
    match question, answer:
        case _, Answer.NO:
            return Urgency.NONE
        case Question.GONE_WHEN_SITTING, _:
            return Urgency.DOCTOR
        case _, Answer.OLD_FALL:
            return Urgency.EMERGENCY if history.makes_falls_serious else Urgency.DOCTOR
        case ((Question.NUMBNESS | Question.BLADDER_OR_BOWEL), _):
            return Urgency.EMERGENCY
        case _, Answer.UNKNOWN:
            return Urgency.DOCTOR
        case _:
            return Urgency.EMERGENCY


def calls_for_questions(report: PainReport, history: MedicalHistory, *, is_growing: bool) -> bool:
    """Return whether a report starts the questions: by its score, its way into a leg, its growth, or a sign."""
    from_score = PAIN_WITH_HISTORY if history.is_given else QUESTIONS_FROM
    return report.points >= from_score or report.area is Area.LEG or (is_growing and report.hurts) or has_sign(report)


def has_sign(report: PainReport) -> bool:
    """Return whether a report has a sign, in words or by its area, side and timing."""
    return bool(report.red_flags) or has_bone_stress(report) or _is_both_legs_at_rest(report)


def deciding_questions(report: PainReport, history: MedicalHistory) -> tuple[Question, ...]:
    """Return the questions that decide about the signs of a report, in their order."""
    wanted = {DECIDED_BY[flag] for flag in report.red_flags if flag in DECIDED_BY}
    if Condition.PREGNANCY in history.conditions and report.points >= PAIN_WITH_HISTORY:
        wanted.add(Question.BLEEDING)
    return tuple(question for question in Question if question in wanted)


def _is_both_legs_at_rest(report: PainReport) -> bool:
    return report.hurts and (report.area, report.side, report.moment) == (Area.LEG, PainSide.BOTH, PainTiming.AT_REST)


def has_bone_stress(report: PainReport) -> bool:
    """Return whether one buttock hurts on landing: a possible bone stress injury of the sacrum."""
    is_one_sided = report.side in {PainSide.LEFT, PainSide.RIGHT}
    is_running = report.moment is PainTiming.DURING_RUN
    return report.hurts and report.area is Area.BUTTOCK and is_one_sided and is_running
