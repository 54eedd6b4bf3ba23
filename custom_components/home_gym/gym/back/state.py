"""State of a runner's back over time, derived from reports, answers and clearances.

Each state says how much coaching is right; only a professional's clearance ends an emergency. See docs/back.md.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter

from ..calendar import A_DAY, A_WEEK
from .history import MedicalHistory
from .pain import PainReport, RedFlag
from .signs import Question, Urgency, calls_for_questions, urgency_of_report
from .triage import Clearance, Round, TriageAnswer, Withdrawal, rounds_of

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cause:
    """A cause of a state, at its instant."""

    urgency: Urgency
    at: datetime
    day: date
    reason: Reason


class BackHistory:
    """The causes in one runner's journal, from which the status of any later instant follows."""

    def __init__(
        self,
        reports: Iterable[PainReport],
        answers: Iterable[TriageAnswer],
        clearances: Iterable[Clearance],
        withdrawals: Iterable[Withdrawal],
        *,
        history: MedicalHistory,
        settled_before: datetime | None = None,
    ) -> None:
        """Sort all reports and answers.

        Signs of reports up to `settled_before` were acknowledged in a version whose acknowledgement meant a doctor.
        """
        withdrawn = {withdrawal.report for withdrawal in withdrawals}
        counting = sorted((each for each in reports if each.key not in withdrawn), key=attrgetter("recorded_at"))
        self._days: dict[date, float] = {}
        for report in counting:
            self._days[report.day] = max(report.score, self._days.get(report.day, 0))
        self._sorted_days = sorted(self._days)
        self._clearance = max(clearances, key=attrgetter("recorded_at"), default=None)
        self._settled_before = settled_before
        self._history = history
        growing = {day for day in self._sorted_days if self._days[day] > 0 and self._is_growing_on(day)}
        calling = [
            each
            for each in counting
            if self._counts(each.recorded_at) and calls_for_questions(each, history, is_growing=each.day in growing)
        ]
        self._rounds = rounds_of(calling, sorted(answers, key=attrgetter("at")), history)
        self._causes = sorted(self._causes_in(counting, growing), key=attrgetter("at"))

    def status(self, today: date) -> BackStatus:
        """Return the status on a day of the runner's calendar."""
        emergencies = self._active(Urgency.EMERGENCY)
        if emergencies:
            return BackStatus(
                state=BackState.EMERGENCY,
                reasons=tuple(dict.fromkeys(cause.reason for cause in emergencies)),
                since=emergencies[0].at,
            )
        asking = self._rounds[-1] if self._rounds and self._rounds[-1].open_questions else None
        question = asking.open_questions[0] if asking else None
        asked_at = asking.start if asking else None
        doctor = [cause for cause in self._active(Urgency.DOCTOR) if not self._is_free_since(cause.day, today)]
        if asking or doctor:
            unanswered = (StateReason.UNANSWERED,) if asking else ()
            starts = [*(cause.at for cause in doctor), *([asking.start] if asking else [])]
            return BackStatus(
                state=BackState.DOCTOR,
                reasons=tuple(dict.fromkeys([*(cause.reason for cause in doctor), *unanswered])),
                since=min(starts),
                question=question,
                asked_at=asked_at,
            )
        if self._clearance and (step := self._step_on(self._clearance.day, today)):
            return BackStatus(state=BackState.CLEARED, since=self._clearance.recorded_at, step=step)
        return self._sore_on(today)

    @property
    def is_emergency(self) -> bool:
        """Whether there is an emergency; no day ends one."""
        return bool(self._active(Urgency.EMERGENCY))

    @property
    def last_round(self) -> Round | None:
        """The latest round of questions."""
        return self._rounds[-1] if self._rounds else None

    def _causes_in(self, reports: Sequence[PainReport], growing: set[date]) -> Iterable[_Cause]:
        settled = {turn.report.key: turn.settled_signs for turn in self._rounds}
        has_hurt = False
        for report in reports:
            is_first, has_hurt = not has_hurt, has_hurt or report.hurts
            if not self._counts(report.recorded_at):
                continue
            signs = [flag for flag in report.red_flags if flag not in settled.get(report.key, ())]
            for urgency, reason in self._urgencies(report, signs, is_first=is_first):
                yield _Cause(urgency=urgency, at=report.recorded_at, day=report.day, reason=reason)
            if report.day in growing:
                at, reason = report.recorded_at, StateReason.GROWING
                yield _Cause(urgency=Urgency.DOCTOR, at=at, day=report.day, reason=reason)
        for turn in self._rounds:
            for urgency, answer in turn.urgencies(self._history):
                yield _Cause(urgency=urgency, at=answer.at, day=turn.report.day, reason=answer.question)

    def _urgencies(
        self, report: PainReport, signs: Sequence[RedFlag], *, is_first: bool
    ) -> Iterable[tuple[Urgency, Reason]]:
        """Yield the urgencies of a report, with their reasons."""
        for flag in signs:
            alone = _with_signs(report, (flag,))
            yield urgency_of_report(alone, self._history, is_first=False), flag
        bare = _with_signs(report, ())
        urgency = urgency_of_report(bare, self._history, is_first=is_first)
        if urgency is not Urgency.NONE:
            is_severe = urgency_of_report(bare, MedicalHistory()) is not Urgency.NONE
            yield urgency, StateReason.SEVERE if is_severe else StateReason.HISTORY

    def _counts(self, recorded_at: datetime) -> bool:
        """Return whether a report is later than the clearance, or the acknowledgement of an older version."""
        ends = (self._clearance.recorded_at if self._clearance else None, self._settled_before)
        return all(end is None or recorded_at > end for end in ends)

    def _active(self, urgency: Urgency) -> list[_Cause]:
        return [cause for cause in self._causes if cause.urgency is urgency and self._counts(cause.at)]

    def _between(self, first: date, last: date) -> list[date]:
        days = self._sorted_days
        return days[bisect_left(days, first) : bisect_left(days, last + A_DAY)]

    def _is_growing_on(self, day: date) -> bool:
        """Return whether the weekly means grew over the four weeks that end with a day."""
        means = []
        for week in range(GROWING_WEEKS, 0, -1):
            scores = [
                self._days[each] for each in self._between(day - week * A_WEEK + A_DAY, day - (week - 1) * A_WEEK)
            ]
            if not scores:
                return False
            means.append(sum(scores) / len(scores))
        grows = all(later > earlier for earlier, later in pairwise(means))
        return grows and means[-1] - means[0] >= GROWING_BY

    def _is_free_since(self, day: date, today: date) -> bool:
        """Return whether two weeks of reports after a day were free of pain; silence doesn't count."""
        ends = {
            min(report + late * A_DAY, today)
            for report in self._between(day + A_DAY, today)
            for late in range(FREE_LAST + 1)
        }
        return any(self._is_free_until(end) for end in ends if end - FREE_PERIOD >= day)

    def _is_free_until(self, end: date) -> bool:
        """Return whether the two weeks up to a day are reported, without a gap, and without pain."""
        start = end - FREE_PERIOD
        reported = self._between(start + A_DAY, end)
        gaps = [later - earlier for earlier, later in pairwise([start, *reported])]
        return (
            len(reported) >= FREE_DAYS
            and max(self._days[each] for each in reported) <= FREE_TO
            and max(gaps) <= FREE_GAP * A_DAY
            and end - reported[-1] <= FREE_LAST * A_DAY
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


def _with_signs(report: PainReport, signs: tuple[RedFlag, ...]) -> PainReport:
    return replace(report, red_flags=signs)
