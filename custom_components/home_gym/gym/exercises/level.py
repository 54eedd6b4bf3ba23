"""Fitness levels, and lengths of routines."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ..habits.habit import Habit


class Level(StrEnum):
    """Fitness level of a runner."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Length(StrEnum):
    """Length of a routine."""

    SHORT = "short"
    FULL = "full"


MINUTES: Mapping[Habit, tuple[int, int]] = MappingProxyType(
    {
        Habit.WARM_UP: (5, 10),
        # Five minutes are the walk alone.
        Habit.COOL_DOWN: (10, 20),
        Habit.CORE: (10, 20),
        Habit.STRETCH: (5, 10),
        Habit.FOAM_ROLL: (5, 10),
        Habit.MASSAGE: (5, 10),
        Habit.HEAT_OR_ICE: (15, 20),
        Habit.WALK: (10, 30),
        # The time to put it on; it is worn for hours.
        Habit.COMPRESSION: (2, 2),
    }
)
"""Minutes of the short and of the full routine of each habit."""


ROUTINE_MINUTES = (5, 10, 20, 30)
"""Minutes on offer for a routine."""


def minutes_of(habit: Habit, length: Length, own: int | None = None) -> int:
    """Return the minutes of a habit's routine of a length; the runner's own are those of the short one."""
    short, full = MINUTES[habit]
    if own is not None:
        short, full = own, max(own, full)
    return short if length is Length.SHORT else full
