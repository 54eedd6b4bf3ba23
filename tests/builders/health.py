"""JSON in the form of phones and services, each document of the same invented run; none of it is real data.

The run: from 17:00 to 17:31 UTC on 4 May 2026, half an hour of it moving, 5 km, 172 steps a minute, 150 beats.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
import json
from typing import Any

type Plain = dict[str, Any]

HAE_V1: Plain = {
    "name": "Running",
    "start": "2026-05-04 19:00:00 +0200",
    "end": "2026-05-04 19:31:00 +0200",
    "activeEnergy": {"qty": 365, "units": "kcal"},
    "avgHeartRate": {"qty": 150, "units": "bpm"},
    "maxHeartRate": {"qty": 171, "units": "bpm"},
    "stepCount": {"qty": 5332, "units": "steps"},
    "stepCadence": {"qty": 172, "units": "spm"},
    "distance": {"qty": 3.1068559611867, "units": "mi"},
}
HAE_V2: Plain = {
    "id": "8D1F0C2E-0000-4000-8000-000000000001",
    "name": "Outdoor Run",
    "start": "2026-05-04 07:00:00 PM +0200",
    "end": "2026-05-04 07:31:00 PM +0200",
    "duration": 1800.0,
    "isIndoor": False,
    "location": "Outdoor",
    "distance": {"qty": 5.0, "units": "km"},
    "heartRate": {"min": {"qty": 90}, "avg": {"qty": 150, "units": "bpm"}, "max": {"qty": 171}},
    "stepCount": [
        {"date": "2026-05-04 19:00:00 +0200", "qty": 2580, "units": "steps"},
        {"date": "2026-05-04 19:15:00 +0200", "qty": 2580, "units": "steps"},
    ],
    "activeEnergy": [{"date": "2026-05-04 19:00:00 +0200", "qty": 0.7, "units": "kJ"}],
}
SHORTCUT: Plain = {
    "id": "283029CC-0000-4000-8000-000000000001",
    "type": "Running",
    "startDate": "4 May 2026 at 5:00\u202fpm",
    "endDate": "4 May 2026 at 5:31\u202fpm",
    "duration": "30.0",
    "distance": "5.0 km",
    "calories": "365 kcal",
}
HC_SESSION: Plain = {
    "exerciseType": 56,
    "title": "Running",
    "startTime": "2026-05-04T17:00:00Z",
    "endTime": "2026-05-04T17:31:00.000Z",
    "metadata": {"dataOrigin": "com.example.watch", "id": "00000000-0000-0000-0000-000000000056"},
}
HC_DAY: Plain = {
    "startTime": 1777914000,
    "endTime": 1777915860,
    "duration": 1860,
    "exerciseType": "56",
    "exerciseName": "Running",
}
HC_APP: Plain = {
    "type": "running",
    "start_time": "2026-05-04T17:00:00Z",
    "end_time": "2026-05-04T17:31:00Z",
    "duration_seconds": 1800,
    "distance_meters": 5000.0,
    "avg_cadence_spm": 172.0,
    "avg_heart_rate": 150,
}
STRAVA: Plain = {
    "id": 10000000001,
    "name": "Evening Run",
    "type": "Run",
    "sport_type": "Run",
    "start_date": "2026-05-04T17:00:00Z",
    "start_date_local": "2026-05-04T19:00:00Z",
    "distance": 5000.0,
    "moving_time": 1800,
    "elapsed_time": 1860,
    "average_cadence": 86.0,
    "average_heartrate": 150.0,
    "max_heartrate": 171.0,
    "trainer": False,
}
INTERVALS: Plain = {
    "id": "i10000001",
    "type": "Run",
    "start_date_local": "2026-05-04T19:00:00",
    "start_date": "2026-05-04T17:00:00Z",
    "distance": 5000,
    "moving_time": 1800,
    "elapsed_time": 1860,
    "average_cadence": 86,
    "average_heartrate": 150,
    "icu_training_load": 40,
}
GARMIN_LISTED: Plain = {
    "activityId": 20000000001,
    "startTimeLocal": "2026-05-04 19:00:00",
    "startTimeGMT": "2026-05-04 17:00:00",
    "activityType": {"typeId": 1, "typeKey": "running"},
    "distance": 5000.0,
    "duration": 1800.0,
    "elapsedDuration": 1860000.0,
    "averageRunningCadenceInStepsPerMinute": 172.0,
    "averageHR": 150,
    "maxHR": 171,
}
GARMIN_DETAILED: Plain = {
    "activityId": 20000000001,
    "activityTypeDTO": {"typeId": 1, "typeKey": "running"},
    "summaryDTO": {
        "startTimeLocal": "2026-05-04T19:00:00.0",
        "startTimeGMT": "2026-05-04T17:00:00.0",
        "distance": 5000.0,
        "duration": 1800.0,
        "elapsedDuration": 1860.0,
        "averageRunCadence": 172.0,
        "averageHR": 150.0,
    },
}
GARMIN_EXPORTED: Plain = {
    "activityId": 20000000001,
    "activityType": "running",
    "startTimeGmt": 1777914000000.0,
    "distance": 500000.0,
    "duration": 1800000.0,
    "elapsedDuration": 1860000.0,
    "avgDoubleCadence": 172.0,
    "avgHr": 150.0,
}
GARMIN_PUSHED: Plain = {
    "summaryId": "20000000001",
    "activityType": "RUNNING",
    "startTimeInSeconds": 1777914000,
    "startTimeOffsetInSeconds": 7200,
    "durationInSeconds": 1800,
    "distanceInMeters": 5000.0,
    "averageRunCadenceInStepsPerMinute": 86.0,
    "averageHeartRateInBeatsPerMinute": 150,
}
OWN: Plain = {
    "id": "tonight",
    "sport": "run",
    "start": "2026-05-04T19:00:00+02:00",
    "elapsed_time": 1860,
    "moving_time": 1800,
    "distance": 5000,
    "cadence": 172,
    "heart_rate": 150,
}

ROWS: Mapping[str, Plain] = {
    "hae_v1": HAE_V1,
    "hae_v2": HAE_V2,
    "shortcut": SHORTCUT,
    "hc_session": HC_SESSION,
    "hc_day": HC_DAY,
    "hc_app": HC_APP,
    "strava": STRAVA,
    "intervals": INTERVALS,
    "garmin_listed": GARMIN_LISTED,
    "garmin_detailed": GARMIN_DETAILED,
    "garmin_exported": GARMIN_EXPORTED,
    "garmin_pushed": GARMIN_PUSHED,
    "own": OWN,
}

_ENVELOPES: Mapping[str, Callable[[list[Any]], Any]] = {
    "hae_v1": lambda rows: {"data": {"metrics": [], "workouts": rows}},
    "hae_v2": lambda rows: {"data": {"workouts": rows}},
    "hc_day": lambda rows: {"attributes": {"exercise": {"2026-05-04": {"totalSessions": 1, "sessions": rows}}}},
    "hc_app": lambda rows: {"timestamp": "2026-05-04T18:00:00Z", "app_version": "1.0", "exercise": rows},
    "garmin_exported": lambda rows: [{"summarizedActivitiesExport": rows}],
    "garmin_pushed": lambda rows: {"activityList": rows},
    "own": lambda rows: {"activities": rows},
}


def document_of(shape: str, *rows: Any) -> Any:
    """Return rows in the wrapping of a shape; the invented run without any."""
    wrap = _ENVELOPES.get(shape, list)
    return deepcopy(wrap(list(rows) or [ROWS[shape]]))


def build_json(shape: str, *rows: Any) -> bytes:
    """Return the bytes of a document."""
    return json.dumps(document_of(shape, *rows)).encode()


def changed(row: Plain, **changes: Any) -> Plain:
    """Return a row with changes; None takes a value away."""
    return {name: value for name, value in {**row, **changes}.items() if value is not None}
