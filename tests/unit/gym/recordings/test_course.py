"""Cleaning of tracks: places and speeds of no runner are left out or bridged, and rides are noted."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity
from tests.support.unit.tracks import START, Fix, gpx, straight, tcx

TEN_MINUTES = straight(600, 3)
FAR = 50_000
MIDDLE = 300


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = parse("run", data)
    return activity


def about(value: float, within: float) -> Any:
    """Return a value that all near ones equal."""
    return pytest.approx(value, abs=within)


def moved(fixes: list[Fix], seconds: range, *, north: float = 0, east: float = 0) -> list[Fix]:
    """Return fixes, those of some seconds displaced."""
    return [
        (second, up + north, right + east) if second in seconds else (second, up, right) for second, up, right in fixes
    ]


@pytest.mark.parametrize(
    "fixes",
    [
        moved(TEN_MINUTES, range(MIDDLE, MIDDLE + 1), north=FAR),
        moved(TEN_MINUTES, range(MIDDLE, MIDDLE + 1), east=40),
        moved(TEN_MINUTES, range(MIDDLE, MIDDLE + 20), north=-FAR, east=FAR),
        moved(TEN_MINUTES, range(1), north=FAR),
        moved(TEN_MINUTES, range(15), east=-FAR),
        moved(TEN_MINUTES, range(595, 601), east=FAR),
        # 0° north and 0° east, at the start, in between and at the end.
        moved(TEN_MINUTES, range(5), north=-50 * 111_195.08, east=-8 * 111_195.08 / 1.5557),
        moved(TEN_MINUTES, range(MIDDLE, MIDDLE + 5), north=-50 * 111_195.08, east=-8 * 111_195.08 / 1.5557),
        # Several at once.
        moved(moved(TEN_MINUTES, range(100, 103), north=FAR), range(400, 402), east=300),
        # The receiver stands still for a minute, as in a tunnel, and catches up.
        [(second, 3 * (200 if 200 < second < 260 else second), 0) for second in range(601)],
        # Two fixes in each second.
        [(second // 2, 1.5 * second, 0) for second in range(1201)],
    ],
)
def test_places_of_no_runner_add_no_distance(fixes: list[Fix]) -> None:
    run = only(gpx(fixes))
    assert run.distance == about(1800, 60)
    # The way before the first place, or after the last one, is unknown.
    assert (run.start, run.elapsed_time, run.moving_time) == (START, 600, about(600, 15))
    assert run.left_out == ()


def test_points_out_of_order_are_put_in_order() -> None:
    """Points of two writers are in the order of time alone; of clocks that jitter, in the order of the file."""
    evens, odds = TEN_MINUTES[::2], TEN_MINUTES[1::2]
    run = only(gpx([*odds, *evens]))
    assert (run.distance, run.elapsed_time, run.moving_time) == (about(1800, 1), 600, 600)
    random = Random(7)
    jitter = [(max(0, second + random.randint(-3, 3)), north, east) for second, north, east in TEN_MINUTES]
    run = only(gpx(jitter))
    assert run.distance == about(1800, 1)
    assert run.elapsed_time == run.moving_time == about(600, 3)


def ridden(after: list[Fix], seconds: int, speed: float) -> list[Fix]:
    """Return fixes that go on at another speed."""
    second, north, _ = after[-1]
    return [*after, *straight(seconds, speed, since=int(second), north=north)[1:]]


@pytest.mark.parametrize("write", [gpx, tcx])
def test_drive_home_is_cut_off_and_noted(write: type) -> None:
    """3.1 km at 60 km/h take 186 s; the runner stands for a minute before and walks to the door after it."""
    run = only(write(ridden(ridden(ridden(TEN_MINUTES, 60, 0), 186, 16.7), 60, 1)))
    assert run.distance == about(1800, 30)
    assert run.start == START
    assert run.elapsed_time == about(600, 70)
    [stretch] = run.left_out
    assert stretch.distance == about(3106, 100)
    assert stretch.end == START + timedelta(seconds=906)


def test_drive_to_the_start_is_cut_off_and_the_run_keeps_its_identity() -> None:
    fixes = ridden(straight(200, 14), 600, 3)
    run = only(gpx(fixes))
    assert run.start
    assert (run.start - START).total_seconds() == about(200, 10)
    assert (run.distance, run.elapsed_time) == (about(1800, 30), about(600, 10))
    [stretch] = run.left_out
    assert stretch.start == START
    other = only(gpx(TEN_MINUTES))
    assert run.id == other.id


def test_drive_in_between_is_left_out() -> None:
    run = only(gpx(ridden(ridden(TEN_MINUTES, 200, 20), 600, 3)))
    assert run.distance == about(3600, 60)
    assert (run.elapsed_time, run.moving_time) == (1400, about(1200, 15))
    [stretch] = run.left_out
    assert stretch.distance == about(4000, 60)


@pytest.mark.parametrize(
    "fixes",
    [
        # Sprints: 100 m in 10 s, again and again.
        [fix for lap in range(10) for fix in straight(10, 10, since=60 * lap, north=100 * lap)],
        # A kilometre at world-record speed.
        straight(132, 7.57),
        # Downhill at 25 km/h for 500 m.
        ridden(TEN_MINUTES, 72, 6.9),
    ],
)
def test_quick_runner_is_no_car(fixes: list[Fix]) -> None:
    run = only(gpx(fixes))
    assert run.left_out == ()
    assert run.distance == pytest.approx(fixes[-1][1], rel=0.01)


@pytest.mark.parametrize("speed", [8.5, 11.1, 30])
def test_bus_alone_is_refused_as_impossible_not_made_a_run(speed: float) -> None:
    """The whole is a ride, so that nothing is cut off, and its speed speaks for itself."""
    ride = only(gpx(straight(1200, speed)))
    assert ride.left_out == ()
    assert ride.distance == pytest.approx(1200 * speed, rel=0.01)


def test_ride_stays_a_ride() -> None:
    ride = only(gpx(straight(1200, 12), sport="cycling"))
    assert (ride.distance, ride.left_out) == (about(14_400, 144), ())


def test_jump_of_an_odometer_is_left_out() -> None:
    fixes = [(second, north + (FAR if second >= MIDDLE else 0), east) for second, north, east in TEN_MINUTES]
    assert only(tcx(fixes)).distance == about(1800, 5)
    own = f"<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>{1800 + FAR}</DistanceMeters>"
    assert only(tcx(fixes, lap=own)).distance == about(1800, 5)
    clean = "<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>1805</DistanceMeters>"
    assert only(tcx(fixes, lap=clean)).distance == 1805


def test_way_between_segments_does_not_count() -> None:
    run = only(gpx(straight(300, 3), straight(300, 3, since=900, north=FAR)))
    assert (run.distance, run.moving_time, run.elapsed_time) == (about(1800, 1), 600, 1200)
