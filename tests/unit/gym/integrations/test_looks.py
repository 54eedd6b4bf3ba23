"""Times of the looks at a service."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.integrations.looks import SOON, USUALLY, pause_after, time_to_next_look

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], USUALLY),
        # A run that another source reported just now.
        ([NOON - 50 * MINUTE], SOON),
        ([NOON - 70 * MINUTE], USUALLY),
        # Two runs of other days that ended in the hour before.
        ([NOON - 2 * DAY - 30 * MINUTE, NOON - 9 * DAY - 10 * MINUTE], SOON),
        ([NOON - 2 * DAY - 30 * MINUTE], USUALLY),
        ([NOON - 2 * DAY - 3 * HOUR, NOON - 9 * DAY - 3 * HOUR], USUALLY),
        # A quarter of an hour before the usual time.
        ([NOON - 2 * DAY + 10 * MINUTE, NOON - 9 * DAY + 10 * MINUTE], SOON),
        ([NOON - 2 * DAY + 30 * MINUTE, NOON - 9 * DAY + 30 * MINUTE], USUALLY),
        # Older than four weeks, or not yet.
        ([NOON - 29 * DAY, NOON - 30 * DAY], USUALLY),
        ([NOON + 2 * HOUR], USUALLY),
    ],
)
def test_looks_are_more_often_after_likely_run(ends: list[datetime], expected: timedelta) -> None:
    assert time_to_next_look(NOON, ends) == expected


@pytest.mark.parametrize(
    ("failures", "asked", "expected"),
    [
        (1, None, MINUTE),
        (2, None, 2 * MINUTE),
        (6, None, 32 * MINUTE),
        (7, None, HOUR),
        (1000, None, HOUR),
        (1, timedelta(seconds=5), MINUTE),
        (1, 3 * HOUR, 3 * HOUR),
        (9, 400 * DAY, DAY),
    ],
)
def test_pause_doubles_up_to_an_hour_unless_service_asks_for_more(
    failures: int, asked: timedelta | None, expected: timedelta
) -> None:
    assert pause_after(failures, asked) == expected
