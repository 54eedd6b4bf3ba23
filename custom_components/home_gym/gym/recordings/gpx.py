"""GPX files: tracks of positions, exported by phones and sites.

Positions are summed up to metres while being read, and are not kept.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..runs.activity import Activity, Doubt, Sport
from ..runs.validation import ON_FOOT
from .memory import size_of
from .positions import POSITION_SIZE, Positions
from .rides import rides, spans, without
from .samples import POINT_SIZE, Samples, feet_of, with_curve
from .sports import (
    STRAVA_NUMBERS,
    broken_off,
    classify,
    doubtful,
    is_named,
    says_indoors,
    surface,
    without_sport,
    word_of_number,
)
from .text import degrees, height, instant, number
from .xml import Attributes, check_number

ROOT = "gpx"

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
class _Track:
    """A track being read."""

    sport: str | None = None
    title: str | None = None
    start: datetime | None = None
    positions: Positions = field(default_factory=Positions)
    samples: Samples = field(default_factory=Samples)

    def finished(self, device: str | None) -> Activity | None:
        """Return the activity, or None for a track without times: a route, not an effort.

        A track that names no sport is a doubtful activity, and so is an empty one that names a run.
        """
        word = self._word(device)
        if len(self.samples.times) < 2:
            return self._empty(word, device)
        if is_named(word) or self.positions.is_scattered():
            return self._activity(classify(word), word if is_named(word) else None, device)
        return without_sport(lambda sport: self._activity(sport, None, device), self.title)

    def broken_off(self, device: str | None) -> Activity | None:
        """Return the doubtful activity of a track that the end of the file cut off, None without points in it."""
        word = self._word(device)
        sport = classify(word) if is_named(word) else Sport.RUN
        if len(self.samples.times) < 2 or sport is not Sport.RUN or self.positions.is_scattered():
            return None
        activity = self._activity(sport, word, device)
        return doubtful(activity, Doubt.BROKEN_OFF, self.title, is_named=is_named(word))

    def _empty(self, word: str | None, device: str | None) -> Activity | None:
        """Return the doubtful activity of a track without a course, such as a treadmill's, if its start is known.

        Places without times are a route.
        """
        if len(self.positions.times) > 1:
            return None
        first = min(self.samples.times, default=None)
        start = self.start if first is None else datetime.fromtimestamp(first, UTC)
        if start is None or classify(word) is not Sport.RUN:
            return None
        indoor = says_indoors(word) or None
        activity = Activity(
            sport=Sport.RUN,
            start=start,
            indoor=indoor,
            surface=surface(Sport.RUN, indoor, word),
            device=device,
        )
        return doubtful(activity, Doubt.NO_FIGURES, self.title)

    def _activity(self, sport: Sport, word: str | None, device: str | None) -> Activity:
        """Return the activity of a track with times, with the figures of a sport."""
        on_foot = sport in ON_FOOT
        course = self.positions.course(on_foot=on_foot)
        ridden = rides(course) if on_foot else []
        samples = self.samples.without(spans(course, ridden)) if ridden else self.samples
        first, last = min(self.samples.times), max(self.samples.times)
        indoor = says_indoors(word)
        strides = samples.strides()
        feet = feet_of(strides)
        activity = Activity(
            sport=sport,
            sub_sport=word,
            start=datetime.fromtimestamp(first, UTC),
            elapsed_time=last - first,
            moving_time=course.moving_time,
            distance=course.distance,
            cadence=strides * feet if strides and on_foot else None,
            cadence_thirds=samples.cadence_thirds(feet) if sport is Sport.RUN else None,
            cadence_profile=samples.cadence_profile(feet) if sport is Sport.RUN else None,
            heart_rate=samples.heart_rate(),
            max_heart_rate=samples.max_heart_rate(),
            power=samples.power(),
            indoor=indoor,
            surface=surface(sport, indoor, word),
            device=device,
        )
        return without(with_curve(activity, samples.curve(feet, course) if on_foot else None), course, ridden)

    def _word(self, device: str | None) -> str | None:
        """Return the word for the sport; a number is Strava's, unless the file comes from elsewhere."""
        is_strava = device is None or "strava" in device.casefold()
        return (is_strava and word_of_number(self.sport, STRAVA_NUMBERS)) or self.sport


class GpxReader:
    """Reader of GPX elements: one activity for each track with times."""

    def __init__(self, sport: str | None = None) -> None:
        """Start with nothing read; `sport` is the word for the sport of a track that names none."""
        self._sport = sport
        self._finished: list[Activity] = []
        self._device: str | None = None
        # The start of the whole file, for a track without points.
        self._start: datetime | None = None
        self._track: _Track | None = None
        self._place: tuple[float | None, float | None] = (None, None)
        self._point: dict[str, str] = {}
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Open a track, a segment or a point."""
        if name == "trkpt":
            self._point = {}
            self._place = (degrees(attributes.get("lat")), degrees(attributes.get("lon")))
        elif name == "trk":
            self._track = _Track(self._sport, start=self._start)
        elif name == "trkseg" and self._track:
            self._track.positions.begin_segment()
        elif name == ROOT:
            self._device = attributes.get("creator") or None

    def end(self, parent: str, name: str, text: str) -> None:
        """Take the text of an ended element."""
        track = self._track
        if track is None:
            if (parent, name) == ("metadata", "time") or (parent, name) == (ROOT, "time"):
                self._start = instant(text)
            return
        if name == "trkpt":
            self._add_point(track)
        elif (parent, name) == ("trk", "name"):
            track.title = text
        elif (parent, name) == ("trk", "time"):
            track.start = instant(text) or track.start
        elif parent == "trkpt" and name in ("time", "ele"):
            self._point[name] = text
        elif figure := EXTENSIONS.get(name.lower()):
            self._point[figure] = text
        elif (parent, name) == ("trk", "type"):
            track.sport = text or self._sport
        elif name == "trk":
            if activity := track.finished(self._device):
                self._finished.append(activity)
                self._size += size_of(activity)
                check_number(len(self._finished))
            self._track = None

    def activities(self) -> list[Activity]:
        """Return the activities read so far."""
        return self._finished

    def broken_off(self) -> list[Activity]:
        """Return the doubtful activities of a file that ends in the middle."""
        last = self._track.broken_off(self._device) if self._track else None
        return [*broken_off(self._finished), *([last] if last else [])]

    def size(self) -> int:
        """Return the bytes of the finished activities and of the points being read, by estimate."""
        track = self._track
        if track is None:
            return self._size
        return self._size + POINT_SIZE * len(track.samples.times) + POSITION_SIZE * len(track.positions.times)

    def _add_point(self, track: _Track) -> None:
        """Add the point that has just ended."""
        point = self._point
        moment = instant(point.get("time"))
        time = None if moment is None else moment.timestamp()
        latitude, longitude = self._place
        if latitude is not None and longitude is not None:
            track.positions.add(latitude, longitude, time)
        if time is not None:
            cadence, heart_rate, power = (number(point.get(name)) for name in ("cadence", "heart_rate", "power"))
            track.samples.add(time, cadence, heart_rate, power, height(point.get("ele")))
