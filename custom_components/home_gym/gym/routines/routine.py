"""Guided routines: the timed steps of a habit's session, built-in ones and the runner's own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..back.limits import NO_LIMITS, Limits
from ..habits.habit import Habit
from .adaptation import Adapted, adapted
from .exercise import Side, Variant, catalogue
from .exercise_facts import ALL_EXERCISES
from .level import Length, Level
from .plans import PLANS, GentleReason, gentle_plan, gentle_reason
from .progression import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise on one side, for these `seconds`, with the seconds of `rest` after it.

    `name` has the runner's own words for a step without a known exercise; `exercise` is empty then. `way` is the
    variant of the exercise, None for the usual form. `set` counts the sets of an exercise with several, from 1.
    """

    exercise: str
    side: Side | None
    seconds: float
    rest: float
    repetitions: int | None
    name: str | None
    way: Variant | None = None
    set: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """Timed steps in their order; nothing follows the last one's rest.

    `habit` is the habit that its sessions count for, None for none. `name` has the runner's own words, None for a
    built-in routine. `because` is the reason for a routine that is gentler than usual.
    """

    id: str
    habit: Habit | None
    steps: tuple[Step, ...]
    name: str | None = None
    because: GentleReason | None = None

    @property
    def seconds(self) -> float:
        """The duration in seconds, rests included."""
        return sum(step.seconds + step.rest for step in self.steps)


class NothingLeftError(Exception):
    """A habit without any exercise that suits the runner's back and medical history."""


def routine_for(
    habit: Habit,
    *,
    length: Length = Length.SHORT,
    level: Level = Level.BEGINNER,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Routine:
    """Return the built-in routine of a habit.

    It fits into `seconds`, the runner's time: exercises are dropped from the end, which has the least important ones,
    and always with both sides. Raises NothingLeftError if the limits leave no exercise, else ValueError with a key:
    "no_routine" for a habit without one, "too_little_time" if not even its first exercise fits.
    """
    if habit not in PLANS:
        raise ValueError("no_routine")
    progress = progress or Progress()
    parts = _parts(habit, length, level, progress)
    if not parts:
        raise NothingLeftError(habit)
    because = _reason(habit, length, level, progress, parts)
    while parts:
        routine = Routine(id=habit.value, habit=habit, steps=_without_last_rest(parts), because=because)
        if seconds is None or routine.seconds <= seconds:
            return routine
        parts.pop()
    raise ValueError("too_little_time")


def has_exercises(habit: Habit, limits: Limits) -> bool:
    """Return whether limits leave any exercise of a habit."""
    return bool(_parts(habit, Length.SHORT, Level.BEGINNER, Progress(limits=limits)))


def _parts(habit: Habit, length: Length, level: Level, progress: Progress) -> list[tuple[Step, ...]]:
    """Return the steps of each exercise that the limits leave; two that became the same are one."""
    gentle = gentle_plan(habit, progress.all_limits)
    parts: list[tuple[Step, ...]] = []
    for item in PLANS[habit][length] if gentle is None else gentle:
        if ALL_EXERCISES[item.exercise].is_opt_in and not progress.with_opt_in:
            continue
        done = adapted(
            catalogue()[item.exercise],
            level=level,
            progress=progress,
            seconds=item.seconds,
            is_gentle=gentle is not None,
        )
        if done and not (parts and parts[-1][0].exercise == done.exercise.id):
            parts.append(steps_of(done, rest=item.rest))
    return parts


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


def _reason(
    habit: Habit, length: Length, level: Level, progress: Progress, parts: list[tuple[Step, ...]]
) -> GentleReason | None:
    """Return the reason for a gentler routine; a limit of the history is one where it changes anything."""
    limits = progress.all_limits
    if reason := gentle_reason(limits):
        return reason
    if not limits.present:
        return None
    usual = _parts(habit, length, level, replace(progress, limits=NO_LIMITS))
    return GentleReason.LIMITS if parts != usual else None


def _without_last_rest(parts: Iterable[tuple[Step, ...]]) -> tuple[Step, ...]:
    *steps, last = (step for part in parts for step in part)
    return (*steps, replace(last, rest=0))
