"""An experiment of one: for eight weeks the lot says on which days the coach asks for a habit.

A link in a diary may have many causes; a lot has none. So the difference between the days after drawn days and those
after other days tells more than a pattern does. It is the runner's own choice, and only for a back without complaints:
any state of the back, a rest, or pain of 5 or more ends it, and a professional's word comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from math import sqrt
from typing import Protocol

from ..calendar import A_DAY, DAYS_A_WEEK, Calendar
from ..habits.habit import Habit
from .back import Back
from .least_squares import STANDARD_ERRORS
from .pain_history import PainHistory
from .state import BackState

HABITS = (Habit.CORE, Habit.STRETCH)
WEEKS = 8
DAYS = WEEKS * DAYS_A_WEEK
# Two of four days are drawn, so that the halves are alike in any phase.
BLOCK = 4
ENDS_FROM = 5
"""A score that ends an experiment."""
# Fewer reported days of either kind tell nothing.
FEWEST_REPORTS = 10
# Lots that might have been drawn instead, whose differences show the play of chance.
OTHER_LOTS = 400


class ExperimentEnd(StrEnum):
    """Reason for the end of an experiment."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    BACK = "back"
    PAIN = "pain"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """An experiment with a habit from a day on; `lot` is the number from which its days are drawn."""

    habit: Habit
    started: datetime
    first: date
    lot: int
    ended: datetime | None = None
    end: ExperimentEnd | None = None

    @property
    def key(self) -> str:
        """Key of the experiment: its start."""
        return self.started.isoformat()

    def number_of(self, day: date) -> int:
        """Return the number of a day, 1 for the first."""
        return (day - self.first).days + 1

    def asks_on(self, day: date) -> bool:
        """Return whether the lot asks for the habit on a day."""
        number = self.number_of(day) - 1
        return 0 <= number < DAYS and drawn(self.lot)[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentResult:
    """Difference of the worst scores of the days after drawn days and of those after others, below 0 for less pain.

    `low` and `high` are the bounds of its 95 % interval.
    """

    difference: float
    low: float
    high: float
    days_after_drawn: int
    days_after_others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentStatus:
    """The latest experiment at an instant: `day` of `days`, whether today is drawn, its end, and its result.

    A completed experiment without a result had too few reports.
    """

    habit: Habit
    first: date
    day: int
    days: int = DAYS
    asks_today: bool
    end: ExperimentEnd | None
    result: ExperimentResult | None


class ExperimentFacts(Protocol):
    """The facts of a journal that are about experiments."""

    @property
    def experiments(self) -> Mapping[str, Experiment]:
        """The experiments by their keys."""

    def add(self, fact: Experiment) -> None:
        """Add or replace one."""


class Resting(Protocol):
    """Days of rest of a runner."""

    def is_resting(self, day: date) -> bool:
        """Return whether a day is one of rest."""


class NoExperimentError(Exception):
    """A stop without a running experiment."""


class ExperimentRunningError(Exception):
    """A start beside a running experiment."""


class NoTimeForExperimentError(Exception):
    """A start while the back or a rest speaks against it."""


class Experiments:
    """The experiments of one runner."""

    def __init__(
        self, facts: ExperimentFacts, calendar: Calendar, back: Back, pains: PainHistory, resting: Resting
    ) -> None:
        """Read these facts."""
        self._facts = facts
        self._calendar = calendar
        self._back = back
        self._pains = pains
        self._resting = resting

    @property
    def latest(self) -> Experiment | None:
        """The experiment that started last."""
        return max(self._facts.experiments.values(), key=lambda each: each.started, default=None)

    @property
    def running(self) -> Experiment | None:
        """The experiment that hasn't ended."""
        latest = self.latest
        return latest if latest and latest.ended is None else None

    def start(self, habit: Habit, *, lot: int, now: datetime) -> None:
        """Start an experiment with core work or stretching today.

        Raises ValueError for another habit, ExperimentRunningError and NoTimeForExperimentError.
        """
        if habit not in HABITS:
            raise ValueError(f"no experiment with {habit}")
        if self.running:
            raise ExperimentRunningError
        started = Experiment(habit=habit, started=now, first=self._calendar.day_of(now), lot=lot)
        if self._reason_to_end(started, now):
            raise NoTimeForExperimentError
        self._facts.add(started)

    def stop(self, now: datetime) -> None:
        """Stop the running experiment; raises NoExperimentError."""
        if self.running is None:
            raise NoExperimentError
        self._end(self.running, ExperimentEnd.STOPPED, now)

    def follow(self, now: datetime) -> ExperimentStatus | None:
        """End the running experiment if there is a reason, and return its status then."""
        running = self.running
        end = self._reason_to_end(running, now) if running else None
        if running is None or end is None:
            return None
        self._end(running, end, now)
        return self.status(now)

    def status(self, now: datetime) -> ExperimentStatus | None:
        """Return the status of the latest experiment at an instant."""
        latest = self.latest
        if latest is None:
            return None
        today = self._calendar.day_of(now)
        scores = self._pains.scores(latest.first, latest.first + DAYS * A_DAY)
        return ExperimentStatus(
            habit=latest.habit,
            first=latest.first,
            day=min(latest.number_of(today), DAYS),
            asks_today=latest.ended is None and latest.asks_on(today),
            end=latest.end,
            result=result_of(latest, scores) if latest.end is ExperimentEnd.COMPLETED else None,
        )

    def asks(self, day: date) -> tuple[Habit, bool] | None:
        """Return the habit of the running experiment and whether the lot asks for it on a day, None without one."""
        running = self.running
        return (running.habit, running.asks_on(day)) if running and day >= running.first else None

    def _reason_to_end(self, experiment: Experiment, now: datetime) -> ExperimentEnd | None:
        today = self._calendar.day_of(now)
        worst = max(self._pains.scores(experiment.first, today).values(), default=0)
        if worst >= ENDS_FROM:
            return ExperimentEnd.PAIN
        if self._back.status(now).state is not BackState.NONE:
            return ExperimentEnd.BACK
        if self._resting.is_resting(today):
            return ExperimentEnd.REST
        # The day after the last one still counts.
        return ExperimentEnd.COMPLETED if experiment.number_of(today) > DAYS + 1 else None

    def _end(self, experiment: Experiment, end: ExperimentEnd, now: datetime) -> None:
        self._facts.add(replace(experiment, ended=now, end=end))


@lru_cache(maxsize=8)
def drawn(lot: int) -> tuple[bool, ...]:
    """Return whether each day of an experiment is drawn: two of every four."""
    days: list[bool] = []
    for block in range(DAYS // BLOCK):
        order = sha256(f"{lot}/{block}".encode()).digest()[:BLOCK]
        chosen = sorted(range(BLOCK), key=lambda day: (order[day], day))[: BLOCK // 2]
        days += [day in chosen for day in range(BLOCK)]
    return tuple(days)


def result_of(experiment: Experiment, scores: Mapping[date, float]) -> ExperimentResult | None:
    """Return the result by the worst scores of the days that were reported; None with too few of either kind.

    Days count by the lot, not by what was done on them, or the choice would be the runner's again. The interval is
    that of the differences under other lots (Fisher's randomisation).
    """
    return _result(
        experiment.lot, tuple(scores.get(experiment.first + number * A_DAY) for number in range(1, DAYS + 1))
    )


# Every summary has the result, which changes only with the reports of its weeks.
@lru_cache(maxsize=8)
def _result(lot: int, outcomes: tuple[float | None, ...]) -> ExperimentResult | None:
    found = _difference(drawn(lot), outcomes)
    if found is None:
        return None
    difference, after_drawn, after_others = found
    others = [
        other[0]
        for number in range(1, OTHER_LOTS + 1)
        if (other := _difference(drawn(lot + number), outcomes)) is not None
    ]
    error = sqrt(sum(other * other for other in others) / max(len(others), 1))
    return ExperimentResult(
        difference=difference,
        low=difference - STANDARD_ERRORS * error,
        high=difference + STANDARD_ERRORS * error,
        days_after_drawn=after_drawn,
        days_after_others=after_others,
    )


def _difference(lot: Sequence[bool], outcomes: Sequence[float | None]) -> tuple[float, int, int] | None:
    """Return the difference of the means of outcomes, and the number of each kind; None for too few."""
    with_habit = [score for is_drawn, score in zip(lot, outcomes, strict=True) if is_drawn and score is not None]
    without = [score for is_drawn, score in zip(lot, outcomes, strict=True) if not is_drawn and score is not None]
    if min(len(with_habit), len(without)) < FEWEST_REPORTS:
        return None
    return sum(with_habit) / len(with_habit) - sum(without) / len(without), len(with_habit), len(without)
