"""Progress of a runner in a habit: weeks, standings in its exercises, and what limits them.

The back is spared from 3/10, the score from which pain counts as persistent. Weeks are the progress before there was a
standing in an exercise: one step each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..back.limits import NO_LIMITS, Limit, Limits
from ..calendar import A_WEEK
from .exercise import Exercise
from .exercise_facts import USUAL_KIT, Kit
from .standing import Standing

SPARE_FROM = 3.0

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
    are done only by choice; `kit` is what the runner has. `standings` are by planned exercise. `familiar` has the keys
    of the forms of which a brief cue is enough, `warned` those of which the stop line was spoken lately. `rotation` is
    that of the latest session; in a week of `is_deload` everything is a little less. `minutes` are
    those that the runner has for the short routine, None for its own.
    """

    weeks: int = 0
    missed: int = 0
    pain: float | None = None
    limits: Limits = NO_LIMITS
    with_opt_in: bool = False
    kit: frozenset[Kit] = USUAL_KIT
    standings: Mapping[str, Standing] = field(default_factory=dict)
    familiar: frozenset[str] = frozenset()
    warned: frozenset[str] = frozenset()
    rotation: str | None = None
    is_deload: bool = False
    minutes: int | None = None

    @property
    def is_sparing(self) -> bool:
        """Whether back pain limits exercises to their beginner's form."""
        return self.pain is not None and self.pain >= SPARE_FROM

    @property
    def all_limits(self) -> Limits:
        """The limits, and that of a sore back by the score alone."""
        return self.limits.adding([Limit.SORE] if self.is_sparing else [])

    def standing(self, exercise: Exercise) -> Standing:
        """Return the standing in a planned exercise; that of a hold begins with the weeks before."""
        weeks = max(0, self.weeks - WEEKS_PER_MISSED * self.missed) if exercise.is_held else 0
        return self.standings.get(exercise.id) or Standing(form=exercise.id, grade=weeks)


def progress_of(
    week: date,
    is_met: Callable[[date], bool],
    is_frozen: Callable[[date], bool],
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
    return Progress(weeks=weeks, missed=missed)
