"""All sessions of one runner, by habit and in order, whoever told of them."""

from bisect import bisect_left, insort
from datetime import date, datetime

from .days import days_of
from .habit import Habit, Session, distinct


class Sessions:
    """The sessions that are known, each under the key of the fact that tells of it."""

    def __init__(self) -> None:
        """Begin with no session."""
        self._told: dict[str, list[Session]] = {}
        self._ends: dict[Habit, list[datetime]] = {habit: [] for habit in Habit}
        self._on_day: dict[tuple[Habit, date], list[Session]] = {}

    def put(self, fact: str, sessions: list[Session]) -> None:
        """Make these the sessions that a fact tells of, in place of what it told before."""
        self.drop(fact)
        self._told[fact] = sessions
        for session in sessions:
            insort(self._ends[session.habit], session.end)
            self._on_day.setdefault((session.habit, session.day), []).append(session)

    def drop(self, fact: str) -> None:
        """Forget what a fact told of."""
        for session in self._told.pop(fact, []):
            ends = self._ends[session.habit]
            del ends[bisect_left(ends, session.end)]
            self._on_day[session.habit, session.day].remove(session)

    def last(self, habit: Habit) -> datetime | None:
        """Return when a habit was last done."""
        ends = self._ends[habit]
        return ends[-1] if ends else None

    def done_since(self, habit: Habit, instant: datetime) -> bool:
        """Tell whether a habit was done at or after an instant."""
        last = self.last(habit)
        return last is not None and last >= instant

    def done_on(self, habit: Habit, day: date) -> bool:
        """Tell whether a habit was done on a day of the runner's calendar."""
        return bool(self._on_day.get((habit, day)))

    def in_week(self, habit: Habit, week: date) -> list[Session]:
        """Return the distinct sessions of a habit in the week that begins on a day."""
        return distinct(session for day in days_of(week) for session in self._on_day.get((habit, day), []))
