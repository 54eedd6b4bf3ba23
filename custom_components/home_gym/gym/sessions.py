"""All sessions of one runner, by habit and in order, whoever told of them."""

from datetime import date, datetime

from .days import A_DAY, A_WEEK, Calendar
from .habit import Habit, Session, distinct
from .timeline import Timeline

# A session's own day and the day of its instant differ by no more than this, wherever on earth it was done.
ZONES = 2 * A_DAY


class Sessions:
    """The sessions that are known, each under the key of the fact that tells of it."""

    def __init__(self) -> None:
        """Begin with no session."""
        self._sessions: dict[str, Session] = {}
        self._keys: dict[str, list[str]] = {}
        self._times = {habit: Timeline() for habit in Habit}

    def put(self, fact: str, sessions: list[Session]) -> None:
        """Make these the sessions that a fact tells of, in place of what it told before."""
        self.drop(fact)
        for session in sessions:
            key = f"{fact}/{session.habit}"
            self._keys.setdefault(fact, []).append(key)
            self._sessions[key] = session
            self._times[session.habit].add(session.end, key)

    def drop(self, fact: str) -> None:
        """Forget what a fact told of."""
        for key in self._keys.pop(fact, []):
            session = self._sessions.pop(key)
            self._times[session.habit].remove(session.end, key)

    def last(self, habit: Habit) -> datetime | None:
        """Return when a habit was last done."""
        key = self._times[habit].latest()
        return self._sessions[key].end if key else None

    def done_since(self, habit: Habit, instant: datetime) -> bool:
        """Tell whether a habit was done at or after an instant."""
        last = self.last(habit)
        return last is not None and last >= instant

    def on_day(self, habit: Habit, day: date, calendar: Calendar) -> list[Session]:
        """Return the distinct sessions of a habit on a day of the runner's calendar."""
        return self._in_days(habit, day, day + A_DAY, calendar)

    def in_week(self, habit: Habit, week: date, calendar: Calendar) -> list[Session]:
        """Return the distinct sessions of a habit in the week that begins on a day."""
        return self._in_days(habit, week, week + A_WEEK, calendar)

    def _in_days(self, habit: Habit, first: date, after: date, calendar: Calendar) -> list[Session]:
        start = calendar.start_of(first) - ZONES
        end = calendar.start_of(after) + ZONES
        sessions = (self._sessions[key] for key in self._times[habit].between(start, end))
        return distinct(session for session in sessions if first <= session.day < after)
