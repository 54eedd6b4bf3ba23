from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.calendar import A_DAY, A_WEEK
from custom_components.home_gym.gym.habits.streak import streak

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
def test_streak_counts_periods_in_row(met_days_ago: list[int], expected: int, step: timedelta) -> None:
    met = {TODAY - ago * step for ago in met_days_ago}
    assert streak(TODAY, step, met.__contains__, earliest=min(met, default=None)) == expected


@pytest.mark.parametrize("step", [A_DAY, A_WEEK])
def test_endless_rest_ends_search_at_earliest(step: timedelta) -> None:
    """All periods rested but one, four ago; nothing before it is searched."""
    met, looked = {TODAY - 4 * step}, list[date]()

    def is_frozen(period: date) -> bool:
        looked.append(period)
        return True

    assert streak(TODAY, step, met.__contains__, is_frozen, earliest=TODAY - 4 * step) == 1
    assert looked == [TODAY - ago * step for ago in (1, 2, 3)]
    assert streak(TODAY, step, met.__contains__, is_frozen, earliest=None) == 0


@given(st.sets(st.integers(1, 40)))
def test_period_in_progress_never_breaks_streak(met_days_ago: set[int]) -> None:
    met = {TODAY - ago * A_DAY for ago in met_days_ago}

    def at(today: date, days: set[date]) -> int:
        return streak(today, A_DAY, days.__contains__, earliest=min(days, default=None))

    if TODAY - A_DAY in met:
        assert at(TODAY, met) == at(TODAY - A_DAY, met)
    assert at(TODAY, met | {TODAY}) == at(TODAY, met) + 1
