"""Practice: the exercises of a guided session, and their effort."""

from dataclasses import dataclass
from enum import StrEnum


class Effort(StrEnum):
    """Effort of a routine, as it felt."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


def form_key(exercise: str, way: str | None) -> str:
    """Return the key of a form: an exercise, and its variant if it has one."""
    return f"{exercise}.{way}" if way else exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDone:
    """One exercise of a guided session.

    `planned` is the id of the exercise in the sequence, `exercise` that of the form that was done, and `way` its
    variant. `grade` counts the steps of progress above the first dose. `eased` marks a form or a dose below the
    runner's own, which shows no progress; `warned` means that the stop line was spoken.
    """

    planned: str
    exercise: str
    way: str | None = None
    grade: int = 0
    eased: bool = False
    warned: bool = False

    @property
    def form(self) -> str:
        """The form as a key: exercise and variant."""
        return form_key(self.exercise, self.way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The guided part of a session.

    `rotation` is the sequence that was done, None for a plan without rotations. `effort` is the runner's answer, None
    without one; `hurt` is the id of the exercise during which pain was reported.
    """

    exercises: tuple[ExerciseDone, ...] = ()
    rotation: str | None = None
    effort: Effort | None = None
    hurt: str | None = None
