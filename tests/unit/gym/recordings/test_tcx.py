"""Figures of TCX files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Sport, Surface
from tests.builders import LapPlan, Recording, build_fit, build_tcx

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(
    start=START,
    laps=(
        LapPlan(duration=600, distance=1800, cadence=172, pause=90),
        LapPlan(duration=300, distance=300, cadence=120, intensity="rest"),
        LapPlan(duration=600, distance=1700, cadence=168),
    ),
    power=250,
)


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = parse("run.tcx", data)
    return activity


def test_run_has_figures_of_laps_and_points() -> None:
    run = only(build_tcx(RUN))
    assert (run.sport, run.sub_sport, run.start) == (Sport.RUN, "Running", START)
    assert (run.elapsed_time, run.moving_time, run.distance) == (1590, 1500, 3800)
    assert run.cadence == pytest.approx(RUN.cadence)
    assert (run.heart_rate, run.max_heart_rate, run.power) == (148, 148, 250)
    assert (run.indoor, run.surface, run.incomplete) == (False, Surface.ROAD, False)
    assert (run.device, run.serial_number) == ("Forerunner 965", "3401229117")


def test_laps_have_start_moving_time_distance_cadence_and_intensity() -> None:
    laps = only(build_tcx(RUN)).laps
    assert [lap.start - START for lap in laps] == [timedelta(seconds=seconds) for seconds in (0, 690, 990)]
    assert [(lap.moving_time, lap.distance, lap.cadence) for lap in laps] == [
        (600, 1800, 172),
        (300, 300, 120),
        (600, 1700, 168),
    ]
    assert [lap.intensity for lap in laps] == [Intensity.ACTIVE, Intensity.REST, Intensity.ACTIVE]


def test_fit_and_tcx_of_run_agree() -> None:
    tcx, fit = only(build_tcx(RUN)), only(build_fit(RUN))
    assert tcx.cadence_thirds == pytest.approx(fit.cadence_thirds, abs=0.5)
    assert tcx.cadence == pytest.approx(fit.cadence, abs=0.5)
    assert (tcx.start, tcx.distance, tcx.moving_time) == (fit.start, fit.distance, fit.moving_time)


def test_multisport_session_gives_each_activity() -> None:
    ride = replace(RUN, sport="cycling", start=START - timedelta(hours=1))
    assert [each.sport for each in parse("two.tcx", build_tcx(ride, RUN))] == [Sport.OTHER, Sport.RUN]
    nested = (
        build_tcx(ride, RUN)
        .replace(b"<Activities>", b"<Activities><MultiSportSession><FirstSport>")
        .replace(b"</Activity><Activity", b"</Activity></FirstSport><NextSport><Activity")
        .replace(b"</Activities>", b"</NextSport></MultiSportSession></Activities>")
    )
    assert parse("two.tcx", nested) == parse("two.tcx", build_tcx(ride, RUN))


def test_run_without_positions_is_indoors() -> None:
    run = only(build_tcx(replace(RUN, outdoors=False)))
    assert (run.indoor, run.surface) == (True, Surface.TREADMILL)


def test_steps_of_treadmill_are_not_doubled() -> None:
    run = only(build_tcx(RUN).replace(b"Cadence>86<", b"Cadence>172<").replace(b"Cadence>84<", b"Cadence>168<"))
    assert [lap.cadence for lap in run.laps] == [172, 60, 168]


def document(activity: str) -> bytes:
    """Return a document with the given content of one activity."""
    return (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f"{activity}</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def test_distance_of_last_point_replaces_missing_lap_distance() -> None:
    run = only(
        document(
            '<Lap StartTime="2026-11-01T10:00:00Z"><DistanceMeters>100</DistanceMeters></Lap>'
            '<Lap StartTime="2026-11-01T10:01:00Z"><Track>'
            "<Trackpoint><Time>2026-11-01T10:01:00Z</Time><DistanceMeters>100</DistanceMeters></Trackpoint>"
            "<Trackpoint><Time>2026-11-01T10:02:00Z</Time><DistanceMeters>400.5</DistanceMeters></Trackpoint>"
            "<Trackpoint><Time>2026-11-01T10:03:00Z</Time></Trackpoint>"
            "</Track></Lap>"
        )
    )
    assert (run.start, run.distance, run.moving_time, run.elapsed_time) == (START, 400.5, 60, 180)


def test_activity_id_takes_precedence_as_start() -> None:
    run = only(document('<Id>2026-11-01T10:00:00Z</Id><Lap StartTime="2026-11-01T10:00:01Z"/>'))
    assert run.start == START
    assert len(run.laps) == 1


def test_activity_without_figures_is_read() -> None:
    run = only(document("<Id>yesterday</Id><Lap/><Lap StartTime='1989-12-31T00:08:05Z'/>"))
    assert run == Activity(sport=Sport.RUN, start=None, sub_sport="Running")


def test_point_without_time_is_ignored() -> None:
    run = only(
        document("<Lap><Track><Trackpoint><HeartRateBpm><Value>99</Value></HeartRateBpm></Trackpoint></Track></Lap>")
    )
    assert run.heart_rate is None


def test_heart_rate_of_laps_replaces_missing_points() -> None:
    beats = "<Lap><AverageHeartRateBpm><Value>{}</Value></AverageHeartRateBpm></Lap>"
    run = only(document(beats.format(140) + beats.format(150)))
    assert (run.heart_rate, run.max_heart_rate) == (145, None)


def test_cadence_of_points_replaces_missing_laps() -> None:
    """A plain cadence counts one foot as well."""
    point = "<Trackpoint><Time>2026-11-01T10:00:0{0}Z</Time><Cadence>8{0}</Cadence></Trackpoint>"
    run = only(document(f"<Lap><Track>{point.format(0)}{point.format(2)}</Track></Lap>"))
    assert run.cadence == 162


def test_plain_cadence_of_lap_counts_one_foot() -> None:
    assert only(document("<Lap><Cadence>60</Cadence></Lap>")).cadence == 120


@pytest.mark.parametrize("number", ["", "0", "0000000000"])
def test_serial_number_zero_is_none(number: str) -> None:
    run = only(document(f"<Lap/><Creator><Name>Watch</Name><UnitId>{number}</UnitId></Creator>"))
    assert (run.device, run.serial_number) == ("Watch", None)


def test_unknown_elements_are_ignored() -> None:
    run = only(document("<Name>n</Name><AverageHeartRateBpm><Value>5</Value></AverageHeartRateBpm><Lap/>"))
    assert run.heart_rate is None


@pytest.mark.parametrize(
    "inside",
    [
        "<Courses><Course><Lap><DistanceMeters>5000</DistanceMeters></Lap><Track><Trackpoint/></Track></Course></Courses>",
        '<Workouts><Workout Sport="Running"><Step><Intensity>Active</Intensity></Step></Workout></Workouts>',
        "<Folders/>",
    ],
    ids=["course", "workout", "nothing"],
)
def test_course_and_workout_are_no_activities(inside: str) -> None:
    assert parse("plan.tcx", f"<TrainingCenterDatabase>{inside}</TrainingCenterDatabase>".encode()) == []
