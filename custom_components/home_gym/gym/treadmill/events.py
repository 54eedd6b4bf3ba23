"""What happens on a treadmill; `at` is when it happened, which is before it could be known."""

from dataclasses import dataclass
from datetime import datetime

from .session import BeltSession, BeltState


@dataclass(frozen=True, slots=True, kw_only=True)
class WokeUp:
    """Somebody switched the treadmill on."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The belt began to move."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitChanged:
    """The runner walks or runs now and did the other before."""

    state: BeltState
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """A runner who had really run slowed down: the moment to speak of the cool-down, once a session."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The belt stands still; no session where it moved for too short a time to count."""

    session: BeltSession | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FellAsleep:
    """The treadmill is off, or was last known to be on."""

    at: datetime


type BeltEvent = WokeUp | Started | GaitChanged | Slowed | Stopped | FellAsleep
