"""Exports of accounts as their services write them: Polar's sessions, Apple's Health, Strava's list."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, RawIOBase
import json
from random import Random
from typing import Any, override
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, apple_health, parse
from custom_components.home_gym.gym.recordings.apple_health import read_export
from custom_components.home_gym.gym.recordings.archive import walk
from custom_components.home_gym.gym.recordings.containers import MAX_RECORDING_SIZE
from custom_components.home_gym.gym.recordings.index import read_index
from custom_components.home_gym.gym.recordings.memory import Memory
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.support.unit.make import activity

START = datetime(2026, 5, 4, 17, tzinfo=UTC)

# As the export writes it in 2026: no sport by name, no offset in times, bare NaN among the samples.
POLAR: dict[str, Any] = {
    "identifier": {"id": "5022701696"},
    "startTime": "2026-05-04T19:00:00",
    "stopTime": "2026-05-04T19:31:00",
    "timezoneOffsetMinutes": 120,
    "durationMillis": 1800000,
    "distanceMeters": 5012.5,
    "hrAvg": 143,
    "hrMax": 171,
    "sport": {"id": "1"},
    "product": {"modelName": "Polar Vantage M"},
    "exercises": [
        {
            "startTime": "2026-05-04T19:00:00",
            "durationMillis": 1800000,
            "sport": {"id": "1"},
            "statistics": {"statistics": [{"type": "STATISTICS_TYPE_CADENCE", "avg": 86, "max": 95}]},
            "samples": {"samples": [{"type": "SPEED", "intervalMillis": 1000, "values": [float("nan"), 10.0]}]},
        }
    ],
}
# As the export wrote it until 2024.
POLAR_BEFORE: dict[str, Any] = {
    "exportVersion": "1.6",
    "name": "Running",
    "startTime": "2026-05-04T19:00:00.000",
    "stopTime": "2026-05-04T19:31:00.000",
    "timeZoneOffset": 120,
    "distance": 5012.5,
    "duration": "PT1800.250S",
    "averageHeartRate": 143,
    "maximumHeartRate": 171,
    "exercises": [
        {"startTime": "2026-05-04T19:00:00.000", "sport": "RUNNING", "duration": "PT1800.250S", "cadence": {"avg": 86}}
    ],
}


def only(document: dict[str, Any]) -> Activity:
    """Return the only activity of a document."""
    (found,) = parse("training-session.json", json.dumps(document).encode())
    return found


@pytest.mark.parametrize(("document", "moving"), [(POLAR, 1800), (POLAR_BEFORE, 1800.25)])
def test_session_of_polar(document: dict[str, Any], moving: float) -> None:
    run = only(document)
    assert (run.sport, run.start, run.manufacturer) == (Sport.RUN, START, "polar")
    assert (run.elapsed_time, run.moving_time, run.distance) == (1860, moving, 5012.5)
    assert (run.heart_rate, run.max_heart_rate, run.cadence) == (143, 171, 172)


@pytest.mark.parametrize(
    ("sport", "expected", "indoor"),
    [
        ({"id": "17"}, Sport.RUN, True),
        ({"id": "27"}, Sport.RUN, False),
        ({"id": "3"}, Sport.WALK, None),
        ({"id": "11"}, Sport.WALK, None),
        ({"id": "15"}, Sport.STRENGTH, None),
        ({"id": "2"}, Sport.OTHER, None),
        ({"id": "83"}, Sport.OTHER, None),
        ({"id": "56"}, Sport.OTHER, None),
        ("TREADMILL_RUNNING", Sport.RUN, True),
        ("CYCLING", Sport.OTHER, None),
    ],
)
def test_sports_of_polar(sport: object, expected: Sport, indoor: bool | None) -> None:
    found = only(POLAR | {"sport": sport, "exercises": [{"sport": sport}]})
    assert (found.sport, found.indoor or None) == (expected, indoor or None)


def test_session_of_several_sports_has_an_activity_for_each() -> None:
    parts = [
        {
            "startTime": "2026-05-04T19:00:00",
            "durationMillis": 600_000,
            "timezoneOffsetMinutes": 120,
            "sport": {"id": "2"},
        },
        {
            "startTime": "2026-05-04T19:11:00",
            "durationMillis": 1_200_000,
            "timezoneOffsetMinutes": 120,
            "distanceMeters": 4000,
            "heartRate": {"avg": 150, "max": 160},
            "sport": {"id": "1"},
        },
    ]
    ride, run = parse("s.json", json.dumps(POLAR | {"sport": {"id": "68"}, "exercises": parts}).encode())
    assert (ride.sport, run.sport) == (Sport.OTHER, Sport.RUN)
    assert (run.distance, run.moving_time, run.heart_rate) == (4000, 1200, 150)
    assert len({ride.id, run.id}) == 2


@pytest.mark.parametrize(
    ("changes", "figure"),
    [
        ({"durationMillis": None, "duration": "a while", "stopTime": None}, "moving_time"),
        ({"distanceMeters": "far"}, "distance"),
        ({"hrAvg": 0}, "heart_rate"),
    ],
)
def test_session_of_polar_without_a_figure(changes: dict[str, Any], figure: str) -> None:
    assert getattr(only(POLAR | changes), figure) is None


def test_session_of_polar_with_odd_zone_and_empty_list() -> None:
    assert only(POLAR | {"timezoneOffsetMinutes": 9000}).start == START.replace(hour=19)
    assert only(POLAR | {"exercises": []}).distance == 5012.5
    assert only(POLAR | {"identifier": None}).origin_id != only(POLAR).origin_id


# The beginning of an export of iOS 18, shortened.
APPLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Workout ((MetadataEntry|WorkoutEvent|WorkoutRoute|WorkoutStatistics)*)>
<!ATTLIST Workout
  workoutActivityType CDATA #REQUIRED
  duration            CDATA #IMPLIED
>
]>
<HealthData locale="de_DE">
 <ExportDate value="2026-05-05 08:00:00 +0200"/>
"""
RECORD = (
    ' <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" '
    'startDate="2026-05-04 19:00:05 +0200" endDate="2026-05-04 19:00:05 +0200" value="140"/>\n'
)
WORKOUT = """ <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30.0" durationUnit="min"
  sourceName="Watch" startDate="2026-05-04 19:00:00 +0200" endDate="2026-05-04 19:31:00 +0200">
  <MetadataEntry key="HKIndoorWorkout" value="0"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierStepCount" sum="5160" unit="count"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="3.1" unit="mi"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="143.5" minimum="98" maximum="171"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierRunningPower" average="222" unit="W"/>
  <WorkoutRoute><FileReference path="/workout-routes/route.gpx"/></WorkoutRoute>
 </Workout>
"""


def health(content: str, head: str = APPLE) -> bytes:
    """Return an export."""
    return f"{head}{content}</HealthData>".encode()


def test_workout_of_apple_health() -> None:
    (run,) = parse("export.xml", health(RECORD + WORKOUT + RECORD))
    assert (run.sport, run.start, run.indoor) == (Sport.RUN, START, False)
    assert (run.elapsed_time, run.moving_time) == (1860, 1800)
    assert run.distance == pytest.approx(3.1 * 1609.344)
    assert (run.heart_rate, run.max_heart_rate, run.power, run.cadence) == (143.5, 171, 222, 172)
    posted = {"name": "Outdoor Run", "start": "2026-05-04 19:00:00 +0200", "end": "2026-05-04 19:31:00 +0200"}
    (same,) = parse("post", json.dumps({"data": {"workouts": [posted]}}).encode())
    assert run.id == same.id


@pytest.mark.parametrize(
    ("change", "sport", "indoor"),
    [
        (("TypeRunning", "TypeWalking"), Sport.WALK, False),
        (("TypeRunning", "TypeHiking"), Sport.WALK, False),
        (("TypeRunning", "TypeTraditionalStrengthTraining"), Sport.STRENGTH, False),
        (("TypeRunning", "TypeYoga"), Sport.MOBILITY, False),
        (("TypeRunning", "TypeCycling"), Sport.OTHER, False),
        (('HKIndoorWorkout" value="0', 'HKIndoorWorkout" value="1'), Sport.RUN, True),
    ],
)
def test_kinds_of_workouts(change: tuple[str, str], sport: Sport, indoor: bool) -> None:
    (found,) = parse("export.xml", health(WORKOUT.replace(*change)))
    assert (found.sport, found.indoor) == (sport, indoor)


def test_workout_of_earlier_years_and_unreadable_ones() -> None:
    old = (
        '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="1800" durationUnit="s" totalDistance="5"'
        ' totalDistanceUnit="km" startDate="2016-05-04 19:00:00 +0200" endDate="2016-05-04 19:30:00 +0200"/>'
    )
    undated = old.replace("2016-05-04", "some day")
    (run,) = parse("export.xml", health(undated + old))
    assert (run.distance, run.moving_time, run.cadence, run.indoor) == (5000, 1800, None, None)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (APPLE.replace("]>", '<!ENTITY bomb "boom">]>'), RecordingFault.HOSTILE),
        (APPLE.replace("]>", '<!ENTITY % more SYSTEM "file:///etc/passwd">]>'), RecordingFault.HOSTILE),
        (APPLE.replace("HealthData [", 'HealthData SYSTEM "health.dtd" ['), RecordingFault.HOSTILE),
        (APPLE.replace("#IMPLIED", '"900"'), RecordingFault.HOSTILE),
        (APPLE.replace("DOCTYPE HealthData", "DOCTYPE gpx"), RecordingFault.HOSTILE),
    ],
)
def test_document_type_may_declare_no_more_than_apples(head: str, reason: RecordingFault) -> None:
    with pytest.raises(RecordingError) as error:
        parse("export.xml", health(WORKOUT, head))
    assert error.value.reason is reason


class _LongExport(RawIOBase):
    """An export that is never held as a whole: records, and a workout at the end."""

    def __init__(self, records: int) -> None:
        """Count down from a number of records."""
        self._pieces = self._yield(records)

    @override
    def read(self, size: int = -1) -> bytes:
        """Return the next piece."""
        return next(self._pieces, b"")

    @staticmethod
    def _yield(records: int) -> Iterator[bytes]:
        for _ in range(records // 100):
            yield RECORD.encode() * 100
        yield (WORKOUT + "</HealthData>").encode()


def test_long_export_is_read_piece_by_piece() -> None:
    """Twenty megabytes, with room for a tenth of a megabyte."""
    memory = Memory(left=100_000)
    found = read_export(APPLE.encode(), _LongExport(100_000), memory)  # type: ignore[arg-type]  # it can be read
    assert found
    assert [run.sport for run in found] == [Sport.RUN]
    assert read_export(b"<gpx>", BytesIO(), memory) is None


def test_archive_larger_than_a_recording_is_streamed() -> None:
    """Fifty megabytes and more, of which each record differs."""
    archive, random = BytesIO(), Random(1)
    records = "".join(RECORD.replace("140", str(random.random())) for _ in range(270_000))
    assert len(records) > MAX_RECORDING_SIZE
    with ZipFile(archive, "w", ZIP_DEFLATED) as export:
        export.writestr("apple_health_export/export.xml", health(records + WORKOUT))
        export.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument/>")
    (member, cda) = walk(archive)
    assert isinstance(member.content, tuple)
    assert [run.distance for run in member.content] == [pytest.approx(3.1 * 1609.344)]
    assert isinstance(cda.content, bytes)
    assert [run.sport for run in parse("export.zip", archive.getvalue())] == [Sport.RUN]


STRAVA_HEADINGS = {
    "en": "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Activity Gear,Filename",
    "de": "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Beschreibung,Aktivitätsausrüstung,Dateiname",
    "fr": "ID de l'activité,Date,Nom,Type d'activité,Description,Équipement utilisé,Nom du fichier",
    "es": "ID de actividad,Fecha,Nombre,Tipo de actividad,Descripción,Equipamiento,Nombre de archivo",
    "nl": "Activiteits-ID,Datum,Naam,Activiteitstype,Beschrijving,Uitrusting,Bestandsnaam",
}
STRAVA_RUNS = {
    "en": ("Run", "Trail Run", "Virtual Run"),
    "de": ("Lauf", "Traillauf", "Virtueller Lauf"),
    "fr": ("Course à pied", "Trail", "Course à pied virtuelle"),
    "es": ("Carrera", "Carrera de trail", "Carrera virtual"),
    "nl": ("Hardloopsessie", "Hardlopen", "Virtuele hardloopsessie"),
}
STRAVA_OTHERS = {"en": "Ride", "de": "Radfahrt", "fr": "Sortie à vélo", "es": "Vuelta ciclista", "nl": "Fietsrit"}


@pytest.mark.parametrize("language", STRAVA_HEADINGS)
def test_list_of_strava_in_each_language(language: str) -> None:
    kinds = (*STRAVA_RUNS[language], STRAVA_OTHERS[language])
    rows = [
        f'{number},"4. Mai 2026",Lauf,{kind},,Brooks Ghost,activities/{number}.gpx' for number, kind in enumerate(kinds)
    ]
    listed = read_index("activities.csv", "\n".join([STRAVA_HEADINGS[language], *rows]).encode())
    untyped = activity(sport=Sport.OTHER)
    found = [listed[f"activities/{number}.gpx"].applied_to(untyped) for number in range(4)]
    assert [each.sport for each in found] == [*[Sport.RUN] * 3, Sport.OTHER]
    assert [each.gear for each in found] == [*["Brooks Ghost"] * 3, None]


def test_export_of_health_in_other_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    no_steps = WORKOUT.replace('durationUnit="min"', 'durationUnit="fortnights"')
    (run,) = parse("export.xml", health(no_steps))
    assert run.moving_time is None
    assert run.cadence == pytest.approx(5160 * 60 / 1860)
    outside = '<WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="90"/><MetadataEntry key="a"/>'
    assert len(parse("export.xml", health(outside + WORKOUT))) == 1
    undated = WORKOUT.replace('endDate="2026-05-04', 'endDate="some day').replace('duration="30.0"', 'duration="long"')
    assert parse("export.xml", health(undated))[0].cadence is None
    monkeypatch.setattr(apple_health, "MAX_EXPORT", 10)
    with pytest.raises(RecordingError, match=RecordingFault.TOO_LARGE):
        read_export(APPLE.encode(), BytesIO(), Memory())
