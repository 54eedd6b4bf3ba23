"""How far a treadmill itself says that its belt went, between any two instants of a session."""

from bisect import bisect_right
from datetime import datetime


class Odometer:
    """Keeps what a treadmill's own counter said, which begins anew with each session or whenever it likes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._times: list[datetime] = []
        self._metres: list[float] = []
        self._last: float | None = None

    def note(self, metres: float, at: datetime) -> None:
        """Take a reading; one that is lower than the last begins anew from there."""
        before = self._metres[-1] if self._metres else 0.0
        moved = max(0.0, metres - self._last) if self._last is not None and metres >= self._last else 0.0
        self._last = metres
        if not self._times or at > self._times[-1]:
            self._times.append(at)
            self._metres.append(before + moved)

    def between(self, start: datetime, end: datetime) -> float | None:
        """Return the metres between two instants, None where nothing was read."""
        if not self._times:
            return None
        return self._at(end) - self._at(start)

    def clear(self) -> None:
        """Forget the session, but not what the counter shows."""
        self._times.clear()
        self._metres.clear()

    def _at(self, instant: datetime) -> float:
        place = bisect_right(self._times, instant)
        return self._metres[max(0, place - 1)]
