"""Apple's own export of Health: `export.xml`, hundreds of megabytes of records, among them the workouts.

Only workouts are read; a workout is the same activity as the one that an app posts from Apple Health.
"""

from datetime import datetime

from ..runs.activity import Activity
from .errors import RecordingError
from .phone_json.build import PostedActivity, activity_of
from .phone_json.row import Row
from .sports import classify, normal, says_indoors
from .xml import Attributes, check_number

ROOT = "HealthData"
SERVICE = "apple_health"

_ACTIVITY = "HKWorkoutActivityType"
_QUANTITY = "HKQuantityTypeIdentifier"
_DISTANCES = ("DistanceWalkingRunning", "DistanceCycling", "DistanceSwimming", "DistanceWheelchair")
_SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0}
_BELIEVABLE_STEPS = (60, 300)


class AppleHealthReader:
    """Reader of the workouts in an export."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._finished: list[Activity] = []
        self._workout: dict[str, str] | None = None
        self._statistics: dict[str, dict[str, str]] = {}
        self._indoor: bool | None = None
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
            self._statistics.setdefault(kind, dict(attributes))
        elif name == "MetadataEntry" and attributes.get("key") == "HKIndoorWorkout":
            self._indoor = attributes.get("value") == "1"

    def end(self, parent: str, name: str, text: str) -> None:
        """Take an ended workout; one that can't be read does not stop the others."""
        if name != "Workout" or self._workout is None:
            return
        try:
            self._finished.append(activity_of(self._posted(Row(self._workout))))
        except RecordingError:
            self.refused += 1
        check_number(len(self._finished))
        self._workout = None

    def activities(self) -> list[Activity]:
        """Return the workouts read so far."""
        return self._finished

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
