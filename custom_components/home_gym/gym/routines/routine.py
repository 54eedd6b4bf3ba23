"""Guided routines: the timed steps of a habit's session, built-in ones and the runner's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ..habits.habit import Habit
from .exercise import DATA, Level, Side, Variant, catalogue
from .progression import Progress, hold_for, variant_for, variation_for


class Length(StrEnum):
    """Length of a routine."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise on one side, for these `seconds`, with the seconds of `rest` after it.

    `name` has the runner's own words for a step without a known exercise; `exercise` is empty then. `way` is the
    variant of the exercise, None for the usual form.
    """

    exercise: str
    side: Side | None
    seconds: float
    rest: float
    repetitions: int | None
    name: str | None
    way: Variant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """Timed steps in their order; nothing follows the last one's rest.

    `habit` is the habit that its sessions count for, None for none. `name` has the runner's own words, None for a
    built-in routine.
    """

    id: str
    habit: Habit | None
    steps: tuple[Step, ...]
    name: str | None = None

    @property
    def seconds(self) -> float:
        """The duration in seconds, rests included."""
        return sum(step.seconds + step.rest for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """An exercise in a plan; `seconds` is None if they depend on progress."""

    exercise: str
    rest: float
    seconds: float | None = None


def _plans(facts: Mapping[str, Any]) -> dict[Length, tuple[_Item, ...]]:
    return {Length(length): tuple(_Item(**item) for item in items) for length, items in facts.items()}


_PLANS: Mapping[Habit, Mapping[Length, tuple[_Item, ...]]] = MappingProxyType(
    {Habit(habit): _plans(facts) for habit, facts in DATA["routines"].items()}
)


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
    and always with both sides. Raises ValueError with a key: "no_routine" for a habit without one, "too_little_time" if
    not even its first exercise fits.
    """
    if habit not in _PLANS:
        raise ValueError("no_routine")
    parts = [_steps(item, level, progress or Progress()) for item in _PLANS[habit][length]]
    while parts:
        routine = Routine(id=habit.value, habit=habit, steps=_without_last_rest(parts))
        if seconds is None or routine.seconds <= seconds:
            return routine
        parts.pop()
    raise ValueError("too_little_time")


def _steps(item: _Item, level: Level, progress: Progress) -> tuple[Step, ...]:
    planned = catalogue()[item.exercise]
    exercise = variant_for(planned, level=level, pain=progress.pain)
    way = variation_for(planned, level=level, pain=progress.pain)
    seconds = item.seconds or hold_for(
        exercise, level=level, weeks=progress.weeks, missed=progress.missed, pain=progress.pain
    )
    sides: tuple[Side | None, ...] = tuple(Side) if exercise.sided else (None,)
    return tuple(
        Step(
            exercise=exercise.id,
            side=side,
            seconds=seconds,
            rest=item.rest,
            repetitions=exercise.repetitions,
            name=None,
            way=way,
        )
        for side in sides
    )


def _without_last_rest(parts: Iterable[tuple[Step, ...]]) -> tuple[Step, ...]:
    *steps, last = (step for part in parts for step in part)
    return (*steps, replace(last, rest=0))
