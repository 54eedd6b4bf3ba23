from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.days import A_DAY, A_WEEK
from custom_components.home_gym.gym.streak import streak

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("met_days_ago", "expected"),
    [
        ([], 0),
        ([0], 1),
        ([1], 1),
        ([0, 1], 2),
        ([1, 2, 3], 3),
        ([2, 3], 0),
        ([0, 2, 3], 1),
        ([0, 1, 3], 2),
    ],
)
@pytest.mark.parametrize("step", [A_DAY, A_WEEK])
def test_streak(met_days_ago: list[int], expected: int, step: timedelta) -> None:
    met = {TODAY - ago * step for ago in met_days_ago}
    assert streak(TODAY, step, met.__contains__) == expected


@given(st.sets(st.integers(1, 40)))
def test_a_streak_never_breaks_before_its_period_is_over(met_days_ago: set[int]) -> None:
    met = {TODAY - ago * A_DAY for ago in met_days_ago}
    at_the_end_of_yesterday = streak(TODAY - A_DAY, A_DAY, met.__contains__)
    if TODAY - A_DAY in met:
        assert streak(TODAY, A_DAY, met.__contains__) == at_the_end_of_yesterday
    assert streak(TODAY, A_DAY, (met | {TODAY}).__contains__) == streak(TODAY, A_DAY, met.__contains__) + 1
