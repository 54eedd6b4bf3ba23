"""Events of the player of guided routines, and the lines that it wants spoken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from ..exercises.exercise import Side
from ..habits.practice import Practice
from .routine import Routine, Step

ENOUGH = 0.5
"""Least share of a routine's holds to count as a session."""

ENOUGH_SECONDS = 120
"""Seconds of a longer routine that count as a session."""


class CuePriority(IntEnum):
    """Priority of a line: if not all can be spoken in time, the lower is left out."""

    COUNT = 0
    HINT = 1
    CUE = 2


class PauseReason(StrEnum):
    """Reasons for a pause."""

    ASKED = "asked"
    CLOCK = "clock"
    """A long gap between ticks: the clock was set, or the machine slept."""
    RESTART = "restart"
    SPEAKER = "speaker"
    """The speaker failed."""
    PAIN = "pain"
    """The runner reported pain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRef:
    """A line by its key in the phrases, with the values of its placeholders: words, numbers or other lines."""

    key: str
    values: Mapping[str, str | int | PhraseRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineStarted:
    """A routine started; `seconds` is its duration with all lead-ins."""

    routine: Routine
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """The lead-in of a step began: the `number`th of `steps`, whose hold begins and ends at these instants."""

    routine: Routine
    step: Step
    number: int
    steps: int
    begins: datetime
    ends: datetime

    @property
    def side(self) -> Side | None:
        """The side of the step."""
        return self.step.side


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSwitched:
    """The step that begins is the other side of the one before."""

    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """A line to speak, of use until an instant; lines with the same instant of issue are one utterance."""

    line: PhraseRef
    priority: CuePriority
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfWay:
    """Half of a hold is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """A hold ends in so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestStarted:
    """A hold is over, and a rest begins before the next step is announced."""

    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePaused:
    """A routine was paused."""

    routine: Routine
    reason: PauseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineResumed:
    """A routine was resumed; its present hold or rest ends at this instant."""

    routine: Routine
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _RoutineOver:
    """A routine is over.

    `done_share` is the held share (0-1) of the time of its holds, each step counted once; `seconds_done` is the time
    that it ran, lead-ins and rests included and pauses not. `is_eased` means that pain changed or ended it. `practice`
    has the exercises done, None for a routine that shows no progress.
    """

    routine: Routine
    done_share: float
    seconds_done: float
    is_eased: bool = False
    practice: Practice | None = None

    @property
    def counts(self) -> bool:
        """Whether enough was done for a session of the habit."""
        return self.done_share >= ENOUGH or self.seconds_done >= ENOUGH_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineFinished(_RoutineOver):
    """A routine reached its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineStopped(_RoutineOver):
    """A routine was stopped before its end."""


type RoutineEvent = RoutineStarted | StepStarted | RoutinePaused | RoutineResumed | RoutineFinished | RoutineStopped
type PlayerEvent = RoutineEvent | SideSwitched | Speak | HalfWay | Countdown | RestStarted
