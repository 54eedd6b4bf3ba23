"""Guidance for a day: the wise distance of a run, and the week of walking."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from .back.back import Back
from .back.history import AgeBand
from .back.limits import Limit
from .back.pain_history import PainHistory
from .calendar import A_WEEK
from .habits.habit import Habit
from .habits.session_history import SessionHistory
from .habits.walking import LOOKED_BACK, UNKNOWN_WALK, Walking, minutes_of_day, walking_of
from .runs.run import Run
from .runs.run_history import RunHistory
from .runs.wise_distance import HINTS_AFTER_BREAK, LONG_BREAK, MOST_SHARE, BackLimits, WiseDistance, wise_distance
from .settings import Settings

WALKING_OVER = LOOKED_BACK * A_WEEK


class Guidance:
    """Guidance for one runner's days, from runs, sessions and the back."""

    def __init__(
        self,
        settings: Settings,
        *,
        runs: RunHistory,
        sessions: SessionHistory,
        is_frozen: Callable[[date], bool],
        pains: PainHistory,
        back: Back,
    ) -> None:
        """Read these projections; `is_frozen` returns whether a rest freezes the week that begins on a day."""
        self._calendar = settings.calendar
        self._load_settings = settings.load
        self._is_old = settings.history.age is AgeBand.OVER_65
        self._is_gentle = settings.history.makes_first_pain_serious
        self._runs = runs
        self._sessions = sessions
        self._is_frozen = is_frozen
        self._pains = pains
        self._back = back

    def wise(self, now: datetime) -> WiseDistance | None:
        """Return the wise distance of the day of an instant."""
        today, limits, clearance = self._calendar.day_of(now), self._back.limits(now), self._back.clearance
        is_returning = Limit.RETURNING in limits
        may_run = Limit.DOCTOR not in limits and (not is_returning or (clearance is not None and clearance.may_run))
        return wise_distance(
            today,
            self._runs,
            BackLimits(
                may_run=may_run,
                is_sore=Limit.SORE in limits,
                cleared_on=clearance.day if clearance and (is_returning or clearance.may_run) else None,
                is_gentle=self._is_gentle or self._pains.ever_hurt,
            ),
            share=min(MOST_SHARE, 1 + self._load_settings.longest_run / 100),
        )

    def walking(self, now: datetime) -> Walking | None:
        """Return the week of walking, None before the first walk."""
        if self._sessions.last(Habit.WALK) is None:
            return None
        week = self._calendar.week_of(self._calendar.day_of(now))
        return walking_of(
            week,
            # The weeks are looked at more than once.
            minutes_on=cache(self._minutes_walked_on),
            is_frozen=self._is_frozen,
            scores=self._pains.scores(week - WALKING_OVER, week),
            is_slow=self._is_old or Limit.SORE in self._back.limits(now),
        )

    def _minutes_walked_on(self, day: date) -> float:
        walked = self._sessions.minutes_on(Habit.WALK, day, unknown=UNKNOWN_WALK)
        run = max((run.duration or 0 for run in self._runs.on_days(day, 1)), default=0) / 60
        return minutes_of_day(walked, run)

    def is_beyond_return(self, run: Run | None) -> bool:
        """Return whether a run was more than the plan after a long break had for its day."""
        wise = wise_distance(run.day, self._runs, BackLimits()) if run else None
        if run is None or wise is None or wise.days_off is None or wise.week is None:
            return False
        if wise.days_off < LONG_BREAK or wise.week >= HINTS_AFTER_BREAK:
            return False
        return (run.distance or 0) > MOST_SHARE * wise.distance
