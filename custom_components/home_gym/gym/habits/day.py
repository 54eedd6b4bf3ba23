"""Summary of a runner's day."""

from dataclasses import dataclass

from .habit import Habit


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the runner's calendar: metres run, habits done, and whether it was a rest day."""

    distance: float
    habits: tuple[Habit, ...]
    resting: bool
