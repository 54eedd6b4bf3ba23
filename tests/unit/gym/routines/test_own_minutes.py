"""Minutes that the runner has for a habit's routine."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.exercises.level import Length, minutes_of
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.timing import duration
from tests.support.unit.make import NOON, settings
from tests.support.unit.runner import runner


@pytest.mark.parametrize(
    ("own", "length", "minutes"),
    [
        (None, Length.SHORT, 10),
        (None, Length.FULL, 20),
        (5, Length.SHORT, 5),
        (5, Length.FULL, 20),
        (30, Length.SHORT, 30),
        (30, Length.FULL, 30),
    ],
)
def test_own_minutes_are_those_of_the_short_routine(own: int | None, length: Length, minutes: int) -> None:
    assert minutes_of(Habit.CORE, length, own) == minutes


@pytest.mark.parametrize("minutes", [5, 10, 20, 30])
def test_routine_fills_own_minutes(minutes: int) -> None:
    routine = routine_for(Habit.CORE, progress=Progress(minutes=minutes))
    assert timedelta(minutes=minutes * 0.8) <= duration(routine) <= timedelta(minutes=minutes)
    # Minutes of the moment count more.
    asked = routine_for(Habit.CORE, minutes=10, progress=Progress(minutes=minutes))
    assert timedelta(minutes=8) <= duration(asked) <= timedelta(minutes=10)


def test_progress_has_minutes_of_its_habit() -> None:
    someone = runner(minutes={Habit.CORE: 20})
    assert someone.progress(Habit.CORE, NOON).minutes == 20
    assert someone.progress(Habit.STRETCH, NOON).minutes is None
    assert settings().minutes == {}
