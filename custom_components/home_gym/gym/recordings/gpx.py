"""GPX files: tracks of positions, exported by phones and sites.

Positions are summed up to metres while being read, and are not kept.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt

from ..runs.activity import Activity, Sport
from .memory import size_of
from .samples import LONGEST_GAP, POINT_SIZE, Samples
from .sports import classify, says_indoors, surface
from .text import instant, number
from .xml import Attributes, check_number

ROOT = "gpx"

EARTH_DIAMETER = 2 * 6_371_008.8
"""Metres, of the sphere that fits the earth best."""

STANDSTILL = 0.3
"""Metres a second; a lower speed over a gap means that the watch was paused."""

EXTENSIONS = {
    "hr": "heart_rate",
    "heartrate": "heart_rate",
    "cad": "cadence",
    "cadence": "cadence",
    "runcadence": "cadence",
    "power": "power",
    "powerinwatts": "power",
}
"""Figures by the names that different exporters use, in lower case."""


@dataclass(slots=True)
class _Position:
    """Position and time of a segment's last point, for the step to the next."""

    latitude: float
    longitude: float
    time: float | None

    def metres_to(self, other: _Position) -> float:
        """Return the distance along the earth's surface, by the haversine formula."""
        low, high = radians(self.latitude), radians(other.latitude)
        across = sin((high - low) / 2) ** 2
        along = sin(radians(other.longitude - self.longitude) / 2) ** 2
        return EARTH_DIAMETER * asin(sqrt(min(across + cos(low) * cos(high) * along, 1)))


@dataclass(slots=True)
class _Track:
    """A track being read."""

    sport: str | None = None
    distance: float = 0
    moving_time: float = 0
    last: _Position | None = None
    samples: Samples = field(default_factory=Samples)

    def go_to(self, place: _Position) -> None:
        """Add the step to the next point of the same segment."""
        if self.last is not None:
            metres = self.last.metres_to(place)
            self.distance += metres
            if place.time is not None and self.last.time is not None:
                seconds = place.time - self.last.time
                if 0 < seconds <= LONGEST_GAP or metres > STANDSTILL * seconds > 0:
                    self.moving_time += seconds
        self.last = place

    def finished(self, device: str | None) -> Activity | None:
        """Return the activity, or None for a track without times: a route, not an effort."""
        times = self.samples.times
        if len(times) < 2:
            return None
        first = min(times)
        sport = classify(self.sport)
        on_foot = sport in (Sport.RUN, Sport.WALK)
        indoor = says_indoors(self.sport)
        return Activity(
            sport=sport,
            sub_sport=self.sport,
            start=datetime.fromtimestamp(first, UTC),
            elapsed_time=max(times) - first,
            moving_time=self.moving_time or None,
            distance=self.distance,
            cadence=self.samples.cadence() if on_foot else None,
            cadence_thirds=self.samples.cadence_thirds() if sport is Sport.RUN else None,
            cadence_profile=self.samples.cadence_profile() if sport is Sport.RUN else None,
            heart_rate=self.samples.heart_rate(),
            max_heart_rate=self.samples.max_heart_rate(),
            power=self.samples.power(),
            indoor=indoor,
            surface=surface(sport, indoor, self.sport),
            device=device,
        )


class GpxReader:
    """Reader of GPX elements: one activity for each track with times."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._finished: list[Activity] = []
        self._device: str | None = None
        self._track: _Track | None = None
        self._place: tuple[float | None, float | None] = (None, None)
        self._point: dict[str, str] = {}
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Open a track, a segment or a point."""
        if name == "trkpt":
            self._point = {}
            self._place = (_degrees(attributes.get("lat")), _degrees(attributes.get("lon")))
        elif name == "trk":
            self._track = _Track()
        elif name == "trkseg" and self._track:
            self._track.last = None
        elif name == ROOT:
            self._device = attributes.get("creator") or None

    def end(self, parent: str, name: str, text: str) -> None:
        """Take the text of an ended element."""
        track = self._track
        if track is None:
            return
        if name == "trkpt":
            self._add_point(track)
        elif (parent, name) == ("trkpt", "time"):
            self._point["time"] = text
        elif figure := EXTENSIONS.get(name.lower()):
            self._point[figure] = text
        elif (parent, name) == ("trk", "type"):
            track.sport = text or None
        elif name == "trk":
            if activity := track.finished(self._device):
                self._finished.append(activity)
                self._size += size_of(activity)
                check_number(len(self._finished))
            self._track = None

    def activities(self) -> list[Activity]:
        """Return the activities read so far."""
        return self._finished

    def size(self) -> int:
        """Return the bytes of the finished activities and of the points being read, by estimate."""
        return self._size + (POINT_SIZE * len(self._track.samples.times) if self._track else 0)

    def _add_point(self, track: _Track) -> None:
        """Add the point that has just ended."""
        point = self._point
        moment = instant(point.get("time"))
        time = None if moment is None else moment.timestamp()
        latitude, longitude = self._place
        if latitude is not None and longitude is not None:
            track.go_to(_Position(latitude, longitude, time))
        if time is not None:
            figures = (number(point.get(name)) for name in ("cadence", "heart_rate", "power"))
            track.samples.add(time, *figures)


def _degrees(text: str | None) -> float | None:
    """Return degrees of latitude or longitude."""
    try:
        degrees = float(text or "")
    except ValueError:
        return None
    return degrees if -180 <= degrees <= 180 else None
