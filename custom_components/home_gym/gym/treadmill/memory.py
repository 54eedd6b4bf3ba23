"""What of a treadmill outlives a restart, and how it is written down as values that JSON knows.

Reading trusts nothing: what no belt can have written is refused whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ..json_values import Reader, expect, figure, flag, instant, text_of, tuple_of
from .hysteresis import NO_TIME, Tally
from .session import SLICE, BeltState, OpenSession, Phase, Stretch

_UNDECIDED = Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltMemory:
    """All that a belt knows.

    `seen` is the last instant at which somebody looked, `reported` that of the last report, `now` the one up to which
    everything is decided. `level` is the last one reported, `measured` since when it awaits being added up, and `trail`
    what of the time before is not yet known to be part of the session. `lost` is since when the level is unknown.
    `spent` means that the last session went on for too long, so that the belt has to stand still before another begins.
    """

    seen: datetime | None = None
    reported: datetime | None = None
    now: datetime | None = None
    level: float | None = None
    measured: datetime | None = None
    trail: tuple[Stretch, ...] = ()
    lost: datetime | None = None
    spent: bool = False
    awake: Tally = _UNDECIDED
    moving: Tally = _UNDECIDED
    running: Tally = _UNDECIDED
    fast: Tally = _UNDECIDED
    session: OpenSession | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return the memory as JSON values: instants in ISO 8601, durations in seconds, nothing that is None."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @classmethod
    def from_plain(cls, plain: object) -> BeltMemory:
        """Read a memory; raises ValueError for what is none."""
        try:
            memory = _object(cls, MEMORY)(plain)
            _check(memory)
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error
        return memory


def _check(memory: BeltMemory) -> None:
    """Refuse what may each be well-formed but can't be true together."""
    instants = [memory.reported, memory.now, memory.measured, memory.lost]
    for tally in (memory.awake, memory.moving, memory.running, memory.fast):
        instants += [tally.since, tally.at]
        if (tally.trend > 0 or tally.held) and not (tally.since and tally.at and tally.since <= tally.at):
            raise ValueError("votes for nothing")
    instants += [stretch.end for stretch in memory.trail]
    session = memory.session
    is_run = session is not None and session.gait is BeltState.RUNNING
    if session:
        instants.append(session.since)
        if memory.seen and len(session.sums) > (memory.seen - session.start) // SLICE + 1:
            raise ValueError("a session longer than its time")
    if (memory.moving.on, memory.running.on) != (session is not None, is_run):
        raise ValueError("a session that the belt knows nothing of, or another one")
    if any(instant and not (memory.seen and instant <= memory.seen) for instant in instants):
        raise ValueError("what nobody has seen yet")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        parts = ((item.name, getattr(value, item.name)) for item in fields(value))
        return {name: _plain(part) for name, part in parts if part is not None}
    match value:
        case datetime():
            return text_of(value)
        case timedelta():
            return value.total_seconds()
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _object[T](kind: Callable[..., T], readers: Mapping[str, Reader]) -> Callable[[Any], T]:
    return lambda plain: kind(**{name: readers[name](part) for name, part in expect(dict, plain).items()})


def _member[T: StrEnum](*members: T) -> Callable[[str], T]:
    return {member.value: member for member in members}.__getitem__


def _duration(plain: object) -> timedelta:
    return max(timedelta(seconds=figure(plain)), NO_TIME)


def _trend(plain: object) -> int:
    return {-1: -1, 0: 0, 1: 1}[expect(int, plain)]


def _sum(plain: object) -> tuple[float, float]:
    total, seconds = (figure(part) for part in expect(list, plain))
    if seconds > SLICE.total_seconds():
        raise ValueError(f"a slice of {seconds} seconds")
    return total, seconds


_GAIT = _member(BeltState.WALKING, BeltState.RUNNING)
_PHASE: Mapping[str, Reader] = {"state": _GAIT, "start": instant, "end": instant}
_STRETCH: Mapping[str, Reader] = {"start": instant, "end": instant, "level": figure}
_TALLY: Mapping[str, Reader] = {"on": flag, "since": instant, "held": _duration, "at": instant, "trend": _trend}
_SESSION: Mapping[str, Reader] = {
    "start": instant,
    "gait": _GAIT,
    "since": instant,
    "phases": tuple_of(_object(Phase, _PHASE)),
    "sums": tuple_of(_sum),
    "slowed": flag,
}
MEMORY: Mapping[str, Reader] = {
    **dict.fromkeys(("seen", "reported", "now", "measured", "lost"), instant),
    "level": figure,
    "trail": tuple_of(_object(Stretch, _STRETCH)),
    "spent": flag,
    **dict.fromkeys(("awake", "moving", "running", "fast"), _object(Tally, _TALLY)),
    "session": _object(OpenSession, _SESSION),
}
