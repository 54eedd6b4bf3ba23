from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.calendar import A_DAY, Calendar, days_of
from tests.support.profiles import examples
from tests.support.unit.make import A_MINUTE, BERLIN, at

# Days around which clocks change: by an hour, by half an hour, at midnight, and never.
CHANGES = {
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-10-04", "2026-04-05"),
    "America/Santiago": ("2026-09-06", "2026-04-05"),
    "Africa/Cairo": ("2026-04-24", "2026-10-30"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "Asia/Kolkata": ("2026-03-08", "2026-11-01"),
}


@pytest.mark.parametrize(
    ("offset", "day"),
    [
        (None, "2026-03-02"),
        (0, "2026-03-02"),
        (9 * 3600, "2026-03-03"),
        (-12 * 3600, "2026-03-02"),
        (20_700, "2026-03-03"),
    ],
)
def test_day_abroad_is_that_of_its_offset(offset: int | None, day: str) -> None:
    assert BERLIN.day_of(at("2026-03-02T20:00"), offset) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-02T22:59:59", "2026-03-02"),
        ("2026-03-02T23:00:00", "2026-03-03"),
        ("2026-07-02T21:59:59", "2026-07-02"),
        ("2026-07-02T22:00:00", "2026-07-03"),
    ],
)
def test_day_ends_at_local_midnight(instant: str, day: str) -> None:
    assert BERLIN.day_of(at(instant)) == date.fromisoformat(day)


@pytest.mark.parametrize("first_weekday", range(7))
def test_week_begins_on_first_weekday(first_weekday: int) -> None:
    calendar = Calendar(timezone=UTC, first_weekday=first_weekday)
    for number in range(14):
        day = date(2025, 12, 25) + number * A_DAY
        candidates = [day - back * A_DAY for back in range(7)]
        assert [calendar.week_of(day)] == [first for first in candidates if first.weekday() == first_weekday]
        assert day in days_of(calendar.week_of(day))
        assert len(set(days_of(day))) == 7


@pytest.mark.parametrize(
    ("after", "hours"),
    [("2026-03-01T23:00", 24), ("2026-03-28T23:00", 23), ("2026-10-24T22:00", 25)],
)
def test_days_are_as_long_as_the_clocks_make_them(after: str, hours: int) -> None:
    assert BERLIN.next_midnight(at(after)) - at(after) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("wall", "after", "expected"),
    [
        (time(7), "2026-03-02T05:59", "2026-03-02T06:00"),
        (time(7), "2026-03-02T06:00", "2026-03-03T06:00"),
        (time(2, 30), "2026-03-29T00:00", "2026-03-29T01:00"),  # skipped: at the jump from 2 to 3
        (time(2), "2026-03-29T00:00", "2026-03-29T01:00"),
        (time(3), "2026-03-29T00:00", "2026-03-29T01:00"),
        (time(2, 30), "2026-10-25T00:00", "2026-10-25T00:30"),  # shown twice: the first
        (time(2, 30), "2026-10-25T00:45", "2026-10-25T01:30"),  # and the second
        (time(2, 30), "2026-10-25T01:30", "2026-10-26T01:30"),
    ],
)
def test_next_time_of_day_follows_clock_changes(wall: time, after: str, expected: str) -> None:
    assert BERLIN.next_time(wall, at(after)) == at(expected)
    assert BERLIN.time_of(at(expected)) >= wall


def walked(zone: ZoneInfo, wall: time, after: datetime) -> datetime:
    """Find the result of `next_time` by walking."""
    before = after.astimezone(zone).replace(tzinfo=None)
    instant = after
    while True:
        instant += A_MINUTE
        shown = instant.astimezone(zone).replace(tzinfo=None)
        targets = (datetime.combine(before.date(), wall), datetime.combine(shown.date(), wall))
        if any(before < target <= shown or shown == target for target in targets):
            return instant
        before = shown


@examples(150)
@given(
    zone=st.sampled_from(sorted(CHANGES)),
    autumn=st.booleans(),
    wall=st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59])),
    minutes=st.integers(-36 * 60, 36 * 60),
)
def test_next_time_of_day_equals_that_found_by_walking(zone: str, autumn: bool, wall: time, minutes: int) -> None:
    timezone = ZoneInfo(zone)
    after = datetime.fromisoformat(CHANGES[zone][autumn]).replace(tzinfo=UTC) + minutes * A_MINUTE
    assert Calendar(timezone=timezone).next_time(wall, after) == walked(timezone, wall, after)
