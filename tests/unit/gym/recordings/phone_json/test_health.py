"""The same run in every JSON format gives the same run; figures that a service lacks stay None."""

from datetime import UTC, datetime, timedelta
import gzip
import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings import parse, read
from custom_components.home_gym.gym.recordings.phone_json import DEFAULT_CONTEXT, RUN_NAMES, Names, PostContext, fullest
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport, Surface
from tests.builders.health import ROWS, build_json, changed

START = datetime(2026, 5, 4, 17, tzinfo=UTC)


def only(shape: str, context: PostContext = DEFAULT_CONTEXT, **changes: Any) -> Activity:
    """Return the activity in a row of a shape with changes."""
    batch = read("post", build_json(shape, changed(ROWS[shape], **changes)), context)
    assert batch.problems == ()
    [activity] = batch.activities
    return activity


@pytest.mark.parametrize(
    ("shape", "absent"),
    [
        ("hae_v1", ()),
        ("hae_v2", ()),
        ("shortcut", ("cadence", "heart_rate")),
        ("hc_session", ("moving_time", "distance", "cadence", "heart_rate")),
        ("hc_day", ("moving_time", "distance", "cadence", "heart_rate")),
        ("hc_app", ()),
        ("strava", ()),
        ("intervals", ()),
        ("garmin_listed", ()),
        ("garmin_detailed", ()),
        ("garmin_exported", ()),
        ("garmin_pushed", ("elapsed_time",)),
        ("own", ()),
    ],
)
def test_all_formats_give_same_run(shape: str, absent: tuple[str, ...]) -> None:
    run = only(shape)
    figures: dict[str, Any] = {
        "elapsed_time": 1860,
        # Version 1 knows no pauses.
        "moving_time": 1860 if shape == "hae_v1" else 1800,
        "distance": 5000,
        "cadence": 172,
        "heart_rate": 150,
    } | dict.fromkeys(absent)
    assert (run.sport, run.start, run.origin) == (Sport.RUN, START, Origin.CLOUD)
    assert {name: getattr(run, name) for name in figures} == pytest.approx(figures)
    assert run.power is None
    assert run.origin_id


@pytest.mark.parametrize("shape", ROWS)
def test_changed_figure_replaces_first_and_new_start_is_new_run(shape: str) -> None:
    """A changed figure replaces the first; a run at another time, with another id, is another run."""
    assert only(shape).id == only(shape, distance=None, title="Changed").id
    assert parse("post", build_json(shape)) == parse("post.json.gz", gzip.compress(build_json(shape)))
    assert parse("post", b"\xef\xbb\xbf \n" + build_json(shape)) == parse("post", build_json(shape))


def test_garmin_feeds_share_id() -> None:
    shapes = ("garmin_listed", "garmin_detailed", "garmin_exported", "garmin_pushed")
    assert {only(shape).origin_id for shape in shapes} == {"garmin/20000000001"}


def test_workout_with_two_ids_is_one() -> None:
    """Two automations of one phone use different ids for a workout, and version 1 has none."""
    one, other, first = only("hae_v2"), only("hae_v2", id="another", heartRate=None), only("hae_v1")
    assert one.id == other.id == first.id
    assert fullest([other, one]) == [one]
    assert fullest([one, other]) == [one]


@pytest.mark.parametrize(
    ("shape", "changes", "figure", "expected"),
    [
        # Health Auto Export
        ("hae_v1", {"stepCadence": None}, "cadence", 172),
        ("hae_v1", {"stepCadence": {"qty": 0}, "stepCount": {"qty": 0}}, "cadence", None),
        ("hae_v2", {"stepCount": [{"qty": 12}]}, "cadence", None),
        ("hae_v2", {"stepCount": None}, "cadence", None),
        ("hae_v2", {"distance": {"qty": 5000, "units": "m"}}, "distance", 5000),
        ("hae_v2", {"distance": {"qty": 500000, "units": "cm"}}, "distance", 5000),
        ("hae_v2", {"distance": {"qty": 5, "units": "parsecs"}}, "distance", None),
        ("hae_v2", {"distance": {"units": "km"}}, "distance", None),
        ("hae_v2", {"distance": 5}, "distance", 5000),
        ("hae_v2", {"distance": {"qty": 0, "units": "km"}}, "distance", None),
        ("hae_v2", {"end": None}, "elapsed_time", None),
        ("hae_v2", {"end": None}, "moving_time", 1800),
        ("hae_v2", {"duration": 1800000}, "moving_time", 1800),
        ("hae_v2", {"duration": 1870}, "moving_time", 1860),
        ("hae_v2", {"duration": 3000}, "moving_time", None),
        ("hae_v2", {"duration": 0}, "moving_time", 1860),
        ("hae_v2", {"avgHeartRate": {"qty": 140}}, "heart_rate", 140),
        ("hae_v2", {"avgHeartRate": 140}, "heart_rate", 140),
        ("hae_v2", {"heartRate": None, "avgHeartRate": {"qty": 0, "units": "bpm"}}, "heart_rate", None),
        ("hae_v2", {"heartRate": {"avg": {"qty": 5000}}}, "heart_rate", None),
        ("hae_v2", {"isIndoor": None}, "indoor", False),
        ("hae_v2", {"isIndoor": None, "location": None}, "indoor", False),
        ("hae_v2", {"isIndoor": None, "location": "Pool", "name": "Running"}, "indoor", None),
        ("hae_v2", {"isIndoor": None, "location": None, "name": "Laufband"}, "indoor", True),
        ("hae_v2", {"isIndoor": None, "location": None, "name": "Indoor Run"}, "surface", Surface.TREADMILL),
        ("hae_v2", {"name": "Outdoor Ausfu\u0308hren"}, "sport", Sport.RUN),
        ("hae_v2", {"name": "COURSE À PIED"}, "sport", Sport.RUN),
        ("hae_v2", {"name": "Corsa all\u2019aperto"}, "sport", Sport.RUN),
        ("hae_v2", {"name": "Outdoor Spaziergang"}, "sport", Sport.WALK),
        ("hae_v2", {"name": "Traditional Strength Training", "stepCadence": {"qty": 90}}, "cadence", None),
        ("hae_v2", {"name": "Core Training"}, "sport", Sport.STRENGTH),
        ("hae_v2", {"name": "Yoga"}, "sport", Sport.MOBILITY),
        ("hae_v2", {"name": "Schwimmbad Schwimmen"}, "sport", Sport.OTHER),
        # Shortcuts
        ("shortcut", {"distance": "3.1 mi"}, "distance", 4988.9664),
        ("shortcut", {"distance": "5,25 km"}, "distance", 5250),
        ("shortcut", {"distance": "5,250 m"}, "distance", 5250),
        ("shortcut", {"distance": "5\u202f250 m"}, "distance", 5250),
        ("shortcut", {"distance": "5.25"}, "distance", 5250),
        ("shortcut", {"distance": "far"}, "distance", None),
        ("shortcut", {"duration": None}, "elapsed_time", 1860),
        ("shortcut", {"endDate": None}, "elapsed_time", None),
        ("shortcut", {"endDate": "4 May 2026 at 5:00 pm"}, "elapsed_time", None),
        ("shortcut", {"type": "Indoor Run"}, "indoor", True),
        # Health Connect
        ("hc_session", {"exerciseType": 57}, "indoor", True),
        ("hc_session", {"exerciseType": 57}, "sport", Sport.RUN),
        ("hc_session", {"exerciseType": 79}, "sport", Sport.WALK),
        ("hc_session", {"exerciseType": 70}, "sport", Sport.STRENGTH),
        ("hc_session", {"exerciseType": 83}, "sport", Sport.MOBILITY),
        ("hc_session", {"exerciseType": 8}, "sport", Sport.OTHER),
        ("hc_session", {"exerciseType": -1, "exerciseName": "Running"}, "sport", Sport.RUN),
        ("hc_session", {"exerciseType": "EXERCISE_TYPE_RUNNING"}, "sport", Sport.RUN),
        ("hc_session", {"exerciseType": "RUNNING_TREADMILL"}, "sport", Sport.RUN),
        ("hc_app", {"type": "running_treadmill"}, "surface", Surface.TREADMILL),
        ("hc_app", {"end_time": None}, "elapsed_time", None),
        # Strava and intervals.icu
        ("strava", {"sport_type": "TrailRun"}, "surface", Surface.TRAIL),
        ("strava", {"sport_type": "VirtualRun"}, "indoor", True),
        ("strava", {"trainer": True}, "surface", Surface.TREADMILL),
        ("strava", {"sport_type": None, "type": "Ride"}, "cadence", None),
        ("strava", {"average_cadence": 168}, "cadence", 168),
        ("strava", {"average_cadence": 0}, "cadence", None),
        ("strava", {"average_cadence": 119.5e3}, "cadence", None),
        ("strava", {"average_watts": 300}, "power", 300),
        ("strava", {"average_watts": 30000}, "power", None),
        ("strava", {"device_name": "A watch"}, "device", "A watch"),
        ("intervals", {"id": "12345"}, "origin_id", "intervals_icu/12345"),
        # Garmin
        ("garmin_listed", {"activityType": "treadmill_running"}, "indoor", True),
        ("garmin_listed", {"startTimeGMT": None, "startTime": "2026-05-04T17:00:00+00:00"}, "start", START),
        ("garmin_listed", {"elapsedDuration": 1860}, "elapsed_time", 1860),
        ("garmin_listed", {"elapsedDuration": None}, "elapsed_time", None),
        ("garmin_exported", {"avgDoubleCadence": None, "avgRunCadence": 86}, "cadence", 172),
        ("garmin_exported", {"elapsedDuration": None}, "elapsed_time", None),
        ("garmin_exported", {"deviceName": "A watch"}, "device", "A watch"),
        # Our own
        ("own", {"sport": "walk"}, "sport", Sport.WALK),
        ("own", {"sport": "Laufen"}, "sport", Sport.RUN),
        ("own", {"surface": "track"}, "surface", Surface.TRACK),
        ("own", {"surface": "treadmill"}, "indoor", True),
        ("own", {"surface": "lava"}, "surface", None),
        ("own", {"indoor": False}, "surface", Surface.ROAD),
        ("own", {"distance": "5.0 km"}, "distance", 5000),
        ("own", {"distance": True}, "distance", None),
        ("own", {"distance": "NaN"}, "distance", None),
        ("own", {"end": "2026-05-04T17:32:00Z"}, "elapsed_time", 1920),
        ("own", {"id": 7}, "origin_id", "home_gym/7"),
        ("own", {"id": 10**250}, "origin_id", "home_gym/2026-05-04T17:00:00+00:00/"),
        ("own", {"id": "half a letter \ud800"}, "origin_id", "home_gym/half a letter ?"),
        ("own", {"device": "x" * 500}, "device", "x" * 200),
    ],
)
def test_single_figure(shape: str, changes: dict[str, Any], figure: str, expected: Any) -> None:
    value = getattr(only(shape, **changes), figure)
    assert value == (pytest.approx(expected) if isinstance(expected, float | int) else expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-05-04T17:00:00Z", START),
        ("2026-05-04 17:00:00", START - timedelta(hours=2)),
        ("2026-05-04 17:00", START - timedelta(hours=2)),
        ("2026-05-04 7:00:00 PM +0200", START),
        ("2026-05-04 7:00:00\u202fp.m. +02:00", START),
        ("2026-05-04 12:30:00 AM -0330", datetime(2026, 5, 4, 4, 0, tzinfo=UTC)),
        ("2026-05-04 12:30:00 PM UTC", datetime(2026, 5, 4, 12, 30, tzinfo=UTC)),
        ("2026-05-04T17:00:00.25Z", START + timedelta(milliseconds=250)),
        ("2026-05-04T17:00:00.1234567890Z", START + timedelta(microseconds=123456)),
        ("4 May 2026 at 19:00", START),
        ("04. May. 2026, 19:00:00", START),
        ("May 4, 2026 at 7:00 PM", START),
        ("Sept 4, 2026, 7.00 pm", datetime(2026, 9, 4, 17, tzinfo=UTC)),
        (1777914000, START),
        (1777914000000, START),
        ("1777914000", START),
    ],
)
def test_instants_in_all_spellings(written: str | float, expected: datetime) -> None:
    berlin = PostContext(names=Names(), zone=ZoneInfo("Europe/Berlin"))
    assert only("own", berlin, start=written).start == expected


def test_local_start_is_in_home_time_zone() -> None:
    berlin = PostContext(names=Names(), zone=ZoneInfo("Europe/Berlin"))
    assert only("intervals", berlin, start_date=None).start == START
    assert only("garmin_listed", berlin, startTimeGMT=None).start == START
    assert only("shortcut", berlin).start == START - timedelta(hours=2)


def test_chosen_names_are_runs() -> None:
    mine = PostContext(names=Names.of(["Mud Hop", "Outdoor Run"]), zone=UTC)
    assert only("hae_v2", mine, name="mud hop").sport is Sport.RUN
    assert only("hae_v2", mine).sport is Sport.RUN
    assert only("hae_v1", mine).sport is Sport.OTHER
    assert only("hae_v2", mine, name="Trail Running").sport is Sport.RUN
    # What a service calls a run in words of its own is no matter of taste.
    assert only("strava", mine).sport is Sport.RUN
    assert only("hc_app", mine).sport is Sport.RUN
    assert only("own", mine).sport is Sport.RUN


def test_built_in_names() -> None:
    names = Names()
    assert all(names.sport(name) is Sport.RUN for name in RUN_NAMES)
    assert len(set(RUN_NAMES)) == len(RUN_NAMES) > 80
    assert names.sport(None) is Sport.OTHER


@given(st.integers(-600_000_000, 600_000_000), st.integers(1, 7200), st.floats(0, 6.7))
def test_own_json_round_trip(seconds: int, moving: int, speed: float) -> None:
    """Home Gym's own JSON gives back its input for all figures."""
    start = START + timedelta(seconds=seconds)
    row = {"sport": "run", "start": start.isoformat(), "moving_time": moving, "distance": moving * speed}
    [run] = parse("own", json.dumps(row).encode())
    assert (run.start, run.moving_time) == (start, moving)
    assert (run.distance or 0) == pytest.approx(moving * speed)
