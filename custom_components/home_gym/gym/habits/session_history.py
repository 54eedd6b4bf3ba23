"""Session history: all sessions of one runner from all sources, by habit and in order."""

from bisect import bisect_left, insort
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from ..calendar import A_DAY, days_of
from .habit import LOGGED_AFTER_RECORDED, Habit, Session, distinct, in_order

# Farther than nearly every recording reaches.
AROUND = timedelta(days=2)
# Beyond as many times a number of sessions, the session with that number is history.
FEW_TIMES = 4


class SessionHistory:
    """Known sessions, each under the key of its fact.

    `changes` counts the changes.
    """

    def __init__(self) -> None:
        """Begin without a session."""
        self._by_fact: dict[str, list[Session]] = {}
        self._ends: dict[Habit, list[datetime]] = {habit: [] for habit in Habit}
        self._on_day: dict[tuple[Habit, date], list[Session]] = {}
        # By the number of a week's first day, for a day's number may lie before all calendars.
        self._in_week: dict[tuple[Habit, int], list[Session]] = {}
        self.changes = 0

    def fill(self, facts: Mapping[str, list[Session]]) -> None:
        """Add the sessions of many new facts at once; the outcome is that of putting them one by one."""
        for fact, sessions in facts.items():
            self._by_fact[fact] = sessions
            for session in sessions:
                self._ends[session.habit].append(session.end)
                self._on_day.setdefault((session.habit, session.day), []).append(session)
        self._in_week.clear()
        self.changes += 1
        for ends in self._ends.values():
            ends.sort()

    def put(self, fact: str, sessions: list[Session]) -> None:
        """Replace the sessions of a fact."""
        self.drop(fact)
        if sessions:
            self._by_fact[fact] = sessions
        for session in sessions:
            insort(self._ends[session.habit], session.end)
            self._on_day.setdefault((session.habit, session.day), []).append(session)
            self._changed(session)

    def drop(self, fact: str) -> None:
        """Remove the sessions of a fact."""
        for session in self._by_fact.pop(fact, []):
            ends = self._ends[session.habit]
            del ends[bisect_left(ends, session.end)]
            self._on_day[session.habit, session.day].remove(session)
            self._changed(session)

    def all(self) -> list[Session]:
        """Return the distinct sessions of all habits, in order of their end."""
        by_habit: dict[Habit, list[Session]] = {}
        for sessions in self._by_fact.values():
            for session in sessions:
                by_habit.setdefault(session.habit, []).append(session)
        return in_order(one for sessions in by_habit.values() for one in distinct(sessions))

    def between(self, start: datetime, end: datetime) -> list[Session]:
        """Return the distinct sessions that end from one instant to another, the end not included, in order.

        The cost is that of the period. A session logged by the user during a recording of more than two days, which
        ends after the period, may appear beside it.
        """
        found = (one for habit in Habit for one in distinct(self._around(habit, start, end)))
        return in_order(one for one in found if start <= one.end < end)

    def last(self, habit: Habit) -> datetime | None:
        """Return the end of a habit's last session."""
        ends = self._ends[habit]
        return ends[-1] if ends else None

    def number(self, habit: Habit, number: int) -> Session | None:
        """Return the session of a habit with a number, counted from 1; None for a habit with fewer or far more."""
        ends = self._ends[habit]
        if not number <= len(ends) <= number * FEW_TIMES:
            return None
        sessions = distinct(self._ending(habit, ends[0], ends[-1]))
        return sessions[number - 1] if number <= len(sessions) else None

    def none_before(self, habit: Habit) -> date | None:
        """Return a day before the first session of a habit, None without any session."""
        ends = self._ends[habit]
        # The local day of a session differs by at most one, in any time zone.
        return ends[0].date() - A_DAY if ends else None

    def done_since(self, habit: Habit, instant: datetime) -> bool:
        """Return whether a habit was done at or after an instant."""
        last = self.last(habit)
        return last is not None and last >= instant

    def done_on(self, habit: Habit, day: date) -> bool:
        """Return whether a habit was done on a day of the runner's calendar."""
        return bool(self._on_day.get((habit, day)))

    def minutes_on(self, habit: Habit, day: date, *, unknown: float) -> float:
        """Return the minutes of a habit on a day; a session of no known duration counts as `unknown`."""
        sessions = distinct(self._on_day.get((habit, day), []))
        return sum(unknown if session.duration is None else session.duration / 60 for session in sessions)

    def in_week(self, habit: Habit, week: date) -> list[Session]:
        """Return the distinct sessions of a habit in the week that begins on a day."""
        found = self._in_week.get((habit, week.toordinal()))
        if found is None:
            sessions = (session for day in days_of(week) for session in self._on_day.get((habit, day), []))
            found = self._in_week[habit, week.toordinal()] = distinct(sessions)
        return found

    def _around(self, habit: Habit, start: datetime, end: datetime) -> list[Session]:
        """Return the sessions of a habit in a period, and those before and after that may cover one of them."""
        ends = self._ends[habit]
        if bisect_left(ends, start) == bisect_left(ends, end):
            return []
        earliest, latest = ends[0], ends[-1]
        until = end + AROUND if latest - end > AROUND else latest
        reach = AROUND
        while True:
            since = start - reach if start - earliest > reach else earliest
            sessions = self._ending(habit, since, until)
            if since == earliest or _is_settled(sessions, since, start - LOGGED_AFTER_RECORDED):
                return sessions
            reach *= 2

    def _ending(self, habit: Habit, start: datetime, end: datetime) -> list[Session]:
        """Return the sessions of a habit that end from one instant to another, both included."""
        # The local day of a session differs by at most one, in any time zone.
        first = start.date().toordinal() - 1
        days = range(first, end.date().toordinal() + 2)
        return [
            session
            for day in days
            for session in self._on_day.get((habit, date.fromordinal(day)), ())
            if start <= session.end <= end
        ]

    def _changed(self, session: Session) -> None:
        """Drop the cached sessions of every week that can contain the day of a session."""
        self.changes += 1
        for back in range(7):
            self._in_week.pop((session.habit, session.day.toordinal() - back), None)


def _is_settled(sessions: list[Session], since: datetime, start: datetime) -> bool:
    """Return whether earlier sessions than these, which end before `since`, change nothing from `start` on.

    They don't if a recording up to the first that ends after `start` overlaps none before it.
    """
    last_end = since
    for session in in_order(session for session in sessions if session.logged is None):
        if session.start >= last_end:
            return True
        if session.end >= start:
            return False
        last_end = session.end
    return True
