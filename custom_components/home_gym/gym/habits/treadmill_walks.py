"""Recorded walks: one on a treadmill just before or after a run is its warm-up or its cool-down, any other a walk.

Their habits depend only on the known runs, not on the order of arrival.
"""

from datetime import date, datetime, timedelta

from ..runs.activity import Activity, Origin
from ..runs.concurrency import MAX_NEARBY
from ..runs.fusion import FURTHEST_APART
from ..runs.run import Run, start_of
from ..runs.run_history import Change, RunHistory
from ..timeline import Timeline
from .habit import Habit, Session
from .session_history import SessionHistory

ON_A_TREADMILL = frozenset({Origin.TREADMILL, Origin.POWER})
# A shorter walk is a way to the car.
SHORTEST_WALK = timedelta(minutes=10)
# Five minutes, less the delay of a slow plug. A walk of more than ten minutes counts as well.
SHORTEST = timedelta(minutes=4, seconds=45)
# "Right before" and "right after" leave time for a drink.
GAP = timedelta(minutes=10)
# A watch may have been stopped a little after the belt slowed down, or started before it sped up.
CLOCK_TOLERANCE = timedelta(minutes=2)


class TreadmillWalks:
    """Recorded walks of one runner, and their sessions."""

    def __init__(self, runs: RunHistory, sessions: SessionHistory) -> None:
        """Watch these runs, and keep the walks' sessions up to date."""
        self._runs = runs
        self._sessions = sessions
        self._walks: dict[str, tuple[Activity, date]] = {}
        self._starts = Timeline[datetime]()

    def put(self, walk: Activity, day: date) -> None:
        """Add a walk, ignored if too short; `day` is the day of its end."""
        start, end = _span(walk)
        if end - start >= (SHORTEST if walk.origin in ON_A_TREADMILL else SHORTEST_WALK):
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
        """Update the walks near added and removed runs."""
        if not self._walks:
            return
        near = {
            walk
            for run in (*change.removed, *change.added)
            for walk in self._starts.between(run.start - FURTHEST_APART, run.end + FURTHEST_APART)
        }
        for walk in sorted(near):
            self._settle(walk)

    def _settle(self, key: str) -> None:
        walk, day = self._walks[key]
        start, end = _span(walk)
        around = start - FURTHEST_APART, end + GAP + CLOCK_TOLERANCE
        # In a crowd of runs no walk belongs to one of them.
        near = self._runs.between(*around) if self._runs.number_between(*around) <= MAX_NEARBY else []
        habit: Habit | None = None
        if walk.origin in ON_A_TREADMILL:
            habit = next((habit for run in near if (habit := _habit_of(start, end, run))), None)
        if habit is None and end - start >= SHORTEST_WALK:
            habit = Habit.WALK
        session = Session(habit=habit, end=end, day=day, duration=(end - start).total_seconds()) if habit else None
        self._sessions.put(key, [session] if session else [])


def _habit_of(start: datetime, end: datetime, run: Run) -> Habit | None:
    """Return the habit of a walk from `start` to `end` next to a run; None if it is neither before nor after it."""
    if run.start < start <= run.end + GAP and end >= run.end - CLOCK_TOLERANCE:
        return Habit.COOL_DOWN
    if run.start - GAP <= end < run.end and start <= run.start + CLOCK_TOLERANCE:
        return Habit.WARM_UP
    return None


def _span(walk: Activity) -> tuple[datetime, datetime]:
    start = start_of(walk)
    return start, walk.end or start
