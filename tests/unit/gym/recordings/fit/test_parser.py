"""Figures of complete FIT files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Sport, Surface
from tests.builders import (
    FitShape,
    LapPlan,
    Recording,
    Watch,
    build_fit,
    habit_recording,
    run_recording,
    strength_recording,
    yoga_recording,
)

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(
    start=START,
    laps=(
        LapPlan(duration=300, distance=700, cadence=160, intensity="warm_up"),
        LapPlan(duration=900, distance=3000, cadence=176, pause=45),
        LapPlan(duration=120, distance=200, cadence=130, intensity="recovery"),
        LapPlan(duration=300, distance=650, cadence=156, intensity="cool_down"),
    ),
    power=240,
)


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = parse("run.fit", data)
    return activity


def test_run_has_figures_of_watch() -> None:
    run = only(build_fit(RUN))
    assert (run.sport, run.sub_sport, run.start) == (Sport.RUN, "generic", START)
    assert (run.elapsed_time, run.moving_time, run.distance) == (1665, 1620, 4550)
    assert run.cadence == pytest.approx(RUN.cadence, abs=0.02)
    assert (run.heart_rate, run.max_heart_rate, run.power) == (148, 148, 240)
    assert (run.indoor, run.surface, run.incomplete) == (False, Surface.ROAD, False)
    assert (run.manufacturer, run.device, run.serial_number) == ("Garmin", "Forerunner 965", "3401229117")


def test_laps_keep_order_figures_and_intensity() -> None:
    laps = only(build_fit(RUN)).laps
    assert [lap.intensity for lap in laps] == [
        Intensity.WARM_UP,
        Intensity.ACTIVE,
        Intensity.REST,
        Intensity.COOL_DOWN,
    ]
    assert [lap.start for lap in laps] == [START + timedelta(seconds=seconds) for seconds in (0, 300, 1245, 1365)]
    assert [(lap.elapsed_time, lap.moving_time, lap.distance) for lap in laps] == [
        (300, 300, 700),
        (945, 900, 3000),
        (120, 120, 200),
        (300, 300, 650),
    ]
    assert [lap.cadence for lap in laps] == [160, 176, 130, 156]


@pytest.mark.parametrize(
    "shape",
    [
        FitShape(big_endian=True),
        FitShape(compressed_timestamps=True),
        FitShape(developer_fields=True),
        FitShape(session_first=True),
        FitShape(header_size=12),
        FitShape(big_endian=True, compressed_timestamps=True, developer_fields=True, header_size=12),
    ],
    ids=["big endian", "compressed timestamps", "developer fields", "session first", "short header", "all at once"],
)
def test_encoding_does_not_change_run(shape: FitShape) -> None:
    assert only(build_fit(RUN, shape=shape)) == only(build_fit(RUN))


def test_sparse_records_give_nearly_same_figures() -> None:
    smart = only(build_fit(replace(RUN, record_interval=5)))
    plain = only(build_fit(RUN))
    assert smart.cadence_thirds == pytest.approx(plain.cadence_thirds, abs=1)
    assert smart.cadence_profile
    assert plain.cadence_profile
    for low, high in ((150, 170), (170, 180)):
        share = plain.cadence_profile.share_between(low, high)
        assert smart.cadence_profile.share_between(low, high) == pytest.approx(share, abs=1)
    smart, plain = (replace(each, cadence_thirds=None, cadence_profile=None) for each in (smart, plain))
    assert smart == plain


def test_cadence_thirds_of_tiring_runner_fall() -> None:
    run = only(run_recording(START, 5000, 1800, 172, cadence_fade=12))
    assert run.cadence_thirds == pytest.approx((176, 172, 168), abs=0.1)


def test_unset_clock_gives_no_start() -> None:
    """Neither the activity nor its laps have one."""
    run = only(build_fit(RUN, shape=FitShape(clock_set=False)))
    assert (run.start, run.laps) == (None, ())
    assert (run.distance, run.moving_time) == (4550, 1620)


@pytest.mark.parametrize(
    ("surface", "indoor"), [("road", False), ("trail", False), ("track", False), ("treadmill", True)]
)
def test_surface_follows_profile(surface: str, indoor: bool) -> None:
    run = only(run_recording(START, 3000, 1200, surface=surface))  # type: ignore[arg-type]
    assert (run.surface, run.indoor) == (Surface(surface), indoor)


def test_strength_and_mobility_have_no_steps_or_surface() -> None:
    strength, yoga = only(strength_recording(START, 1200)), only(yoga_recording(START, 900))
    assert (strength.sport, strength.sub_sport, strength.moving_time) == (Sport.STRENGTH, "strength_training", 1200)
    assert (yoga.sport, yoga.sub_sport, yoga.moving_time) == (Sport.MOBILITY, "yoga", 900)
    assert {each.cadence or each.distance or each.surface or each.indoor for each in (strength, yoga)} == {None}
    assert only(habit_recording(START, 600, "pilates", heart_rate=None)).heart_rate is None


def test_legs_have_their_own_records_and_laps() -> None:
    swim = Recording(start=START, sport="swimming", laps=(LapPlan(duration=600, distance=500),))
    change = Recording(start=swim.end, sport="transition", laps=(LapPlan(duration=60, distance=50),))
    run = replace(RUN, start=change.end, heart_rate=171)
    legs = parse("tri.fit", build_fit(swim, change, run))
    assert [leg.sport for leg in legs] == [Sport.OTHER, Sport.OTHER, Sport.RUN]
    assert [leg.distance for leg in legs] == [500, 50, 4550]
    assert [leg.heart_rate for leg in legs] == [148, 148, 171]
    assert [len(leg.laps) for leg in legs] == [1, 1, 4]
    assert legs[2].cadence_thirds == pytest.approx(only(build_fit(RUN)).cadence_thirds, abs=0.5)


def test_chained_files_are_all_read() -> None:
    """Files without an activity add nothing."""
    settings = build_fit(RUN, shape=FitShape(file_type=2, sessions=False))
    later = replace(RUN, start=START + timedelta(days=1))
    chained = parse("chained.fit", settings + build_fit(RUN) + settings + build_fit(later))
    assert [each.start for each in chained] == [START, later.start]


@pytest.mark.parametrize("file_type", [1, 2, 5, 6, 15], ids=["device", "settings", "workout", "course", "totals"])
def test_other_file_types_hold_no_activity(file_type: int) -> None:
    assert parse("other.fit", build_fit(RUN, shape=FitShape(file_type=file_type, sessions=False))) == []


def test_empty_activity_file_holds_no_activity() -> None:
    shape = FitShape(sessions=False, laps=False, records=False)
    assert parse("empty.fit", build_fit(RUN, shape=shape)) == []


@pytest.mark.parametrize(
    ("watch", "manufacturer", "device"),
    [
        (Watch(manufacturer=294, product=841, product_name="COROS PACE 3"), "COROS", "COROS PACE 3"),
        (Watch(manufacturer=123, product=7), "Polar", "Polar 7"),
        (Watch(manufacturer=9999, product=7), None, None),
        (Watch(manufacturer=9999, product=7, product_name="Stopwatch"), None, "Stopwatch"),
    ],
)
def test_device_name(watch: Watch, manufacturer: str | None, device: str | None) -> None:
    """A device is named by the file, else by a known maker's name and number."""
    run = only(build_fit(replace(RUN, watch=watch)))
    assert (run.manufacturer, run.device) == (manufacturer, device)


def test_serial_number_zero_is_none() -> None:
    assert only(build_fit(replace(RUN, watch=Watch(serial_number=0)))).serial_number is None
