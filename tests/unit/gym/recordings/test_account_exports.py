"""Exports of whole accounts as Garmin and Suunto send them: archives of recordings among much else."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
import json
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.recordings import RecordingError, parse, read
from custom_components.home_gym.gym.recordings.archive import walk
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Sport
from tests.builders import FitShape, LapPlan, Recording, Watch, build_fit
from tests.support.unit.make import settings

START = datetime(2026, 5, 4, 17, tzinfo=UTC)
MAIL = "alex@example.com"
FORERUNNER = Watch(manufacturer=1, product=4315)
SUUNTO = Watch(manufacturer=23, product=61, product_name="Suunto Race S", serial_number=243_500_123)


def zipped(members: dict[str, bytes], *, compression: int = ZIP_DEFLATED) -> bytes:
    """Return an archive of members by path."""
    archive = BytesIO()
    with ZipFile(archive, "w", compression) as file:
        for path, content in members.items():
            file.writestr(path, content)
    return archive.getvalue()


def recording(day: int, *, sport: str = "running", watch: Watch = FORERUNNER, sub_sport: str = "generic") -> bytes:
    """Return the FIT file of half an hour on a day of May."""
    laps = tuple(LapPlan(duration=600, distance=2000, cadence=172) for _ in range(3))
    start = START.replace(day=day)
    return build_fit(Recording(start=start, laps=laps, sport=sport, sub_sport=sub_sport, watch=watch))


def summarized(number: int, day: int, **changes: object) -> dict[str, Any]:
    """Return an activity of Garmin's summary: instants and times in milliseconds, lengths in centimetres."""
    start = START.replace(day=day)
    milliseconds = start.timestamp() * 1000
    return {
        "activityId": number,
        "uuidMsb": -4_611_686_018_427_387_904,
        "uuidLsb": -9_223_372_036_854_775_808,
        "name": "Berlin Running",
        "activityType": "running",
        "userProfileId": 12_345_678,
        "timeZoneId": 124,
        "beginTimestamp": milliseconds,
        "eventTypeId": 9,
        "rule": "private",
        "sportType": "RUNNING",
        "startTimeGmt": milliseconds,
        "startTimeLocal": milliseconds + 7_200_000,
        "duration": 1_800_000.0,
        "distance": 600_000.0,
        "elevationGain": 5700.0,
        "avgSpeed": 0.333,
        "avgHr": 148.0,
        "maxHr": 148.0,
        "avgDoubleCadence": 172.0,
        "elapsedDuration": 1_800_000.0,
        "movingDuration": 1_795_000.0,
        "deviceId": 3_401_229_117,
        "manufacturer": "GARMIN",
        "lapCount": 3,
        "autoCalcCalories": False,
        **changes,
    }


def garmin_export() -> bytes:
    """Return an account's archive: recordings in archives inside it, summaries, and the days in between."""
    monitoring = build_fit(
        Recording(start=START, laps=(LapPlan(duration=60),)), shape=FitShape(file_type=32, sessions=False)
    )
    uploaded = {
        f"{MAIL}_22000000001.fit": recording(4),
        f"{MAIL}_22000000002.fit": recording(6, sub_sport="treadmill"),
        f"{MAIL}_22000000003.fit": recording(8, sport="cycling"),
        f"{MAIL}_22000000004.fit": monitoring,
    }
    older = {f"{MAIL}_11000000001.fit": recording(2)}
    summary = [
        {
            "summarizedActivitiesExport": [
                summarized(22000000001, 4),
                summarized(22000000002, 6, activityType="treadmill_running"),
                summarized(22000000003, 8, activityType="cycling", sportType="CYCLING"),
                # Entered by hand on the site: there is no recording of it.
                summarized(22000000009, 10, manufacturer=None, deviceId=0),
            ]
        }
    ]
    texts: dict[str, object] = {
        f"DI_CONNECT/DI-Connect-Fitness/{MAIL}_0_summarizedActivities.json": summary,
        f"DI_CONNECT/DI-Connect-Fitness/{MAIL}_gear.json": [{"gearDTOS": [], "gearActivityDTOs": {}}],
        f"DI_CONNECT/DI-Connect-Fitness/{MAIL}_personalRecord.json": [{"personalRecords": []}],
        "DI_CONNECT/DI-Connect-User/user_profile.json": {"userName": "alex", "emailAddress": MAIL},
        "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-08-09_12345678_sleepData.json": [
            {"sleepStartTimestampGMT": "2026-05-04T21:12:00.0", "calendarDate": "2026-05-05", "deepSleepSeconds": 5460}
        ],
        "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-05-01_2026-08-09.json": [{"totalSteps": 9120}],
        "customer_data/customer.json": {"emailAddresses": [{"address": MAIL}]},
    }
    return zipped(
        {
            **{path: json.dumps(text).encode() for path, text in texts.items()},
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": zipped(uploaded),
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip": zipped(older),
        },
        compression=ZIP_STORED,
    )


def suunto_export() -> bytes:
    """Return an account's archive: one recording for each workout."""
    return zipped(
        {
            "65f1c0ffee.fit": recording(4, watch=SUUNTO),
            "65f1c0fff0.fit": recording(6, watch=SUUNTO, sub_sport="trail"),
            "65f1c0fff1.fit": recording(8, watch=SUUNTO, sport="cycling"),
        }
    )


def learnt(data: bytes) -> Runner:
    """Return a runner after the import of an archive, read member by member."""
    someone = Runner(settings(), Journal())
    for member in walk(BytesIO(data)):
        assert isinstance(member.content, bytes)
        try:
            found = read(member.name, member.content).activities
        except RecordingError:
            # Profiles, sleep and steps are no recordings.
            continue
        someone.deliveries.learn(found, now=START + timedelta(days=30), live=False)
    return someone


def test_recordings_and_summary_of_garmin_are_the_same_runs() -> None:
    runs = learnt(garmin_export()).runs.all()
    assert [run.day.day for run in runs] == [2, 4, 6, 10]
    assert [run.distance for run in runs] == [6000] * 4
    # The run of the 2nd is older than the summary, that of the 10th has no recording.
    assert [len(run.activities) for run in runs] == [1, 2, 2, 1]
    assert [run.indoor for run in runs] == [False, False, True, False]


def test_figures_of_garmins_recordings_come_before_its_summary() -> None:
    someone = learnt(garmin_export())
    run = someone.runs.all()[1]
    assert run.cadence == pytest.approx(172, abs=0.1)
    devices = {activity.device for activity in someone.activities_of(run)}
    assert "Forerunner 965" in devices


@pytest.mark.parametrize("times", [1, 2])
def test_export_of_garmin_read_as_one_file(times: int) -> None:
    found = parse("garmin.zip", garmin_export()) * times
    someone = Runner(settings(), Journal())
    someone.deliveries.learn(found, now=START + timedelta(days=30), live=False)
    assert len(someone.runs) == 4


def test_export_of_suunto() -> None:
    someone = learnt(suunto_export())
    road, trail = someone.runs.all()
    assert [road.distance, trail.distance] == [6000, 6000]
    assert trail.surface == "trail"
    [activity] = someone.activities_of(road)
    assert (activity.manufacturer, activity.device, activity.sport) == ("Suunto", "Suunto Race S", Sport.RUN)
    assert road.cadence == pytest.approx(172, abs=0.1)
