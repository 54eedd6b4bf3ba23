"""Duration of exercises over the weeks, and limits for a sore back."""

from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.exercise import Exercise, catalogue
from custom_components.home_gym.gym.routines.level import Level
from custom_components.home_gym.gym.routines.progression import Progress, hold_for, progress_of

WEEK = date(2026, 3, 2)
PLANK = catalogue()["front_plank"]
STRETCH = catalogue()["hip_flexor_stretch"]

# What the product promises, in seconds.
BOUNDS = {Habit.CORE: (20, 60), Habit.STRETCH: (30, 60)}

levels = st.sampled_from(Level)
weeks = st.integers(0, 200)
missed = st.integers(0, 50)
pains = st.none() | st.floats(0, 10)
exercises = st.sampled_from(list(catalogue().values()))
holds = st.sampled_from(
    [
        exercise
        for exercise in catalogue().values()
        if exercise.repetitions is None and exercise.habits & {Habit.CORE, Habit.STRETCH}
    ]
)


@pytest.mark.parametrize(
    ("exercise", "level", "weeks", "missed", "pain", "expected"),
    [
        (PLANK, Level.BEGINNER, 0, 0, None, 20),
        (PLANK, Level.BEGINNER, 1, 0, None, 20 + 5),
        (PLANK, Level.BEGINNER, 8, 0, None, 20 + 8 * 5),
        (PLANK, Level.BEGINNER, 9, 0, None, 60),
        (PLANK, Level.BEGINNER, 9, 1, None, 60 - 10),  # gain beyond the longest hold does not cushion the loss
        (PLANK, Level.BEGINNER, 3, 1, None, 20 + 3 * 5 - 10),
        (PLANK, Level.BEGINNER, 3, 2, None, 20),
        (PLANK, Level.BEGINNER, 0, 3, None, 20),
        (PLANK, Level.INTERMEDIATE, 2, 0, None, 20 + 10 + 2 * 5),
        (PLANK, Level.INTERMEDIATE, 2, 5, None, 20 + 10),
        (PLANK, Level.ADVANCED, 0, 0, None, 20 + 20),
        (PLANK, Level.ADVANCED, 4, 0, 2.9, 60),
        (PLANK, Level.ADVANCED, 4, 0, 3, 20),
        (STRETCH, Level.BEGINNER, 0, 0, None, 30),
        (STRETCH, Level.BEGINNER, 6, 0, 0, 60),
        (STRETCH, Level.BEGINNER, 7, 0, None, 60),
        (STRETCH, Level.ADVANCED, 1, 0, None, 30 + 20 + 5),
        (STRETCH, Level.ADVANCED, 1, 0, 10, 30),
        (catalogue()["bird_dog"], Level.ADVANCED, 8, 0, None, 30),  # counted in repetitions
        (catalogue()["roll_glutes"], Level.ADVANCED, 8, 0, None, 45),  # more of it is no better
        (catalogue()["easy_walk"], Level.ADVANCED, 8, 0, None, 120),
    ],
)
def test_seconds_of_exercise(
    exercise: Exercise, level: Level, weeks: int, missed: int, pain: float | None, expected: float
) -> None:
    assert hold_for(exercise, level=level, weeks=weeks, missed=missed, pain=pain) == expected


@given(holds, levels, weeks, missed, pains)
def test_holds_stay_within_their_bounds(
    exercise: Exercise, level: Level, weeks: int, missed: int, pain: float | None
) -> None:
    habit = Habit.CORE if Habit.CORE in exercise.habits else Habit.STRETCH
    shortest, longest = BOUNDS[habit]
    assert shortest <= hold_for(exercise, level=level, weeks=weeks, missed=missed, pain=pain) <= longest


@given(exercises, levels, weeks, missed, pains)
def test_more_weeks_never_shorten_and_missed_weeks_never_lengthen(
    exercise: Exercise, level: Level, weeks: int, missed: int, pain: float | None
) -> None:
    hold = hold_for(exercise, level=level, weeks=weeks, missed=missed, pain=pain)
    assert 0 <= hold_for(exercise, level=level, weeks=weeks + 1, missed=missed, pain=pain) - hold <= 5
    assert 0 <= hold - hold_for(exercise, level=level, weeks=weeks, missed=missed + 1, pain=pain) <= 10


@given(exercises, weeks, missed, pains)
def test_a_higher_level_never_holds_less(exercise: Exercise, weeks: int, missed: int, pain: float | None) -> None:
    held = [hold_for(exercise, level=level, weeks=weeks, missed=missed, pain=pain) for level in Level]
    assert held == sorted(held)


@given(exercises, levels, weeks, missed, pains, pains)
def test_more_pain_never_holds_longer(
    exercise: Exercise, level: Level, weeks: int, missed: int, one: float | None, other: float | None
) -> None:
    less, more = sorted((one, other), key=lambda pain: pain or 0)
    held_with_less = hold_for(exercise, level=level, weeks=weeks, missed=missed, pain=less)
    assert hold_for(exercise, level=level, weeks=weeks, missed=missed, pain=more) <= held_with_less


@pytest.mark.parametrize(
    ("history", "weeks", "missed"),
    [
        # A letter a week, the last one is the current: met, missed, rest.
        (".", 0, 0),
        ("m", 1, 0),
        ("m.", 1, 0),  # the current week is not over
        ("mr.", 1, 0),
        ("mmm..", 3, 1),
        ("mmm...", 3, 2),
        ("mmm.m", 3 - 2 + 1, 0),
        ("mmm.rm", 3 - 2 + 1, 0),
        ("mmm.r", 3, 1),
        ("m..m", 1, 0),  # below nothing there is nothing to lose
        ("m" * 20, 8, 0),
        ("m" * 20 + ".....", 8, 4),
        ("m" * 20 + "......", 8, 4),  # all is lost already
        ("m" * 20 + "......m", 1, 0),
        ("mmmm....m", 1, 0),
        ("m" + "r" * 25 + ".", 1, 0),
        ("m" + "r" * 26 + ".", 0, 0),  # too long ago
    ],
)
def test_progress_of_weeks(history: str, weeks: int, missed: int) -> None:
    first = WEEK - timedelta(weeks=len(history) - 1)
    letters = {first + timedelta(weeks=place): letter for place, letter in enumerate(history)}
    progress = progress_of(
        WEEK, lambda week: letters.get(week) == "m", lambda week: letters.get(week) == "r", pain=len(history)
    )
    assert progress == Progress(weeks=weeks, missed=missed, pain=len(history))


@given(st.text("mr.", max_size=40), st.sampled_from([PLANK, STRETCH]))
def test_week_of_rest_changes_nothing(history: str, exercise: Exercise) -> None:
    """A week of rest leaves the hold unchanged after any history."""

    def held(history: str) -> float:
        weeks = dict(zip((WEEK - timedelta(weeks=ago) for ago in range(1, 60)), reversed(history), strict=False))
        progress = progress_of(WEEK, lambda week: weeks.get(week) == "m", lambda week: weeks.get(week) == "r")
        return hold_for(exercise, weeks=progress.weeks, missed=progress.missed)

    recent = history[-20:]
    assert held(f"{recent}r") == held(recent)


@pytest.mark.parametrize(("pain", "spared"), [(None, False), (0, False), (2.9, False), (3, True), (10, True)])
def test_sore_back_is_sparing(pain: float | None, spared: bool) -> None:
    assert Progress(pain=pain).is_sparing is spared
