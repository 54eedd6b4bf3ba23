"""Progress of a runner in each habit, from the sessions and the back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from .back.limits import Limit, Limits
from .back.pain_history import RECENT_PERIOD, PainHistory
from .calendar import A_DAY
from .exercises.familiarity import familiar_forms, warned_forms
from .exercises.progression import Progress, progress_of
from .exercises.standing import Circumstances, gap_before, is_deload_week, standings_of
from .habits.habit import Habit, Session
from .habits.session_history import SessionHistory
from .settings import Settings

# Sessions a week that count towards the progress of a habit other than core work.
OFTEN_ENOUGH = 3
# Sessions further back are in the forms and grades of those after them.
LOOKED_BACK = timedelta(weeks=26)


class HabitProgress:
    """Progress in habits, each kept until a session or a report changes it, or the day."""

    def __init__(
        self,
        settings: Settings,
        *,
        practised: Mapping[str, Session],
        sessions: SessionHistory,
        is_frozen: Callable[[date], bool],
        pains: PainHistory,
        limits: Callable[[datetime], Limits],
        has_met_goal: Callable[[date, date], bool],
    ) -> None:
        """Read these projections.

        `practised` has the logged sessions; `is_frozen` returns whether a rest keeps a week from being missed,
        `has_met_goal` whether a week has as much core work as its goal then.
        """
        self._has_met_goal = has_met_goal
        self._settings = settings
        self._calendar = settings.calendar
        self._practised = practised
        self._sessions = sessions
        self._is_frozen = is_frozen
        self._pains = pains
        self._limits = limits
        self._known: tuple[tuple[date, int, int, bool] | None, dict[Habit, Progress]] = None, {}

    def of(self, habit: Habit, now: datetime) -> Progress:
        """Return the progress of a habit, by its sessions, and the weeks that reached its goal."""
        today = self._calendar.day_of(now)
        limits = self._limits(now)
        known = today, self._sessions.changes, self._pains.changes, Limit.UNSTEADY in limits
        if self._known[0] != known:
            self._known = known, {}
        by_habit = self._known[1]
        if habit not in by_habit:
            by_habit[habit] = self._of(habit, today, is_older=Limit.UNSTEADY in limits)
        # What depends on rests and on the hour is never kept.
        weeks = self._weeks(habit, today)
        return replace(
            by_habit[habit],
            weeks=weeks.weeks,
            missed=weeks.missed,
            pain=self._pains.worst_since(today - RECENT_PERIOD + A_DAY),
            limits=limits,
        )

    def _of(self, habit: Habit, today: date, *, is_older: bool) -> Progress:
        lately = [each for each in self._practised.values() if today - each.day < LOOKED_BACK]
        guided = [each for each in lately if each.practice]
        latest = max((each for each in guided if each.habit is habit), key=lambda each: each.end, default=None)
        return Progress(
            with_opt_in=self._settings.roll_lower_back,
            kit=self._settings.kit,
            minutes=self._settings.minutes.get(habit),
            standings=standings_of(
                guided,
                self._circumstances(lately, today, is_older=is_older),
                habit=habit,
                today=today,
                week_of=self._calendar.week_of,
            ),
            familiar=frozenset() if self._settings.full_cues else familiar_forms(guided, today),
            warned=warned_forms(guided, today),
            rotation=latest.practice.rotation if latest and latest.practice else None,
            is_deload=bool(guided) and is_deload_week(self._is_trained(habit), self._calendar.week_of(today)),
        )

    def _weeks(self, habit: Habit, today: date) -> Progress:
        week = self._calendar.week_of(today)
        return progress_of(week, lambda past: self._is_met(habit, past, today), self._is_frozen)

    def _circumstances(self, sessions: Sequence[Session], today: date, *, is_older: bool) -> Circumstances:
        days = {habit: sorted({each.day for each in sessions if each.habit is habit}) for habit in Habit}
        return Circumstances(
            level=self._settings.level,
            gap=lambda habit, day: gap_before(days[habit], day, self._calendar.week_of),
            is_met=lambda habit, week: self._is_met(habit, week, today),
            worst_pain=self._worst_pain,
            is_older=is_older,
        )

    def _is_met(self, habit: Habit, week: date, today: date) -> bool:
        if habit is Habit.CORE:
            return self._has_met_goal(week, today)
        return len(self._sessions.in_week(habit, week)) >= OFTEN_ENOUGH

    def _is_trained(self, habit: Habit) -> Callable[[date], bool]:
        return lambda week: bool(self._sessions.in_week(habit, week))

    def _worst_pain(self, day: date, days: int) -> float | None:
        first = day - timedelta(days=days - 1)
        return max(self._pains.scores(first, day).values(), default=None)
