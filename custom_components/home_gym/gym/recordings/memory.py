"""Memory of one reading: counted in bytes by estimate, the same for the same bytes, and bounded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..runs.activity import Activity
from .errors import RecordingError, RecordingFault

MAX_MEMORY = 50_000_000
"""Bytes that one reading may take, the recording's own included; interpreter and parsers need some beside it."""

# An activity and a lap with all figures, as they are held.
_ACTIVITY, _LAP = 900, 260


@dataclass(slots=True)
class Memory:
    """Bytes that may still be taken."""

    left: int = MAX_MEMORY

    def need(self, size: int) -> None:
        """Raise RecordingError unless this many bytes are left."""
        if size > self.left:
            raise RecordingError(RecordingFault.TOO_LARGE, f"takes more than {MAX_MEMORY} bytes of memory")

    def keep(self, size: int) -> None:
        """Take bytes until the end of the reading; raises RecordingError for more than are left."""
        self.need(size)
        self.left -= size

    @contextmanager
    def held(self, size: int) -> Iterator[None]:
        """Take bytes for a while; raises RecordingError for more than are left."""
        self.keep(size)
        try:
            yield
        finally:
            self.left += size


def size_of(activity: Activity) -> int:
    """Return the bytes that an activity takes, by estimate."""
    texts = (
        activity.sub_sport,
        activity.device,
        activity.serial_number,
        activity.origin_id,
        activity.gear,
        activity.title,
    )
    curve = len(activity.curve or b"")
    return _ACTIVITY + curve + _LAP * len(activity.laps) + sum(len(text) for text in texts if text)
