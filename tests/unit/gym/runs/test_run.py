from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.runs.activity import Activity, Lap, Origin, RunningDynamics, Surface
from custom_components.home_gym.gym.runs.exertion import Exertion, HeartRateProfile, HeartRateZones
from custom_components.home_gym.gym.runs.run import run_of, start_of
from tests.support.unit.make import NOON, activity

DAY = date(2026, 3, 2)
MOST_TRUSTED_FIRST = [Origin.FILE, Origin.CLOUD, Origin.ENTITY, Origin.TREADMILL, Origin.POWER]


@pytest.mark.parametrize("missing", range(5))
def test_each_figure_comes_from_most_trusted_source_with_it(missing: int) -> None:
    """The first `missing` sources lack all figures."""
    seen = [
        activity(
            NOON + timedelta(seconds=place),
            origin=origin,
            minutes=None if place < missing else 30 + place,
            km=None if place < missing else 5 + place,
            **(
                {}
                if place < missing
                else {
                    "moving_time": 1700.0 + place,
                    "cadence": 170.0 + place,
                    "heart_rate": 140.0 + place,
                    "indoor": place % 2 == 0,
                    "surface": list(Surface)[place % 4],
                    "laps": (Lap(start=NOON, distance=float(place)),),
                }
            ),
        )
        for place, origin in enumerate(MOST_TRUSTED_FIRST)
    ]
    run = run_of(seen[::-1], DAY)
    assert run.start == NOON  # everybody has a start: the watch's counts
    assert run.elapsed_time == (30 + missing) * 60
    assert run.moving_time == run.duration == 1700 + missing
    assert run.distance == (5 + missing) * 1000
    assert run.cadence == 170 + missing
    assert run.heart_rate == 140 + missing
    assert run.indoor is (missing % 2 == 0)
    assert run.surface is list(Surface)[missing % 4]
    assert run.laps == (Lap(start=NOON, distance=missing),)
    assert run.activities == {one.id for one in seen}
    assert run.id in run.activities
    assert run.day == DAY


def test_figure_without_source_is_none() -> None:
    run = run_of([activity(minutes=None, km=None)], DAY)
    assert (run.elapsed_time, run.moving_time, run.duration, run.distance, run.cadence) == (None,) * 5
    assert run.laps == ()
    assert run.end == run.start
    assert run.distance_in_millimetres == 0


def test_zero_is_a_figure() -> None:
    assert run_of([activity(km=0), activity(km=5, origin=Origin.CLOUD)], DAY).distance == 0


@pytest.mark.parametrize(
    ("times", "duration", "end"),
    [
        ({"elapsed_time": 1800.0, "moving_time": 1500.0}, 1500, 1800),
        ({"elapsed_time": 1800.0}, 1800, 1800),
        ({"elapsed_time": None, "moving_time": 1500.0}, 1500, 1500),
    ],
)
def test_duration_and_end_follow_from_times(times: dict[str, Any], duration: float, end: float) -> None:
    run = run_of([activity(**times)], DAY)
    assert run.duration == duration
    assert run.end == NOON + timedelta(seconds=end)


def test_complete_recording_precedes_damaged_one() -> None:
    damaged, complete = (
        activity(km=3, incomplete=True),
        activity(NOON + timedelta(seconds=5), km=5, device="another"),
    )
    assert run_of([damaged, complete], DAY).distance == 5000


@pytest.mark.parametrize(("metres", "millimetres"), [(5000.0, 5_000_000), (0.1 + 0.2, 300), (1609.344, 1_609_344)])
def test_distance_is_rounded_to_millimetres(metres: float, millimetres: int) -> None:
    assert run_of([activity(distance=metres)], DAY).distance_in_millimetres == millimetres


def test_undated_activity_can_be_ranked() -> None:
    undated = Activity(sport=activity().sport, start=None, heart_rate=150)
    assert run_of([activity(), undated], DAY).start == NOON


def test_activity_without_start_has_no_start_to_fuse_by() -> None:
    with pytest.raises(ValueError, match="without a start"):
        start_of(replace(activity(), start=None))
    assert start_of(activity(NOON)) == NOON


def test_figures_of_watch_and_pod_complete_each_other() -> None:
    """Each figure of the stride, the strain and the heart comes from the most trusted source that has it."""
    watch = activity(
        dynamics=RunningDynamics(vertical_ratio=7.9),
        exertion=Exertion(training_load=140),
        heart_rate_profile=HeartRateProfile(resting=47),
        ascent=0.0,
    )
    pod = activity(
        origin=Origin.CLOUD,
        dynamics=RunningDynamics(vertical_ratio=8.5, step_length=1.1),
        exertion=Exertion(training_load=99, feel=75),
        heart_rate_profile=HeartRateProfile(resting=60, maximum=190),
        power=250,
        ascent=12,
        heart_rate_zones=HeartRateZones(seconds=(1, 2, 3, 4, 5)),
    )
    bare = activity(origin=Origin.ENTITY)
    run = run_of([bare, pod, watch], DAY)
    assert run.dynamics == RunningDynamics(vertical_ratio=7.9, step_length=1.1)
    assert run.exertion == Exertion(training_load=140, feel=75)
    assert run.heart_rate_profile == HeartRateProfile(resting=47, maximum=190)
    assert (run.power, run.ascent, run.heart_rate_zones) == (250, 0, pod.heart_rate_zones)
    assert (run_of([bare], DAY).dynamics, run_of([bare, bare], DAY).exertion) == (None, None)


@pytest.mark.parametrize(
    ("figures", "length"),
    [
        ({"moving_time": 1500, "cadence": 175}, 5000 / (25 * 175)),
        ({"moving_time": 1500, "cadence": 175, "dynamics": RunningDynamics(step_length=1.08)}, 1.08),
        ({"moving_time": 1500, "cadence": 175, "dynamics": RunningDynamics(vertical_ratio=8)}, 5000 / (25 * 175)),
        ({"moving_time": 1500}, None),
        ({"cadence": 175}, None),
        ({"moving_time": 1500, "cadence": 175, "km": None}, None),
        # A cadence that only counts a few minutes.
        ({"moving_time": 1500, "cadence": 21}, None),
    ],
)
def test_step_length_is_measured_or_follows(figures: dict[str, Any], length: float | None) -> None:
    found = run_of([activity(**figures)], DAY).step_length
    assert found == (length and pytest.approx(length))
