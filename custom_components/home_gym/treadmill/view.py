"""The read model of a treadmill."""

from dataclasses import dataclass
from datetime import datetime

from ..gym.treadmill.detector import SessionDetector
from ..gym.treadmill.log import BeltLog


@dataclass(frozen=True, slots=True, kw_only=True)
class TreadmillView:
    """Published state of a treadmill; `duration` in seconds, of the current session or the last one."""

    in_use: bool
    available: bool
    duration: float | None
    unclaimed: int


def view_of(belt: SessionDetector, log: BeltLog, now: datetime, *, is_known: bool) -> TreadmillView:
    """Return the current view; `is_known` for a treadmill that reports at the moment."""
    start = belt.session
    last = max(log.records.values(), key=lambda record: record.session.start, default=None)
    duration = (last.session.end - last.session.start).total_seconds() if last else None
    return TreadmillView(
        in_use=belt.state.is_moving,
        # A session in progress bridges a short silence.
        available=is_known or start is not None,
        duration=duration if start is None else (now - start).total_seconds(),
        unclaimed=len(log.unclaimed()),
    )
