"""Script of the player: events and spoken lines at each mark of a step."""

from collections.abc import Sequence
from datetime import datetime

from ..exercises.exercise import catalogue
from ..habits.habit import Habit
from .player_events import (
    Countdown,
    CuePriority,
    HalfWay,
    PhraseRef,
    PlayerEvent,
    RestStarted,
    SideSwitched,
    Speak,
    StepStarted,
)
from .player_lines import (
    AGAIN,
    COUNTS,
    LAST_COUNTS,
    SIDES,
    cue_lines,
    end_lines,
    guided_lines,
    half_lines,
    stops_in_the_middle,
)
from .playhead import Playhead
from .routine import Step
from .timing import A_SECOND, COUNTED, Mark, StepPoint, other_side


def events_at(mark: Mark, head: Playhead, now: datetime) -> list[PlayerEvent]:
    """Return the events at a mark up to which time was followed.

    `now` is the time on the clock: lines that are too late by then are left out.
    """
    return [event for event in _all_events_at(mark, head, now) if not isinstance(event, Speak) or event.until > now]


def _all_events_at(mark: Mark, head: Playhead, now: datetime) -> list[PlayerEvent]:
    slot = head.slot
    end = head.instant_of(slot.hold_end)
    match mark.moment:
        case StepPoint.BEGIN:
            return _begin(head, end)
        case StepPoint.HALF:
            lines = half_lines(slot.step, before=_times_before(head))
            return [HalfWay(), *(Speak(line=line, priority=CuePriority.HINT, until=end) for line in lines)]
        case StepPoint.COUNT:
            over = head.seen + A_SECOND
            # No speaker can begin a line each second, so all counts are one utterance.
            counts = _counts(slot.step, mark.left)
            cues = [Speak(line=count, priority=CuePriority.COUNT, until=over) for count in counts]
            return [Countdown(seconds=mark.left), *cues] if now < over else []
        case _:
            ends = head.instant_of(slot.end)
            said = [Speak(line=each, priority=CuePriority.HINT, until=ends) for each in _rest_lines(head)]
            return [RestStarted(ends=ends), *said]


def _counts(step: Step, left: int) -> Sequence[PhraseRef]:
    """Return the counts that begin so many seconds before the end: of a step with a guide, only for planks."""
    if step.guide is None:
        return COUNTS if left == COUNTED else ()
    exercise = catalogue()[step.exercise]
    return LAST_COUNTS if left == len(LAST_COUNTS) and exercise.is_held and Habit.CORE in exercise.habits else ()


def _rest_lines(head: Playhead) -> Sequence[PhraseRef]:
    """Return the lines at the end of a hold; none before the other side, which is announced anyway."""
    step = head.slot.step
    if step.guide is None:
        return [PhraseRef(key="player.rest", values={"seconds": round(step.rest)})]
    return [] if head.coming and other_side(step, head.coming) else end_lines(step)


def _begin(head: Playhead, end: datetime) -> list[PlayerEvent]:
    slot = head.slot
    step = slot.step
    started = StepStarted(
        routine=head.routine,
        step=step,
        number=head.index + 1,
        steps=len(head.plan),
        begins=head.instant_of(slot.lead_in),
        ends=end,
    )
    switched = [SideSwitched(side=slot.other_side)] if slot.other_side else []
    if step.guide:
        lines = guided_lines(step, head.plan[head.index - 1].step if head.index else None)
    else:
        cues = cue_lines(step, is_first=_times_before(head) == 0, stops=_stops_at_the_beginning(head))
        lines = [SIDES[slot.other_side]] if slot.other_side else [AGAIN] if slot.is_again else cues
    return [*switched, started, *(Speak(line=line, priority=CuePriority.CUE, until=end) for line in lines)]


def _times_before(head: Playhead) -> int:
    """Return the number of earlier steps with the exercise of this one."""
    return sum(slot.step.exercise == head.slot.step.exercise for slot in head.plan[: head.index])


def _stops_at_the_beginning(head: Playhead) -> bool:
    """Return whether the warning of the exercise has its only chance at the beginning of this step."""
    steps = [slot.step for slot in head.plan]
    holds = [step.seconds for step in steps if step.exercise == head.slot.step.exercise]
    return _times_before(head) == 0 and not stops_in_the_middle(holds)
