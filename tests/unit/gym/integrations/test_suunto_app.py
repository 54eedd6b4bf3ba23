"""Suunto's event, its sensors and its list."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.home_gym.gym.integrations import PRESETS
from custom_components.home_gym.gym.integrations.model import Snapshot
from custom_components.home_gym.gym.runs.activity import Sport, Surface

from ....support.unit.shown import START, read, snapshot, suunto

SERVICE = "suunto_app"
EVENT: dict[str, Any] = {
    "key": "64f1",
    "activity": "Trail running",
    "activity_id": 22,
    "start_time": "2026-08-19T05:02:11.450000+00:00",
    "duration_minutes": 44,
    "distance_meters": 8012,
    "avg_hr_bpm": 148,
    "max_hr_bpm": 171,
    "tags": [],
}


def test_sensors_give_last_workout() -> None:
    [run] = read(SERVICE, *suunto().values())
    assert (run.sport, run.surface) == (Sport.RUN, Surface.TRAIL)
    assert (run.start, run.elapsed_time, run.distance) == (START, 2640, 8012)
    assert (run.cadence, run.heart_rate, run.max_heart_rate) == (168, 148, 171)


@pytest.mark.parametrize(
    ("key", "shown", "field", "value"),
    [
        ("last_distance", snapshot("last_distance", "5", unit_of_measurement="mi"), "distance", 8046.72),
        ("last_duration", snapshot("last_duration", "0.75", unit_of_measurement="h"), "elapsed_time", 2700),
        ("last_cadence", snapshot("last_cadence", "168"), "cadence", 168),
        ("last_activity", snapshot("last_activity", "Cycling"), "cadence", 84),
    ],
)
def test_units_and_cadence_are_converted(key: str, shown: Snapshot, field: str, value: float) -> None:
    [activity] = read(SERVICE, *(suunto() | {key: shown}).values())
    assert getattr(activity, field) == pytest.approx(value)


def test_event_and_sensors_are_one_run() -> None:
    [reported] = read(SERVICE, snapshot("event", **EVENT))
    [shown] = read(SERVICE, *suunto().values())
    assert reported.id == shown.id
    assert (reported.distance, reported.elapsed_time, reported.cadence) == (8012, 2640, None)
    assert read(SERVICE, snapshot("event", **EVENT), *suunto().values()) == [shown]


def test_list_never_replaces_fuller_figures() -> None:
    items = [{"date": "2026-08-19T05:02:11Z", "type": "Running", "distance_km": 8.0, "duration_min": 44, "avg_hr": 148}]
    [run] = read(SERVICE, snapshot("workouts_recent", "1", workouts=items))
    assert run.incomplete
    assert (run.distance, run.elapsed_time, run.heart_rate) == (8000, 2640, 148)
    [shown] = read(SERVICE, *suunto().values())
    assert run.id == shown.id
    assert not shown.incomplete
    assert replace(run, incomplete=False) != shown


@pytest.mark.parametrize(
    "shown",
    [
        snapshot("last_activity", "Running"),
        snapshot("workouts_recent", "1"),
        snapshot("workouts_recent", "1", workouts="truncated"),
        snapshot("workouts_recent", "1", workouts=["2026-08-19T05:02:11Z", {"date": "2026-08-19"}]),
        snapshot("event", key="64f1"),
    ],
)
def test_invalid_states_give_no_workout(shown: Snapshot) -> None:
    assert read(SERVICE, shown) == []


def test_entities_of_account() -> None:
    preset = PRESETS[SERVICE]
    assert preset.account_of("01ABC_last_workout_start") == "01ABC"
    assert preset.account_of("01ABC_last_distance") is None
    assert preset.key_of("01ABC_last_distance", "01ABC") == "last_distance"
    assert preset.key_of("01ABC_daily_steps", "01ABC") is None
    assert preset.gear([snapshot("last_activity", "Running")]) == {}
