"""What the player of guided routines tells of, and the words that it wants spoken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from .exercise import Side
from .routine import Routine, Step

ENOUGH = 0.5
"""The share of a routine's holds from which it counts as done."""


class CuePriority(IntEnum):
    """How much a line matters: where not all can be spoken in time, the lesser is left out."""

    COUNT = 0
    HINT = 1
    CUE = 2


class PauseReason(StrEnum):
    """Why a routine is paused."""

    ASKED = "asked"
    CLOCK = "clock"
    """Much time had passed unseen: the clock was set, or the machine slept."""
    RESTART = "restart"
    SPEAKER = "speaker"
    """Nothing could be spoken any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRef:
    """A line by its key in the phrases, and what fills its placeholders: words, numbers or other lines."""

    key: str
    values: Mapping[str, str | int | PhraseRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineStarted:
    """A routine began; `seconds` is how long it takes with all lead-ins."""

    routine: Routine
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted:
    """The lead-in of a step began: the `number`th of `steps`. Its hold begins and ends at these instants."""

    routine: Routine
    step: Step
    number: int
    steps: int
    begins: datetime
    ends: datetime

    @property
    def side(self) -> Side | None:
        """The side on which it is done."""
        return self.step.side


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSwitched:
    """The step that begins is the other side of the one before."""

    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak:
    """A line to speak, of use until an instant. Lines that come together are one utterance."""

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
    """A hold is over, and there is time until the next step is told of."""

    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePaused:
    """A routine stands still."""

    routine: Routine
    reason: PauseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineResumed:
    """A routine goes on; what it is at ends at this instant."""

    routine: Routine
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _RoutineOver:
    """A routine is over.

    `done_share` is the share (0-1) of the time of its holds that was held, each step counted once; `seconds_done` is
    how long it went on, lead-ins and rests included and pauses not.
    """

    routine: Routine
    done_share: float
    seconds_done: float

    @property
    def counts(self) -> bool:
        """Whether enough was done for a session of the habit."""
        return self.done_share >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineFinished(_RoutineOver):
    """A routine came to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineStopped(_RoutineOver):
    """A routine was ended before its end."""


type RoutineEvent = RoutineStarted | StepStarted | RoutinePaused | RoutineResumed | RoutineFinished | RoutineStopped
type PlayerEvent = RoutineEvent | SideSwitched | Speak | HalfWay | Countdown | RestStarted
