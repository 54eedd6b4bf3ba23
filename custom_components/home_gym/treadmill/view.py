"""What is shown of a treadmill."""

from dataclasses import dataclass
from datetime import datetime

from ..gym.treadmill.detector import SessionDetector
from ..gym.treadmill.log import BeltLog


@dataclass(frozen=True, slots=True, kw_only=True)
class TreadmillView:
    """What is shown of a treadmill: `duration` is that of the session that goes on, or of the last one, in seconds."""

    in_use: bool
    available: bool
    duration: float | None
    unclaimed: int


def view_of(belt: SessionDetector, log: BeltLog, now: datetime, *, is_known: bool) -> TreadmillView:
    """Return what is shown now; `is_known` tells whether anything is heard of the treadmill."""
    start = belt.session
    last = max(log.records.values(), key=lambda record: record.session.start, default=None)
    duration = (last.session.end - last.session.start).total_seconds() if last else None
    return TreadmillView(
        in_use=belt.state.is_moving,
        # A session that goes on is waited for.
        available=is_known or start is not None,
        duration=duration if start is None else (now - start).total_seconds(),
        unclaimed=len(log.unclaimed()),
    )
