"""All sessions of one runner, by habit and in order, whoever told of them."""

from bisect import bisect_left, insort
from collections.abc import Mapping
from datetime import date, datetime

from ..calendar import A_DAY, days_of
from .habit import Habit, Session, distinct


class SessionHistory:
    """The sessions that are known, each under the key of the fact that tells of it.

    `changes` counts how often what is known changed.
    """

    def __init__(self) -> None:
        """Begin with no session."""
        self._told: dict[str, list[Session]] = {}
        self._ends: dict[Habit, list[datetime]] = {habit: [] for habit in Habit}
        self._on_day: dict[tuple[Habit, date], list[Session]] = {}
        # By the number of a week's first day, for a day's number may lie before all calendars.
        self._in_week: dict[tuple[Habit, int], list[Session]] = {}
        self.changes = 0

    def fill(self, told: Mapping[str, list[Session]]) -> None:
        """Add what many facts tell of that told of nothing before; the outcome is that of putting one by one."""
        for fact, sessions in told.items():
            self._told[fact] = sessions
            for session in sessions:
                self._ends[session.habit].append(session.end)
                self._on_day.setdefault((session.habit, session.day), []).append(session)
        self._in_week.clear()
        self.changes += 1
        for ends in self._ends.values():
            ends.sort()

    def put(self, fact: str, sessions: list[Session]) -> None:
        """Make these the sessions that a fact tells of, in place of what it told before."""
        self.drop(fact)
        if sessions:
            self._told[fact] = sessions
        for session in sessions:
            insort(self._ends[session.habit], session.end)
            self._on_day.setdefault((session.habit, session.day), []).append(session)
            self._changed(session)

    def drop(self, fact: str) -> None:
        """Forget what a fact told of."""
        for session in self._told.pop(fact, []):
            ends = self._ends[session.habit]
            del ends[bisect_left(ends, session.end)]
            self._on_day[session.habit, session.day].remove(session)
            self._changed(session)

    def all(self) -> list[Session]:
        """Return the distinct sessions of all habits, in order of their end."""
        by_habit: dict[Habit, list[Session]] = {}
        for sessions in self._told.values():
            for session in sessions:
                by_habit.setdefault(session.habit, []).append(session)
        return sorted((one for told in by_habit.values() for one in distinct(told)), key=lambda session: session.end)

    def last(self, habit: Habit) -> datetime | None:
        """Return when a habit was last done."""
        ends = self._ends[habit]
        return ends[-1] if ends else None

    def none_before(self, habit: Habit) -> date | None:
        """Return a day before which a habit was never done, None where it never was at all."""
        ends = self._ends[habit]
        # Wherever a session was done, its day there is at most one off.
        return ends[0].date() - A_DAY if ends else None

    def done_since(self, habit: Habit, instant: datetime) -> bool:
        """Tell whether a habit was done at or after an instant."""
        last = self.last(habit)
        return last is not None and last >= instant

    def done_on(self, habit: Habit, day: date) -> bool:
        """Tell whether a habit was done on a day of the runner's calendar."""
        return bool(self._on_day.get((habit, day)))

    def in_week(self, habit: Habit, week: date) -> list[Session]:
        """Return the distinct sessions of a habit in the week that begins on a day."""
        found = self._in_week.get((habit, week.toordinal()))
        if found is None:
            told = (session for day in days_of(week) for session in self._on_day.get((habit, day), []))
            found = self._in_week[habit, week.toordinal()] = distinct(told)
        return found

    def _changed(self, session: Session) -> None:
        """Forget what was found out about every week that the day of a session can be part of."""
        self.changes += 1
        for back in range(7):
            self._in_week.pop((session.habit, session.day.toordinal() - back), None)
