"""TCX files: Garmin's older format, also exported by other makers' sites."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime

from ..runs.activity import Activity, Doubt, Intensity, Lap, Sport
from ..runs.validation import ON_FOOT
from .course import Course, corrected, is_quick, odometer
from .memory import size_of
from .positions import POSITION_SIZE, Positions
from .rides import rides, spans, without
from .samples import POINT_SIZE, Samples, feet_of, mean, moving_clock, with_curve
from .sports import broken_off, classify, doubtful, is_named, says_indoors, surface, without_sport
from .text import degrees, height, instant, number
from .xml import Attributes, check_number

ROOT = "TrainingCenterDatabase"

INTENSITIES = {
    "active": Intensity.ACTIVE,
    "resting": Intensity.REST,
    "rest": Intensity.REST,
    "warmup": Intensity.WARM_UP,
    "cooldown": Intensity.COOL_DOWN,
}

FIGURES = frozenset(
    {
        *("AvgRunCadence", "Cadence", "TotalTimeSeconds", "DistanceMeters"),
        *("AverageHeartRateBpm", "MaximumHeartRateBpm"),
    }
)
"""Figures of a lap, by the names of their elements."""

LAP_SIZE = 900
"""Bytes of a lap being read, and of its finished form."""


@dataclass(slots=True)
class _Lap:
    """A lap being read; figures by the names of their elements."""

    start: datetime | None
    figures: dict[str, float | None] = field(default_factory=dict)
    intensity: Intensity | None = None

    @property
    def strides(self) -> float | None:
        """The mean cadence, as written."""
        return self.figures.get("AvgRunCadence") or self.figures.get("Cadence")

    def finished(self, *, feet: int | None) -> Lap | None:
        """Return the lap, or None if its time is unknown; `feet` is None for an effort without steps."""
        if self.start is None:
            return None
        return Lap(
            start=self.start,
            moving_time=self.figures.get("TotalTimeSeconds"),
            distance=self.figures.get("DistanceMeters"),
            cadence=self.strides * feet if self.strides and feet else None,
            intensity=self.intensity,
        )


@dataclass(slots=True)
class _Effort:
    """An activity being read."""

    sport: str
    title: str | None = None
    start: datetime | None = None
    device: str | None = None
    serial_number: str | None = None
    laps: list[_Lap] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)
    odometer_times: array[float] = field(default_factory=lambda: array("d"))
    odometer: array[float] = field(default_factory=lambda: array("d"))
    positions: Positions = field(default_factory=Positions)
    has_positions: bool = False

    def total(self, name: str) -> float | None:
        """Return the sum of a figure over the laps, None if no lap has it."""
        known = [figure for lap in self.laps if (figure := lap.figures.get(name)) is not None]
        return sum(known) if known else None

    def course(self, *, on_foot: bool) -> Course | None:
        """Return the course by the distances of the points, or else by their positions; None without either."""
        if any(self.odometer):
            times, metres = self.odometer_times, self.odometer
            return odometer(times, metres) if on_foot and is_quick(times, metres) else Course(times, metres)
        return self.positions.course(on_foot=on_foot) if len(self.positions.times) > 1 else None

    def distance(self, course: Course | None) -> float | None:
        """Return the metres of all laps or, if one of them has none, of the points."""
        known = self.total("DistanceMeters")
        if course is None or not course.metres:
            return known
        if known is None or any(lap.figures.get("DistanceMeters") is None for lap in self.laps):
            # A recording may go on from another, whose metres are part of its points' from the start.
            return (course.metres[-1] if any(self.odometer) else course.distance) or known
        return corrected(known, self.odometer, course)

    def strides(self, samples: Samples) -> float | None:
        """Return the mean cadence of the laps as written, weighted by their time, or else of the points."""
        weighed = [(strides, lap.figures.get("TotalTimeSeconds") or 1) for lap in self.laps if (strides := lap.strides)]
        if not weighed:
            return samples.strides()
        return sum(strides * weight for strides, weight in weighed) / sum(weight for _, weight in weighed)

    def moving_time(self, course: Course | None) -> float | None:
        """Return the seconds of all laps, or else of the points, pauses excluded."""
        known = self.total("TotalTimeSeconds")
        if known is not None:
            return known
        return course.moving_time if course else moving_clock(self.samples.times)[-1] or None

    def heart_rate(self) -> float | None:
        """Return the mean beats a minute of the laps."""
        return mean(filter(None, (lap.figures.get("AverageHeartRateBpm") for lap in self.laps)))

    def max_heart_rate(self) -> float | None:
        """Return the highest beats a minute of the laps, or else of the points."""
        most = max((lap.figures.get("MaximumHeartRateBpm") or 0 for lap in self.laps), default=0)
        return most or self.samples.max_heart_rate()

    def finished(self) -> Activity:
        """Return the activity, a doubtful one without a name for its sport."""
        if is_named(self.sport) or self.positions.is_scattered():
            return self._activity(classify(self.sport))
        return without_sport(self._activity, self.title)

    def broken_off(self) -> Activity | None:
        """Return the doubtful activity of an effort that the end of the file cut off, None without a time in it."""
        sport = classify(self.sport) if is_named(self.sport) else Sport.RUN
        if sport is not Sport.RUN or not self.samples.times or self.positions.is_scattered():
            return None
        return doubtful(self._activity(sport), Doubt.BROKEN_OFF, self.title, is_named=is_named(self.sport))

    def _activity(self, sport: Sport) -> Activity:
        """Return the activity with the figures of a sport."""
        on_foot = sport in ON_FOOT
        course = self.course(on_foot=on_foot)
        ridden = rides(course) if course and on_foot else []
        samples = self.samples.without(spans(course, ridden)) if course and ridden else self.samples
        start = self.start or next((lap.start for lap in self.laps if lap.start), None)
        moving_time = self.moving_time(course)
        elapsed_time = moving_time
        if start is not None and self.samples.times:
            elapsed_time = max(moving_time or 0, max(self.samples.times) - start.timestamp())
        indoor = says_indoors(self.sport) or (not self.has_positions if self.samples.times else None)
        strides = self.strides(samples)
        feet = feet_of(samples.strides() or strides)
        activity = Activity(
            sport=sport,
            sub_sport=self.sport or None,
            start=start,
            elapsed_time=elapsed_time,
            moving_time=moving_time,
            distance=self.distance(course),
            cadence=strides * feet if strides and on_foot else None,
            cadence_thirds=samples.cadence_thirds(feet) if sport is Sport.RUN else None,
            cadence_profile=samples.cadence_profile(feet) if sport is Sport.RUN else None,
            heart_rate=samples.heart_rate() or self.heart_rate(),
            max_heart_rate=self.max_heart_rate(),
            power=samples.power(),
            indoor=indoor,
            surface=surface(sport, indoor, self.sport),
            laps=tuple(lap for each in self.laps if (lap := each.finished(feet=feet if on_foot else None))),
            device=self.device,
            serial_number=self.serial_number,
        )
        activity = with_curve(activity, samples.curve(feet, course) if on_foot else None)
        return without(activity, course, ridden) if course else activity


class TcxReader:
    """Reader of TCX elements; courses and workouts have no Activity element and give no activity."""

    def __init__(self, sport: str | None = None) -> None:
        """Start with nothing read; `sport` is the word for the sport of an activity that names none."""
        self._sport = sport or ""
        self._finished: list[Activity] = []
        self._effort: _Effort | None = None
        self._point: dict[str, str] = {}
        self._parts = 0
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Open an activity, a lap or a point."""
        if name in ("Activity", "Lap"):
            self._parts += 1
            check_number(self._parts)
        if name == "Activity":
            self._effort = _Effort(attributes.get("Sport") or self._sport)
        elif name == "Lap" and self._effort:
            self._effort.laps.append(_Lap(instant(attributes.get("StartTime"))))
        elif name == "Trackpoint":
            self._point = {}

    def end(self, parent: str, name: str, text: str) -> None:
        """Take the text of an ended element."""
        effort = self._effort
        if effort is None:
            return
        if name == "Activity":
            activity = effort.finished()
            self._finished.append(activity)
            self._size += size_of(activity)
            self._effort = None
        elif name == "Trackpoint":
            self._add_point(effort)
        elif not text:
            return
        elif parent in ("Trackpoint", "TPX", "HeartRateBpm", "Position"):
            self._point[parent if name == "Value" else name] = text
        elif parent in ("Lap", "LX", "AverageHeartRateBpm", "MaximumHeartRateBpm") and effort.laps:
            _add_to_lap(effort.laps[-1], parent if name == "Value" else name, text)
        elif (parent, name) == ("Activity", "Id"):
            effort.start = instant(text)
        elif (parent, name) == ("Activity", "Notes"):
            effort.title = text
        elif (parent, name) == ("Creator", "Name"):
            effort.device = text
        elif (parent, name) == ("Creator", "UnitId"):
            effort.serial_number = text if text.strip("0") else None

    def activities(self) -> list[Activity]:
        """Return the activities read so far."""
        return self._finished

    def broken_off(self) -> list[Activity]:
        """Return the doubtful activities of a file that ends in the middle."""
        last = self._effort.broken_off() if self._effort else None
        return [*broken_off(self._finished), *([last] if last else [])]

    def size(self) -> int:
        """Return the bytes of the finished activities, and of the laps and points being read, by estimate."""
        effort = self._effort
        if effort is None:
            return self._size
        points = POINT_SIZE * len(effort.samples.times) + POSITION_SIZE * len(effort.positions.times)
        return self._size + points + POSITION_SIZE * len(effort.odometer) + LAP_SIZE * len(effort.laps)

    def _add_point(self, effort: _Effort) -> None:
        """Add the point that has just ended."""
        point = self._point
        effort.has_positions |= "LatitudeDegrees" in point
        if (moment := instant(point.get("Time"))) is None:
            return
        time = moment.timestamp()
        if (distance := number(point.get("DistanceMeters"))) is not None:
            effort.odometer_times.append(time)
            effort.odometer.append(distance)
        elif "LatitudeDegrees" in point:
            latitude, longitude = degrees(point.get("LatitudeDegrees")), degrees(point.get("LongitudeDegrees"))
            if latitude is not None and longitude is not None:
                effort.positions.add(latitude, longitude, time)
        cadence = number(point.get("RunCadence") or point.get("Cadence"))
        heart_rate, watts = number(point.get("HeartRateBpm")), number(point.get("Watts"))
        effort.samples.add(time, cadence, heart_rate, watts, height(point.get("AltitudeMeters")))


def _add_to_lap(lap: _Lap, name: str, text: str) -> None:
    """Add the text of an element to a lap."""
    if name == "Intensity":
        lap.intensity = INTENSITIES.get(text.lower())
    elif name in FIGURES:
        # 0 is what devices write for a figure that they don't have.
        lap.figures[name] = number(text) or None
