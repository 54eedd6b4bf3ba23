"""Practice of a routine: the exercises done in it, as a session keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from ..habits.practice import ExerciseDone, Practice
from .routine import Routine, Step
from .timing import NO_TIME, Slot

# Least share of an exercise's holds that counts as doing it.
ENOUGH_OF_EXERCISE = 0.5


def practice_of(
    routine: Routine, plan: Sequence[Slot], held: Sequence[timedelta], painful: ExerciseDone | None
) -> Practice | None:
    """Return the practice of a routine by the time held of each step, None if it shows nothing.

    `painful` is the exercise during which pain was reported; it counts regardless of its time.
    """
    wanted: dict[str, timedelta] = {}
    done: dict[str, timedelta] = {}
    exercises: dict[str, ExerciseDone] = {}
    for slot, time in zip(plan, held, strict=True):
        exercise = exercise_done(slot.step)
        if exercise is None:
            continue
        known = exercises.get(exercise.planned)
        exercises[exercise.planned] = _merged(known, exercise, is_heard=time > NO_TIME)
        wanted[exercise.planned] = wanted.get(exercise.planned, NO_TIME) + slot.hold
        done[exercise.planned] = done.get(exercise.planned, NO_TIME) + time
    kept = [each for each in exercises.values() if _is_enough(each, done, wanted)]
    if painful:
        kept = [each for each in kept if each.planned != painful.planned] + [painful]
    if not kept and not routine.rotation:
        return None
    return Practice(exercises=tuple(kept), rotation=routine.rotation, hurt=painful.exercise if painful else None)


def exercise_done(step: Step) -> ExerciseDone | None:
    """Return the exercise of a step with a guide, None for any other step."""
    guide = step.guide
    if guide is None:
        return None
    return ExerciseDone(
        planned=guide.planned,
        exercise=step.exercise,
        way=step.way,
        grade=guide.grade,
        eased=guide.eased,
        warned=guide.warning is not None,
    )


def _merged(known: ExerciseDone | None, other: ExerciseDone, *, is_heard: bool) -> ExerciseDone:
    """Return the exercise of several steps: warned if the step of the stop line was reached."""
    warned = (known is not None and known.warned) or (other.warned and is_heard)
    return replace(known or other, warned=warned)


def _is_enough(each: ExerciseDone, done: Mapping[str, timedelta], wanted: Mapping[str, timedelta]) -> bool:
    return done[each.planned] >= ENOUGH_OF_EXERCISE * wanted[each.planned]


def is_rateable(practice: Practice | None) -> bool:
    """Return whether the effort of a practice decides about the next one."""
    return practice is not None and practice.hurt is None and any(not each.eased for each in practice.exercises)
