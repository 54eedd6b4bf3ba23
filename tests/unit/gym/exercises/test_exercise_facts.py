"""Facts of all exercises: chains of forms, doses, growth, and limits."""

import pytest

from custom_components.home_gym.gym.back.limits import Limit
from custom_components.home_gym.gym.exercises.exercise import catalogue
from custom_components.home_gym.gym.exercises.exercise_facts import (
    ALL_EXERCISES,
    Dose,
    ExerciseFacts,
    Growth,
    Position,
    easier_forms,
    harder_forms,
)
from custom_components.home_gym.gym.exercises.level import Level
from custom_components.home_gym.gym.habits.habit import Habit

EVERY = pytest.mark.parametrize("facts", ALL_EXERCISES.values(), ids=lambda facts: facts.id)
# A brisk walk becomes the shorter part of an advanced warm-up.
SHRINKING = {"brisk_walk"}


def test_catalogue_has_55_exercises_and_compression() -> None:
    assert len(ALL_EXERCISES) == 55 + 1
    assert catalogue().keys() <= ALL_EXERCISES.keys()


@EVERY
def test_chains_of_forms_end(facts: ExerciseFacts) -> None:
    for chain in (easier_forms(facts.id), harder_forms(facts.id)):
        forms = [form for form, _ in zip(chain, range(len(ALL_EXERCISES)), strict=False)]
        assert len(forms) == len(set(forms)) < len(ALL_EXERCISES)
        assert facts.id not in forms
        assert set(forms) <= ALL_EXERCISES.keys()


@EVERY
def test_doses_fit_levels_and_ceiling(facts: ExerciseFacts) -> None:
    doses = [facts.doses[level] for level in Level]
    assert len({dose.repetitions is None for dose in doses}) == 1
    if facts.id not in SHRINKING:
        assert [dose.seconds for dose in doses] == sorted(dose.seconds for dose in doses)
    assert doses[-1].seconds > 0
    assert (facts.grows is None) == (not facts.step)
    match facts.grows, facts.ceiling:
        case Growth.SECONDS, ceiling:
            assert ceiling is not None
            assert ceiling >= doses[-1].seconds
        case Growth.REPETITIONS, ceiling:
            assert ceiling is not None
            assert ceiling >= (doses[-1].repetitions or 0)
        case Growth.SECONDS_EACH, ceiling:
            first = doses[0]
            assert ceiling is not None
            assert first.repetitions
            assert ceiling > first.seconds / first.repetitions
        case _:
            pass


@EVERY
def test_exercise_has_habit_and_setup(facts: ExerciseFacts) -> None:
    assert facts.habits
    assert facts.setup > 0


@pytest.mark.parametrize(
    ("identifier", "position", "level", "dose"),
    [
        ("squat", Position.STANDING, Level.BEGINNER, Dose(seconds=8 * 4, repetitions=8)),
        ("single_leg_calf_raise", Position.STANDING, Level.INTERMEDIATE, Dose(seconds=10 * 3, repetitions=10)),
        ("easy_walk", Position.WALKING, Level.ADVANCED, Dose(seconds=5 * 60)),
        ("heat_or_ice", Position.ANY, Level.BEGINNER, Dose(seconds=15 * 60)),
        ("strides", Position.WALKING, Level.ADVANCED, Dose(seconds=4 * (20 + 40), repetitions=4)),
        ("front_plank", Position.FRONT, Level.ADVANCED, Dose(seconds=40)),
    ],
)
def test_dose_of_exercise(identifier: str, position: Position, level: Level, dose: Dose) -> None:
    facts = ALL_EXERCISES[identifier]
    assert facts.position is position
    assert facts.doses[level] == dose


@pytest.mark.parametrize(
    ("limit", "habit"),
    [
        (Limit.VESSELS, Habit.FOAM_ROLL),
        (Limit.NUMB_SKIN, Habit.FOAM_ROLL),
        (Limit.VESSELS, Habit.MASSAGE),
        (Limit.NUMB_SKIN, Habit.MASSAGE),
        (Limit.NUMB_SKIN, Habit.HEAT_OR_ICE),
    ],
)
def test_limit_leaves_out_a_whole_habit(limit: Limit, habit: Habit) -> None:
    assert all(limit in facts.not_with for facts in ALL_EXERCISES.values() if habit in facts.habits)


def test_rolling_beside_the_spine_is_by_choice_and_never_with_pain() -> None:
    opt_in = {facts.id for facts in ALL_EXERCISES.values() if facts.is_opt_in}
    assert opt_in == {"roll_lower_back", "ball_lower_back"}
    assert all(Limit.SORE in ALL_EXERCISES[identifier].not_with for identifier in opt_in)
