"""Apple's own export of Health: `export.xml`, hundreds of megabytes of records, among them the workouts.

Only workouts are read; a workout is the same activity as the one that an app posts from Apple Health.
"""

from collections.abc import Iterator
from datetime import datetime
import re
from typing import IO

from ..runs.activity import Activity
from .containers import zip_errors
from .errors import RecordingError, RecordingFault
from .memory import Memory, size_of
from .phone_json.build import PostedActivity, activity_of
from .phone_json.row import Row
from .sports import classify, normal, says_indoors
from .xml import CHUNK_SIZE, Attributes, check_number, read_xml_pieces

ROOT = "HealthData"
MAX_EXPORT = 4 << 30
"""Bytes of an export; those of ten years with a watch have a billion."""

SERVICE = "apple_health"

_HEAD = 1024
_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?HealthData[\s>\[]")
_ACTIVITY = "HKWorkoutActivityType"
_QUANTITY = "HKQuantityTypeIdentifier"
_DISTANCES = ("DistanceWalkingRunning", "DistanceCycling", "DistanceSwimming", "DistanceWheelchair")
_STATISTICS = frozenset({*_DISTANCES, "HeartRate", "RunningPower", "StepCount"})
_SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0}
_BELIEVABLE_STEPS = (60, 300)


def is_export(head: bytes) -> bool:
    """Return whether a file is an export, by its first bytes."""
    return _ROOT.search(head[:_HEAD]) is not None


def read_export(head: bytes, stream: IO[bytes], memory: Memory) -> list[Activity] | None:
    """Return the workouts of an export from its first bytes and the rest, never held as a whole; None for another file.

    Raises RecordingError for an export that is damaged, hostile, or too large.
    """
    if not is_export(head):
        return None
    return read_xml_pieces(_pieces(head, stream), {ROOT: AppleHealthReader}, memory)


def _pieces(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    left = MAX_EXPORT
    piece = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while piece:
        yield piece
        left -= len(piece)
        if left < 0:
            raise RecordingError(RecordingFault.TOO_LARGE, f"more than {MAX_EXPORT} bytes")
        with zip_errors():
            piece = stream.read(CHUNK_SIZE)


class AppleHealthReader:
    """Reader of the workouts in an export."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._finished: list[Activity] = []
        self._workout: dict[str, str] | None = None
        self._statistics: dict[str, dict[str, str]] = {}
        self._indoor: bool | None = None
        self._size = 0
        self.refused = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Open a workout, or take a statistic of the open one."""
        # Nearly all elements are records.
        if name == "Record":
            return
        if name == "Workout":
            self._workout, self._statistics, self._indoor = dict(attributes), {}, None
        elif self._workout is None:
            return
        elif name == "WorkoutStatistics":
            kind = attributes.get("type", "").removeprefix(_QUANTITY)
            if kind in _STATISTICS:
                self._statistics.setdefault(kind, dict(attributes))
        elif name == "MetadataEntry" and attributes.get("key") == "HKIndoorWorkout":
            self._indoor = attributes.get("value") == "1"

    def end(self, _parent: str, name: str, _text: str) -> None:
        """Take an ended workout; one that can't be read does not stop the others."""
        if name != "Workout" or self._workout is None:
            return
        try:
            activity = activity_of(self._posted(Row(self._workout)))
            self._finished.append(activity)
            self._size += size_of(activity)
        except RecordingError:
            self.refused += 1
        check_number(len(self._finished))
        self._workout = None

    def activities(self) -> list[Activity]:
        """Return the workouts read so far."""
        return self._finished

    def broken_off(self) -> list[Activity]:
        """Return none: an export that ends in the middle may have lost more workouts than it has."""
        return []

    def size(self) -> int:
        """Return the bytes of the workouts read so far, by estimate."""
        return self._size

    def _posted(self, workout: Row) -> PostedActivity:
        word = normal((workout.text("workoutActivityType") or "").removeprefix(_ACTIVITY)) or None
        start, end = workout.instant("startDate"), workout.instant("endDate")
        moving = _seconds(workout)
        indoor = True if says_indoors(word) else self._indoor
        return PostedActivity(
            service=SERVICE,
            # Start and end are the same in an app's posts, while ids differ.
            id=None,
            sport=classify(word),
            word=word,
            start=start,
            end=end,
            moving_time=moving,
            distance=self._distance(workout),
            cadence=self._cadence(moving or _between(start, end)),
            heart_rate=self._figure("HeartRate", "average"),
            max_heart_rate=self._figure("HeartRate", "maximum"),
            power=self._figure("RunningPower", "average"),
            indoor=indoor,
            device=workout.text("sourceName"),
        )

    def _distance(self, workout: Row) -> float | None:
        """Return the metres of a statistic or, in exports of earlier years, of the workout itself."""
        for kind in _DISTANCES:
            if found := self._statistics.get(kind):
                return Row(found).metres("sum", unit=found.get("unit", "km"))
        return workout.metres("totalDistance", unit=workout.text("totalDistanceUnit") or "km")

    def _cadence(self, moving: float | None) -> float | None:
        """Return steps a minute from the step count, if that covers the whole workout."""
        counted = self._figure("StepCount", "sum")
        cadence = counted * 60 / moving if counted and moving else 0
        fewest, most = _BELIEVABLE_STEPS
        return cadence if fewest <= cadence <= most else None

    def _figure(self, kind: str, name: str) -> float | None:
        return Row(self._statistics.get(kind, {})).number(name)


def _seconds(workout: Row) -> float | None:
    duration = workout.number("duration")
    factor = _SECONDS.get(workout.text("durationUnit") or "min")
    return None if duration is None or factor is None else duration * factor


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() if start and end else None
