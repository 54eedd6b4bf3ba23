"""Strava's sensors, one for each figure."""

from typing import Any

import pytest

from custom_components.home_gym.gym.integrations import PRESETS
from custom_components.home_gym.gym.runs.activity import Sport

from ....support.unit.shown import START, read, snapshot, strava

SERVICE = "ha_strava"


def test_activity_is_joined_from_sensors() -> None:
    [run] = read(SERVICE, *strava().values())
    assert run.origin_id == "ha_strava:15501"
    assert run.sport is Sport.RUN
    assert (run.start, run.elapsed_time, run.moving_time) == (START, 2650, 2570)
    assert run.distance == pytest.approx(8010)
    assert (run.heart_rate, run.max_heart_rate, run.power) == (148, 171, 301)
    assert (run.device, run.gear) == ("Forerunner 255", "ha_strava:g123")


@pytest.mark.parametrize(
    ("sport", "shown", "cadence"),
    [
        ("Run", "84.7", 169.4),
        ("TrailRun", "84.7", 169.4),
        ("Walk", "55", 110),
        ("Run", "171", 171),
        ("Ride", "84", 84),
        ("Run", "0", None),
        ("Run", "unknown", None),
    ],
)
def test_cadence_of_one_foot_is_doubled(sport: str, shown: str, cadence: float | None) -> None:
    sensors = strava(average_cadence=shown)
    sensors["run"] = snapshot("run", "Title", activity_id="15501", sport_type=sport)
    [activity] = read(SERVICE, *sensors.values())
    assert activity.cadence == cadence


@pytest.mark.parametrize(
    ("figure", "state", "unit", "field", "value"),
    [
        ("distance", "5.0", "mi", "distance", 8046.72),
        ("distance", "8012", "m", "distance", 8012),
        ("distance", "26287", "ft", "distance", 8012.28),
        ("distance", "8.01", None, "distance", None),
        ("moving_time", "42.5", "min", "moving_time", 2550),
        ("elapsed_time", "0.75", "h", "elapsed_time", 2700),
        ("elapsed_time", "2650", None, "elapsed_time", 2650),
    ],
)
def test_units_of_sensors_are_converted(figure: str, state: str, unit: str | None, field: str, value: Any) -> None:
    sensors = strava()
    sensors[f"run_{figure}"] = snapshot(f"run_{figure}", state, activity_id="15501", unit_of_measurement=unit)
    [run] = read(SERVICE, *sensors.values())
    assert getattr(run, field) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize("late", ["run", "run_date", "run_distance", "run_gear_name"])
def test_activity_is_read_once_all_sensors_share_id(late: str) -> None:
    assert read(SERVICE, *(strava("15502") | {late: strava("15501")[late]}).values()) == []


def test_missing_sensor_leaves_figure_none() -> None:
    sensors = strava()
    del sensors["run_distance"], sensors["run_gear_name"]
    [run] = read(SERVICE, *sensors.values())
    assert (run.distance, run.gear) == (None, None)


def test_no_activity_without_date() -> None:
    sensors = strava()
    del sensors["run_date"]
    assert read(SERVICE, *sensors.values()) == []
    assert read(SERVICE, snapshot("run", "Title", sport_type="Run"), sensors["run_distance"]) == []


def test_recent_activities_have_same_ids() -> None:
    sensors = [strava(), strava(family="recent"), strava("15400", "recent_2", date="2026-08-17 18:00:00")]
    runs = read(SERVICE, *(one for family in sensors for one in family.values()))
    assert [run.origin_id for run in runs] == ["ha_strava:15501", "ha_strava:15400"]


def test_gear_names() -> None:
    sensors = strava()
    sensors["ride_gear_name"] = snapshot("ride_gear_name", "Gravel", activity_id="1", gear_id="b9")
    sensors["gear_g77_name"] = snapshot("gear_g77_name", "Rain shoes")
    sensors["gear_g77_distance"] = snapshot("gear_g77_distance", "402.1", unit_of_measurement="km")
    assert PRESETS[SERVICE].gear(list(sensors.values())) == {"ha_strava:g123": "Pegasus", "ha_strava:g77": "Rain shoes"}


def test_bike_is_no_gear() -> None:
    sensors = strava()
    sensors["run_gear_name"] = snapshot("run_gear_name", "Gravel", activity_id="15501", gear_id="b9")
    assert read(SERVICE, *sensors.values())[0].gear is None


def test_entities_of_account() -> None:
    preset = PRESETS[SERVICE]
    assert preset.account_of("strava_123_run_date") == "strava_123"
    assert preset.account_of("strava_123_recent_2_date") == "strava_123"
    assert preset.account_of("strava_123_run") is None
    assert preset.account_of("strava_123_stats_all_run_totals_date") is None
    assert preset.key_of("strava_123_recent_recent", "strava_123") == "recent_recent"
    assert preset.key_of("strava_123_stats_all_run_totals_distance", "strava_123") is None
