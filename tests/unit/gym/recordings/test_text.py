"""Numbers and instants in XML."""

from datetime import UTC, datetime

import pytest

from custom_components.home_gym.gym.recordings.text import instant, number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3.5", 3.5),
        (" 7 ", 7),
        ("0", 0),
        ("", None),
        (None, None),
        ("far", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e300", None),
    ],
)
def test_number_in_range_of_figures(text: str | None, meant: float | None) -> None:
    assert number(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-01T10:00:00Z", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("2026-11-01T10:00:00.500Z", datetime(2026, 11, 1, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-01T12:00:00+02:00", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("2026-11-01T10:00:00", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("1989-12-31T00:08:05Z", None),
        ("2206-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_instant_of_believable_clock_is_in_utc(text: str | None, meant: datetime | None) -> None:
    assert instant(text) == meant
