"""The first day of the week by country, against rows of CLDR's table."""

import pytest

from custom_components.home_gym.gym.weekdays import FIRST_WEEKDAYS, first_weekday_in


@pytest.mark.parametrize(
    ("country", "expected"),
    [("DE", "monday"), ("GB", "monday"), ("US", "sunday"), ("BR", "sunday"), ("AE", "saturday"), (None, "monday")],
)
def test_week_begins_as_in_the_country(country: str | None, expected: str) -> None:
    assert first_weekday_in(country) == expected


def test_weekdays_have_the_numbers_of_python() -> None:
    assert FIRST_WEEKDAYS == {"monday": 0, "saturday": 5, "sunday": 6}
