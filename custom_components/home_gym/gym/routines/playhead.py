"""Playhead of a routine: its position in the plan as time passes, and the time held so far.

Every instant is derived from the start of the routine: late calls move no hold. Only the time to get ready after a
pause, and a change of the clock, shift the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ..exercises.plans import GentleReason
from ..habits.practice import ExerciseDone, Practice
from .position import PlayerMemory
from .practised import practice_of
from .routine import Routine, Step
from .timing import NO_TIME, Mark, Slot, plan_of

LEAD_IN = timedelta(seconds=5)
"""Shortest time between the end of a pause and a hold, in which the runner gets back into position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackPosition:
    """Position in a routine: `offset` seconds into a step that began at `began`, None while paused.

    The step is `lead_in`, `hold` and `rest` long; `before` is the duration of the steps before it, `total` that of all
    steps.
    """

    lead_in: float
    hold: float
    rest: float
    offset: float
    began: datetime | None
    before: float
    total: float


class Playhead:
    """A position in the plan of a routine: an offset into a step, and the number of its passed marks.

    `seen` is the instant up to which time was followed, `index` counts the steps from 0.
    """

    def __init__(self, routine: Routine, memory: PlayerMemory | None = None) -> None:
        """Begin at the first step, or at the position of a memory of the routine.

        Raises ValueError("empty") for a routine without a step that takes time.
        """
        self.routine = routine
        self.plan = plan_of(routine)
        self.index = memory.step if memory else 0
        self.seen = datetime.min.replace(tzinfo=UTC)
        self._passed = memory.passed if memory else 0
        self._offset = timedelta(seconds=memory.elapsed) if memory else NO_TIME
        # The rest of the time to get ready after a pause.
        self._wait = NO_TIME
        self._done = [timedelta(seconds=done) for done in memory.done] if memory else [NO_TIME] * len(self.plan)
        self._active = timedelta(seconds=memory.active) if memory else NO_TIME

    @property
    def slot(self) -> Slot:
        """The present step with its times."""
        return self.plan[self.index]

    @property
    def coming(self) -> Step | None:
        """The next step; None for the last one."""
        return None if self.is_at_last_step else self.plan[self.index + 1].step

    @property
    def is_at_last_step(self) -> bool:
        """Whether the present step is the last one."""
        return self.index + 1 == len(self.plan)

    @property
    def is_hold_ahead(self) -> bool:
        """Whether the present step was announced, and its hold is not over yet."""
        return self._passed > 0 and self._offset < self.slot.hold_end

    @property
    def ends(self) -> datetime:
        """The end of the present hold, or of the rest after it."""
        return self.instant_of(self.slot.hold_end if self._offset < self.slot.hold_end else self.slot.end)

    @property
    def due(self) -> datetime:
        """The instant of the next mark, or of the step's end."""
        marks = self.slot.marks
        return self.instant_of(marks[self._passed].after if self._passed < len(marks) else self.slot.end)

    @property
    def done_share(self) -> float:
        """The held share (0-1) of the time of all holds, each step counted once."""
        return sum(self._done, NO_TIME) / sum((slot.hold for slot in self.plan), NO_TIME)

    def practice(self, painful: ExerciseDone | None) -> Practice | None:
        """Return the exercises done so far, None for a routine that shows no progress."""
        return practice_of(self.routine, self.plan, self._done, painful)

    @property
    def seconds_active(self) -> float:
        """The seconds of playing, lead-ins and rests included."""
        return self._active.total_seconds()

    def instant_of(self, offset: timedelta) -> datetime:
        """Return the instant of an offset from the step's beginning."""
        return self.seen + self._wait + offset - self._offset

    def place(self, *, is_moving: bool) -> PlaybackPosition:
        """Return the present position, for displays that follow time on their own."""
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

    @property
    def ahead(self) -> list[Step]:
        """The present step and those after it."""
        return [slot.step for slot in self.plan[self.index :]]

    def replace_ahead(self, steps: Sequence[Step], *, keeps_present: bool) -> bool:
        """Put other steps in place of the present one and those after it, and return whether there are any.

        With `keeps_present` the present step ends with the part that was held.
        """
        kept, done = [slot.step for slot in self.plan[: self.index]], self._done[: self.index]
        if keeps_present and (held := self._done[self.index]):
            kept.append(replace(self.slot.step, seconds=held.total_seconds()))
            done.append(held)
        if not kept and not steps:
            return False
        self.routine = replace(self.routine, steps=(*kept, *steps), because=GentleReason.SORE)
        self.plan = plan_of(self.routine)
        self._done = [*done, *[NO_TIME] * len(steps)]
        self.enter(min(len(kept), len(self.plan) - 1))
        return bool(steps)

    def memory(
        self, *, running: bool, speaker: str | None, hurt: str | None, painful: ExerciseDone | None
    ) -> PlayerMemory:
        """Return the state that outlives a restart."""
        return PlayerMemory(
            routine=self.routine,
            step=self.index,
            passed=self._passed,
            elapsed=self._offset.total_seconds(),
            done=tuple(done.total_seconds() for done in self._done),
            active=self.seconds_active,
            running=running,
            speaker=speaker,
            hurt=hurt,
            painful=painful,
        )

    def move_from(self, now: datetime) -> None:
        """Continue from this instant, with time to get ready for an unfinished hold."""
        self.seen = now
        if self.is_hold_ahead:
            self._wait = max(NO_TIME, LEAD_IN - max(NO_TIME, self.slot.lead_in - self._offset))

    def stand_still(self) -> None:
        """Stop moving; the time to get ready starts again later."""
        self._wait = NO_TIME

    def shift(self, by: timedelta) -> None:
        """Shift the plan by a change of the clock."""
        self.seen += by

    def follow(self, now: datetime) -> None:
        """Let time pass up to an instant, before which nothing may be due."""
        passed = now - self.seen
        waited = min(passed, self._wait)
        self.seen = now
        self._active += passed
        self._wait -= waited
        self._offset += passed - waited
        held = min(max(NO_TIME, self._offset - self.slot.lead_in), self.slot.hold)
        self._done[self.index] = max(self._done[self.index], held)

    def pass_mark(self) -> Mark | None:
        """Pass the next mark of the step and return it, None after the last one."""
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
