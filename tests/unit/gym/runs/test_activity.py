"""An activity's identity and its end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from custom_components.home_gym.gym.runs.activity import Activity, Lap, Origin, Sport

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Activity(sport=Sport.RUN, start=START, moving_time=1800, distance=5000, manufacturer="Garmin", serial_number="1")


@pytest.mark.parametrize(
    "again",
    [
        replace(RUN, distance=5001.5, moving_time=1790, cadence=171),
        replace(RUN, start=START.astimezone(timezone(timedelta(hours=-7)))),
        replace(RUN, start=START + timedelta(milliseconds=300)),
    ],
    ids=["edited", "another zone", "finer clock"],
)
def test_same_effort_has_same_id(again: Activity) -> None:
    """Neither figures nor the way a start is written make another activity."""
    assert again.id == RUN.id


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, start=START + timedelta(seconds=1)),
        replace(RUN, start=None),
        replace(RUN, sport=Sport.WALK),
        replace(RUN, serial_number="2"),
        replace(RUN, manufacturer="COROS"),
        replace(RUN, origin=Origin.CLOUD),
        replace(RUN, origin_id="1"),
        replace(RUN, serial_number=None),
        replace(RUN, serial_number=None, device="Phone"),
        replace(RUN, serial_number=None, device="Watch"),
    ],
    ids=[
        "start",
        "no start",
        "sport",
        "serial number",
        "manufacturer",
        "origin",
        "origin's id",
        "no serial number",
        "a device",
        "another device",
    ],
)
def test_other_effort_has_other_id(other: Activity) -> None:
    """Start, sport, device and source are the identity of an activity."""
    assert other.id != RUN.id


def test_each_device_has_an_id_of_its_own() -> None:
    """Two records in the same second without an id of their own are two, by the names of their devices."""
    devices = [None, "Phone", "Watch", "phone"]
    records = [replace(RUN, manufacturer=None, serial_number=None, device=device) for device in devices]
    assert len({record.id for record in records}) == len(devices)


def test_serial_number_decides_under_any_name_of_the_device() -> None:
    """A reader may come to know the model of a watch by its name."""
    assert {replace(RUN, device=device).id for device in (None, "Garmin 4315", "fr255")} == {RUN.id}


def test_sources_own_id_decides() -> None:
    """With an id of the source, nothing else counts."""
    named = replace(RUN, origin_id="17")
    assert replace(named, start=None, sport=Sport.OTHER).id == named.id


@pytest.mark.parametrize(
    ("elapsed_time", "moving_time", "seconds"), [(1900, 1800, 1900), (None, 1800, 1800), (None, None, 0)]
)
def test_activity_ends_after_elapsed_or_moving_time(
    elapsed_time: float | None, moving_time: float | None, seconds: float
) -> None:
    """An effort ends after its elapsed time, or after the known part of it."""
    end = START + timedelta(seconds=seconds)
    assert replace(RUN, elapsed_time=elapsed_time, moving_time=moving_time).end == end
    assert Lap(start=START, elapsed_time=elapsed_time, moving_time=moving_time).end == end


def test_undated_activity_has_no_end() -> None:
    """A device without a clock knows no end either."""
    assert replace(RUN, start=None).end is None
