"""Events of a treadmill; `at` is the instant at which they happened, which precedes their detection."""

from dataclasses import dataclass
from datetime import datetime

from .session import BeltSession, BeltState


@dataclass(frozen=True, slots=True, kw_only=True)
class WokeUp:
    """The treadmill was switched on."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The belt began to move."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitChanged:
    """The runner changed from walking to running or back."""

    state: BeltState
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """The runner slowed down after real running: a pause, or the moment for the cool-down prompt."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """The runner runs again after slowing down."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The belt stopped; no session if it moved for too short a time to count."""

    session: BeltSession | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FellAsleep:
    """The treadmill is off, or its state is unknown after having been on."""

    at: datetime


type BeltEvent = WokeUp | Started | GaitChanged | Slowed | Resumed | Stopped | FellAsleep
