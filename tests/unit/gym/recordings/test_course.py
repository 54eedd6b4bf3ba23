"""Cleaning of tracks: places and speeds of no runner are left out or bridged, and rides are noted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.course import Course, corrected
from custom_components.home_gym.gym.recordings.rides import _trimmed, rides, without
from custom_components.home_gym.gym.runs.activity import Activity, Lap
from tests.builders import LapPlan, Recording, build_fit, build_tcx
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


DRIVE = LapPlan(duration=186, distance=3106)


@pytest.mark.parametrize("write", [build_fit, build_tcx])
def test_drive_home_of_a_watch_is_cut_off_with_its_lap(write: Callable[[Recording], bytes]) -> None:
    laps = (LapPlan(duration=600, distance=1800, cadence=172), DRIVE)
    run = only(write(Recording(start=START, laps=laps)))
    assert run.distance == pytest.approx(1800, abs=40)
    assert (run.elapsed_time, run.moving_time) == (about(600, 15), about(600, 15))
    assert [lap.distance for lap in run.laps] in ([1800], [None], [1800, None])
    [stretch] = run.left_out
    assert stretch.distance == pytest.approx(3106, abs=60)


def test_lap_across_a_ride_keeps_its_own_time_without_figures() -> None:
    """The first lap ends within the drive, the second one in it."""
    run = only(build_fit(Recording(start=START, laps=(LapPlan(duration=700, distance=2100), DRIVE))))
    whole = only(build_fit(Recording(start=START, laps=(LapPlan(duration=886, distance=5206),))))
    assert len(run.laps) == 1
    assert whole.laps
    course = Course([0.0, 600.0, 700.0], [0.0, 1800.0, 5300.0])
    lap = Lap(start=START, elapsed_time=700, distance=5300)
    cut = without(replace(run, start=START, laps=(lap,), distance=5300, elapsed_time=700), course, [(1, 2)])
    assert cut.laps == (Lap(start=START, elapsed_time=600),)
    bare = without(
        replace(run, start=START, laps=(lap,), distance=None, elapsed_time=None, moving_time=None), course, [(1, 2)]
    )
    assert (bare.distance, bare.elapsed_time, bare.moving_time) == (None, None, None)
    early = without(replace(run, start=START, laps=(lap,), elapsed_time=None), course, [(0, 1)])
    assert (early.start, early.elapsed_time) == (START + timedelta(seconds=600), None)
    assert early.laps == (Lap(start=START + timedelta(seconds=600), elapsed_time=100),)


def test_ride_with_a_stop_is_one_ride() -> None:
    """Two minutes at lights, with 50 m of creeping."""
    fixes = ridden(ridden(ridden(TEN_MINUTES, 100, 18), 120, 0.4), 100, 18)
    [stretch] = only(gpx(fixes)).left_out
    assert stretch.elapsed_time == pytest.approx(320, abs=15)


def test_positions_of_tcx_count_where_no_distance_is_written() -> None:
    points = "".join(
        f"<Trackpoint><Time>{(START + timedelta(seconds=second)).isoformat()}</Time><Position><LatitudeDegrees>"
        f"{50 + 3 * second / 111_195.08 + (0.5 if second == 30 else 0)}</LatitudeDegrees><LongitudeDegrees>8"
        "</LongitudeDegrees></Position></Trackpoint>"
        for second in range(61)
    )
    data = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f'<Lap StartTime="{START.isoformat()}"><Track>{points}</Track></Lap></Activity></Activities>'
        "</TrainingCenterDatabase>"
    ).encode()
    run = only(data)
    assert (run.distance, run.moving_time, run.elapsed_time) == (about(180, 1), 60, 60)
    unplaced = data.replace(b"<LongitudeDegrees>8<", b"<LongitudeDegrees>far<")
    assert (only(unplaced).distance, only(unplaced).elapsed_time) == (None, 60)


def test_jump_after_a_standstill_is_bridged() -> None:
    """An odometer that stands still and then catches up counts the way, unless it stood for more than two minutes."""
    caught = [(second, 3 * (10 if 10 < second < 90 else second), 0) for second in range(200)]
    assert only(tcx(caught)).distance == pytest.approx(597)
    assert only(gpx(caught)).distance == pytest.approx(597, abs=1)
    late = [(second, 3.0 if second < 300 else 3000.0 + second, 0) for second in range(600)]
    assert only(tcx(late)).distance == pytest.approx(302, abs=3)
    assert only(gpx(late)).distance == pytest.approx(302, abs=3)


def test_course_without_points_or_metres() -> None:
    empty = Course([], [])
    assert (empty.distance, rides(empty), corrected(5000, [], empty)) == (None, [], 5000)
    assert without(only(gpx(TEN_MINUTES)), empty, []).left_out == ()
    assert _trimmed(Course([0.0, 100.0], [0.0, 200.0]), [(0, 1)]) == []


def test_noise_is_not_taken_for_places() -> None:
    """A receiver that jumps each second for two minutes shows no way at all, and none is invented."""
    noise = [(second, 3 * second, 300 * (second % 2) if second < 120 else 0) for second in range(600)]
    run = only(gpx(noise))
    assert run.distance == pytest.approx(1797, abs=60)
    far = [(second, 3 * second, FAR * (second % 7) if second < 500 else 0) for second in range(600)]
    assert (only(gpx(far)).distance or 0) < 2000


def test_jump_at_the_first_points_is_left_out() -> None:
    fixes = [(second, north + (FAR if second else 0), east) for second, north, east in TEN_MINUTES]
    assert only(tcx(fixes)).distance == pytest.approx(1797, abs=1)
    later = [(second, north + (FAR if second > 65 else 0), east) for second, north, east in TEN_MINUTES]
    assert only(gpx(later)).distance == pytest.approx(1797, abs=1)


def test_segments_of_a_track_with_a_spike_are_not_connected() -> None:
    first = moved(straight(300, 3), range(150, 151), north=FAR)
    run = only(gpx(first, straight(300, 3, since=400, north=1200)))
    assert run.distance == pytest.approx(1800, abs=5)


def test_two_short_rides_with_a_long_stop_are_one_ride() -> None:
    fixes = ridden(ridden(ridden(TEN_MINUTES, 25, 14.5), 150, 0), 25, 14.5)
    [stretch] = only(gpx(fixes)).left_out
    assert stretch.elapsed_time == pytest.approx(200, abs=15)
