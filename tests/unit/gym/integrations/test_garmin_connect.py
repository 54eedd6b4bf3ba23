"""Garmin Connect's sensors."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.home_gym.gym.integrations import PRESETS
from custom_components.home_gym.gym.integrations.model import Snapshot
from custom_components.home_gym.gym.runs.activity import Sport

from ....support.unit.shown import BERLIN, START, garmin, read, snapshot

SERVICE = "garmin_connect"


def last(**changes: Any) -> Snapshot:
    """Return the sensor of the last activity."""
    return snapshot("lastActivity", "Morning Run", **garmin(**changes))


def pair(uuid: str, *defaults: str, **changes: Any) -> Snapshot:
    """Return the sensor of a pair of shoes."""
    attributes = {
        "gear_uuid": uuid,
        "gear_make_name": "Nike",
        "gear_model_name": "Pegasus",
        "gear_status_name": "active",
        "maximum_meters": 0.0,
        "default_for_activity": list(defaults),
        "friendly_name": "Garmin Connect Pegasus",
        **changes,
    }
    return snapshot(f"gear_{uuid}", "412000.0", **attributes)


def test_last_activity() -> None:
    [run] = read(SERVICE, last())
    assert run.origin_id == "garmin_connect:23545484677"
    assert run.sport is Sport.RUN
    assert run.indoor
    assert (run.start, run.elapsed_time, run.moving_time) == (START, 2650, 2570)
    assert (run.distance, run.cadence, run.power) == (8012.3, 169.4, 301)
    assert (run.heart_rate, run.max_heart_rate) == (148, 171)


@pytest.mark.parametrize("start", [START, "2026-08-19T05:02:11Z", "2026-08-19T05:02:11.000+00:00"])
def test_start_as_datetime_or_text(start: Any) -> None:
    assert read(SERVICE, last(startTime=start))[0].start == START


def test_duration_replaces_missing_elapsed_time() -> None:
    assert read(SERVICE, last(elapsedDuration=None))[0].elapsed_time == 2591


@pytest.mark.parametrize("is_newest_last", [True, False])
def test_list_is_read_in_either_order(is_newest_last: bool) -> None:
    items = [garmin(activityId=1, startTime="2026-08-18T05:00:00Z"), garmin()]
    shown = snapshot("lastActivities", "2", last_activities=items if is_newest_last else items[::-1])
    runs = read(SERVICE, last(), shown)
    assert {run.origin_id for run in runs} == {"garmin_connect:1", "garmin_connect:23545484677"}
    assert len(runs) == 2


def test_two_activities_of_same_name_are_two_runs() -> None:
    [one], [other] = read(SERVICE, last()), read(SERVICE, last(activityId=2))
    assert one.id != other.id


@pytest.mark.parametrize(
    "shown",
    [
        snapshot("lastActivity", "unknown"),
        snapshot("lastActivity", "Run", **{**garmin(), "activityId": None}),
        snapshot("lastActivity", "Run", **{**garmin(), "startTime": "2026-08-19"}),
        snapshot("lastActivities", "0"),
        snapshot("lastActivities", "1", last_activities="truncated"),
        snapshot("lastActivities", "1", last_activities=["1"]),
        snapshot("gear_1", "5"),
    ],
)
def test_invalid_items_give_no_activity(shown: Snapshot) -> None:
    assert read(SERVICE, shown) == []


def test_gear_names() -> None:
    shown = [
        pair("1"),
        pair("2", custom_make_model="Rain shoes"),
        pair("3", gear_make_name=None, gear_model_name=None),
        snapshot("gear_4", "5"),
        pair("5", gear_status_name="retired"),
        last(),
    ]
    assert PRESETS[SERVICE].gear(shown) == {
        "garmin_connect:1": "Nike Pegasus",
        "garmin_connect:2": "Rain shoes",
        "garmin_connect:3": "Garmin Connect Pegasus",
        "garmin_connect:4": "4",
    }


@pytest.mark.parametrize(
    ("pairs", "gear"),
    [
        ([pair("1", "running"), pair("2", "hiking")], "1"),
        ([pair("1", "running"), pair("2", "treadmill_running")], "2"),
        ([pair("1", "RUNNING")], "1"),
        ([pair("1", "running"), pair("2", "running")], None),
        ([pair("1", "running", gear_status_name="retired")], None),
        ([pair("1"), pair("2", default_for_activity=None)], None),
    ],
)
def test_default_pair_of_sport_is_gear(pairs: list[Snapshot], gear: str | None) -> None:
    [run] = read(SERVICE, last(), *pairs)
    assert run.gear == (gear and f"garmin_connect:{gear}")


def test_swim_has_no_running_shoes() -> None:
    [swim] = read(SERVICE, last(activityType="lap_swimming"), pair("1", "running"))
    assert (swim.sport, swim.gear) == (Sport.OTHER, None)


def test_future_activity_is_left_out() -> None:
    early = replace(BERLIN, now=datetime(2026, 8, 18, 5, tzinfo=UTC))
    assert read(SERVICE, last(), context=early) == []


def test_entities_of_account() -> None:
    preset = PRESETS[SERVICE]
    assert preset.account_of("01ABC_lastActivity") == "01ABC"
    assert preset.account_of("01ABC_lastActivities") == "01ABC"
    assert preset.account_of("01ABC_gear_7-8") is None
    assert preset.account_of("01ABC_lastWorkout") is None
    assert preset.key_of("01ABC_gear_7-8", "01ABC") == "gear_7-8"
    assert preset.key_of("01ABC_gear_7-8", "01XYZ") is None
    assert preset.key_of("01ABC_steps", "01ABC") is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "23545484677"),
        ({"activityId": "77"}, "77"),
        ({"activityType": None}, "23545484677"),
        ({"activityType": "other"}, None),
        ({"activityType": "cycling"}, None),
        ({"activityType": "yoga"}, None),
        ({"activityId": "seven"}, None),
        ({"activityId": -7}, None),
        ({"activityId": "7" * 20}, None),
    ],
)
def test_runs_and_unnamed_efforts_have_recording_worth_request(changes: dict[str, Any], expected: str | None) -> None:
    [activity] = read(SERVICE, last(**changes))
    assert PRESETS[SERVICE].own_id_of(activity) == expected


def test_recording_of_another_source_is_not_requested() -> None:
    [activity] = read(SERVICE, last())
    assert PRESETS["ha_strava"].own_id_of(activity) is None
    assert PRESETS[SERVICE].own_id_of(replace(activity, origin_id=None)) is None
