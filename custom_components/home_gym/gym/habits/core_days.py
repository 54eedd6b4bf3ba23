"""Days of core work: spaced over the week, and learnt from the days on which the runner does it."""

from collections import Counter
from datetime import date, timedelta

from ..calendar import A_DAY, A_WEEK, DAYS_A_WEEK, Calendar
from .habit import Habit
from .session_history import SessionHistory

# The sessions of so many weeks tell the usual days, from this number a day on.
WEEKS_LEARNT_FROM = 8
FEWEST_ON_A_DAY = 3
# A goal of more sessions leaves no day between them.
MOST_SPACED = 3


class CoreDays:
    """Days of core work of one runner, by the week's goal."""

    def __init__(self, sessions: SessionHistory, *, calendar: Calendar, goal: int) -> None:
        """Read these sessions."""
        self._sessions = sessions
        self._calendar = calendar
        self._goal = goal
        # The usual days of a week, cached until a session changes.
        self._known: tuple[int, date, list[date]] = -1, date.min, []

    def is_due(self, today: date) -> bool:
        """Return whether core work is due on a day: on one of its days, or after one that was missed."""
        week = self._calendar.week_of(today)
        done = len(self._sessions.in_week(Habit.CORE, week))
        left, days_left = self._goal - done, (week + A_WEEK - today).days
        if left <= 0 or self._sessions.done_on(Habit.CORE, today):
            return False
        if left >= days_left:
            return True
        if self._goal <= MOST_SPACED and self._sessions.done_on(Habit.CORE, today - A_DAY):
            return False
        return sum(day <= today for day in self._days_of(week)) > done

    def is_within_reach(self, today: date) -> bool:
        """Return whether a week's goal can still be reached, one session a day."""
        week = self._calendar.week_of(today)
        done = len(self._sessions.in_week(Habit.CORE, week))
        return self._goal - done <= (week + A_WEEK - today).days - self._sessions.done_on(Habit.CORE, today)

    def _days_of(self, week: date) -> list[date]:
        if self._known[:2] != (self._sessions.changes, week):
            self._known = self._sessions.changes, week, self._learnt(week)
        return self._known[2]

    def _learnt(self, week: date) -> list[date]:
        """Return the days of a week for core work: the usual ones, each with a day between, then days spread evenly."""
        number = Counter(
            session.day.weekday()
            for weeks in range(1, WEEKS_LEARNT_FROM + 1)
            for session in self._sessions.in_week(Habit.CORE, week - weeks * A_WEEK)
        )
        days = [week + ahead * A_DAY for ahead in range(DAYS_A_WEEK)]
        usual = sorted(
            (day for day in days if number[day.weekday()] >= FEWEST_ON_A_DAY),
            key=lambda day: (-number[day.weekday()], day),
        )
        even = [days[(2 * place + 1) * DAYS_A_WEEK // (2 * self._goal)] for place in range(self._goal)]
        chosen: list[date] = []
        for day in (*usual, *even, *days):
            apart = timedelta(days=2 if self._goal <= MOST_SPACED else 1)
            if len(chosen) < self._goal and all(abs(day - other) >= apart for other in chosen):
                chosen.append(day)
        return chosen
