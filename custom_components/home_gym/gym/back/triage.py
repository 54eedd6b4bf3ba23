"""Triage of a sore back: questions after a report that calls for them, and their answers.

A report starts a round of questions. Each is open until it is answered, in whatever channel; nothing here waits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ..codec.schema import stored
from .history import MedicalHistory
from .pain import Area, PainReport, RedFlag
from .signs import THE_THREE, Answer, Question, Urgency, deciding_questions, has_sign, urgency_of_answer

# At most one round in this time, and none for longer after three times "no".
ROUND_EVERY = timedelta(hours=24)
ROUND_AFTER_NO = timedelta(days=7)
# A rise of the score that calls for the questions again.
RISE = 2.0
# An emergency that was misheard, or reported for the wrong person, can be taken back in this time.
WITHDRAWAL_PERIOD = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageAnswer:
    """An answer to a question of the triage, at its instant."""

    question: Question
    answer: Answer
    at: datetime

    @property
    def key(self) -> str:
        """Key of the answer."""
        return f"{self.question}@{self.at.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """The runner's word that a professional has looked at the back and cleared it, with the day of that.

    `may_run` means that running was allowed at once.
    """

    day: date
    recorded_at: datetime = field(metadata=stored("said"))
    may_run: bool = False

    @property
    def key(self) -> str:
        """Key of the clearance."""
        return self.recorded_at.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A report taken back as misheard or meant for someone else; both stay in the journal."""

    report: str
    recorded_at: datetime = field(metadata=stored("said"))

    @property
    def key(self) -> str:
        """Key of the withdrawn report."""
        return self.report


class NoOpenQuestionError(Exception):
    """An answer without an open question of the triage."""


class NothingToWithdrawError(Exception):
    """A withdrawal without a report of the last 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round of questions after a report.

    `answers` has the answer that counts for each answered question.
    """

    report: PainReport
    questions: tuple[Question, ...]
    answers: Mapping[Question, TriageAnswer] = field(default_factory=dict)

    @property
    def start(self) -> datetime:
        """The instant of the report."""
        return self.report.recorded_at

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(question for question in self.questions if question not in self.answers)

    @property
    def is_all_no(self) -> bool:
        """Whether each of the three questions was answered with no."""
        return all(question in self.answers and self.answers[question].answer is Answer.NO for question in THE_THREE)

    @property
    def settled_signs(self) -> frozenset[RedFlag]:
        """The signs that an answer explains: legs that are tired from today's run."""
        answer = self.answers.get(Question.NOT_FROM_TODAYS_RUN)
        is_tired = answer is not None and answer.answer is Answer.NO
        return frozenset({RedFlag.TIRED_LEGS, RedFlag.CLUMSINESS}) if is_tired else frozenset()

    def urgencies(self, history: MedicalHistory) -> list[tuple[Urgency, TriageAnswer]]:
        """Return the urgency of each answer that has one."""
        urgencies = ((urgency_of_answer(each.question, each.answer, history), each) for each in self.answers.values())
        return [(urgency, answer) for urgency, answer in urgencies if urgency is not Urgency.NONE]


def rounds_of(calling: Sequence[PainReport], answers: Sequence[TriageAnswer], history: MedicalHistory) -> list[Round]:
    """Return the rounds of questions.

    `calling` are the reports that call for questions, `answers` all answers, both in order of their time.
    """
    rounds: list[Round] = []
    for number, report in enumerate(calling):
        if rounds:
            rounds[-1] = _answered(rounds[-1], answers, report.recorded_at)
        if not _is_called_for(report, rounds, calling[:number]):
            continue
        questions = (*deciding_questions(report, history), *THE_THREE)
        # What an unfinished round still asks is asked first.
        if rounds and rounds[-1].open_questions:
            left = {*rounds[-1].open_questions, *questions}
            questions = tuple(question for question in Question if question in left)
        rounds.append(Round(report=report, questions=questions))
    if rounds:
        rounds[-1] = _answered(rounds[-1], answers, None)
    return rounds


def _answered(turn: Round, answers: Sequence[TriageAnswer], end: datetime | None) -> Round:
    """Return a round with its answers up to an instant: of several, the last one counts.

    An emergency can be taken back for a day only.
    """
    counting = dict(turn.answers)
    for answer in answers:
        if answer.question not in turn.questions or answer.at < turn.start or (end is not None and answer.at >= end):
            continue
        earlier = counting.get(answer.question)
        is_final = (
            earlier is not None
            and earlier.answer not in {Answer.NO, Answer.OLD_FALL}
            and answer.at - earlier.at > WITHDRAWAL_PERIOD
        )
        if not is_final:
            counting[answer.question] = answer
    return Round(report=turn.report, questions=turn.questions, answers=counting)


def _is_called_for(report: PainReport, rounds: Sequence[Round], before: Sequence[PainReport]) -> bool:
    """Return whether a report starts a round: not too soon after the last one, unless it brings something new."""
    if not rounds:
        return True
    last = rounds[-1]
    since = [each for each in before if each.recorded_at >= last.start]
    known_areas = {Area.LOWER_BACK, None, *(each.area for each in since)}
    is_new = (
        has_sign(report) or report.score >= max(each.score for each in since) + RISE or report.area not in known_areas
    )
    if is_new:
        return True
    quiet_for = ROUND_AFTER_NO if last.is_all_no else ROUND_EVERY
    return not last.open_questions and report.recorded_at - last.start >= quiet_for
