"""Progress over the weeks, and the limit of a sore back."""

from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.exercises.exercise import catalogue
from custom_components.home_gym.gym.exercises.progression import Progress, progress_of
from custom_components.home_gym.gym.exercises.standing import Standing

WEEK = date(2026, 3, 2)


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
    progress = progress_of(WEEK, lambda week: letters.get(week) == "m", lambda week: letters.get(week) == "r")
    assert progress == Progress(weeks=weeks, missed=missed)


@given(st.text("mr.", max_size=40))
def test_week_of_rest_changes_nothing(history: str) -> None:
    """A week of rest leaves the progress unchanged after any history."""

    def reached(history: str) -> Progress:
        weeks = dict(zip((WEEK - timedelta(weeks=ago) for ago in range(1, 60)), reversed(history), strict=False))
        return progress_of(WEEK, lambda week: weeks.get(week) == "m", lambda week: weeks.get(week) == "r")

    recent = history[-20:]
    assert reached(f"{recent}r") == reached(recent)


@pytest.mark.parametrize(
    ("exercise", "weeks", "missed", "grade"),
    [
        ("front_plank", 0, 0, 0),
        ("front_plank", 3, 0, 3),
        ("front_plank", 3, 1, 1),
        ("front_plank", 1, 1, 0),
        ("hip_flexor_stretch", 2, 0, 2),
        # Repetitions did not grow with the weeks.
        ("dead_bug", 5, 0, 0),
        ("roll_glutes", 5, 0, 0),
    ],
)
def test_weeks_before_any_standing_are_steps_of_holds(exercise: str, weeks: int, missed: int, grade: int) -> None:
    progress = Progress(weeks=weeks, missed=missed)
    assert progress.standing(catalogue()[exercise]) == Standing(form=exercise, grade=grade)


@pytest.mark.parametrize(("pain", "spared"), [(None, False), (0, False), (2.9, False), (3, True), (10, True)])
def test_sore_back_is_sparing(pain: float | None, spared: bool) -> None:
    assert Progress(pain=pain).is_sparing is spared
