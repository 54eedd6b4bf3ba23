"""State of the player of guided routines that outlives a restart."""

from dataclasses import dataclass
from datetime import timedelta

from ..habits.practice import ExerciseDone
from .routine import Routine
from .timing import NO_TIME, plan_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerMemory:
    """A player's position in its routine.

    `step` counts the steps from 0, `elapsed` is the seconds since its lead-in began, `passed` the number of its passed
    marks. `hurt` is the key of the exercise during which pain was reported, until the rest is
    made easier; `painful` is that exercise, for the session. `done` is the longest hold of each step in
    seconds, `active` the seconds of playing so far. `running` means that it was not paused. `speaker` is its output.
    Raises ValueError for an impossible position.
    """

    routine: Routine
    step: int
    passed: int
    elapsed: float
    done: tuple[float, ...]
    active: float
    running: bool
    speaker: str | None = None
    hurt: str | None = None
    painful: ExerciseDone | None = None

    def __post_init__(self) -> None:
        """Refuse an impossible position."""
        plan = plan_of(self.routine)
        if not 0 <= self.step < len(plan) or len(self.done) != len(plan):
            raise ValueError("a step was expected that the routine has")
        if any(timedelta(seconds=done) > slot.hold for done, slot in zip(self.done, plan, strict=True)):
            raise ValueError("a step was held for longer than it takes")
        marks = plan[self.step].marks
        bounds = [NO_TIME, *(mark.after for mark in marks), plan[self.step].end]
        if not 0 <= self.passed <= len(marks) or not (
            bounds[self.passed] <= timedelta(seconds=self.elapsed) <= bounds[self.passed + 1]
        ):
            raise ValueError("a place was expected that the step has")
