"""Triage of a sore back: questions after a report that calls for them, and their answers.

A report starts a round of questions. Each is open until it is answered, in whatever channel; nothing here waits.
"""

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


@dataclass(slots=True, kw_only=True)
class Round:
    """A round of questions after a report.

    `answers` has the answer that counts for each answered question; `worst` and `areas` are those of the reports since.
    """

    report: PainReport
    questions: tuple[Question, ...]
    answers: dict[Question, TriageAnswer] = field(default_factory=dict)
    worst: float = 0
    areas: set[Area | None] = field(default_factory=set)

    @property
    def start(self) -> datetime:
        """The instant of the report."""
        return self.report.recorded_at

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(question for question in self.questions if question not in self.answers)

    @property
    def settled_signs(self) -> frozenset[RedFlag]:
        """The signs that an answer explains: legs that are tired from today's run."""
        answer = self.answers.get(Question.NOT_FROM_TODAYS_RUN)
        is_tired = answer is not None and answer.answer is Answer.NO
        return frozenset({RedFlag.TIRED_LEGS, RedFlag.CLUMSINESS}) if is_tired else frozenset()

    def note(self, report: PainReport) -> None:
        """Note a report of this round's time."""
        self.worst = max(self.worst, report.points)
        self.areas.add(report.area)

    def take(self, reply: TriageAnswer) -> None:
        """Take an answer: of several to a question the last counts, but an emergency is taken back for a day only."""
        if reply.question not in self.questions:
            return
        earlier = self.answers.get(reply.question)
        is_final = earlier is not None and _is_emergency_by_itself(earlier)
        if earlier is None or not is_final or reply.at - earlier.at <= WITHDRAWAL_PERIOD:
            self.answers[reply.question] = reply

    def urgencies(self, history: MedicalHistory) -> list[tuple[Urgency, TriageAnswer]]:
        """Return the urgency of each answer that has one."""
        urgencies = ((urgency_of_answer(each.question, each.answer, history), each) for each in self.answers.values())
        return [(urgency, answer) for urgency, answer in urgencies if urgency is not Urgency.NONE]

    def leaves_room_for(self, report: PainReport) -> bool:
        """Return whether a later report starts the next round: not too soon, unless it brings something new."""
        is_elsewhere = report.area not in {Area.LOWER_BACK, None, *self.areas}
        if has_sign(report) or is_elsewhere or report.points >= self.worst + RISE:
            return True
        is_all_no = all(reply.answer is Answer.NO for reply in self.answers.values())
        return not self.open_questions and report.recorded_at - self.start >= (
            ROUND_AFTER_NO if is_all_no else ROUND_EVERY
        )


def _is_emergency_by_itself(reply: TriageAnswer) -> bool:
    """Return whether an answer is an emergency without any medical history."""
    return urgency_of_answer(reply.question, reply.answer, MedicalHistory()) is Urgency.EMERGENCY


def next_round(report: PainReport, last: Round | None, history: MedicalHistory) -> Round | None:
    """Return the round that a report starts, None if it starts none.

    What an unfinished round still asks is asked along.
    """
    if last is not None and not last.leaves_room_for(report):
        return None
    wanted = {*deciding_questions(report, history), *THE_THREE, *(last.open_questions if last else ())}
    questions = tuple(question for question in Question if question in wanted)
    return Round(report=report, questions=questions, worst=report.points, areas={report.area})
