"""Activities: records of an effort by a single source, in SI units and UTC.

An activity is independent of its source and of its use; `recordings` parses activities, `fusion` combines them into
runs.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from ..codec.schema import Within, stored
from .exertion import Exertion, HeartRateProfile, HeartRateZones

LONGEST_SUFFIX = 60
"""Characters of the name of a device in an id."""


class Sport(StrEnum):
    """Kinds of effort that matter to a runner's back."""

    RUN = "run"
    WALK = "walk"
    STRENGTH = "strength"
    MOBILITY = "mobility"
    OTHER = "other"


class Surface(StrEnum):
    """Surface under the runner's feet, as far as the recording shows it."""

    ROAD = "road"
    TRAIL = "trail"
    TREADMILL = "treadmill"
    TRACK = "track"


class Doubt(StrEnum):
    """Reasons to ask whether a recording is a run, instead of counting it or dropping it.

    Its sport has no name, it broke off before its totals, or it names a run and has neither time nor distance.
    """

    NO_SPORT = "no_sport"
    BROKEN_OFF = "broken_off"
    NO_FIGURES = "no_figures"


class Intensity(StrEnum):
    """Purpose of a lap, in the terms of the FIT profile."""

    ACTIVE = "active"
    REST = "rest"
    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"


class Origin(StrEnum):
    """Kind of source of an activity, the most trusted first."""

    FILE = "file"
    CLOUD = "cloud"
    ENTITY = "entity"
    PERSON = "person"
    TREADMILL = "treadmill"
    POWER = "power"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """A part of an activity, as divided by the watch or its wearer.

    Times are seconds, distance is metres, cadence is steps a minute of both feet.
    """

    start: datetime
    elapsed_time: float | None = None
    moving_time: float | None = None
    distance: float | None = None
    cadence: float | None = None
    intensity: Intensity | None = None

    @property
    def end(self) -> datetime:
        """The end of the lap."""
        return self.start + timedelta(seconds=self.elapsed_time or self.moving_time or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceProfile:
    """Histogram of a run's cadence: whole seconds at `lowest` steps a minute of both feet, at one more, and so on.

    Standing still is left out; cadences outside `SLOWEST` to `QUICKEST` count as the nearer of the two.
    """

    lowest: int
    seconds: tuple[int, ...]

    def share_between(self, low: float, high: float) -> float | None:
        """Return the share of the time from one cadence to another, both included, in per cent."""
        total = sum(self.seconds)
        within = sum(time for steps, time in enumerate(self.seconds, start=self.lowest) if low <= steps <= high)
        return 100 * within / total if total else None


SLOWEST, QUICKEST = 120, 220
"""Range of a cadence profile, in steps a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDynamics:
    """Stride figures of a watch or a pod.

    Vertical oscillation and step length are metres, ground contact time seconds, its balance the left foot's share in
    per cent, the vertical ratio the oscillation's share of the step length in per cent.
    """

    vertical_oscillation: float | None = None
    ground_contact_time: float | None = None
    ground_contact_balance: float | None = None
    vertical_ratio: float | None = None
    step_length: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A stretch of a recording that no runner covers, such as the drive home, left out of its figures.

    Times are seconds, distance is metres.
    """

    start: datetime
    elapsed_time: float
    moving_time: float
    distance: float

    @property
    def end(self) -> datetime:
        """The end of the stretch."""
        return self.start + timedelta(seconds=self.elapsed_time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An effort as recorded by a single source.

    Times are seconds, distance is metres, cadence is steps a minute of both feet, heart rate is beats a minute, power
    is watts. `distance_error` is the usual error of an estimated distance. A figure that the source did not carry is
    None, never 0. `start` is None for a recording device without a clock; such an activity can be shown but not
    counted. `gear` is the source's name for the pair of shoes. `left_out` are stretches that the figures don't include.
    Ascent and descent are metres, `utc_offset` the seconds by which the local time of the effort was ahead of UTC.
    `easy_parts` are a warm-up and a cool-down derived from the recording's course. `curve` is the packed `Curve` of a
    recording; it is kept beside the activity.
    `edited` are the names of the figures that a person edited at the service.
    `doubt` is the reason to ask about a doubtful activity, whose sport is `Sport.OTHER` until a person decides; `guess`
    is the sport that its pace or its `title` suggests. `known_as` is the id that an earlier version stored the activity
    by, None for its own.
    """

    sport: Sport
    # An undated activity can be shown, but not stored.
    start: datetime | None = field(metadata=stored(required=True))
    sub_sport: str | None = None
    elapsed_time: float | None = None
    moving_time: float | None = None
    distance: float | None = None
    distance_error: float | None = None
    cadence: float | None = None
    cadence_thirds: tuple[float | None, float | None, float | None] | None = None
    cadence_profile: CadenceProfile | None = None
    dynamics: RunningDynamics | None = None
    heart_rate: float | None = None
    max_heart_rate: float | None = None
    power: float | None = None
    ascent: float | None = None
    descent: float | None = None
    exertion: Exertion | None = None
    heart_rate_zones: HeartRateZones | None = None
    heart_rate_profile: HeartRateProfile | None = None
    indoor: bool | None = None
    surface: Surface | None = None
    laps: tuple[Lap, ...] = ()
    easy_parts: tuple[Lap, ...] = ()
    utc_offset: Annotated[int, Within(low=-12 * 3600, high=14 * 3600)] | None = None
    device: str | None = None
    manufacturer: str | None = None
    serial_number: str | None = None
    incomplete: bool = False
    origin: Origin = Origin.FILE
    origin_id: str | None = None
    gear: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    edited: tuple[str, ...] = ()
    doubt: Doubt | None = None
    guess: Sport | None = None
    title: str | None = None
    known_as: str | None = field(default=None, compare=False)
    curve: bytes | None = field(default=None, repr=False, compare=False, metadata=stored(kept=False))
    _id: str | None = field(default=None, init=False, repr=False, compare=False)
    _span: tuple[float, float] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Identity of the activity, the same for every repeated delivery.

        It derives from the source's own id, or else from the device, the start and the sport, which all recordings of
        the same effort by the same device share. Figures are left out, so that an edited recording replaces the first.
        """
        if self._id is None:
            # Computed once: it is read often and never changes. Frozen dataclasses can be written to only this way.
            object.__setattr__(self, "_id", self.known_as or self.own_id)
        return self._id or ""

    @property
    def own_id(self) -> str:
        """Identity of the activity by its source, device, start and sport, without regard to an earlier version."""
        return _digest([*self._identity(), *([self.device] if self.device and self.needs_device else [])])

    @property
    def former_id(self) -> str:
        """Identity of the activity in earlier versions, which took no device without a serial number into account."""
        return _digest(self._identity())

    @property
    def needs_device(self) -> bool:
        """Whether nothing but its name distinguishes the device from another: no id of the source, no serial number."""
        return self.origin_id is None and not self.serial_number

    @property
    def end(self) -> datetime | None:
        """The end of the effort."""
        if self.start is None:
            return None
        return self.start + timedelta(seconds=self.elapsed_time or self.moving_time or 0)

    @property
    def duration(self) -> float | None:
        """Moving time in seconds, or the elapsed time if pauses are unknown."""
        return self.elapsed_time if self.moving_time is None else self.moving_time

    @property
    def span(self) -> tuple[float, float]:
        """The start and the end in seconds since the epoch; raises ValueError for an undated activity."""
        if self._span is None:
            if self.start is None:
                raise ValueError("an activity without a start cannot be fused")
            start = self.start.timestamp()
            # Computed once, since fusion compares it with many others.
            object.__setattr__(self, "_span", (start, (self.end or self.start).timestamp()))
        return self._span or (0, 0)

    def _identity(self) -> list[str]:
        if self.origin_id is not None:
            return [self.origin, self.origin_id]
        # The same with and without a stretch that is left out at its start.
        first = min([self.start, *(stretch.start for stretch in self.left_out)]) if self.start else None
        start = first.astimezone(UTC).isoformat(timespec="seconds") if first else ""
        return [self.origin, self.manufacturer or "", self.serial_number or "", start, self.sport]


def device_suffix(device: str | None) -> str:
    """Return the part of a source's id that a device adds to it."""
    return f"/{device[:LONGEST_SUFFIX]}" if device else ""


def _digest(identity: list[str]) -> str:
    return sha256("\n".join(identity).encode()).hexdigest()[:20]
