"""Figures of FIT files beyond distance, time and cadence: strain, zones, heart rates, local time, laps and devices."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Surface
from custom_components.home_gym.gym.runs.exertion import Exertion, HeartRateProfile, HeartRateZones
from tests.builders import FitShape, FitWriter, LapPlan, Recording, Watch, build_fit
from tests.builders.fit_tables import (
    ACTIVITY,
    FILE_ID,
    LAP,
    RECORD,
    STRAIN,
    TIME_IN_ZONE,
    USER_PROFILE,
    ZONES_TARGET,
    Message,
    Value,
)

NOW = 1_162_000_000
START = datetime(1989, 12, 31, tzinfo=UTC) + timedelta(seconds=NOW)
RUN: dict[str, Value] = {"start_time": NOW, "timestamp": NOW + 1800, "sport": 1, "sub_sport": 0}
SESSION_NUMBER, LAP_NUMBER = 18, 19
DEGREE = 2**31 / 180

type Values = Mapping[str, Value]


def written(*messages: tuple[Message, Values], shape: FitShape | None = None) -> list[Activity]:
    """Return the activities in a file of the given messages."""
    writer = FitWriter(shape or FitShape())
    writer.message(0, FILE_ID, {"type": 4})
    for message, values in messages:
        writer.message(0, message, dict(values))
    return parse("run.fit", writer.file())


def run_with(*messages: tuple[Message, Values], **session: Value) -> Activity:
    """Return the run of a session with some figures, after other messages."""
    (run,) = written(*messages, (STRAIN, RUN | session))
    return run


@pytest.mark.parametrize("big_endian", [False, True])
def test_strain_has_units_of_the_profile(big_endian: bool) -> None:
    session = RUN | {
        "total_ascent": 57,
        "total_descent": 56,
        "total_training_effect": 3.3,
        "total_anaerobic_training_effect": 2.3,
        "training_load_peak": 142.5,
        "workout_feel": 75,
        "workout_rpe": 40,
        "avg_vertical_oscillation": 94.6,
        "avg_vertical_ratio": 8.29,
        "avg_step_length": 1142,
    }
    (run,) = written((STRAIN, session), shape=FitShape(big_endian=big_endian))
    assert (run.ascent, run.descent) == (57, 56)
    assert run.exertion == Exertion(training_load=142.5, aerobic_effect=3.3, anaerobic_effect=2.3, perceived=4, feel=75)
    assert run.dynamics
    assert run.dynamics.vertical_oscillation == pytest.approx(0.0946)
    assert (run.dynamics.vertical_ratio, run.dynamics.step_length) == (8.29, 1.142)


def test_session_without_strain_has_none() -> None:
    run = run_with()
    assert (run.ascent, run.descent, run.exertion, run.dynamics) == (None, None, None, None)
    assert (run.heart_rate_zones, run.heart_rate_profile, run.utc_offset, run.curve) == (None, None, None, None)


def test_zero_is_a_figure_only_where_it_can_be_one() -> None:
    """A feel of 0 is the worst of the scale; a run without a hard part has an anaerobic effect of 0."""
    zeros: dict[str, Value] = dict.fromkeys(
        ("total_training_effect", "total_anaerobic_training_effect", "training_load_peak", "workout_rpe"), 0
    )
    assert run_with(**zeros).exertion is None
    assert run_with(**zeros, workout_feel=0).exertion == Exertion(feel=0)
    known = run_with(**zeros | {"total_training_effect": 2.1}).exertion
    assert known == Exertion(aerobic_effect=2.1, anaerobic_effect=0)


@pytest.mark.parametrize(("height", "expected"), [(12.4, 0), (None, None)])
def test_flat_run_has_no_ascent_only_if_heights_were_measured(height: float | None, expected: float | None) -> None:
    records = [(RECORD, {"timestamp": NOW + second, "enhanced_altitude": height}) for second in range(3)]
    run = run_with(*records, total_ascent=0, total_descent=0)
    assert (run.ascent, run.descent) == (expected, expected)


ZONES = (28.979, 1662.883, 614.995, 986.031, 377.858, 811.522, 0.0)
LIMITS = (94, 136, 145, 153, 170, 206)


def zones_of(message: int, index: int, seconds: tuple[float, ...] = ZONES) -> tuple[Message, Values]:
    """Return a message with the time in each zone of a session or lap."""
    about: dict[str, Value] = {"reference_mesg": message, "reference_index": index}
    rates: dict[str, Value] = {"hr_zone_high_boundary": LIMITS, "max_heart_rate": 206, "resting_heart_rate": 44}
    return TIME_IN_ZONE, {"timestamp": NOW, "time_in_hr_zone": seconds, **about, **rates}


def test_zones_are_those_of_the_session() -> None:
    lap = (10.0, *[0.0] * 6)
    run = run_with(zones_of(LAP_NUMBER, 0, lap), zones_of(SESSION_NUMBER, 0), zones_of(LAP_NUMBER, 1, lap))
    assert run.heart_rate_zones == HeartRateZones(seconds=ZONES, limits=LIMITS)


def test_zones_of_the_session_message_count_without_others() -> None:
    run = run_with(zones_of(LAP_NUMBER, 0), time_in_hr_zone=ZONES)
    assert run.heart_rate_zones == HeartRateZones(seconds=ZONES)
    assert run_with(time_in_hr_zone=(0.0,) * 7).heart_rate_zones is None


def test_each_leg_has_its_zones() -> None:
    ride = RUN | {"sport": 2}
    later = RUN | {"start_time": NOW + 1800, "timestamp": NOW + 3600}
    seconds = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)
    both = written(zones_of(SESSION_NUMBER, 0), zones_of(SESSION_NUMBER, 1, seconds), (STRAIN, ride), (STRAIN, later))
    assert [each.heart_rate_zones and each.heart_rate_zones.seconds for each in both] == [ZONES, seconds]


@pytest.mark.parametrize(
    ("messages", "resting", "maximum"),
    [
        ([zones_of(SESSION_NUMBER, 0)], 44, 206),
        ([(USER_PROFILE, {"resting_heart_rate": 47, "default_max_heart_rate": 183})], 47, 183),
        ([(USER_PROFILE, {"default_max_running_heart_rate": 190, "default_max_heart_rate": 183})], None, 190),
        ([(ZONES_TARGET, {"max_heart_rate": 185})], None, 185),
        # A watch that doesn't know writes 0.
        ([(USER_PROFILE, {"resting_heart_rate": 0}), (ZONES_TARGET, {"max_heart_rate": 185})], None, 185),
    ],
)
def test_heart_rates_of_the_wearer(
    messages: list[tuple[Message, Values]], resting: float | None, maximum: float
) -> None:
    assert run_with(*messages).heart_rate_profile == HeartRateProfile(resting=resting, maximum=maximum)


@pytest.mark.parametrize(
    ("ahead", "longitude", "expected"),
    [
        (3600, 13.4, 3600),
        (-4 * 3600, -73.1, -4 * 3600),
        # Nepal, Kiribati, and the watch a little late.
        (20_700, 85.3, 20_700),
        (14 * 3600, -157.4, 14 * 3600),
        (3590, 13.4, 3600),
        # Without a position, only 0 may be a program that doesn't know.
        (3600, None, 3600),
        (0, None, None),
        (0, -0.1, 0),
        # Local time that is UTC, in China.
        (0, 120.7, None),
        (3600, 120.7, None),
        (3600 + 400, 13.4, None),
        (20 * 3600, 13.4, None),
    ],
)
def test_offset_of_local_time(ahead: int, longitude: float | None, expected: int | None) -> None:
    east = None if longitude is None else longitude * DEGREE
    (run,) = written(
        (STRAIN, RUN | {"start_position_long": east}),
        (ACTIVITY, {"timestamp": NOW + 1800, "local_timestamp": NOW + 1800 + ahead}),
    )
    assert run.utc_offset == expected


def test_unset_clock_has_no_offset() -> None:
    (run,) = written((STRAIN, RUN), (ACTIVITY, {"timestamp": 1800, "local_timestamp": 5400}))
    assert run.utc_offset is None


@pytest.mark.parametrize(
    ("outdoors", "sub_sport", "surface"),
    [
        (True, "generic", Surface.ROAD),
        (False, "generic", None),
        (False, "treadmill", Surface.TREADMILL),
        (False, "trail", Surface.TRAIL),
        (False, "track", Surface.TRACK),
    ],
)
def test_run_without_positions_is_not_on_the_road(outdoors: bool, sub_sport: str, surface: Surface | None) -> None:
    recording = Recording(
        start=START, laps=(LapPlan(duration=600, distance=1800),), outdoors=outdoors, sub_sport=sub_sport
    )
    (run,) = parse("run.fit", build_fit(recording))
    assert run.surface is surface


def lap(first: int, last: int, **rest: Value) -> tuple[Message, Values]:
    """Return a lap from one minute to another, automatic by default."""
    times = {"start_time": NOW + 60 * first, "timestamp": NOW + 60 * last, "total_elapsed_time": 60 * (last - first)}
    return LAP, {"lap_trigger": 2, **times, **rest}


def spans(run: Activity) -> list[tuple[float, float]]:
    """Return the first and last minute of each lap."""
    return [((each.start - START).total_seconds() / 60, (each.end - START).total_seconds() / 60) for each in run.laps]


@pytest.mark.parametrize(
    ("laps", "expected"),
    [
        ([lap(0, 10), lap(10, 20), lap(20, 30)], [(0, 10), (10, 20), (20, 30)]),
        # By distance, and by hand across all of them.
        ([lap(0, 10), lap(10, 20), lap(20, 30), lap(0, 30, lap_trigger=0)], [(0, 30)]),
        # By hand in between.
        ([lap(0, 10), lap(4, 6, lap_trigger=0), lap(10, 20)], [(4, 6), (10, 20)]),
        # A marked warm-up stays beside what the watch cut by itself.
        ([lap(0, 5), lap(5, 10), lap(0, 10, intensity=2), lap(10, 15)], [(0, 10), (10, 15)]),
        ([lap(0, 10, lap_trigger=0), lap(0, 10, lap_trigger=0)], [(0, 10)]),
    ],
)
def test_overlapping_laps_count_once(laps: list[tuple[Message, Values]], expected: list[tuple[float, float]]) -> None:
    assert spans(run_with(*laps)) == expected


def test_marked_lap_keeps_its_purpose_among_overlapping_ones() -> None:
    run = run_with(lap(0, 5), lap(5, 10), lap(0, 10, intensity=2))
    assert [each.intensity for each in run.laps] == [Intensity.WARM_UP]


@pytest.mark.parametrize(
    ("product", "name"),
    [
        (4315, "Forerunner 965"),
        (2697, "fēnix 5"),
        (3291, "fēnix 6X"),
        (2337, "vívoactive HR"),
        (2158, "Forerunner 735XT"),
        # Its Asian version, and one that is newer than the table.
        (2533, "Forerunner 735XT"),
        (64_999, "Garmin 64999"),
    ],
)
def test_watch_has_the_name_of_its_model(product: int, name: str) -> None:
    """The numbers are those of Garmin's own SDK."""
    recording = Recording(start=START, laps=(LapPlan(duration=600),), watch=Watch(product=product))
    (run,) = parse("run.fit", build_fit(recording))
    assert (run.device, run.manufacturer) == (name, "Garmin")


def test_file_names_its_watch_before_the_table() -> None:
    watch = Watch(product=4315, product_name="My watch")
    (run,) = parse("run.fit", build_fit(Recording(start=START, laps=(LapPlan(duration=600),), watch=watch)))
    assert run.device == "My watch"


def test_number_of_another_maker_names_no_garmin() -> None:
    recording = Recording(start=START, laps=(LapPlan(duration=600),), watch=replace(Watch(), manufacturer=123))
    (run,) = parse("run.fit", build_fit(recording))
    assert run.device == "Polar 4315"
