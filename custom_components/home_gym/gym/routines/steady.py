"""Routines that are one thing for a time: walks by rotation, heat and ice, and putting on compression gear."""

from collections.abc import Iterator
from dataclasses import replace

from ..exercises.adaptation import Adapted, adapted
from ..exercises.exercise import catalogue
from ..exercises.level import Level
from ..exercises.progression import Progress
from ..habits.habit import Habit
from .guide import guided_steps
from .routine import Step
from .speech_lengths import SpeechLengths
from .timing import OPENING

PLANS_OF_TIME = frozenset({Habit.WALK, Habit.HEAT_OR_ICE, Habit.COMPRESSION})
# Minutes of heat and of ice: less doesn't help, more harms the skin.
SHORTEST_PACK, LONGEST_PACK = 10, 20
# A shorter rest of the time belongs to the part before it.
SHORTEST_PART = 60
EASY, BRISK = "easy_walk", "brisk_walk"


def heat_or_ice(minutes: float, progress: Progress, speech: SpeechLengths) -> tuple[Step, ...]:
    """Return the step of heat or ice, at most 20 minutes; raises ValueError("too_little_time") below 10."""
    if minutes < SHORTEST_PACK:
        raise ValueError("too_little_time")
    done = adapted(catalogue()[Habit.HEAT_OR_ICE], level=Level.BEGINNER, progress=progress, seconds=60 * LONGEST_PACK)
    if done is None:
        return ()
    (step,) = guided_steps(done, Habit.HEAT_OR_ICE, rest=0, progress=progress, speech=speech)
    return (_lasting(step, 60 * min(minutes, LONGEST_PACK + _before(step) / 60) - _before(step)),)


def compression(progress: Progress, speech: SpeechLengths) -> tuple[Step, ...]:
    """Return the step of putting on compression gear, none if limits leave it out."""
    done = adapted(catalogue()[Habit.COMPRESSION], level=Level.BEGINNER, progress=progress)
    return guided_steps(done, Habit.COMPRESSION, rest=0, progress=progress, speech=speech) if done else ()


def walk(rotation: str, minutes: float, progress: Progress, speech: SpeechLengths) -> tuple[Step, ...]:
    """Return the steps of a walk by its rotation: steady, or with brisk parts."""
    steps: list[Step] = []
    left = 60.0 * minutes - OPENING.total_seconds()
    parts = _parts(rotation)
    while left > 0:
        exercise, seconds = next(parts)
        walked = _walked(exercise, progress)
        part = min(seconds, left)
        if steps and (steps[-1].exercise == walked.exercise.id or left < SHORTEST_PART):
            steps[-1] = _lasting(steps[-1], steps[-1].seconds + part)
        else:
            is_again = any(step.exercise == walked.exercise.id for step in steps)
            (step,) = guided_steps(walked, exercise, rest=0, progress=progress, speech=speech, is_again=is_again)
            steps.append(_lasting(step, part - _lead_in(step)))
        left -= part
    return tuple(steps)


def _parts(rotation: str) -> Iterator[tuple[str, float]]:
    """Yield the parts of a walk without end."""
    if rotation == "A":
        yield EASY, float("inf")
    if rotation == "B":
        yield EASY, 180
    while True:
        if rotation == "B":
            yield from ((BRISK, 120), (EASY, 60))
        else:
            yield from ((EASY, 240), (BRISK, 60))


def _walked(exercise: str, progress: Progress) -> Adapted:
    """Return a walk as the runner does it; nothing speaks against an easy one."""
    easy = Adapted(exercise=catalogue()[EASY], way=None, seconds=60, repetitions=None)
    return adapted(catalogue()[exercise], level=Level.BEGINNER, progress=progress, seconds=60) or easy


def _before(step: Step) -> float:
    return OPENING.total_seconds() + _lead_in(step)


def _lead_in(step: Step) -> float:
    return step.guide.lead_in if step.guide else 0


def _lasting(step: Step, seconds: float) -> Step:
    return replace(step, seconds=float(round(seconds)))
