"""What a runner did on one day."""

from dataclasses import dataclass

from .habit import Habit


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the runner's calendar: metres run, the habits that were done, and whether it was one of rest."""

    distance: float
    habits: tuple[Habit, ...]
    resting: bool
