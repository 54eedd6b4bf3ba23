"""The back of one runner: its state, and how much coaching that allows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from ..calendar import A_DAY, A_WEEK, Calendar
from ..habits.habit import Habit
from .advice import Advice
from .history import MedicalHistory
from .limits import Limit, Limits, limits_of
from .pain import PainReport
from .state import BackFact, BackHistory, BackState, BackStatus
from .triage import Clearance, Round, TriageAnswer, Withdrawal

# Habits that load the back, or press on it.
LOADING = frozenset({Habit.CORE, Habit.FOAM_ROLL, Habit.MASSAGE})
PRESSING = frozenset({Habit.FOAM_ROLL, Habit.MASSAGE})
# Rolling and massage come back in the last week of a return, core in the second.
STEP_OF_CORE, STEP_OF_PRESSING = 2, 4
# Area and side of a pain limit exercises for this long, and for longer while the back isn't well.
LIMITED_FOR = A_WEEK
LIMITED_WHILE_UNWELL = 4 * A_WEEK


class BackFacts(Protocol):
    """The facts of a journal that are about the back, by their keys."""

    @property
    def pains(self) -> Mapping[str, PainReport]:
        """The reports."""

    @property
    def triage_answers(self) -> Mapping[str, TriageAnswer]:
        """The answers to questions of the triage."""

    @property
    def clearances(self) -> Mapping[str, Clearance]:
        """The clearances by a professional."""

    @property
    def withdrawals(self) -> Mapping[str, Withdrawal]:
        """The withdrawals, by the keys of their reports."""

    @property
    def advice_acknowledged(self) -> Mapping[Advice, datetime]:
        """The acknowledgements of an older version."""


class NotCoachedError(Exception):
    """A refusal to coach a habit that the state of the back speaks against."""


class Back:
    """State of one runner's back, derived from the journal once for each change."""

    def __init__(
        self, facts: BackFacts, calendar: Calendar, history: MedicalHistory, *, spared: frozenset[Limit] = frozenset()
    ) -> None:
        """Read the facts of a journal; `spared` has the limits that the runner chose."""
        self._spared = spared
        self._facts = facts
        self._calendar = calendar
        self._history = history
        self._derived: BackHistory | None = None
        # The status of a day, cached until a fact changes.
        self._known: tuple[date, BackStatus] | None = None
        self._known_limits: tuple[date, Limits] | None = None

    def take(self, fact: BackFact) -> None:
        """Follow a fact that was added."""
        self._known = self._known_limits = None
        if self._derived is not None and self._derived.follows(fact):
            self._derived.take(fact)
        else:
            self._derived = None

    def forget(self) -> None:
        """Derive the state again after any other change of the facts."""
        self._derived = self._known = self._known_limits = None

    def status(self, now: datetime) -> BackStatus:
        """Return the status at an instant."""
        today = self._calendar.day_of(now)
        if self._known is None or self._known[0] != today:
            self._known = today, self._history_of_back.status(today)
        return self._known[1]

    def status_without(self, report: PainReport, now: datetime) -> BackStatus:
        """Return the status at an instant if a report had never been made."""
        pains = {key: each for key, each in self._facts.pains.items() if each is not report}
        return self._derive(pains).status(self._calendar.day_of(now))

    def limits(self, now: datetime) -> Limits:
        """Return the limits of exercise at an instant."""
        today = self._calendar.day_of(now)
        if self._known_limits is None or self._known_limits[0] != today:
            status = self.status(now)
            reports = [
                report
                for key, report in self._facts.pains.items()
                if key not in self._facts.withdrawals and self._limits_from(status, today) <= report.day <= today
            ]
            self._known_limits = today, limits_of(status, reports, self._history, today).adding(self._spared)
        return self._known_limits[1]

    def _limits_from(self, status: BackStatus, today: date) -> date:
        """Return the day from which the area and side of a pain limit exercises; a clearance settles earlier ones."""
        is_well = status.state in {BackState.NONE, BackState.CLEARED}
        first = today - (LIMITED_FOR if is_well else LIMITED_WHILE_UNWELL) + A_DAY
        return max(first, self.clearance.day + A_DAY) if self.clearance else first

    @property
    def is_emergency(self) -> bool:
        """Whether nothing is coached: a report or an answer was an emergency, and no professional cleared it."""
        return self._history_of_back.is_emergency

    @property
    def clearance(self) -> Clearance | None:
        """The latest clearance."""
        return self._history_of_back.clearance

    @property
    def last_round(self) -> Round | None:
        """The latest round of questions."""
        return self._history_of_back.last_round

    def coaches(self, habit: Habit, now: datetime) -> bool:
        """Return whether a habit is coached in the state of an instant."""
        return habit not in not_coached(self.status(now))

    @property
    def _history_of_back(self) -> BackHistory:
        if self._derived is None:
            self._derived = self._derive(self._facts.pains)
        return self._derived

    def _derive(self, pains: Mapping[str, PainReport]) -> BackHistory:
        facts = self._facts
        return BackHistory(
            (report for key, report in pains.items() if key not in facts.withdrawals),
            facts.triage_answers.values(),
            facts.clearances.values(),
            history=self._history,
            settled_before=facts.advice_acknowledged.get(Advice.RED_FLAG),
        )


def not_coached(status: BackStatus) -> frozenset[Habit]:
    """Return the habits that a state of the back speaks against."""
    match status.state:
        case BackState.EMERGENCY:
            return frozenset(Habit)
        case BackState.DOCTOR:
            return LOADING
        case BackState.CLEARED:
            step = status.step or 1
            if step < STEP_OF_CORE:
                return LOADING
            return PRESSING if step < STEP_OF_PRESSING else frozenset()
        case _:
            return frozenset()
