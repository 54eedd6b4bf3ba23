from datetime import date

import pytest

from custom_components.home_gym.gym.days import A_DAY
from custom_components.home_gym.gym.load import change_in_per_cent, days_since_rest, weeks_before

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("this_week", "before", "expected"),
    [
        (26_000, [20_000] * 4, 30.0),
        (0, [20_000] * 4, -100.0),
        (15_000, [40_000, 0, 0, 0], 50.0),  # a mean of 10 km
        (15_000, [39_999, 0, 0, 0], None),  # less than 10 km a week says nothing
        (15_000, [0] * 4, None),
    ],
)
def test_change_against_the_mean_of_the_weeks_before(
    this_week: float, before: list[float], expected: float | None
) -> None:
    assert change_in_per_cent(this_week, before) == expected


def test_the_four_weeks_before() -> None:
    assert weeks_before(date(2026, 3, 2)) == [
        date(2026, 2, 23),
        date(2026, 2, 16),
        date(2026, 2, 9),
        date(2026, 2, 2),
    ]


@pytest.mark.parametrize(
    ("ran_days_ago", "expected"),
    [([], 1), ([0], 1), ([1], 2), ([0, 1, 2], 3), ([2, 3], 1), ([1, 2, 3, 5], 4)],
)
def test_days_since_rest(ran_days_ago: list[int], expected: int) -> None:
    ran = {TODAY - ago * A_DAY for ago in ran_days_ago}
    assert days_since_rest(TODAY, ran.__contains__) == expected
