"""Easy efforts: a jog or a walk recorded just before or after a run is its warm-up or its cool-down, others are walks.

Their habits depend only on the known runs, not on the order of arrival.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ..runs.activity import Activity, Origin
from ..runs.concurrency import MAX_NEARBY
from ..runs.easy_parts import EASY_HEART_RATE, EASY_PACE
from ..runs.fusion import FURTHEST_APART
from ..runs.run import Run, start_of
from ..runs.run_history import Change, RunHistory
from ..timeline import Timeline
from .habit import Habit, Session
from .session_history import SessionHistory

ON_A_TREADMILL = frozenset({Origin.TREADMILL, Origin.POWER})
# Five minutes, less the delay of a slow plug.
SHORTEST = timedelta(minutes=4, seconds=45)
# A shorter walk is a way to the car.
SHORTEST_WALK = timedelta(minutes=10)
# A belt that goes on is walked for the run. Elsewhere, a longer walk has another purpose, and a longer jog is a run.
LONGEST_WALK, LONGEST_JOG = timedelta(minutes=30), timedelta(minutes=20)
# "Right before" and "right after" leave time for a drink.
GAP = timedelta(minutes=10)
# A watch may have been stopped a little after the belt slowed down, or started before it sped up.
CLOCK_TOLERANCE = timedelta(minutes=2)


class EasyEfforts:
    """Walks and jogs of one runner, and their sessions."""

    def __init__(self, runs: RunHistory, sessions: SessionHistory) -> None:
        """Watch these runs, and keep the sessions beside them up to date."""
        self._runs = runs
        self._sessions = sessions
        self._walks: dict[str, tuple[Activity, date]] = {}
        self._jogs: dict[str, Run] = {}
        self._starts = Timeline[datetime]()

    def put(self, walk: Activity, day: date) -> None:
        """Add a walk, ignored if too short; `day` is the day that it counts for."""
        start, end = _span(walk)
        if end - start >= SHORTEST:
            self._walks[walk.id] = walk, day
            self._starts.add(start, walk.id)
            self._settle(walk.id)

    def drop(self, walk: str) -> None:
        """Remove a walk; an unknown one is ignored."""
        if walk in self._walks:
            known, _ = self._walks.pop(walk)
            self._starts.remove(start_of(known), walk)
            self._sessions.drop(walk)

    def follow(self, change: Change) -> None:
        """Update the jogs among removed and added runs, and the efforts near them."""
        for run in change.removed:
            if self._jogs.pop(_key(run), None):
                self._starts.remove(run.start, _key(run))
                self._sessions.drop(_key(run))
        for run in change.added:
            if SHORTEST <= run.end - run.start <= LONGEST_JOG and run.distance and run.duration:
                self._jogs[_key(run)] = run
                self._starts.add(run.start, _key(run))
        if not (self._walks or self._jogs):
            return
        for key in sorted(self._near((*change.removed, *change.added))):
            self._settle(key)

    def _near(self, runs: Iterable[Run]) -> set[str]:
        return {
            key for run in runs for key in self._starts.between(run.start - FURTHEST_APART, run.end + FURTHEST_APART)
        }

    def _settle(self, key: str) -> None:
        if jog := self._jogs.get(key):
            start, end, day = jog.start, jog.end, jog.day
        else:
            walk, day = self._walks[key]
            start, end = _span(walk)
        around = start - FURTHEST_APART, end + GAP + CLOCK_TOLERANCE
        # In a crowd of runs no effort belongs to one of them.
        near = self._runs.between(*around) if self._runs.number_between(*around) <= MAX_NEARBY else []
        habits = (_habit_of_jog(jog, run) if jog else _habit_of_walk(walk, run) for run in near)
        habit = next(filter(None, habits), None)
        is_derived = habit is not None
        if habit is None and not jog and end - start >= SHORTEST_WALK:
            habit = Habit.WALK
        duration = (end - start).total_seconds()
        session = Session(habit=habit, end=end, day=day, duration=duration, derived=is_derived) if habit else None
        self._sessions.put(key, [session] if session else [])


def _habit_of_walk(walk: Activity, run: Run) -> Habit | None:
    """Return the habit of a walk next to a run; None if it is neither before nor after it."""
    start, end = _span(walk)
    if walk.origin not in ON_A_TREADMILL:
        return _habit_in_sequence(start, end, run) if end - start <= LONGEST_WALK else None
    if run.start < start <= run.end + GAP and end >= run.end - CLOCK_TOLERANCE:
        return Habit.COOL_DOWN
    if run.start - GAP <= end < run.end and start <= run.start + CLOCK_TOLERANCE:
        return Habit.WARM_UP
    return None


def _habit_of_jog(jog: Run, run: Run) -> Habit | None:
    """Return the habit of a jog next to a longer and clearly brisker run, None for two runs of one kind."""
    if jog.id == run.id or not (jog.distance and jog.duration and run.distance and run.duration):
        return None
    is_slow = jog.distance / jog.duration <= EASY_PACE * run.distance / run.duration
    is_calm = not (jog.heart_rate and run.heart_rate) or jog.heart_rate <= EASY_HEART_RATE * run.heart_rate
    return _habit_in_sequence(jog.start, jog.end, run) if is_slow and is_calm and jog.duration < run.duration else None


def _habit_in_sequence(start: datetime, end: datetime, run: Run) -> Habit | None:
    """Return the habit of an effort that ends as a run begins, or begins as it ends."""
    if run.end - CLOCK_TOLERANCE <= start <= run.end + GAP and start > run.start:
        return Habit.COOL_DOWN
    if run.start - GAP <= end <= run.start + CLOCK_TOLERANCE and end < run.end:
        return Habit.WARM_UP
    return None


def _key(jog: Run) -> str:
    """Return the key of a jog's session, distinct from those of the run's own."""
    return f"{jog.id}/jog"


def _span(walk: Activity) -> tuple[datetime, datetime]:
    start = start_of(walk)
    return start, walk.end or start
