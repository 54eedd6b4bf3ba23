"""State of a treadmill that outlives a restart."""

from dataclasses import dataclass
from datetime import datetime

from .hysteresis import Tally
from .session import SLICE, BeltState, OpenSession, Stretch

_UNDECIDED = Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltMemory:
    """Complete state of a session detector.

    `seen` is the instant of the last call, `reported` that of the last report, `now` the one up to which everything is
    decided. `level` is the last one reported, `measured` the instant since which it awaits being added up, and `trail`
    the stretches before that may still become part of the session. `lost` is the instant since which the level has been
    unknown. `spent` means that the last session exceeded the `longest`, so that the belt has to stand still before
    another begins.
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


def check(memory: BeltMemory) -> None:
    """Raise ValueError for parts that are each well-formed but contradict each other."""
    instants = [memory.reported, memory.now, memory.measured, memory.lost]
    for tally in (memory.awake, memory.moving, memory.running, memory.fast):
        instants += [tally.since, tally.at]
        if (tally.trend > 0 or tally.held) and not (tally.since and tally.at and tally.since <= tally.at):
            raise ValueError("votes without their instants")
    instants += [stretch.end for stretch in memory.trail]
    session = memory.session
    is_run = session is not None and session.gait is BeltState.RUNNING
    if session:
        instants.append(session.since)
        if memory.seen and len(session.sums) > (memory.seen - session.start) // SLICE + 1:
            raise ValueError("a session longer than its time")
    if (memory.moving.on, memory.running.on) != (session is not None, is_run):
        raise ValueError("states and session contradict each other")
    if any(instant and not (memory.seen and instant <= memory.seen) for instant in instants):
        raise ValueError("an instant after the last call")
