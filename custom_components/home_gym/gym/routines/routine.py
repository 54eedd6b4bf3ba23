"""Guided routines: the timed steps of a habit's session, built-in ones and the runner's own."""

from dataclasses import dataclass
from enum import StrEnum

from ..exercises.adaptation import Adapted
from ..exercises.exercise import Side, Variant
from ..exercises.plans import GentleReason
from ..habits.habit import Habit


class WarningPoint(StrEnum):
    """Point of a step at which its stop line is spoken."""

    BEGINNING = "beginning"
    HALFWAY = "halfway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Origin, announcement and warning of a step of a built-in routine.

    `planned` is the exercise of the sequence, `grade` the runner's steps of progress in it; `eased` means that less is
    done than that. `lead_in` is the seconds to announce the step and to get into place. `brief` means a word in place
    of the cue; `warning` is the point of the stop line, None if it isn't spoken.
    """

    planned: str
    grade: int = 0
    eased: bool = False
    lead_in: float = 0
    brief: bool = False
    warning: WarningPoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise on one side, for these `seconds`, with the seconds of `rest` after it.

    `name` has the runner's own words for a step without a known exercise; `exercise` is empty then. `way` is the
    variant of the exercise, None for the usual form. `set` counts the sets of an exercise with several, from 1.
    `guide` is None for a step that no sequence has.
    """

    exercise: str
    side: Side | None
    seconds: float
    rest: float
    repetitions: int | None
    name: str | None
    way: Variant | None = None
    set: int | None = None
    guide: Guide | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """Timed steps in their order; nothing follows the last one's rest.

    `habit` is the habit that its sessions count for, None for none. `name` has the runner's own words, None for a
    built-in routine. `because` is the reason for a routine that is gentler than usual. `rotation` is the sequence of a
    built-in routine; `is_enough` means that more time was asked for than is of use.
    """

    id: str
    habit: Habit | None
    steps: tuple[Step, ...]
    name: str | None = None
    because: GentleReason | None = None
    rotation: str | None = None
    is_enough: bool | None = None

    @property
    def seconds(self) -> float:
        """The duration in seconds, rests included."""
        return sum(step.seconds + step.rest for step in self.steps)


class NothingLeftError(Exception):
    """A habit without any exercise that suits the runner's back, medical history and kit."""


def steps_of(done: Adapted, *, rest: float) -> tuple[Step, ...]:
    """Return the steps of an exercise: each set, on each side."""
    sides: tuple[Side | None, ...] = tuple(Side) if done.exercise.sided else (None,)
    return tuple(
        Step(
            exercise=done.exercise.id,
            side=side,
            seconds=done.seconds,
            rest=rest,
            repetitions=done.repetitions,
            name=None,
            way=done.way,
            set=number if done.sets > 1 else None,
        )
        for number in range(1, done.sets + 1)
        for side in sides
    )
