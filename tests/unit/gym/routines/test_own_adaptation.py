"""Own routines beside limits: known names of exercises, their easier forms, and exclusions."""

import pytest

from custom_components.home_gym.gym.back.limits import Limit, Limits
from custom_components.home_gym.gym.exercises.plans import GentleReason
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.own_adaptation import adapted_own, exercise_named
from custom_components.home_gym.gym.routines.own_routine import own_routine
from custom_components.home_gym.gym.routines.routine import NothingLeftError, Routine


def adapted(text: str, *limits: Limit) -> Routine:
    """Return an own routine beside limits."""
    return adapted_own(own_routine("Mine", Habit.CORE, text), Progress(limits=Limits(present=frozenset(limits))))


def steps(routine: Routine) -> list[tuple[str, str | None, float]]:
    """Return each step's name or exercise, side and seconds."""
    return [(step.name or step.exercise, step.side, step.seconds) for step in routine.steps]


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("Pigeon pose", "pigeon"),
        ("Taube", "pigeon"),
        ("Side plank", "side_plank"),
        ("Plank", "front_plank"),
        ("Planche latérale", "side_plank"),
        ("Foam roll lower back", "roll_lower_back"),
        ("Sentadillas", "squat"),
        ("Uitvalspassen", "walking_lunge"),
        ("Hüftbeuger dehnen", "hip_flexor_stretch"),
        ("Breathe", None),
        # A word within another is no name.
        ("Broccoli", None),
        ("Crunches", None),
    ],
)
def test_exercise_is_known_by_name(name: str, exercise: str | None) -> None:
    assert exercise_named(name) == exercise


def test_excluded_step_becomes_easier_form() -> None:
    routine = adapted("Pigeon, 60 s, each side\nBreathe, 30 s", Limit.SORE)
    # The beginner's dose, on the sides of the step.
    assert steps(routine) == [
        ("supported_pigeon", "left", 30),
        ("supported_pigeon", "right", 30),
        ("Breathe", None, 30),
    ]
    assert routine.because is GentleReason.SORE
    assert (routine.id, routine.name, routine.habit) == ("Mine", "Mine", Habit.CORE)


def test_plank_becomes_short_holds_on_the_knees() -> None:
    assert steps(adapted("Plank, 2 min", Limit.SORE)) == [("knee_plank", None, 10)] * 3


def test_step_without_easier_form_is_left_out() -> None:
    routine = adapted("Roll lower back, 40 s, each side\nCrunches, 30 s\nSquats, 40 s", Limit.SORE)
    assert steps(routine) == [("Squats", None, 40)]


def test_two_sides_become_one_exercise_without_sides() -> None:
    routine = adapted("Bridge on one leg... single-leg bridge, 20 s, each side", Limit.ONE_SIDED)
    assert steps(routine) == [("glute_bridge", None, 20)]


def test_exercise_of_one_form_gets_both_sides() -> None:
    """A step without sides may become an exercise with two."""
    routine = adapted("Side plank, 30 s", Limit.SORE)
    assert steps(routine) == [("knee_side_plank", "left", 10), ("knee_side_plank", "right", 10)] * 3


@pytest.mark.parametrize("limits", [(), (Limit.SORE,), (Limit.KNEE, Limit.VESSELS)])
def test_routine_without_excluded_step_is_unchanged(limits: tuple[Limit, ...]) -> None:
    routine = own_routine("Mine", Habit.STRETCH, "Squats, 40 s\nBreathe, 30 s")
    assert adapted_own(routine, Progress(limits=Limits(present=frozenset(limits)))) == routine


def test_limit_of_history_is_the_reason() -> None:
    routine = adapted("Lunges, 40 s\nFoam roll, 60 s", Limit.VESSELS)
    assert steps(routine) == [("Lunges", None, 40)]
    assert routine.because is GentleReason.LIMITS


def test_only_known_gentle_steps_play_before_a_doctor() -> None:
    assert steps(adapted("Cat-cow, 60 s\nMy secret, 30 s\nSquats, 40 s", Limit.DOCTOR)) == [("Cat-cow", None, 60)]
    with pytest.raises(NothingLeftError):
        adapted("My secret, 30 s", Limit.DOCTOR)
