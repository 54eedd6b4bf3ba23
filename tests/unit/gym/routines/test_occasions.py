"""Habits of a day by its occasion: the table is whole, and agrees with the state of the back."""

import pytest

from custom_components.home_gym.gym.back.back import not_coached
from custom_components.home_gym.gym.back.state import BackState, BackStatus
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.occasions import OCCASIONS, Occasion


@pytest.mark.parametrize("occasion", Occasion)
def test_occasion_is_consistent(occasion: Occasion) -> None:
    plan = OCCASIONS[occasion]
    habits = [*plan.before, *plan.after, *plan.later]
    assert habits
    assert all(0 < each.shortest <= each.longest for each in habits)
    assert plan.excluded.isdisjoint(each.habit for each in habits)
    assert 1 <= plan.most_later <= 2
    assert plan.most_later <= len(plan.later)
    assert {each.habit for each in plan.after} <= {Habit.COOL_DOWN}


@pytest.mark.parametrize("week", [1, 2, 3, 4])
def test_return_agrees_with_coaching(week: int) -> None:
    held_back = not_coached(BackStatus(state=BackState.CLEARED, step=week))
    assert OCCASIONS[Occasion(f"return_{week}")].excluded == held_back
