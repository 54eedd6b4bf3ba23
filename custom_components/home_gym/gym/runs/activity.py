"""What one source saw of one effort, in SI units and UTC.

Nothing here knows where an activity came from or what becomes of it; `files` makes activities, `fusion` makes runs of
them.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from ..codec.schema import stored

# Metres beyond which nobody runs or walks in one go; six-day races are won with twice as many, in many goes.
FURTHEST_ON_FOOT = 500_000


class Sport(StrEnum):
    """The kinds of effort that matter to a runner's back."""

    RUN = "run"
    WALK = "walk"
    STRENGTH = "strength"
    MOBILITY = "mobility"
    OTHER = "other"


class Surface(StrEnum):
    """What was under the runner's feet, as far as the recording lets one guess."""

    ROAD = "road"
    TRAIL = "trail"
    TREADMILL = "treadmill"
    TRACK = "track"


class Intensity(StrEnum):
    """What a lap was for, in the words of the FIT profile."""

    ACTIVE = "active"
    REST = "rest"
    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"


class Origin(StrEnum):
    """What kind of source an activity came from, the most trusted first."""

    FILE = "file"
    CLOUD = "cloud"
    ENTITY = "entity"
    PERSON = "person"
    TREADMILL = "treadmill"
    POWER = "power"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """A part of an activity, as the watch or its wearer divided it.

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
        """The instant at which the lap was over."""
        return self.start + timedelta(seconds=self.elapsed_time or self.moving_time or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceProfile:
    """For how long each cadence was run: whole seconds at `lowest` steps a minute of both feet, at one more, and so on.

    Standing still is left out; what lies outside of `SLOWEST` to `QUICKEST` is counted there.
    """

    lowest: int
    seconds: tuple[int, ...]

    def share_between(self, low: float, high: float) -> float | None:
        """Return the share of the time from one cadence to another, both included, in per cent."""
        total = sum(self.seconds)
        within = sum(time for steps, time in enumerate(self.seconds, start=self.lowest) if low <= steps <= high)
        return 100 * within / total if total else None


SLOWEST, QUICKEST = 120, 220
"""Steps a minute between which a profile tells cadences apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDynamics:
    """What a watch or a pod measured of the stride.

    Vertical oscillation is metres, ground contact time seconds, its balance the left foot's share in per cent.
    """

    vertical_oscillation: float | None = None
    ground_contact_time: float | None = None
    ground_contact_balance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What one source saw of one effort.

    Times are seconds, distance is metres, cadence is steps a minute of both feet, heart rate is beats a minute, power
    is watts. `distance_error` is given where the distance was estimated: what it is usually off by. A figure that the
    source did not carry is None, never 0. `start` is None where the recording device had no idea of the time; such an
    activity can be shown but not counted. `gear` is what the source calls the pair of shoes.
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
    indoor: bool | None = None
    surface: Surface | None = None
    laps: tuple[Lap, ...] = ()
    device: str | None = None
    manufacturer: str | None = None
    serial_number: str | None = None
    incomplete: bool = False
    origin: Origin = Origin.FILE
    origin_id: str | None = None
    gear: str | None = None
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The identity that any second delivery of the same activity has too.

        A source's own id decides where there is one; otherwise what a recording of the same effort by the same device
        can't but share: its start and its sport. Figures stay out of it, so that an edited recording replaces the
        first one.
        """
        if self._id is None:
            # Asked for again and again, and the same for good; what is frozen can be written to only so.
            object.__setattr__(self, "_id", sha256("\n".join(self._identity()).encode()).hexdigest()[:20])
        return self._id or ""

    @property
    def end(self) -> datetime | None:
        """The instant at which the effort was over."""
        if self.start is None:
            return None
        return self.start + timedelta(seconds=self.elapsed_time or self.moving_time or 0)

    def _identity(self) -> list[str]:
        if self.origin_id is not None:
            return [self.origin, self.origin_id]
        start = self.start.astimezone(UTC).isoformat(timespec="seconds") if self.start else ""
        return [self.origin, self.manufacturer or "", self.serial_number or "", start, self.sport]
