"""TCX files: Garmin's older format, also exported by other makers' sites."""

from dataclasses import dataclass, field
from datetime import datetime

from ..runs.activity import Activity, Intensity, Lap, Sport
from .memory import size_of
from .samples import POINT_SIZE, Samples, mean, steps
from .sports import classify, says_indoors, surface
from .text import instant, number
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

    def finished(self, *, on_foot: bool) -> Lap | None:
        """Return the lap, or None if its time is unknown."""
        if self.start is None:
            return None
        return Lap(
            start=self.start,
            moving_time=self.figures.get("TotalTimeSeconds"),
            distance=self.figures.get("DistanceMeters"),
            cadence=steps(self.strides) if on_foot else None,
            intensity=self.intensity,
        )


@dataclass(slots=True)
class _Effort:
    """An activity being read."""

    sport: str
    start: datetime | None = None
    device: str | None = None
    serial_number: str | None = None
    laps: list[_Lap] = field(default_factory=list)
    samples: Samples = field(default_factory=Samples)
    last_distance: float | None = None
    has_positions: bool = False

    def total(self, name: str) -> float | None:
        """Return the sum of a figure over the laps, None if no lap has it."""
        known = [figure for lap in self.laps if (figure := lap.figures.get(name)) is not None]
        return sum(known) if known else None

    def distance(self) -> float | None:
        """Return the metres of all laps or, if one of them has none, of the last trackpoint."""
        if self.last_distance is not None and any(lap.figures.get("DistanceMeters") is None for lap in self.laps):
            return self.last_distance
        return self.total("DistanceMeters")

    def cadence(self) -> float | None:
        """Return the steps a minute of the laps, weighted by their time, or else of the points."""
        weighed = [(strides, lap.figures.get("TotalTimeSeconds") or 1) for lap in self.laps if (strides := lap.strides)]
        if not weighed:
            return self.samples.cadence()
        return steps(sum(strides * weight for strides, weight in weighed) / sum(weight for _, weight in weighed))

    def heart_rate(self) -> float | None:
        """Return the mean beats a minute of the points, or else of the laps."""
        return self.samples.heart_rate() or mean(
            filter(None, (lap.figures.get("AverageHeartRateBpm") for lap in self.laps))
        )

    def max_heart_rate(self) -> float | None:
        """Return the highest beats a minute of the laps, or else of the points."""
        most = max((lap.figures.get("MaximumHeartRateBpm") or 0 for lap in self.laps), default=0)
        return most or self.samples.max_heart_rate()

    def finished(self) -> Activity:
        """Return the activity."""
        start = self.start or next((lap.start for lap in self.laps if lap.start), None)
        moving_time = self.total("TotalTimeSeconds")
        elapsed_time = moving_time
        if start is not None and self.samples.times:
            elapsed_time = max(moving_time or 0, max(self.samples.times) - start.timestamp())
        sport = classify(self.sport)
        on_foot = sport in (Sport.RUN, Sport.WALK)
        indoor = says_indoors(self.sport) or (not self.has_positions if self.samples.times else None)
        return Activity(
            sport=sport,
            sub_sport=self.sport or None,
            start=start,
            elapsed_time=elapsed_time,
            moving_time=moving_time,
            distance=self.distance(),
            cadence=self.cadence() if on_foot else None,
            cadence_thirds=self.samples.cadence_thirds() if sport is Sport.RUN else None,
            cadence_profile=self.samples.cadence_profile() if sport is Sport.RUN else None,
            heart_rate=self.heart_rate(),
            max_heart_rate=self.max_heart_rate(),
            power=self.samples.power(),
            indoor=indoor,
            surface=surface(sport, indoor, self.sport),
            laps=tuple(lap for each in self.laps if (lap := each.finished(on_foot=on_foot))),
            device=self.device,
            serial_number=self.serial_number,
        )


class TcxReader:
    """Reader of TCX elements; courses and workouts have no Activity element and give no activity."""

    def __init__(self) -> None:
        """Start with nothing read."""
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
            self._effort = _Effort(attributes.get("Sport", ""))
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
        elif (parent, name) == ("Creator", "Name"):
            effort.device = text
        elif (parent, name) == ("Creator", "UnitId"):
            effort.serial_number = text if text.strip("0") else None

    def activities(self) -> list[Activity]:
        """Return the activities read so far."""
        return self._finished

    def size(self) -> int:
        """Return the bytes of the finished activities, and of the laps and points being read, by estimate."""
        effort = self._effort
        return self._size + (POINT_SIZE * len(effort.samples.times) + LAP_SIZE * len(effort.laps) if effort else 0)

    def _add_point(self, effort: _Effort) -> None:
        """Add the point that has just ended."""
        point = self._point
        effort.has_positions |= "LatitudeDegrees" in point
        distance = number(point.get("DistanceMeters"))
        if distance is not None:
            effort.last_distance = distance
        if (time := instant(point.get("Time"))) is not None:
            cadence = number(point.get("RunCadence") or point.get("Cadence"))
            effort.samples.add(time.timestamp(), cadence, number(point.get("HeartRateBpm")), number(point.get("Watts")))


def _add_to_lap(lap: _Lap, name: str, text: str) -> None:
    """Add the text of an element to a lap."""
    if name == "Intensity":
        lap.intensity = INTENSITIES.get(text.lower())
    elif name in FIGURES:
        lap.figures[name] = number(text)
