"""Deeds of a household, as data: runs, treadmill sessions, sessions of habits, pain, rests, journeys."""

from dataclasses import dataclass
from datetime import timedelta

from custom_components.home_gym.gym.habits.habit import Habit

NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A recording of an outdoor run: its minutes and kilometres, and the minutes of pause after it."""

    minutes: float
    km: float
    pause: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutdoorRun:
    """Run outdoors at `at` minutes of the day; each recording arrives `sync` after its end.

    `together` delivers the recordings after the last one. `planned` asks to warm up a quarter of an hour before.
    """

    at: float
    parts: tuple[Part, ...]
    sync: timedelta = timedelta(minutes=2)
    together: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltRun:
    """Treadmill session at `at` minutes of the day: minutes of running, each with the minutes of pause after it.

    The belt stands still in a pause, so that each piece is a session of its own, unless `walks`: then the belt goes on
    at a walk.
    """

    at: float
    pieces: tuple[tuple[float, float], ...]
    walks: bool = False
    km_per_minute: float = 0.17


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitDone:
    """Session of a habit that the runner logs unasked."""

    at: float
    habit: Habit
    minutes: float = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """Report of back pain, or of a red flag."""

    at: float
    score: float
    is_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """Clearance by a professional."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RestBegun:
    """Rest of some days, None for an open end."""

    at: float
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestOver:
    """End of the rest."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """Restart of Home Assistant."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Change of the home's time zone."""

    at: float
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Time out of the home, in minutes."""

    at: float
    minutes: float


type Deed = OutdoorRun | BeltRun | HabitDone | Pain | Cleared | RestBegun | RestOver | Restart | Journey | Away
