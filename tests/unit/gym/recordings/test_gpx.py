"""What a GPX file says is what its activities tell."""

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


def test_a_run() -> None:
    """Positions become metres, times a moving time without the pause."""
    run = only(build_gpx(RUN))
    assert (run.sport, run.sub_sport, run.start) == (Sport.RUN, "running", START)
    assert (run.elapsed_time, run.moving_time) == (1290, 1200)
    assert run.distance == pytest.approx(3500, rel=1e-4)
    assert run.cadence == pytest.approx(RUN.cadence, abs=0.1)
    assert run.cadence_thirds == pytest.approx((172, 170, 168), abs=0.5)
    assert (run.heart_rate, run.max_heart_rate, run.power) == (148, 148, 250)
    assert (run.indoor, run.surface, run.device) == (False, Surface.ROAD, "Garmin Connect")


def test_no_position_is_kept() -> None:
    """Nothing that an activity tells says where it was."""
    data, told = build_gpx(RUN), repr(only(build_gpx(RUN)))
    for degrees in ("-29.9", "-25.0"):
        assert degrees in data.decode()
        assert degrees not in told


@pytest.mark.parametrize(
    ("kind", "sport"),
    [("9", Sport.RUN), ("running", Sport.RUN), ("1", Sport.OTHER), ("16", Sport.OTHER), ("Yoga", Sport.MOBILITY)],
)
def test_sports(kind: str, sport: Sport) -> None:
    """Words and Strava's numbers name the sport."""
    assert only(track(point(0) + point(1, 3), kind=kind)).sport is sport


def test_no_sport() -> None:
    """Who doesn't say what it was has done something else."""
    activity = only(track(point(0) + point(1, 3)).replace(b"<type>run</type>", b"<type/>"))
    assert (activity.sport, activity.sub_sport, activity.cadence_thirds) == (Sport.OTHER, None, None)


def test_a_pause_within_a_segment() -> None:
    """A long time in which nobody moved is a pause; a long gap with a way to go is none."""
    run = only(track(point(0) + point(5, 15) + point(605, 20) + point(665, 200)))
    assert (run.elapsed_time, run.moving_time) == (665, 65)


def test_nobody_moved() -> None:
    """Standing still for long has no moving time."""
    assert only(track(point(0) + point(100, 1))).moving_time is None


def test_times_out_of_order() -> None:
    """A point that comes too late in the file still tells the start."""
    run = only(track(point(10) + point(12, 6) + point(0, 9)))
    assert (run.start, run.elapsed_time) == (START, 12)


def test_points_without_place_or_time() -> None:
    """A point without a place adds no way, one without a time no time."""
    run = only(
        track(point(0) + point(1, None) + '<trkpt lat="0" lon="far"/>' + '<trkpt lat="0.0001" lon="0"/>' + point(3, 20))
    )
    assert run.distance == pytest.approx(20, rel=1e-3)
    assert (run.elapsed_time, run.moving_time) == (3, None)


def test_a_place_that_is_none() -> None:
    """Degrees beyond the globe are no place."""
    assert only(track(point(0) + point(1, 10**9))).distance == 0


def test_the_other_side_of_the_world() -> None:
    """The way to the antipodes is half the circumference, whatever rounding does."""
    points = point(0) + point(1).replace('lon="0"', 'lon="180"')
    assert only(track(points)).distance == pytest.approx(20_015_114, rel=1e-4)


def test_several_tracks() -> None:
    """Each track with times is an activity."""
    ride = replace(RUN, sport="cycling", start=START - timedelta(hours=1))
    assert [each.sport for each in parse("two.gpx", build_gpx(ride, RUN))] == [Sport.OTHER, Sport.RUN]


def test_names_of_extensions() -> None:
    """Exporters call the same figures by different names; what means nothing to us is passed over."""
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
def test_no_activity(inside: str) -> None:
    """Plans are not runs."""
    assert parse("plan.gpx", f"<gpx>{inside}</gpx>".encode()) == []
