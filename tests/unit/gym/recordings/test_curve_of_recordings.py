"""The curve that comes with a recording, in each format, against the points that were recorded."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Intensity
from custom_components.home_gym.gym.runs.curve import MOST_POINTS, Curve
from tests.builders import FitShape, LapPlan, Recording, build_fit
from tests.builders.recording import samples

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(
    start=START,
    laps=(
        LapPlan(duration=600, distance=1500, cadence=160),
        LapPlan(duration=1500, distance=5400, cadence=178, pause=120),
        LapPlan(duration=600, distance=1500, cadence=158),
    ),
    heart_rate=None,
)
HEIGHT = 12.4


def curve_of(activity: Activity) -> Curve:
    """Return the curve of an activity."""
    assert activity.curve
    return Curve.unpacked(activity.curve)


@pytest.mark.parametrize(
    "shape",
    [FitShape(), FitShape(big_endian=True), FitShape(compressed_timestamps=True)],
    ids=["plain", "big endian", "compressed timestamps"],
)
def test_points_of_fit_are_recorded_ones(shape: FitShape) -> None:
    (run,) = parse("run.fit", build_fit(RUN, shape=shape))
    curve = curve_of(run)
    recorded = {(sample.time - START).total_seconds(): sample for _, sample in samples(RUN)}
    assert MOST_POINTS / 2 <= len(curve) <= MOST_POINTS
    assert (curve.times[0], curve.times[-1]) == (0, RUN.elapsed_time)
    assert (curve.metres[0], curve.metres[-1]) == (0, RUN.distance)
    for time, metres, cadence, height in zip(curve.times, curve.metres, curve.cadences, curve.heights, strict=True):
        assert time is not None
        sample = recorded[time]
        assert metres == pytest.approx(sample.distance, abs=0.1)
        assert cadence == pytest.approx(sample.cadence, abs=2)
        assert height == round(HEIGHT)
    assert set(curve.heart_rates) == {None}


def test_easy_parts_come_with_the_curve() -> None:
    """Without a heart rate: 2.5 against 3.6 m/s."""
    (run,) = parse("run.fit", build_fit(RUN))
    warm_up, cool_down = run.easy_parts
    assert (warm_up.intensity, warm_up.start, warm_up.elapsed_time) == (Intensity.WARM_UP, START, 600)
    assert cool_down.intensity is Intensity.COOL_DOWN
    assert cool_down.end == RUN.end
    assert cool_down.elapsed_time == pytest.approx(600, abs=60)


def test_ride_has_no_curve() -> None:
    ride = Recording(start=START, laps=(LapPlan(duration=600, distance=4000),), sport="cycling")
    (found,) = parse("ride.fit", build_fit(ride))
    assert found.curve is None


def test_legs_have_their_own_curves() -> None:
    swim = Recording(start=START, sport="swimming", laps=(LapPlan(duration=600, distance=500),))
    run = Recording(start=swim.end, laps=(LapPlan(duration=900, distance=2700, cadence=170),))
    _, leg = parse("tri.fit", build_fit(swim, run))
    curve = curve_of(leg)
    assert (curve.metres[0], curve.metres[-1]) == (0, 2700)
    assert curve.times[-1] == pytest.approx(900, abs=1)


# Northward, 3 m/s: a degree has 111,195.08 m.
def point(second: int, form: str) -> str:
    """Return a point of a run in a format, at 150 beats a minute, that climbs a metre in ten seconds."""
    time = f"2026-11-01T10:{second // 60:02}:{second % 60:02}Z"
    latitude, height = -30 + 3 * second / 111_195.08, second / 10
    if form == "gpx":
        extension = "<extensions><hr>150</hr><cad>85</cad></extensions>"
        return f'<trkpt lat="{latitude}" lon="-25"><ele>{height}</ele><time>{time}</time>{extension}</trkpt>'
    beats = "<HeartRateBpm><Value>150</Value></HeartRateBpm>"
    return (
        f"<Trackpoint><Time>{time}</Time><AltitudeMeters>{height}</AltitudeMeters>"
        f"<DistanceMeters>{3 * second}</DistanceMeters>{beats}<Cadence>85</Cadence></Trackpoint>"
    )


def document(form: str, points: list[str]) -> bytes:
    """Return a recording of points."""
    track = "".join(points)
    if form == "gpx":
        return (
            f'<gpx creator="{escape("Phone")}"><trk><type>running</type><trkseg>{track}</trkseg></trk></gpx>'.encode()
        )
    lap = f'<Lap StartTime="2026-11-01T10:00:00Z"><Track>{track}</Track></Lap>'
    return (
        f'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-11-01T10:00:00Z</Id>{lap}'
        "</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


@pytest.mark.parametrize("form", ["gpx", "tcx"])
@pytest.mark.parametrize("step", [1, 15])
def test_points_of_xml_are_recorded_ones(form: str, step: int) -> None:
    (run,) = parse(f"run.{form}", document(form, [point(second, form) for second in range(0, 1201, step)]))
    curve = curve_of(run)
    assert len(curve) <= MOST_POINTS
    assert (curve.times[0], curve.times[-1]) == (0, 1200)
    for time, metres, height in zip(curve.times, curve.metres, curve.heights, strict=True):
        assert time is not None
        assert metres == pytest.approx(3 * time, abs=1)
        assert height == pytest.approx(time / 10, abs=0.5)
    assert set(curve.heart_rates) == {150}
    assert set(curve.cadences) == {170}
    assert all(pace == pytest.approx(1 / 3, rel=0.01) for pace in curve.paces[1:])


@pytest.mark.parametrize("form", ["gpx", "tcx"])
def test_points_out_of_order_are_put_in_order(form: str) -> None:
    points = [point(second, form) for second in range(0, 601, 5)]
    points[40], points[41] = points[41], points[40]
    (run,) = parse(f"run.{form}", document(form, points))
    times = [time for time in curve_of(run).times if time is not None]
    assert times == sorted(times)


@pytest.mark.parametrize("text", ["", "high", "nan", "-600", "9001"])
def test_odd_heights_are_unknown(text: str) -> None:
    points = [point(second, "gpx") for second in range(0, 601, 5)]
    points[0] = points[0].replace("<ele>0.0</ele>", f"<ele>{text}</ele>")
    (run,) = parse("run.gpx", document("gpx", points))
    heights = curve_of(run).heights
    assert heights[0] is None
    assert None not in heights[1:]


def test_track_of_two_points_without_a_way_has_a_curve() -> None:
    lap = "<Trackpoint><Time>2026-11-01T10:00:{:02}Z</Time></Trackpoint>"
    (run,) = parse("run.tcx", document("tcx", [lap.format(0), lap.format(30)]))
    curve = curve_of(run)
    assert (list(curve.times), list(curve.metres), list(curve.heights)) == ([0, 30], [None, None], [None, None])
