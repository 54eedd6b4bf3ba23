"""Walks on a treadmill just before and after a run: they are its warm-up and its cool-down.

Which they are follows from the runs that are known, whatever became known first.
"""

from datetime import date, datetime, timedelta

from ..runs.activity import Activity, Origin
from ..runs.fusion import FURTHEST_APART
from ..runs.run import Run, start_of
from ..runs.run_history import Change, RunHistory
from ..timeline import Timeline
from .habit import Habit, Session
from .session_history import SessionHistory

ON_A_TREADMILL = frozenset({Origin.TREADMILL, Origin.POWER})
# Five minutes, less what a plug that reports late makes of them. Who walks for longer than ten did no less.
SHORTEST = timedelta(minutes=4, seconds=45)
# "Right before" and "right after" leave time for a drink.
GAP = timedelta(minutes=10)
# A watch may have been stopped a little after the belt slowed down, or started before it sped up.
CLOCK_TOLERANCE = timedelta(minutes=2)


class TreadmillWalks:
    """The treadmill walks of one runner, and the sessions that they are."""

    def __init__(self, runs: RunHistory, sessions: SessionHistory) -> None:
        """Look at these runs, and keep these sessions true."""
        self._runs = runs
        self._sessions = sessions
        self._walks: dict[str, tuple[Activity, date]] = {}
        self._starts = Timeline[datetime]()

    def put(self, walk: Activity, day: date) -> None:
        """Add a walk, which counts where it was long enough and on a treadmill; `day` is the day on which it ended."""
        start, end = _span(walk)
        if walk.origin in ON_A_TREADMILL and end - start >= SHORTEST:
            self._walks[walk.id] = walk, day
            self._starts.add(start, walk.id)
            self._settle(walk.id)

    def drop(self, walk: str) -> None:
        """Take a walk out; nothing happens where it isn't known."""
        if walk in self._walks:
            known, _ = self._walks.pop(walk)
            self._starts.remove(start_of(known), walk)
            self._sessions.drop(walk)

    def follow(self, change: Change) -> None:
        """Look again at the walks beside runs that came or went."""
        if not self._walks:
            return
        for run in (*change.removed, *change.added):
            for walk in self._starts.between(run.start - FURTHEST_APART, run.end + FURTHEST_APART):
                self._settle(walk)

    def _settle(self, key: str) -> None:
        walk, day = self._walks[key]
        start, end = _span(walk)
        near = self._runs.between(start - FURTHEST_APART, end + GAP + CLOCK_TOLERANCE)
        habit = next((habit for run in near if (habit := _habit_of(start, end, run))), None)
        session = Session(habit=habit, end=end, day=day, duration=(end - start).total_seconds()) if habit else None
        self._sessions.put(key, [session] if session else [])


def _habit_of(start: datetime, end: datetime, run: Run) -> Habit | None:
    """Return what a walk from `start` to `end` was to a run: before, after or neither."""
    if run.start < start <= run.end + GAP and end >= run.end - CLOCK_TOLERANCE:
        return Habit.COOL_DOWN
    if run.start - GAP <= end < run.end and start <= run.start + CLOCK_TOLERANCE:
        return Habit.WARM_UP
    return None


def _span(walk: Activity) -> tuple[datetime, datetime]:
    start = start_of(walk)
    return start, walk.end or start
