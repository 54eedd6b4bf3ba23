"""Routines with known steps, apart from the sequences."""

from custom_components.home_gym.gym.exercises.exercise import Side
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.routine import Routine, Step


def steps_for(exercise: str, seconds: float, *, sided: bool = False, repetitions: int | None = None) -> list[Step]:
    """Return the steps of an exercise with a rest of 10 s."""
    sides: tuple[Side | None, ...] = tuple(Side) if sided else (None,)
    return [
        Step(exercise=exercise, side=side, seconds=seconds, rest=10, repetitions=repetitions, name=None)
        for side in sides
    ]


def five_of_core() -> Routine:
    """Return five exercises of core: 20 s for the planks, the others in repetitions."""
    steps = [
        *steps_for("front_plank", 20),
        *steps_for("side_plank", 20, sided=True),
        *steps_for("bird_dog", 30, sided=True, repetitions=8),
        *steps_for("dead_bug", 40, repetitions=10),
        *steps_for("glute_bridge", 40, repetitions=12),
    ]
    return Routine(id="core", habit=Habit.CORE, steps=tuple(steps))


def four_stretches() -> Routine:
    """Return four stretches of 30 s on each side."""
    names = ("hip_flexor_stretch", "hamstring_stretch", "figure_four", "pigeon")
    steps = [step for name in names for step in steps_for(name, 30, sided=True)]
    return Routine(id="stretch", habit=Habit.STRETCH, steps=tuple(steps))
