"""States of other integrations' entities, after their code and their users' reports, with invented figures."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.home_gym.gym.integrations import PRESETS
from custom_components.home_gym.gym.integrations.efforts import RUNS
from custom_components.home_gym.gym.integrations.model import ReadingContext, Snapshot
from custom_components.home_gym.gym.runs.activity import Activity

NOW = datetime(2026, 8, 19, 12, tzinfo=UTC)
# When Berlin's clocks show 7:02:11 on a summer's morning.
START = datetime(2026, 8, 19, 5, 2, 11, tzinfo=UTC)
BERLIN = ReadingContext(zone=ZoneInfo("Europe/Berlin"), now=NOW, runs=RUNS)


def snapshot(key: str, state: str = "", /, **attributes: Any) -> Snapshot:
    """Return one entity's snapshot."""
    return Snapshot(key=key, state=state, attributes=attributes)


def read(service: str, *snapshots: Snapshot, context: ReadingContext = BERLIN) -> list[Activity]:
    """Return the activities that a service's preset reads from snapshots."""
    return PRESETS[service].read(snapshots, context)


def garmin(**changes: Any) -> dict[str, Any]:
    """Return an activity in the attributes of Garmin Connect's sensors."""
    return {
        "activityId": 23545484677,
        "activityName": "Morning Run",
        "startTime": "2026-08-19T05:02:11+00:00",
        "activityType": "treadmill_running",
        "distance": 8012.3,
        "duration": 2591.0,
        "movingDuration": 2570.0,
        "elapsedDuration": 2650.0,
        "averageSpeed": 3.09,
        "averageHR": 148.0,
        "maxHR": 171.0,
        "calories": 602.0,
        "steps": 7320,
        "avgPower": 301.0,
        "averageRunningCadenceInStepsPerMinute": 169.4,
        "friendly_name": "Garmin Connect Last activity",
        **changes,
    }


def strava(own_id: str = "15501", family: str = "run", **changes: Any) -> dict[str, Snapshot]:
    """Return the sensors of one activity of Strava, by key; a change replaces a figure's state."""
    states = {
        "date": "2026-08-19 07:02:11",
        "distance": "8.01",
        "moving_time": "2570",
        "elapsed_time": "2650",
        "average_cadence": "84.7",
        "average_heartrate": "148",
        "max_heartrate": "171",
        "power": "301",
        "device_info": "Forerunner 255",
        **changes,
    }
    units = {"distance": "km", "moving_time": "s", "elapsed_time": "s", "average_cadence": "spm"}
    main = f"{family}_recent" if family.startswith("recent") else family
    shown = [
        snapshot(main, "Morning Run", activity_id=own_id, sport_type="Run", activity_url="https://strava.example"),
        *(
            snapshot(f"{family}_{metric}", state, activity_id=own_id, unit_of_measurement=units.get(metric))
            for metric, state in states.items()
        ),
        snapshot(f"{family}_gear_name", "Pegasus", activity_id=own_id, gear_id="g123", gear_distance=26_287_000),
    ]
    return {one.key: one for one in shown}


def suunto() -> dict[str, Snapshot]:
    """Return the sensors of Suunto's last workout, by key."""
    shown = [
        snapshot("last_activity", "Trail running"),
        snapshot("last_workout_start", "2026-08-19T05:02:11+00:00"),
        snapshot("last_distance", "8012", unit_of_measurement="m"),
        snapshot("last_duration", "44", unit_of_measurement="min"),
        snapshot("last_cadence", "84", unit_of_measurement="rpm"),
        snapshot("last_avg_hr", "148", unit_of_measurement="bpm"),
        snapshot("last_max_hr", "171", unit_of_measurement="bpm"),
    ]
    return {one.key: one for one in shown}
