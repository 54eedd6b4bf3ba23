"""State of a runner's back over time, derived from reports, answers and clearances.

Each state says how much coaching is right; only a professional's clearance ends an emergency. See docs/back.md.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from ..calendar import A_DAY, A_WEEK
from .history import MedicalHistory
from .pain import PainReport, RedFlag
from .signs import Question, Urgency, calls_for_questions, urgency_of_report
from .triage import Clearance, Round, TriageAnswer, next_round

# The back is sore from this score on, for this many days, at most for so long without another report.
SORE_FROM = 3.0
SORE_FOR = 7
SORE_WITHOUT_REPORT = 14
EASED_TO = 2.0
# Two weeks of reports that end `DOCTOR`: on this many days, with gaps of at most this many, each up to this score.
FREE_PERIOD = timedelta(days=14)
FREE_DAYS = 6
FREE_GAP = 4
FREE_TO = 1.0
FREE_LAST = 3
# Pain longer ago, entered as a diary is copied, starts no questions.
ASKED_ABOUT = timedelta(days=14)
# Growing pain: the mean of each of four weeks above the one before, by this much in all.
GROWING_WEEKS = 4
GROWING_BY = 2.0
# A return in steps of a week each; pain of `SORE_FROM`, or this much more than before, goes a step back.
STEPS = 4
STEP_BACK = 2.0


class BackState(StrEnum):
    """State of the back, from the least to the most restricted."""

    NONE = "none"
    CLEARED = "cleared"
    SORE = "sore"
    DOCTOR = "doctor"
    EMERGENCY = "emergency"


class StateReason(StrEnum):
    """Reason of a state that isn't a sign or an answer."""

    SEVERE = "severe"
    GROWING = "growing"
    UNANSWERED = "unanswered"
    HISTORY = "history"
    SORE = "sore"
    UNKNOWN = "unknown"


type Reason = StateReason | RedFlag | Question


@dataclass(frozen=True, slots=True, kw_only=True)
class BackStatus:
    """State of the back at an instant.

    `reasons` has the signs, answered questions or rules behind it; `since` is its beginning. `question` is the open
    question of the triage, `asked_at` the instant of the report that called for it. `step` is the week of the return,
    1 to 4. `is_unknown` means that reports stopped before the back was well.
    """

    state: BackState = BackState.NONE
    reasons: tuple[Reason, ...] = ()
    since: datetime | None = None
    question: Question | None = None
    asked_at: datetime | None = None
    step: int | None = None
    is_unknown: bool = False

    @property
    def is_emergency(self) -> bool:
        """Whether nothing is coached."""
        return self.state is BackState.EMERGENCY


type BackFact = PainReport | TriageAnswer | Clearance


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cause:
    """A cause of a state, at its instant."""

    urgency: Urgency
    at: datetime
    day: date
    reason: Reason


class BackHistory:
    """The causes in one runner's facts, from which the status of any later day follows.

    Facts are taken in the order of their instants; one of an earlier instant needs a new history.
    """

    def __init__(
        self,
        reports: Iterable[PainReport],
        answers: Iterable[TriageAnswer],
        clearances: Iterable[Clearance],
        *,
        history: MedicalHistory,
        settled_before: datetime | None = None,
    ) -> None:
        """Take all facts.

        Signs of reports up to `settled_before` were acknowledged in a version whose acknowledgement meant a doctor.
        """
        self._history = history
        self._settled_before = settled_before
        self._days: dict[date, float] = {}
        self._sorted_days: list[date] = []
        self._has_hurt = False
        self._causes: list[_Cause] = []
        self._rounds: list[Round] = []
        self._clearance: Clearance | None = None
        self._free_end: date | None = None
        self._last: tuple[datetime, int] | None = None
        facts: list[BackFact] = [*reports, *answers, *clearances]
        for fact in sorted(facts, key=_order):
            self.take(fact)

    def follows(self, fact: BackFact) -> bool:
        """Return whether a fact can be taken as it is: not earlier than the others, nor about an earlier day."""
        is_later = self._last is None or _order(fact) >= self._last
        if isinstance(fact, PainReport) and self._sorted_days:
            return is_later and fact.day >= self._sorted_days[-1]
        return is_later

    def take(self, fact: BackFact) -> None:
        """Take a fact that follows."""
        self._last = _order(fact)
        match fact:
            case PainReport():
                self._take_report(fact)
            case TriageAnswer():
                if self._rounds:
                    self._rounds[-1].take(fact)
            case _:
                self._clearance = fact
                self._causes.clear()
                self._rounds.clear()

    def status(self, today: date) -> BackStatus:
        """Return the status on a day of the runner's calendar."""
        causes = self._open_causes(today)
        emergencies = [cause for cause in causes if cause.urgency is Urgency.EMERGENCY]
        if emergencies:
            return BackStatus(
                state=BackState.EMERGENCY,
                reasons=tuple(dict.fromkeys(cause.reason for cause in emergencies)),
                since=emergencies[0].at,
            )
        asking = self._rounds[-1] if self._rounds and self._rounds[-1].open_questions else None
        if asking or causes:
            unanswered = (StateReason.UNANSWERED,) if asking else ()
            return BackStatus(
                state=BackState.DOCTOR,
                reasons=tuple(dict.fromkeys([*(cause.reason for cause in causes), *unanswered])),
                since=min([*(cause.at for cause in causes), *([asking.start] if asking else [])]),
                question=asking.open_questions[0] if asking else None,
                asked_at=asking.start if asking else None,
            )
        if self._clearance and (step := self._step_on(self._clearance.day, today)):
            return BackStatus(state=BackState.CLEARED, since=self._clearance.recorded_at, step=step)
        return self._sore_on(today)

    @property
    def is_emergency(self) -> bool:
        """Whether there is an emergency; no day ends one."""
        return any(cause.urgency is Urgency.EMERGENCY for cause in self._all_causes())

    @property
    def clearance(self) -> Clearance | None:
        """The latest clearance."""
        return self._clearance

    @property
    def last_round(self) -> Round | None:
        """The latest round of questions since the last clearance."""
        return self._rounds[-1] if self._rounds else None

    def _take_report(self, report: PainReport) -> None:
        if report.score is not None:
            self._note_day(report.day, report.score)
        is_first, self._has_hurt = not self._has_hurt, self._has_hurt or report.hurts
        if self._settled_before is not None and report.recorded_at <= self._settled_before:
            return
        is_growing = report.hurts and self._is_growing_on(report.day)
        self._causes += self._causes_in(report, is_first=is_first, is_growing=is_growing)
        is_recent = report.recorded_at - report.at <= ASKED_ABOUT
        if is_recent and calls_for_questions(report, self._history, is_growing=is_growing):
            turn = next_round(report, self.last_round, self._history)
            self._rounds += [turn] if turn else []
        if self._rounds:
            self._rounds[-1].note(report)

    def _note_day(self, day: date, score: float) -> None:
        """Note the score of a day, and whether two weeks without pain ended before it."""
        if self._sorted_days and day > self._sorted_days[-1]:
            self._free_end = self._free_end_before(day - A_DAY)
        if day not in self._days:
            insort(self._sorted_days, day)
        self._days[day] = max(score, self._days.get(day, 0))

    def _causes_in(self, report: PainReport, *, is_first: bool, is_growing: bool) -> Iterator[_Cause]:
        """Yield the causes in a report: each sign, the report without its signs, and growth."""

        def cause(urgency: Urgency, reason: Reason) -> _Cause:
            return _Cause(urgency=urgency, at=report.recorded_at, day=report.day, reason=reason)

        for flag in report.red_flags:
            urgency = urgency_of_report(replace(report, red_flags=(flag,)), self._history)
            if urgency is not Urgency.NONE:
                yield cause(urgency, flag)
        bare = replace(report, red_flags=())
        urgency = urgency_of_report(bare, self._history, is_first=is_first)
        if urgency is not Urgency.NONE:
            is_by_itself = urgency_of_report(bare, MedicalHistory()) is not Urgency.NONE
            yield cause(urgency, StateReason.SEVERE if is_by_itself else StateReason.HISTORY)
        if is_growing:
            yield cause(Urgency.DOCTOR, StateReason.GROWING)

    def _all_causes(self) -> Iterator[_Cause]:
        """Yield the causes since the last clearance, those in answers last."""
        settled = {turn.start: turn.settled_signs for turn in self._rounds}
        for cause in self._causes:
            if cause.reason not in settled.get(cause.at, ()):
                yield cause
        for turn in self._rounds:
            for urgency, reply in turn.urgencies(self._history):
                yield _Cause(urgency=urgency, at=reply.at, day=turn.report.day, reason=reply.question)

    def _open_causes(self, today: date) -> list[_Cause]:
        """Return the causes that two weeks without pain didn't end; emergencies never end so."""
        ended = self._free_end_before(today)
        return [
            cause
            for cause in self._all_causes()
            if cause.urgency is Urgency.EMERGENCY or ended is None or cause.day > ended - FREE_PERIOD
        ]

    def _between(self, first: date, last: date) -> list[date]:
        days = self._sorted_days
        return days[bisect_left(days, first) : bisect_left(days, last + A_DAY)]

    def _is_growing_on(self, day: date) -> bool:
        """Return whether the weekly means grew over the four weeks that end with a day."""
        means = []
        for week in range(GROWING_WEEKS, 0, -1):
            first = day - week * A_WEEK + A_DAY
            scores = [self._days[each] for each in self._between(first, first + 6 * A_DAY)]
            if not scores:
                return False
            means.append(sum(scores) / len(scores))
        grows = all(later > earlier for earlier, later in pairwise(means))
        return grows and means[-1] - means[0] >= GROWING_BY

    def _free_end_before(self, today: date) -> date | None:
        """Return the last day up to today on which two reported weeks without pain ended; silence is no health."""
        if not self._sorted_days:
            return None
        last = self._sorted_days[-1]
        late = max(0, min(FREE_LAST, (today - last).days))
        ends = [last + days * A_DAY for days in range(late, -1, -1)]
        return next(filter(self._is_free_until, ends), self._free_end)

    def _is_free_until(self, end: date) -> bool:
        """Return whether the two weeks up to a day are reported, without a gap, and without pain."""
        start = end - FREE_PERIOD
        reported = self._between(start + A_DAY, end)
        gaps = [later - earlier for earlier, later in pairwise([start, *reported])]
        return (
            len(reported) >= FREE_DAYS
            and max(self._days[each] for each in reported) <= FREE_TO
            and max(gaps) <= FREE_GAP * A_DAY
        )

    def _step_on(self, cleared: date, today: date) -> int | None:
        """Return the week of the return after the day of a clearance, None once all are over."""
        step, began = 1, cleared
        known: float | None = None
        for day in self._between(cleared, today):
            weeks = (day - began) // A_WEEK
            step, began = step + weeks, began + weeks * A_WEEK
            if step > STEPS:
                return None
            score = self._days[day]
            is_worse = score >= SORE_FROM or (known is not None and score >= known + STEP_BACK)
            # The pain of the day of the clearance is where the return begins, not a setback.
            if is_worse and day > cleared:
                step, began = max(1, step - 1), day
            known = score
        step += (today - began) // A_WEEK
        return step if step <= STEPS else None

    def _sore_on(self, today: date) -> BackStatus:
        """Return whether the back is sore: from 3 on, until a week is better and its last report low."""
        reported = self._between(today - (SORE_FOR + SORE_WITHOUT_REPORT) * A_DAY, today)
        sore = [day for day in reported if self._days[day] >= SORE_FROM]
        if not sore:
            return BackStatus()
        last = reported[-1]
        is_lately = (today - sore[-1]).days < SORE_FOR
        if is_lately or self._days[last] > EASED_TO:
            if (today - last).days >= SORE_WITHOUT_REPORT:
                return BackStatus(reasons=(StateReason.UNKNOWN,), is_unknown=True)
            return BackStatus(state=BackState.SORE, reasons=(StateReason.SORE,))
        return BackStatus()


def _order(fact: BackFact) -> tuple[datetime, int]:
    """Return the key of facts in their order; of one instant, a report comes before an answer to it."""
    match fact:
        case PainReport():
            return fact.recorded_at, 0
        case TriageAnswer():
            return fact.at, 1
        case _:
            return fact.recorded_at, 2
