"""The streaks of one runner: core work in weeks, stretching in days."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ..calendar import A_DAY, A_WEEK, DAYS_A_WEEK, Calendar
from .core_goal import CoreGoal, goal_in, with_goal
from .habit import Habit
from .rest import Rests, is_rest, is_rest_within
from .session_history import SessionHistory
from .streak import FORGIVEN_IN, Streak, streak

A_YEAR = {Habit.CORE: 52, Habit.STRETCH: 365}
FIRST_WEEK = {Habit.CORE: 1, Habit.STRETCH: DAYS_A_WEEK}
"""Lengths of the streaks that are milestones."""


class StreakPair(NamedTuple):
    """The streaks of core work and of stretching."""

    core: Streak
    stretch: Streak


class Streaks:
    """The streaks on a day, cached until they can have changed."""

    def __init__(
        self,
        sessions: SessionHistory,
        *,
        calendar: Calendar,
        core_goal: int,
        goals: Callable[[], Sequence[CoreGoal]],
        rests: Rests,
    ) -> None:
        """Watch these sessions, rests and goals so far; `core_goal` is the present goal."""
        self._sessions = sessions
        self._calendar = calendar
        self._core_goal = core_goal
        self._goals = goals
        self._rests = rests
        self._known: tuple[object, StreakPair] = None, StreakPair(Streak(), Streak())

    def goals(self, today: date) -> tuple[CoreGoal, ...]:
        """Return the core goals over time, with the present one at the end."""
        return with_goal(self._goals(), self._core_goal, today)

    def has_met_goal(self, week: date, today: date) -> bool:
        """Return whether a week has as many core sessions as its goal."""
        return len(self._sessions.in_week(Habit.CORE, week)) >= goal_in(self.goals(today), week)

    def on(self, day: date) -> StreakPair:
        """Return the streaks on a day."""
        rests = tuple(self._rests.values())
        known = day, self._sessions.changes, rests, self.goals(day)
        if self._known[0] != known:
            core = streak(
                self._calendar.week_of(day),
                A_WEEK,
                lambda week: self.has_met_goal(week, day),
                lambda week: is_rest_within(rests, week, DAYS_A_WEEK),
                earliest=self._sessions.none_before(Habit.CORE),
                forgiven_in=FORGIVEN_IN,
                marks=(FIRST_WEEK[Habit.CORE], A_YEAR[Habit.CORE]),
            )
            stretch = streak(
                day,
                A_DAY,
                lambda each: self._sessions.done_on(Habit.STRETCH, each),
                lambda each: is_rest(rests, each),
                earliest=self._sessions.none_before(Habit.STRETCH),
                marks=(FIRST_WEEK[Habit.STRETCH], A_YEAR[Habit.STRETCH]),
            )
            self._known = known, StreakPair(core, stretch)
        return self._known[1]
