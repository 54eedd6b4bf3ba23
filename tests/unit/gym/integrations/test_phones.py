"""iPhone integrations: Health Bridge and HAE ingest."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.integrations import PRESETS
from custom_components.home_gym.gym.runs.activity import Sport

from ....support.unit.shown import START, read, snapshot

BRIDGED: dict[str, Any] = {
    "workout_type": "Running",
    "duration_min": 44,
    "distance_km": 8.01,
    "active_energy_kcal": 602,
    "average_heart_rate_bpm": 148,
    "end_time": (START + timedelta(minutes=44)).isoformat(),
    "recorded_at": "2026-08-19T05:50:00Z",
}
EXPORTED: dict[str, Any] = {
    "id": "9F1C-77",
    "name": "Outdoor Run",
    "start": "2026-08-19 07:02:11 +0200",
    "end": "2026-08-19 07:46:21 +0200",
    "duration": 2650.0,
    "distance": 5.0,
    "distance_units": "mi",
    "activeenergyburned": 602.0,
    "activeenergyburned_units": "kcal",
    "heartrate_avg": 148,
    "heartrate_max": 171,
    "items_in_payload": 1,
}


def test_start_of_bridged_workout_is_derived_from_end() -> None:
    [run] = read("health_bridge", snapshot("last_apple_workout", "Running · 44 min · 8.01 km", **BRIDGED))
    assert run.sport is Sport.RUN
    assert (run.start, run.elapsed_time, run.heart_rate) == (START, 2640, 148)
    assert run.distance == pytest.approx(8010)
    assert run.origin_id == "health_bridge:2026-08-19T05:02:11+00:00"


@pytest.mark.parametrize(
    "change",
    [{"end_time": None}, {"end_time": "2026-08-19"}, {"duration_min": None}, {"duration_min": 1e15}],
)
def test_bridged_workout_without_time_is_left_out(change: dict[str, Any]) -> None:
    assert read("health_bridge", snapshot("last_apple_workout", "Running", **BRIDGED | change)) == []


def test_entities_of_health_bridge() -> None:
    preset = PRESETS["health_bridge"]
    assert preset.account_of("health_bridge_last_apple_workout_alex_2") == "alex_2"
    assert preset.account_of("health_bridge_steps_alex") is None


def test_exported_workout() -> None:
    [run] = read("hae_ingest", snapshot("last_workout", "Outdoor Run", **EXPORTED))
    assert run.origin_id == "hae_ingest:9F1C-77"
    assert run.sport is Sport.RUN
    assert (run.start, run.elapsed_time, run.cadence) == (START, 2650, None)
    assert (run.heart_rate, run.max_heart_rate) == (148, 171)
    assert run.distance == pytest.approx(8046.72)


def test_exported_workout_of_version_1() -> None:
    attributes = {
        "name": "Laufen",
        "start": "2026-08-19 7:02:11\u202fAM +0200",
        "end": "2026-08-19 7:46:21\u202fAM +0200",
        "distance": 8.01,
        "stepcadence": 169.0,
        "avgheartrate": 148,
        "maxheartrate": 171,
    }
    [run] = read("hae_ingest", snapshot("last_workout", "Laufen", **attributes))
    assert run.sport is Sport.RUN
    assert (run.start, run.elapsed_time, run.cadence) == (START, 2650, 169)
    assert (run.heart_rate, run.max_heart_rate) == (148, 171)
    assert run.distance == pytest.approx(8010)
    assert run.origin_id == "hae_ingest:2026-08-19T05:02:11+00:00"


def test_cadence_is_derived_from_steps() -> None:
    [run] = read("hae_ingest", snapshot("last_workout", "Run", **EXPORTED | {"stepcount": 7420, "duration": 2650}))
    assert run.cadence == pytest.approx(168)


def test_last_workout_and_last_of_name_are_one() -> None:
    walk = EXPORTED | {"id": "1", "name": "Outdoor Walk", "start": "2026-08-18 07:02:11 +0200"}
    shown = [
        snapshot("last_workout", "Outdoor Run", **EXPORTED),
        snapshot("workout_outdoor_run", "2026-08-19 07:46:21 +0200", **EXPORTED, item_name="Outdoor Run"),
        snapshot("workout_outdoor_walk", "2026-08-18 07:46:21 +0200", **walk),
    ]
    assert [one.sport for one in read("hae_ingest", *shown)] == [Sport.RUN, Sport.WALK]


@pytest.mark.parametrize("start", [None, "2026-08-19"])
def test_exported_workout_without_start_is_left_out(start: str | None) -> None:
    attributes = {name: value for name, value in EXPORTED.items() if name != "duration"} | {"start": start}
    assert read("hae_ingest", snapshot("last_workout", "Run", **attributes)) == []


def test_entities_of_hae_ingest() -> None:
    preset = PRESETS["hae_ingest"]
    assert preset.account_of("01ABC_last_workout") == "01ABC"
    assert preset.account_of("01ABC_workout_running") is None
    assert preset.key_of("01ABC_workout_running", "01ABC") == "workout_running"
    assert preset.key_of("01ABC_step_count", "01ABC") is None
