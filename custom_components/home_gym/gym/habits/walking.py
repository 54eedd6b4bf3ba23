"""Walking as a habit: a weekly goal that grows over 16 weeks, from the weeks so far.

The plan is that of `training_plans`. A week that reaches its goal goes on, a missed one repeats it, two in a row go two
back, and pain that rose by 2 within a day goes one back. A rest freezes it. Over 65, or with a sore back, each week is
done twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..calendar import A_DAY, A_WEEK, days_of
from ..runs.training_plans import WALK_PLAN

# The goal follows from as many weeks.
LOOKED_BACK = 60
# A run of as many minutes is that day's walk, of at most as many as the plan's longest day.
RUN_AS_WALK = 20
LONGEST_WALK = max(week.minutes for week in WALK_PLAN)
# A walk logged without its duration.
UNKNOWN_WALK = 10.0
PAIN_RISE = 2.0
BASE_WEEKS = 2


class WeekResult(StrEnum):
    """Result of a week of walking."""

    MET = "met"
    MISSED = "missed"
    FROZEN = "frozen"
    PAINFUL = "painful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """The current week of walking: minutes and days so far, and the plan's week, counted from 1."""

    minutes: float
    days: int
    week: int
    goal_days: int
    goal_minutes: int

    @property
    def goal(self) -> int:
        """The minutes of the week's goal."""
        return self.goal_days * self.goal_minutes


def minutes_of_day(walked: float, run: float) -> float:
    """Return the minutes of a day that count, given those walked and those of its longest run."""
    return max(walked, min(run, LONGEST_WALK)) if run >= RUN_AS_WALK else walked


def walking_of(
    week: date,
    *,
    minutes_on: Callable[[date], float],
    is_frozen: Callable[[date], bool],
    scores: Mapping[date, float],
    is_slow: bool,
) -> Walking:
    """Return the week of walking that begins on a day.

    `minutes_on` returns the minutes walked on a day, `scores` has the worst pain of each reported day; `is_slow` does
    each week of the plan twice.
    """
    earlier = [week - number * A_WEEK for number in range(LOOKED_BACK, 0, -1)]
    begun = next((each for each in earlier if _total(each, minutes_on)), week)
    position, kept, missed = _first_position(begun, minutes_on), 0, 0
    for past in (each for each in earlier if each >= begun):
        match _result(past, position, minutes_on, is_frozen, scores):
            case WeekResult.MET:
                kept, missed = kept + 1, 0
                if kept >= (2 if is_slow else 1):
                    position, kept = position + 1, 0
            case WeekResult.MISSED:
                kept, missed = 0, missed + 1
                if missed >= BASE_WEEKS:
                    position, missed = position - 2, 0
            case WeekResult.PAINFUL:
                position, kept, missed = position - 1, 0, 0
            case _:
                pass
        position = min(max(0, position), len(WALK_PLAN) - 1)
    plan = WALK_PLAN[position]
    return Walking(
        minutes=_total(week, minutes_on),
        days=_days(week, minutes_on),
        week=position + 1,
        goal_days=plan.days,
        goal_minutes=plan.minutes,
    )


def _first_position(begun: date, minutes_on: Callable[[date], float]) -> int:
    """Return the first week of the plan above the mean of the two weeks before, and of the first one itself."""
    weeks = [begun, *(begun - number * A_WEEK for number in range(1, BASE_WEEKS))]
    mean = sum(_total(week, minutes_on) for week in weeks) / BASE_WEEKS
    above = (number for number, week in enumerate(WALK_PLAN) if week.total > mean)
    return next(above, len(WALK_PLAN) - 1)


def _result(
    week: date,
    position: int,
    minutes_on: Callable[[date], float],
    is_frozen: Callable[[date], bool],
    scores: Mapping[date, float],
) -> WeekResult:
    if _has_pain_risen(week, scores):
        return WeekResult.PAINFUL
    plan = WALK_PLAN[position]
    if _total(week, minutes_on) >= plan.total and _days(week, minutes_on) >= plan.days:
        return WeekResult.MET
    return WeekResult.FROZEN if is_frozen(week) else WeekResult.MISSED


def _has_pain_risen(week: date, scores: Mapping[date, float]) -> bool:
    return any(
        day in scores and day - A_DAY in scores and scores[day] >= scores[day - A_DAY] + PAIN_RISE
        for day in days_of(week)
    )


def _total(week: date, minutes_on: Callable[[date], float]) -> float:
    return sum(map(minutes_on, days_of(week)))


def _days(week: date, minutes_on: Callable[[date], float]) -> int:
    return sum(minutes_on(day) > 0 for day in days_of(week))
