"""Where a routine is: a place in its plan that moves as time passes, and how much was held on the way there.

Every instant follows from the one at which the routine began: however late it is told of time, no hold moves. Only
getting ready after a pause, and a clock that was set, take the plan along.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .position import PlayerMemory
from .routine import Routine, Step
from .timing import NO_TIME, Mark, Slot, plan_of

LEAD_IN = timedelta(seconds=5)
"""At least so long after a pause a hold goes on, for the runner has to get back into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackPosition:
    """Where a routine is: `offset` seconds into a step that began at `began`, None for one that stands still.

    The step is `lead_in`, `hold` and `rest` long; `before` is how long the steps before it took, `total` all of them.
    """

    lead_in: float
    hold: float
    rest: float
    offset: float
    began: datetime | None
    before: float
    total: float


class Playhead:
    """A place in the plan of a routine: so far into a step, so many of its marks behind.

    `seen` is the instant up to which time was followed, `index` counts the steps from 0.
    """

    def __init__(self, routine: Routine, memory: PlayerMemory | None = None) -> None:
        """Begin at the first step, or at the place that a memory of the routine has.

        Raises ValueError("empty") for a routine without a step that takes time.
        """
        self.routine = routine
        self.plan = plan_of(routine)
        self.index = memory.step if memory else 0
        self.seen = datetime.min.replace(tzinfo=UTC)
        self._passed = memory.passed if memory else 0
        self._offset = timedelta(seconds=memory.elapsed) if memory else NO_TIME
        # What is left of the time to get ready after a pause.
        self._wait = NO_TIME
        self._done = [timedelta(seconds=done) for done in memory.done] if memory else [NO_TIME] * len(self.plan)
        self._active = timedelta(seconds=memory.active) if memory else NO_TIME

    @property
    def slot(self) -> Slot:
        """The step at which it is, in time."""
        return self.plan[self.index]

    @property
    def coming(self) -> Step | None:
        """The step after that; None for the last one."""
        return None if self.is_at_last_step else self.plan[self.index + 1].step

    @property
    def is_at_last_step(self) -> bool:
        """Whether no step comes after this one."""
        return self.index + 1 == len(self.plan)

    @property
    def is_hold_ahead(self) -> bool:
        """Whether the step was told of, and isn't held to its end yet."""
        return self._passed > 0 and self._offset < self.slot.hold_end

    @property
    def ends(self) -> datetime:
        """The instant at which the hold ends, or the rest after it."""
        return self.instant_of(self.slot.hold_end if self._offset < self.slot.hold_end else self.slot.end)

    @property
    def due(self) -> datetime:
        """The instant of the next mark, or of the step's end."""
        marks = self.slot.marks
        return self.instant_of(marks[self._passed].after if self._passed < len(marks) else self.slot.end)

    @property
    def done_share(self) -> float:
        """The share (0-1) of the time of all holds that was held, each step counted once."""
        return sum(self._done, NO_TIME) / sum((slot.hold for slot in self.plan), NO_TIME)

    @property
    def seconds_active(self) -> float:
        """How long it moved, lead-ins and rests included."""
        return self._active.total_seconds()

    def instant_of(self, offset: timedelta) -> datetime:
        """Return the instant so long after the step's beginning."""
        return self.seen + self._wait + offset - self._offset

    def place(self, *, is_moving: bool) -> PlaybackPosition:
        """Return where it is, for who shows it as time passes."""
        slot, ends = self.slot, [each.end.total_seconds() for each in self.plan]
        return PlaybackPosition(
            lead_in=slot.lead_in.total_seconds(),
            hold=slot.hold.total_seconds(),
            rest=slot.rest.total_seconds(),
            offset=self._offset.total_seconds(),
            began=self.instant_of(NO_TIME) if is_moving else None,
            before=sum(ends[: self.index]),
            total=sum(ends),
        )

    def memory(self, *, running: bool, speaker: str | None) -> PlayerMemory:
        """Return what outlives a restart."""
        return PlayerMemory(
            routine=self.routine,
            step=self.index,
            passed=self._passed,
            elapsed=self._offset.total_seconds(),
            done=tuple(done.total_seconds() for done in self._done),
            active=self.seconds_active,
            running=running,
            speaker=speaker,
        )

    def move_from(self, now: datetime) -> None:
        """Move from this instant on, with time to get ready for a hold that goes on."""
        self.seen = now
        if self.is_hold_ahead:
            self._wait = max(NO_TIME, LEAD_IN - max(NO_TIME, self.slot.lead_in - self._offset))

    def stand_still(self) -> None:
        """Move no more; who got ready gets ready anew."""
        self._wait = NO_TIME

    def shift(self, by: timedelta) -> None:
        """Take the plan along with a clock that was set by so much."""
        self.seen += by

    def follow(self, now: datetime) -> None:
        """Let time pass up to an instant at which nothing was due before."""
        passed = now - self.seen
        waited = min(passed, self._wait)
        self.seen = now
        self._active += passed
        self._wait -= waited
        self._offset += passed - waited
        held = min(max(NO_TIME, self._offset - self.slot.lead_in), self.slot.hold)
        self._done[self.index] = max(self._done[self.index], held)

    def pass_mark(self) -> Mark | None:
        """Leave the next mark of the step behind and return it; None where all of them are."""
        marks = self.slot.marks
        if self._passed == len(marks):
            return None
        self._passed += 1
        return marks[self._passed - 1]

    def enter(self, index: int) -> None:
        """Go to the beginning of a step."""
        self.index = index
        self._passed = 0
        self._offset = self._wait = NO_TIME
