"""Due habits and their reasons, shown alike by sensors, cards, speech and the to-do list."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..calendar import Calendar
from ..runs.run import Run
from ..runs.run_history import RunHistory
from .core_days import CoreDays
from .habit import Habit
from .session_history import SessionHistory

# Time after a run's end in which foam rolling makes sense.
FOAM_ROLL_WITHIN = timedelta(hours=24)
# Due only if the runner enabled their prompts.
ON_REQUEST = frozenset({Habit.MASSAGE, Habit.HEAT_OR_ICE, Habit.WALK, Habit.COMPRESSION})


class DueReason(StrEnum):
    """Reasons for a due habit."""

    ASKED = "asked"
    TREADMILL = "treadmill"
    RUN_OVER = "run_over"
    AFTER_RUN = "after_run"
    DAILY = "daily"
    GOAL = "goal"
    EXPERIMENT = "experiment"


# Reasons without a run that calls for the habit.
USUAL_REASON = {
    Habit.WARM_UP: DueReason.TREADMILL,
    Habit.COOL_DOWN: DueReason.RUN_OVER,
    Habit.STRETCH: DueReason.DAILY,
    Habit.CORE: DueReason.GOAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due habit with its reason, and the end of the run that called for it, None for any other reason."""

    habit: Habit
    reason: DueReason
    since: datetime | None = None


class DueHabits:
    """Due habits of one runner, from runs, sessions, the weekly goal, and the lot of an experiment."""

    def __init__(
        self,
        runs: RunHistory,
        sessions: SessionHistory,
        *,
        calendar: Calendar,
        core_goal: int,
        lot_of: Callable[[date], tuple[Habit, bool] | None] = lambda _day: None,
    ) -> None:
        """Watch these runs and sessions.

        `lot_of` returns the habit of an experiment and whether the lot asks for it on a day, None without one.
        """
        self._runs = runs
        self._sessions = sessions
        self._calendar = calendar
        self._core_days = CoreDays(sessions, calendar=calendar, goal=core_goal)
        self._lot_of = lot_of

    def due(self, now: datetime, called_for: Collection[Habit]) -> dict[Habit, Due]:
        """Return the habits called for by the day or by a trigger, the most urgent first."""
        habits = {*called_for, *self.wanted(now)}
        return {habit: self._because(habit, now) for habit in Habit if habit in habits}

    def wanted(self, now: datetime) -> list[Habit]:
        """Return the habits called for by the day of an instant and not done yet."""
        today = self._calendar.habit_day_of(now)
        wanted = []
        if (run := self._run_to_roll_off(now)) and not self._sessions.done_since(Habit.FOAM_ROLL, run.end):
            wanted.append(Habit.FOAM_ROLL)
        if not self._sessions.done_on(Habit.STRETCH, today):
            wanted.append(Habit.STRETCH)
        if self._core_days.is_due(today):
            wanted.append(Habit.CORE)
        return self._by_lot(wanted, today)

    def _by_lot(self, wanted: list[Habit], today: date) -> list[Habit]:
        """Return the habits with that of an experiment on its drawn days only."""
        lot = self._lot_of(today)
        if lot is None:
            return wanted
        habit, is_drawn = lot
        others = [each for each in wanted if each is not habit]
        return [*others, habit] if is_drawn and not self._sessions.done_on(habit, today) else others

    def is_core_goal_within_reach(self, now: datetime) -> bool:
        """Return whether the week's goal of core work can still be reached."""
        return self._core_days.is_within_reach(self._calendar.habit_day_of(now))

    def next_change(self, now: datetime) -> datetime:
        """Return the next instant at which due habits change by time alone."""
        run = self._runs.latest()
        turns = (run.end, run.end + FOAM_ROLL_WITHIN) if run else ()
        nights = self._calendar.next_midnight(now), self._calendar.next_habit_day(now)
        return min([*nights, *(turn for turn in turns if turn > now)])

    def _run_to_roll_off(self, now: datetime) -> Run | None:
        run = self._runs.latest()
        return run if run and run.end <= now < run.end + FOAM_ROLL_WITHIN else None

    def _because(self, habit: Habit, now: datetime) -> Due:
        run, calendar = self._runs.latest(), self._calendar
        today = calendar.habit_day_of(now)
        lot = self._lot_of(today)
        if lot == (habit, True):
            return Due(habit=habit, reason=DueReason.EXPERIMENT)
        ran_today = run is not None and calendar.habit_day_of(run.end) == today
        if run and (habit is Habit.FOAM_ROLL or (habit is Habit.STRETCH and ran_today)):
            return Due(habit=habit, reason=DueReason.AFTER_RUN, since=run.end)
        return Due(habit=habit, reason=USUAL_REASON.get(habit, DueReason.ASKED))
