"""Timing of a routine: the points within each of its steps.

A step is announced before its hold. The lead-in is the time for that. A step with a guide has its own, after the rest
of the step before; for any other the lead-in is the last part of that rest, and lengthens only a shorter one.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from ..exercises.exercise import Side
from .routine import Routine, Step

LEAD_IN = timedelta(seconds=10)
"""Lead-in of a hold: name, side and cue are some 120 letters, at 15 a second, plus time to get into position."""
OPENING = timedelta(seconds=5)
"""Extra time of the first lead-in, for the greeting."""
REASON = timedelta(seconds=4)
"""Extra time of the first lead-in, for the reason of a gentler routine."""
SWITCH = timedelta(seconds=5)
"""Lead-in of the other side of the same exercise, which needs no second cue."""
SET_LEAD_IN = timedelta(seconds=20)
"""Lead-in of the first of several sets: each is too short for the warning, which comes before them."""
SHORTEST_COUNTED = timedelta(seconds=15)
SHORTEST_HALVED = timedelta(seconds=30)
COUNTED = 5
A_SECOND = timedelta(seconds=1)
NO_TIME = timedelta(0)


class StepPoint(StrEnum):
    """Points within a step."""

    BEGIN = "begin"
    HALF = "half"
    COUNT = "count"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point of a step, `after` the beginning of its lead-in; `left` is the seconds announced by a countdown."""

    after: timedelta
    moment: StepPoint
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A step in time: its lead-in, its hold, and its rest without the lead-in of the next step.

    `other_side` is its side if the step before was the same exercise on the other side; `is_again` means a further set
    of the step before.
    """

    step: Step
    lead_in: timedelta
    hold: timedelta
    rest: timedelta
    other_side: Side | None
    is_again: bool = False

    @property
    def hold_end(self) -> timedelta:
        """The time from its beginning to the end of the hold."""
        return self.lead_in + self.hold

    @property
    def end(self) -> timedelta:
        """The time from its beginning to that of the next step."""
        return self.hold_end + self.rest

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The points of the step, in order."""
        marks = [Mark(after=NO_TIME, moment=StepPoint.BEGIN)]
        if self.hold >= SHORTEST_HALVED:
            marks.append(Mark(after=self.lead_in + self.hold / 2, moment=StepPoint.HALF))
        if self.hold >= SHORTEST_COUNTED:
            marks += [
                Mark(after=self.hold_end - left * A_SECOND, moment=StepPoint.COUNT, left=left)
                for left in range(COUNTED, 0, -1)
            ]
        if self.rest:
            marks.append(Mark(after=self.hold_end, moment=StepPoint.REST))
        return tuple(marks)


def plan_of(routine: Routine) -> tuple[Slot, ...]:
    """Return the steps of a routine in time, without steps of 0 seconds and without the last one's rest.

    Raises ValueError("empty") if no step is left.
    """
    steps = [step for step in routine.steps if timedelta(seconds=step.seconds) > NO_TIME]
    if not steps:
        raise ValueError("empty")
    befores = [None, *steps[:-1]]
    other_sides = [other_side(before, step) for before, step in zip(befores, steps, strict=True)]
    agains = [is_further_set(before, step) for before, step in zip(befores, steps, strict=True)]
    lead_ins = [
        _lead_in(step, is_continued=bool(switched or again))
        for step, switched, again in zip(steps, other_sides, agains, strict=True)
    ]
    lead_ins[0] += OPENING + (REASON if routine.because else NO_TIME)
    rests = [timedelta(seconds=step.rest) for step in steps]
    rests = [
        rest if step.guide else max(NO_TIME, rest - lead_in)
        for step, rest, lead_in in zip(steps[1:], rests[:-1], lead_ins[1:], strict=True)
    ]
    return tuple(
        Slot(
            step=step,
            lead_in=lead_in,
            hold=timedelta(seconds=step.seconds),
            rest=rest,
            other_side=switched,
            is_again=again,
        )
        for step, lead_in, rest, switched, again in zip(
            steps, lead_ins, [*rests, NO_TIME], other_sides, agains, strict=True
        )
    )


def _lead_in(step: Step, *, is_continued: bool) -> timedelta:
    if step.guide:
        return timedelta(seconds=step.guide.lead_in)
    if is_continued:
        return SWITCH
    return LEAD_IN if step.set is None else SET_LEAD_IN


def is_further_set(before: Step | None, step: Step) -> bool:
    """Return whether a step needs no other announcement than that it is done again."""
    if before is None or step.set is None or step.set == 1:
        return False
    return (before.exercise, before.side) == (step.exercise, step.side)


def duration(routine: Routine) -> timedelta:
    """Return the duration of a routine with all lead-ins; raises ValueError as `plan_of` does."""
    return sum((slot.end for slot in plan_of(routine)), NO_TIME)


def shortened(routine: Routine, time: timedelta) -> Routine:
    """Return the first steps of a routine that fit into the runner's time, never only one side of an exercise.

    Raises ValueError("too_little_time") if not even its first step fits.
    """
    steps = list(routine.steps)
    while steps:
        fitting = replace(routine, steps=tuple(steps))
        if duration(fitting) <= time:
            return fitting
        last = steps.pop()
        if steps and other_side(steps[-1], last):
            steps.pop()
    raise ValueError("too_little_time")


def other_side(before: Step | None, step: Step) -> Side | None:
    """Return the side of a step that is the one before on the other side, None for any other step."""
    if before is None or before.side in (None, step.side):
        return None
    is_same = (before.exercise, before.name) == (step.exercise, step.name)
    return step.side if is_same else None
