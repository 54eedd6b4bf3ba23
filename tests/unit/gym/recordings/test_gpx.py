"""Figures of GPX files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Sport, Surface
from tests.builders import LapPlan, Recording, build_gpx

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(
    start=START,
    laps=(
        LapPlan(duration=600, distance=1800, cadence=172, pause=90),
        LapPlan(duration=600, distance=1700, cadence=168),
    ),
    power=250,
)


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = parse("run.gpx", data)
    return activity


def track(points: str, *, kind: str = "run") -> bytes:
    """Return a document with one segment of points."""
    return f"<gpx><trk><type>{kind}</type><trkseg>{points}</trkseg></trk></gpx>".encode()


def point(second: float, metres: float | None = 0, inside: str = "") -> str:
    """Return a point some metres north of the first."""
    place = "" if metres is None else f'lat="{metres / 111_195.08}" lon="0"'
    return f"<trkpt {place}><time>{(START + timedelta(seconds=second)).isoformat()}</time>{inside}</trkpt>"


def test_run_has_distance_and_moving_time_without_pause() -> None:
    run = only(build_gpx(RUN))
    assert (run.sport, run.sub_sport, run.start) == (Sport.RUN, "running", START)
    assert (run.elapsed_time, run.moving_time) == (1290, 1200)
    assert run.distance == pytest.approx(3500, rel=1e-4)
    assert run.cadence == pytest.approx(RUN.cadence, abs=0.1)
    assert run.cadence_thirds == pytest.approx((172, 170, 168), abs=0.5)
    assert (run.heart_rate, run.max_heart_rate, run.power) == (148, 148, 250)
    assert (run.indoor, run.surface, run.device) == (False, Surface.ROAD, "Garmin Connect")


def test_no_position_is_kept() -> None:
    data, shown = build_gpx(RUN), repr(only(build_gpx(RUN)))
    for degrees in ("-29.9", "-25.0"):
        assert degrees in data.decode()
        assert degrees not in shown


@pytest.mark.parametrize(
    ("kind", "sport"),
    [("9", Sport.RUN), ("running", Sport.RUN), ("1", Sport.OTHER), ("16", Sport.OTHER), ("Yoga", Sport.MOBILITY)],
)
def test_sport_by_word_or_strava_number(kind: str, sport: Sport) -> None:
    assert only(track(point(0) + point(1, 3), kind=kind)).sport is sport


def test_number_of_another_sender_is_no_sport_of_strava() -> None:
    data = track(point(0) + point(1, 3), kind="9")
    assert only(data.replace(b"<gpx>", b'<gpx creator="StravaGPX Android">')).sport is Sport.RUN
    assert only(data.replace(b"<gpx>", b'<gpx creator="Another app">')).sport is Sport.OTHER


def test_track_without_type_is_other_sport() -> None:
    activity = only(track(point(0) + point(1, 3)).replace(b"<type>run</type>", b"<type/>"))
    assert (activity.sport, activity.sub_sport, activity.cadence_thirds) == (Sport.OTHER, None, None)


def test_standstill_is_pause_and_moving_gap_is_not() -> None:
    run = only(track(point(0) + point(5, 15) + point(605, 20) + point(665, 200)))
    assert (run.elapsed_time, run.moving_time) == (665, 65)


def test_standstill_has_no_moving_time() -> None:
    assert only(track(point(0) + point(100, 1))).moving_time is None


def test_start_is_earliest_time() -> None:
    run = only(track(point(10) + point(12, 6) + point(0, 9)))
    assert (run.start, run.elapsed_time) == (START, 12)


def test_points_without_position_or_time() -> None:
    """A point without a position adds no distance, one without a time no time of its own."""
    run = only(
        track(point(0) + point(1, None) + '<trkpt lat="0" lon="far"/>' + '<trkpt lat="0.0001" lon="0"/>' + point(3, 20))
    )
    assert run.distance == pytest.approx(20, rel=1e-3)
    assert (run.elapsed_time, run.moving_time) == (3, 3)


def test_degrees_beyond_globe_are_ignored() -> None:
    assert only(track(point(0) + point(1, 10**9))).distance is None


def test_distance_to_antipodes_is_half_circumference() -> None:
    """Rounding must not exceed the arcsine's domain."""
    points = point(0) + point(1).replace('lon="0"', 'lon="180"')
    assert only(track(points, kind="sailing")).distance == pytest.approx(20_015_114, rel=1e-4)


def test_each_track_with_times_is_activity() -> None:
    ride = replace(RUN, sport="cycling", start=START - timedelta(hours=1))
    assert [each.sport for each in parse("two.gpx", build_gpx(ride, RUN))] == [Sport.OTHER, Sport.RUN]


def test_extension_names_of_exporters() -> None:
    """Unknown extensions are ignored."""
    figures = {"heartrate": 120, "RunCadence": 80, "PowerInWatts": 210, "atemp": 9}
    inside = "".join(f"<{name}>{figure}</{name}>" for name, figure in figures.items())
    run = only(track(point(0, 0, inside) + point(1, 3, inside)))
    assert (run.heart_rate, run.cadence, run.power, run.device) == (120, 160, 210, None)


@pytest.mark.parametrize(
    "inside",
    [
        '<wpt lat="1" lon="2"><time>2026-11-01T10:00:00Z</time><type>run</type></wpt>',
        '<rte><rtept lat="1" lon="2"><time>2026-11-01T10:00:00Z</time></rtept></rte>',
        '<trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="1" lon="3"/></trkseg></trk>',
        '<trk><trkseg><trkpt lat="1" lon="2"><time>2026-11-01T10:00:00Z</time></trkpt></trkseg></trk>',
        '<trk><trkseg><trkpt lat="1" lon="2"><time>soon</time></trkpt><trkpt lat="1" lon="2"/></trkseg></trk>',
        "<trk/><trkseg/>",
        "",
    ],
    ids=["waypoint", "route", "no times", "one point", "no time", "empty track", "nothing"],
)
def test_route_is_no_activity(inside: str) -> None:
    assert parse("plan.gpx", f"<gpx>{inside}</gpx>".encode()) == []
