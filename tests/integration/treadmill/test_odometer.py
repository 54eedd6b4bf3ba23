"""The readings of a treadmill's own counter, and their plausibility."""

from datetime import timedelta
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.treadmill.odometer import Odometer
from tests.support.unit.make import A_SECOND, NOON

type Readings = list[tuple[float, float]]


def odometer(readings: Readings) -> Odometer:
    """Return an odometer with these metres at these seconds."""
    found = Odometer()
    for second, metres in readings:
        found.note(metres, NOON + second * A_SECOND)
    return found


def between(found: Odometer, start: float, end: float) -> float | None:
    """Return the metres between two seconds."""
    return found.between(NOON + start * A_SECOND, NOON + end * A_SECOND)


STEADY: Readings = [(second, 3.0 * second) for second in range(101)]


@pytest.mark.parametrize(
    ("readings", "start", "end", "metres"),
    [
        ([], 0, 100, None),
        (STEADY, 0, 100, 300),
        (STEADY, 20, 50, 90),
        (STEADY, 23, 57.5, 103.5),
        (STEADY, -50, 200, 300),
        (STEADY, 200, 300, 0),
        # It counts from before the session.
        ([(0, 900), (10, 930)], 0, 10, 30),
        # It restarts.
        ([(0, 900), (10, 930), (20, 5), (30, 35)], 0, 30, 60),
        # It jumps by a mile, or just beyond a belt's ten seconds: seventy metres, and a step of ten.
        ([(0, 0), (10, 30), (20, 1639), (30, 1669)], 0, 30, 60),
        ([(0, 0), (10, 80)], 0, 10, 80),
        ([(0, 0), (10, 81)], 0, 10, 0),
        # It counts in tens, and shows each early.
        ([(0, 0), (1, 10), (4, 20)], 0, 4, 20),
        # A reading out of order is ignored.
        ([(0, 0), (10, 30), (5, 15), (20, 60)], 0, 20, 60),
        ([(0, 0), (10, 30), (10, 30)], 0, 10, 30),
    ],
)
def test_distance_between_readings(readings: Readings, start: float, end: float, metres: float | None) -> None:
    found = odometer(readings)
    assert between(found, start, end) == pytest.approx(metres)
    assert between(Odometer.from_plain(json.loads(json.dumps(found.to_plain()))), start, end) == pytest.approx(metres)


def test_hours_of_readings_stay_small() -> None:
    found = odometer([(second, 3.0 * second) for second in range(4 * 3600)])
    # One for each ten seconds, and the last.
    assert len(found.to_plain()["readings"]) <= 4 * 360 + 2


def test_old_readings_are_forgotten() -> None:
    found = odometer(STEADY)
    found.forget(NOON + 50 * A_SECOND)
    assert between(found, 50, 100) == pytest.approx(150)
    assert between(found, 0, 50) == pytest.approx(0)
    found.forget(NOON + timedelta(days=1))
    assert between(found, 0, 100) == 0
    found.clear()
    assert between(found, 0, 100) is None
    # The next session continues at the counter's figure.
    found.note(300, NOON + 200 * A_SECOND)
    found.note(330, NOON + 210 * A_SECOND)
    assert between(found, 200, 210) == 30
    Odometer().forget(NOON)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0, 1e7)), max_size=30), st.integers(0, 900), st.integers(0, 900)
)
def test_no_belt_goes_backwards_or_flies(steps: Readings, one: int, other: int) -> None:
    at, readings = 0.0, []
    for seconds, metres in steps:
        at += seconds
        readings.append((at, metres))
    found = odometer(readings)
    first, last = sorted((one, other))
    way = between(found, first, last)
    assert (way is None) == (not readings)
    # Seven metres a second, and a step of ten for each reading.
    assert way is None or -1e-6 <= way <= 7 * at + 10 * len(readings) + 1e-6


@pytest.mark.parametrize(
    "plain",
    [
        [],
        {"readings": 1},
        {"readings": [[]]},
        {"readings": [["yesterday", 1]]},
        {"readings": [[1, 1]]},
        {"readings": [["2026-03-02T12:00:00+00:00", -1]]},
        {"readings": [["2026-03-02T12:00:00+00:00", True]]},
        {"readings": [["2026-03-02T12:00:00+00:00", "far"]]},
        {"readings": [["2026-03-02T12:00:00+00:00", float("nan")]]},
        {"readings": [["0001-01-01T00:00:00+14:00", 1]]},
        {"readings": [["2026-03-02T12:00:00+00:00", 1], ["2026-03-02T11:00:00+00:00", 2]]},
        {"readings": [["2026-03-02T12:00:00+00:00", 2], ["2026-03-02T13:00:00+00:00", 1]]},
        {"shown": "far"},
        {"shown": 10**400},
    ],
)
def test_invalid_odometer_is_rejected(plain: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        Odometer.from_plain(plain)


@pytest.mark.parametrize(
    "stored",
    [
        '{"shown": null, "readings": []}',
        '{"shown": 45.5, "readings": [["2026-03-02T12:00:00+00:00", 0.0], ["2026-03-02T12:00:15.250000+00:00", 9]]}',
    ],
)
def test_stored_readings_are_written_back_unchanged(stored: str) -> None:
    assert json.dumps(Odometer.from_plain(json.loads(stored)).to_plain()) == stored
