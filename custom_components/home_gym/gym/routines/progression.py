"""How long an exercise is held, and in which variant: more with every week that the habit lasts, less after a break.

A stretch is held for 30-60 s. The American College of Sports Medicine (position stand of 2011) advises 10-30 s for most
adults, 30-60 s for older ones, and 60 s of each stretch in all. A plank is held for 20-60 s. That, what a week adds and
what a missed one takes are the product's own defaults, for which there is no evidence; the score from which a back is
spared is the same 3/10 from which pain counts as persistent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..calendar import A_WEEK
from ..habits.habit import Habit
from .exercise import Exercise, Level, Variant, catalogue

LONGEST_HOLD = 60.0
GROWTH_PER_WEEK = 5.0
LOSS_PER_MISSED_WEEK = 10.0
SPARE_FROM = 3.0
HEAD_START = {Level.BEGINNER: 0.0, Level.INTERMEDIATE: 10.0, Level.ADVANCED: 20.0}
"""Seconds by which the first hold is longer than a beginner's."""

# A missed week takes what so many weeks gave.
WEEKS_PER_MISSED = 2
# From the shortest plank to the longest; whoever kept at it for longer is no further.
WEEKS_TO_LONGEST_HOLD = 8
# Whatever was gained is lost after so many.
MOST_MISSED = 4
# What happened before has been gained or lost since.
WEEKS_LOOKED_BACK = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How a runner has kept up a habit.

    `weeks` is how many weeks' worth of it the body is used to, `missed` how many whole weeks have been missed since.
    `pain` is the worst score (0-10) that was reported of the back in the last 7 days, None where none was.
    """

    weeks: int = 0
    missed: int = 0
    pain: float | None = None

    @property
    def is_sparing(self) -> bool:
        """Whether the back hurts too much for more than the start."""
        return self.pain is not None and self.pain >= SPARE_FROM


def progress_of(
    week: date, is_met: Callable[[date], bool], is_frozen: Callable[[date], bool], *, pain: float | None = None
) -> Progress:
    """Return the progress in the week that begins on a day, told by their first day which weeks met the goal.

    The week that isn't over can't be missed yet, nor can one that a rest period froze. A missed week takes as much as
    two weeks gave.
    """
    weeks = missed = 0
    for ago in range(WEEKS_LOOKED_BACK, -1, -1):
        past = week - ago * A_WEEK
        if is_met(past):
            weeks = min(max(0, weeks - WEEKS_PER_MISSED * missed) + 1, WEEKS_TO_LONGEST_HOLD)
            missed = 0
        elif weeks and ago and not is_frozen(past):
            missed = min(missed + 1, MOST_MISSED)
    return Progress(weeks=weeks, missed=missed, pain=pain)


def variant_for(exercise: Exercise, *, level: Level = Level.BEGINNER, pain: float | None = None) -> Exercise:
    """Return what takes the place of an exercise: the easier one for a sore back, the harder one for the advanced."""
    identifier = exercise.other(_wanted(level, pain))
    return catalogue()[identifier] if identifier else exercise


def variation_for(exercise: Exercise, *, level: Level = Level.BEGINNER, pain: float | None = None) -> Variant | None:
    """Return the way in which an exercise is done where no other takes its place; None for the usual one."""
    wanted = _wanted(level, pain)
    return wanted if wanted in exercise.ways else None


def hold_for(
    exercise: Exercise,
    *,
    level: Level = Level.BEGINNER,
    weeks: int = 0,
    missed: int = 0,
    pain: float | None = None,
) -> float:
    """Return for how many seconds an exercise is done, 0 where only a routine says so.

    Only stretches and planks grow, by 5 s a week up to 60 s; each missed week takes 10 s, down to the start, and a
    sore back returns to a beginner's start. What is counted in repetitions takes as long as ever.
    """
    start = exercise.hold or 0.0
    if exercise.repetitions is not None or not exercise.habits & {Habit.CORE, Habit.STRETCH}:
        return start
    if Progress(pain=pain).is_sparing:
        return start
    start = min(start + HEAD_START[level], LONGEST_HOLD)
    reached = min(start + GROWTH_PER_WEEK * weeks, LONGEST_HOLD)
    return max(start, reached - LOSS_PER_MISSED_WEEK * missed)


def _wanted(level: Level, pain: float | None) -> Variant | None:
    if Progress(pain=pain).is_sparing:
        return Variant.EASIER
    return Variant.HARDER if level is Level.ADVANCED else None
