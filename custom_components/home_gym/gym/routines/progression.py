"""Progression: duration and variant of an exercise, increased by each week of a habit and reduced by a break.

A stretch is held for 30-60 s. The American College of Sports Medicine (position stand of 2011) advises 10-30 s for most
adults, 30-60 s for older ones, and 60 s of each stretch in all. A plank is held for 20-60 s. That range, the gain of a
week and the loss of a missed one are the product's own defaults, for which there is no evidence; a back is spared from
the same score, 3/10, from which pain counts as persistent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..back.limits import NO_LIMITS, Limit, Limits
from ..calendar import A_WEEK
from .exercise import Exercise
from .level import Level

LONGEST_HOLD = 60.0
GROWTH_PER_WEEK = 5.0
LOSS_PER_MISSED_WEEK = 10.0
SPARE_FROM = 3.0
HEAD_START = {Level.BEGINNER: 0.0, Level.INTERMEDIATE: 10.0, Level.ADVANCED: 20.0}
"""Seconds added to a beginner's first hold."""

# Weeks of gain that a missed week costs.
WEEKS_PER_MISSED = 2
# From the shortest plank to the longest; further weeks add nothing.
WEEKS_TO_LONGEST_HOLD = 8
# Missed weeks after which all gain is lost.
MOST_MISSED = 4
# Earlier weeks have no effect on today's progress.
WEEKS_LOOKED_BACK = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A runner's progress in a habit, and the limits of its exercises.

    `weeks` is the number of weeks that count as trained, `missed` the number of whole weeks missed since. `pain` is the
    worst score (0-10) of back pain in the last 7 days, None without a report. `with_opt_in` includes the exercises that
    are done only by choice.
    """

    weeks: int = 0
    missed: int = 0
    pain: float | None = None
    limits: Limits = NO_LIMITS
    with_opt_in: bool = False

    @property
    def is_sparing(self) -> bool:
        """Whether back pain limits exercises to their beginner's form."""
        return self.pain is not None and self.pain >= SPARE_FROM

    @property
    def all_limits(self) -> Limits:
        """The limits, and that of a sore back by the score alone."""
        return self.limits.adding([Limit.SORE] if self.is_sparing else [])


def progress_of(
    week: date,
    is_met: Callable[[date], bool],
    is_frozen: Callable[[date], bool],
    *,
    pain: float | None = None,
    limits: Limits = NO_LIMITS,
    with_opt_in: bool = False,
) -> Progress:
    """Return the progress in the week that begins on a day; weeks are named by their first day.

    The present week can't be missed yet, nor can one frozen by a rest period. A missed week costs the gain of two
    weeks.
    """
    weeks = missed = 0
    for ago in range(WEEKS_LOOKED_BACK, -1, -1):
        past = week - ago * A_WEEK
        if is_met(past):
            weeks = min(max(0, weeks - WEEKS_PER_MISSED * missed) + 1, WEEKS_TO_LONGEST_HOLD)
            missed = 0
        elif weeks and ago and not is_frozen(past):
            missed = min(missed + 1, MOST_MISSED)
    return Progress(weeks=weeks, missed=missed, pain=pain, limits=limits, with_opt_in=with_opt_in)


def hold_for(
    exercise: Exercise,
    *,
    level: Level = Level.BEGINNER,
    weeks: int = 0,
    missed: int = 0,
    pain: float | None = None,
) -> float:
    """Return the seconds of an exercise, 0 if only a routine sets them.

    Only stretches and planks grow, by 5 s a week up to 60 s; each missed week takes 10 s, down to the start, and a sore
    back returns to a beginner's start. Exercises counted in repetitions keep their duration.
    """
    start = exercise.hold or 0.0
    if not exercise.is_held:
        return start
    if Progress(pain=pain).is_sparing:
        return start
    start = min(start + HEAD_START[level], LONGEST_HOLD)
    reached = min(start + GROWTH_PER_WEEK * weeks, LONGEST_HOLD)
    return max(start, reached - LOSS_PER_MISSED_WEEK * missed)
