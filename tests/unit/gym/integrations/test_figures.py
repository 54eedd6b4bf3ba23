"""Values of entities in all notations."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.home_gym.gym.integrations.figures import instant, metres, number, seconds, text

BERLIN = ZoneInfo("Europe/Berlin")
FIVE = datetime(2026, 8, 19, 5, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (148, 148),
        (148.5, 148.5),
        ("148", 148),
        (" 148,5 ", 148.5),
        ("-3", -3),
        ("148 bpm", None),
        ("unknown", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        ("9" * 400, None),
        (10**400, None),
        ([148], None),
    ],
)
def test_numbers(value: Any, figure: float | None) -> None:
    assert number(value) == figure


@pytest.mark.parametrize(
    ("value", "unit", "figure"),
    [
        (8012.3, "m", 8012.3),
        ("8.01", "km", 8010),
        ("5", "mi", 8046.72),
        ("11.4 km", "m", 11_400),
        ("11.4km", "m", 11_400),
        ("5 Miles", "m", 8046.72),
        (1000, "ft", 304.8),
        (1000, "yd", 914.4),
        (3, "furlong", None),
        (3, None, None),
    ],
)
def test_distances(value: Any, unit: str | None, figure: float | None) -> None:
    assert metres(value, unit) == (None if figure is None else pytest.approx(figure))


@pytest.mark.parametrize(
    ("value", "unit", "figure"),
    [
        (2591, "s", 2591),
        ("43", "min", 2580),
        ("0.72", "h", 2592),
        ("32 min", "s", 1920),
        ("43:11", "s", 2591),
        ("75:30", "s", 4530),
        ("1:02:03", "min", 3723),
        ("43:11,5", "s", 2591.5),
        ("PT1H2M3.5S", "s", 3723.5),
        ("PT44M", "s", 2640),
        ("P1DT1S", "s", 86_401),
        ("P", "s", None),
        ("43:99", "s", None),
        (None, "s", None),
        (2591, "fortnight", None),
        (2_591_000, "ms", 2591),
    ],
)
def test_durations(value: Any, unit: str, figure: float | None) -> None:
    assert seconds(value, unit) == (None if figure is None else pytest.approx(figure))


@pytest.mark.parametrize(
    "value",
    [
        FIVE,
        datetime(2026, 8, 19, 7, 2, 11),  # noqa: DTZ001
        "2026-08-19T05:02:11+00:00",
        "2026-08-19T05:02:11Z",
        "2026-08-19 05:02:11 Z",
        "2026-08-19 07:02:11",
        "2026-08-19T07:02:11",
        "2026-08-19 07:02:11 +0200",
        "2026-08-19 07:02:11 AM +0200",
        "2026-08-19 7:02:11 am",
        "2026-08-19 7:02:11\u202fAM +0200",
        "2026-08-18 11:02:11 PM -0600",
        FIVE.timestamp(),
        int(FIVE.timestamp() * 1000),
        str(int(FIVE.timestamp())),
    ],
)
def test_instants(value: Any) -> None:
    assert instant(value, BERLIN) == FIVE
    found = instant(value, BERLIN)
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize("hour", ["12:30 AM", "00:30"])
def test_twelve_am_is_midnight(hour: str) -> None:
    assert instant(f"2026-01-01 {hour} +0000", BERLIN) == datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "unknown", "2026-08-19", "7:02", "2026-08-19 25:00:00", "13:00 PM 2026", [], {}, True),
        *(
            1e300,
            -1e300,
            datetime.min.replace(tzinfo=ZoneInfo("Asia/Tokyo")),
            datetime.max.replace(tzinfo=ZoneInfo("America/New_York")),
        ),
    ],
)
def test_invalid_instant_is_none(value: Any) -> None:
    assert instant(value, BERLIN) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [("run", "run"), (" run ", "run"), ("", None), ("  ", None), (7, "7"), (True, None), (1.5, None), (None, None)],
)
def test_texts(value: Any, word: str | None) -> None:
    assert text(value) == word
