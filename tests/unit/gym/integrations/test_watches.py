"""Watches and rings: Polar, Zepp2Hass, Oura and Withings."""

from typing import Any

import pytest

from custom_components.home_gym.gym.integrations import PRESETS
from custom_components.home_gym.gym.integrations.model import Snapshot
from custom_components.home_gym.gym.runs.activity import Sport

from ....support.unit.shown import START, read, snapshot

EXERCISE: dict[str, Any] = {
    "distance": 8012.3,
    "duration": "PT44M10S",
    "heart_rate": {"average": 148, "maximum": 171},
    "training_load": 102.0,
    "sport": "RUNNING",
    "calories": 602,
    "device": "Polar Vantage V3",
}
WORKOUT: dict[str, Any] = {
    "id": "5f21-a",
    "activity": "running",
    "calories": 602.0,
    "day": "2026-08-19",
    "distance": 8012.3,
    "end_datetime": "2026-08-19T07:46:21+02:00",
    "intensity": "hard",
    "start_datetime": "2026-08-19T07:02:11+02:00",
}


def test_polar_exercise() -> None:
    [run] = read("polar", snapshot("last_exercise", "2026-08-19T07:02:11", **EXERCISE))
    assert run.sport is Sport.RUN
    assert (run.start, run.elapsed_time, run.distance) == (START, 2650, 8012.3)
    assert (run.heart_rate, run.max_heart_rate, run.device) == (148, 171, "Polar Vantage V3")


@pytest.mark.parametrize(("heart_rate", "average"), [(148, 148), (None, None), ({}, None)])
def test_polar_heart_rate(heart_rate: Any, average: float | None) -> None:
    [run] = read("polar", snapshot("last_exercise", "2026-08-19T07:02:11", **EXERCISE | {"heart_rate": heart_rate}))
    assert (run.heart_rate, run.max_heart_rate) == (average, None)


def test_polar_without_an_exercise() -> None:
    assert read("polar", snapshot("last_exercise", "")) == []
    assert PRESETS["polar"].account_of("01ABC_last_exercise") == "01ABC"
    assert PRESETS["polar"].account_of("01ABC_last_sleep") is None


@pytest.mark.parametrize(
    ("name", "sport"), [("Outdoor Running", Sport.RUN), ("Treadmill", Sport.RUN), ("Unknown (14)", Sport.OTHER)]
)
def test_zepp_workout(name: str, sport: Sport) -> None:
    shown = {"sport_type_id": 101, "duration_minutes": 44, "start_time": "2026-08-19T07:02:11", "time": "07:02"}
    [activity] = read("zepp2hass", snapshot("last_workout", name, **shown))
    assert activity.sport is sport
    assert (activity.start, activity.elapsed_time, activity.distance) == (START, 2640, None)


def test_zepp_without_a_workout() -> None:
    assert read("zepp2hass", snapshot("last_workout", "Unknown", sport_type_id=None)) == []
    assert PRESETS["zepp2hass"].account_of("zepp2hass_01ABC_last_workout") == "01ABC"
    assert PRESETS["zepp2hass"].account_of("zepp2hass_01ABC_workout_history") is None


def test_oura_workouts() -> None:
    strength = WORKOUT | {"id": "2", "activity": "strength_training", "distance": None, "end_datetime": None}
    shown = [
        snapshot("workouts_today", "2", workouts=[strength, WORKOUT, "truncated"]),
        snapshot("last_workout_type", "running", workout=WORKOUT),
    ]
    core, run = read("oura", *shown)
    assert (core.sport, core.distance, core.elapsed_time) == (Sport.STRENGTH, None, None)
    assert run.origin_id == "oura:5f21-a"
    assert (run.sport, run.start, run.elapsed_time, run.distance) == (Sport.RUN, START, 2650, 8012.3)


@pytest.mark.parametrize(
    "shown",
    [
        snapshot("workouts_today", "0"),
        snapshot("workouts_today", "1", workouts="truncated"),
        snapshot("last_workout_type", "running", workout=None),
        snapshot("last_workout_type", "running", workout=WORKOUT | {"start_datetime": None}),
    ],
)
def test_oura_without_a_workout(shown: Snapshot) -> None:
    assert read("oura", shown) == []


def test_oura_entities_of_old_and_new_versions() -> None:
    assert PRESETS["oura"].account_of("oura_workouts_today") == "oura"
    assert PRESETS["oura"].account_of("01ABC_workouts_today") == "01ABC"
    assert PRESETS["oura"].account_of("01ABC_sleep_score") is None


def calendar(*events: Any) -> Snapshot:
    """Return Withings' calendar with events."""
    return snapshot("workout", "off", events=list(events))


RUN = {"start": "2026-08-19T07:02:11+02:00", "end": "2026-08-19T07:46:21+02:00", "summary": "Running"}
WALK = {"start": "2026-08-18T18:00:00+02:00", "end": "2026-08-18T18:30:00+02:00", "summary": "Walk"}


def last(kind: str = "running", duration: str = "44.2", unit: str = "min", distance: str = "8012") -> list[Snapshot]:
    """Return the sensors of Withings' last workout."""
    return [
        snapshot("workout_type", kind),
        snapshot("workout_duration", duration, unit_of_measurement=unit),
        snapshot("workout_distance", distance, unit_of_measurement="m"),
    ]


def test_withings_workouts() -> None:
    walk, run = read("withings", calendar(WALK, RUN, "truncated"), *last())
    assert (walk.sport, walk.distance) == (Sport.WALK, None)
    assert (run.sport, run.start, run.elapsed_time, run.distance) == (Sport.RUN, START, 2650, 8012)


@pytest.mark.parametrize(
    ("sensors", "distance"),
    [
        (last(), 8012),
        (last(duration="2650", unit="s"), 8012),
        (last(kind="walk"), None),
        (last(duration="30"), None),
        (last(duration="unknown"), None),
        (last()[:2], None),
        (last()[1:], None),
        ([], None),
    ],
)
def test_withings_distance_of_matching_workout(sensors: list[Snapshot], distance: float | None) -> None:
    [run] = read("withings", calendar(RUN), *sensors)
    assert run.distance == distance


def test_withings_workout_without_end_has_no_distance() -> None:
    [run] = read("withings", calendar(RUN | {"end": None}), *last())
    assert (run.elapsed_time, run.distance) == (None, None)


@pytest.mark.parametrize(
    "shown", [calendar(), snapshot("workout", "off"), calendar({"start": "2026-08-19", "end": "2026-08-20"}), *last()]
)
def test_withings_without_a_workout(shown: Snapshot) -> None:
    assert read("withings", shown) == []


def test_withings_entities() -> None:
    preset = PRESETS["withings"]
    assert preset.account_of("withings_12345_workout") == "withings_12345"
    assert preset.account_of("withings_12345_workout_distance") is None
    assert preset.key_of("withings_12345_workout_distance", "withings_12345") == "workout_distance"
    assert preset.key_of("withings_12345_weight", "withings_12345") is None
