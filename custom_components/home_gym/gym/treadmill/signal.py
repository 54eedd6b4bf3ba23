"""The figures of one treadmill as they should be: a missing speed, a wrong unit and a frozen figure are corrected."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from .ftms import TreadmillData
from .quirks import Quirk

# Kilometres an hour in a mile an hour.
MILE = 1.609344
# Metres a second that no belt exceeds, 30 km/h.
FASTEST = 8.4
# Metres that a counter may show early.
STEP = 10.0
# Metres that no session exceeds, and by which a session may be ahead of its clock.
LONGEST_SESSION, AHEAD_OF_CLOCK = 200_000, 100
# A belt without a speed stands still after this many usual pauses between two steps of its counter, and some more.
PAUSES = 2.5
GRACE = timedelta(seconds=2)
# Readings of a counter that show a moving belt, and the time over which its speed is averaged.
FEWEST_READINGS = 3
AVERAGED_OVER = timedelta(seconds=30)
# A moving belt that reported often and is silent for this long, or for so many of its usual pauses, is unknown: its
# bridge stopped.
SILENCE, LONGEST_SILENCE = timedelta(seconds=90), timedelta(minutes=10)
SILENT_PAUSES = 3
REPORTED_OFTEN = 3
# The longest pause between two reports over which a speed counts for the distance.
SPEED_HOLDS = timedelta(seconds=60)
# A belt whose clock rests for this long has no runner.
CLOCK_RESTS = timedelta(seconds=3)


def counts_session(data: TreadmillData) -> bool:
    """Return whether a total distance can be that of the treadmill's own session, and not of a lifetime."""
    total, clock = data.total_distance, data.elapsed_time
    if total is None or total > LONGEST_SESSION:
        return False
    return clock is None or total <= FASTEST * clock + AHEAD_OF_CLOCK


@dataclass(slots=True)
class _Counter:
    """The growth of a counter of metres while the belt moves."""

    readings: list[tuple[datetime, float]] = field(default_factory=list)

    def note(self, metres: float, at: datetime) -> None:
        """Take a reading; a lower or impossibly high one begins again."""
        before, last = self.readings[-1] if self.readings else (at, metres)
        grown, seconds = metres - last, (at - before).total_seconds()
        if not self.readings or not 0 <= grown <= FASTEST * seconds + STEP:
            self.readings = [(at, metres)]
        elif grown:
            rests = self.rests_from
            # After a rest the old readings would make the belt too slow.
            self.readings = [(at, metres)] if rests and at >= rests else [*self.readings, (at, metres)]
            while len(self.readings) > FEWEST_READINGS and at - self.readings[0][0] > AVERAGED_OVER:
                del self.readings[0]

    def speed(self, at: datetime) -> float | None:
        """Return the metres a second, 0 once the counter rests, None while too little is known, or too much."""
        rests = self.rests_from
        if rests is None:
            return None
        (start, low), (end, high) = self.readings[0], self.readings[-1]
        speed = 0.0 if at >= rests else (high - low) / (end - start).total_seconds()
        return speed if speed <= FASTEST else None

    @property
    def rests_from(self) -> datetime | None:
        """The beginning of a standstill without further growth, None while too little is known."""
        if len(self.readings) < FEWEST_READINGS:
            return None
        start, end = self.readings[0][0], self.readings[-1][0]
        return end + PAUSES * (end - start) / (len(self.readings) - 1) + GRACE


class BeltSignal:
    """Corrects the figures of one treadmill, report by report.

    - A speed that is always 0 or absent, beside a growing distance, is derived from the distance.
    - A speed beyond any belt's is unknown.
    - A treadmill that sends miles an hour for kilometres an hour has the distance of its speed.
    - A belt whose clock rests has no runner, and stands still, where a quirk says so.
    - A moving belt that reported often and then falls silent is unknown. For that alone a source without a connection
      of its own calls `tick` at the `deadline`.
    """

    def __init__(self, quirks: Collection[Quirk] = ()) -> None:
        """Start without a report."""
        self._quirks = set(quirks)
        self._counter = _Counter()
        self._has_speed = False
        self._metres = 0.0
        self._clock: tuple[datetime, float] | None = None
        self._last: TreadmillData | None = None
        self._at: datetime | None = None
        self._reports = 0
        # The longest pause between two reports of the moving belt.
        self._pause = timedelta(0)

    def learn(self, quirks: Collection[Quirk]) -> None:
        """Take quirks that became known later."""
        self._quirks.update(quirks)

    def take(self, data: TreadmillData, at: datetime) -> TreadmillData:
        """Return the corrected figures of a report."""
        speed = self._speed(data, at)
        metres = self._metres = self._metres + self._run_since(at)
        is_in_miles = Quirk.IN_MILES in self._quirks and data.total_distance is not None
        average = None if data.average_speed is None else data.average_speed * self._factor
        corrected = replace(
            data, speed=speed, average_speed=average, total_distance=metres if is_in_miles else data.total_distance
        )
        if speed is not None:
            self._last = corrected
        is_moving = bool(self._last and self._last.speed)
        self._pause = max(self._pause, at - (self._at or at)) if is_moving and self._reports else timedelta(0)
        self._reports = self._reports + 1 if is_moving else 0
        self._at = at
        return corrected

    def tick(self, at: datetime) -> TreadmillData | None:
        """Return the figures as they changed by the passing of time alone, None if they didn't."""
        due = self.deadline()
        if due is None or at < due or self._last is None:
            return None
        self._last = replace(self._last, speed=None if self._has_speed else 0.0)
        self._reports = 0
        return self._last

    def deadline(self) -> datetime | None:
        """Return the time at which the figures change without a further report, None if they don't."""
        if self._at is None or self._last is None or not self._last.speed:
            return None
        if not self._has_speed:
            return self._counter.rests_from
        if self._reports <= REPORTED_OFTEN:
            return None
        return self._at + min(max(SILENCE, SILENT_PAUSES * self._pause), LONGEST_SILENCE)

    @property
    def reported(self) -> datetime | None:
        """The time of the last report."""
        return self._at

    @property
    def _factor(self) -> float:
        return MILE if Quirk.IN_MILES in self._quirks else 1.0

    def _speed(self, data: TreadmillData, at: datetime) -> float | None:
        """Return the speed in metres a second, None for an unknown or impossible one."""
        speed = None if data.speed is None else data.speed * self._factor
        if speed is not None and not 0 <= speed <= FASTEST:
            speed = None
        self._has_speed |= bool(speed)
        if data.total_distance is not None:
            self._counter.note(data.total_distance, at)
        if not self._has_speed:
            derived = self._counter.speed(at)
            speed = speed if derived is None else derived
        return 0.0 if speed and self._is_empty(data.elapsed_time, at) else speed

    def _is_empty(self, clock: float | None, at: datetime) -> bool:
        """Return whether the clock of a treadmill that stops it without a runner rests."""
        if Quirk.CLOCK_SHOWS_RUNNER not in self._quirks or clock is None:
            return False
        if self._clock is None or self._clock[1] != clock:
            self._clock = at, clock
        return at - self._clock[0] >= CLOCK_RESTS

    def _run_since(self, at: datetime) -> float:
        """Return the metres by the last speed since the last report."""
        if self._at is None or self._last is None or not self._last.speed:
            return 0.0
        return self._last.speed * min(max(at - self._at, timedelta(0)), SPEED_HOLDS).total_seconds()
