"""The distance reported by a treadmill itself, between any two instants of a session."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..gym.codec.codec import Codec
from ..gym.codec.json_values import Plain
from ..gym.codec.schema import Dialect
from ..gym.treadmill.speed_model import SPEEDS

# Readings are stored this seldom, so that hours of them are saved quickly; in between the belt's speed is even.
KEPT_EVERY = timedelta(seconds=10)
# A jump beyond any belt's speed carries no distance; a counter with steps of ten metres may be one step early.
COUNTER_STEP = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counter:
    """The displayed figure of a counter, and the readings of a session with the metres up to each."""

    shown: float | None = None
    readings: tuple[tuple[datetime, float], ...] = ()


def _check(counter: _Counter) -> None:
    for column in zip(*counter.readings, strict=True):
        if list(column) != sorted(column):
            raise ValueError("readings that no counter shows")


COUNTER = Codec(_Counter, Dialect(), _check)


class Odometer:
    """Readings of a treadmill's own counter, which may restart at any time."""

    def __init__(self) -> None:
        """Start without readings."""
        self._times: list[datetime] = []
        self._metres: list[float] = []
        self._shown: float | None = None

    def note(self, metres: float, at: datetime) -> None:
        """Take a reading in metres; a lower or impossibly high one restarts the count from there."""
        if self._times and at < self._times[-1]:
            return
        last = self._metres[-1] if self._metres else 0.0
        moved = metres - self._shown if self._shown is not None else 0.0
        furthest = SPEEDS[1] * (at - self._times[-1]).total_seconds() + COUNTER_STEP if self._times else 0.0
        self._shown = metres
        if len(self._times) > 1 and at - self._times[-2] <= KEPT_EVERY:
            self._times.pop()
            self._metres.pop()
        self._times.append(at)
        self._metres.append(last + (moved if 0 <= moved <= furthest else 0.0))

    def between(self, start: datetime, end: datetime) -> float | None:
        """Return the metres between two instants, None without readings."""
        if not self._times:
            return None
        return self._at(end) - self._at(start)

    def forget(self, before: datetime) -> None:
        """Forget the readings before an instant, except those needed for the distance from then on."""
        needless = max(0, bisect_right(self._times, before) - 1)
        del self._times[:needless], self._metres[:needless]

    def clear(self) -> None:
        """Forget the session, but keep the counter's displayed figure."""
        self._times.clear()
        self._metres.clear()

    def to_plain(self) -> Plain:
        """Return the displayed figure and the readings as JSON values."""
        return COUNTER.write(_Counter(shown=self._shown, readings=tuple(zip(self._times, self._metres, strict=True))))

    @classmethod
    def from_plain(cls, plain: object) -> Odometer:
        """Restore an odometer from stored readings; raise ValueError for anything else."""
        counter = COUNTER.read(plain)
        odometer = cls()
        odometer._shown = counter.shown
        odometer._times = [at for at, _ in counter.readings]
        odometer._metres = [metres for _, metres in counter.readings]
        return odometer

    def _at(self, instant: datetime) -> float:
        after = bisect_right(self._times, instant)
        if after in (0, len(self._times)):
            return self._metres[min(after, len(self._times) - 1)]
        (start, end), (low, high) = self._times[after - 1 : after + 1], self._metres[after - 1 : after + 1]
        return low + (high - low) * ((instant - start) / (end - start))
