"""Positions of a recording, summed up to metres; they are not kept.

A receiver shows places where nobody ran: at the first fix, at 0° north and 0° east, for a second behind a wall. Such
places are left out, and the way between the places before and after is bridged.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt

from ..runs.validation import reach
from .course import LOOK_BACK, MOST_POINTS, QUICKEST_RIDE, QUICKEST_STEP, Course, is_leap

EARTH_RADIUS = 6_371_008.8
"""Metres, of the sphere that fits the earth best."""

DEGREE = radians(1) * EARTH_RADIUS
NEAR = 0.02
"""Greatest difference in degrees for which the earth counts as flat."""

POSITION_SIZE = 80
"""Bytes of a position, and of all that the course through it is derived by."""

LONGEST_SPIKE = 60
"""Seconds of the longest excursion of a receiver."""

MOST_PARTS = 60
"""Parts of a track, each beyond a jump, that a spike may have."""

MOST_LEAPS = 0.2
"""Share of steps to places that a bad receiver may invent."""

UNTIMED = float("nan")


def metres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance along the earth's surface, by the haversine formula."""
    low, high = radians(latitude), radians(other_latitude)
    across = sin((high - low) / 2) ** 2
    along = sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(across + cos(low) * cos(high) * along, 1)))


@dataclass(slots=True)
class Positions:
    """Positions as columns: degrees, and seconds since 1970, NaN for none; `breaks` begin a segment each."""

    latitudes: array[float] = field(default_factory=lambda: array("d"))
    longitudes: array[float] = field(default_factory=lambda: array("d"))
    times: array[float] = field(default_factory=lambda: array("d"))
    breaks: set[int] = field(default_factory=set)
    is_timed: bool = True

    def add(self, latitude: float, longitude: float, time: float | None) -> None:
        """Add a position."""
        self.latitudes.append(latitude)
        self.longitudes.append(longitude)
        if time is None:
            self.is_timed = False
            time = UNTIMED
        self.times.append(time)

    def begin_segment(self) -> None:
        """Begin a segment: the way to its first position doesn't count."""
        self.breaks.add(len(self.times))

    def is_scattered(self) -> bool:
        """Return whether more than a few places lie where no car gets in time: no runner's track, and slow to clean."""
        steps, times = self._steps(range(len(self.times))), self.times
        pairs = zip(steps[1:], pairwise(times), strict=False)
        leaps = sum(step > QUICKEST_RIDE * max(after - before, 1) for step, (before, after) in pairs)
        return leaps > MOST_LEAPS * len(steps)

    def course(self, *, on_foot: bool) -> Course:
        """Return the course through the positions; `on_foot` leaves out what no runner covers."""
        steps: Sequence[float] = self._steps(range(len(self.times)))
        if not self.is_timed:
            return self._course(_held(self.times), range(len(self.times)), steps)
        order: Sequence[int] = range(len(self.times))
        times: Sequence[float] = self.times
        if any(after < before for before, after in pairwise(times)):
            order, steps = self._shorter_order(steps)
            times = array("d", sorted(times))
        if not on_foot or not _has_jump(times, steps):
            return self._course(times, order, steps)
        return self._cleaned(times, order)

    def _course(self, times: Sequence[float], order: Sequence[int], steps: Sequence[float]) -> Course:
        metres, covered = array("d"), 0.0
        for step in steps:
            covered += step
            metres.append(covered)
        return Course(times, metres, self._breaks(order))

    def _breaks(self, order: Sequence[int]) -> frozenset[int]:
        in_order = isinstance(order, range)
        return frozenset(self.breaks) if in_order else frozenset()

    def _shorter_order(self, steps: Sequence[float]) -> tuple[Sequence[int], Sequence[float]]:
        """Return the shorter of the ways: in the order of the file, or of time.

        Clocks that jitter leave the places in order, while points of two writers are in the order of time alone.
        """
        by_time = sorted(range(len(self.times)), key=self.times.__getitem__)
        other = self._steps(by_time)
        return (by_time, other) if sum(other) < sum(steps) else (range(len(self.times)), steps)

    def _steps(self, order: Sequence[int]) -> array[float]:
        """Return the metres to each position from the one before it, 0 to the first of a segment."""
        steps = array("d")
        latitudes, longitudes = self.latitudes, self.longitudes
        breaks = self._breaks(order) | {0}
        latitude = longitude = 0.0
        known, across = UNTIMED, 1.0
        for number, index in enumerate(order):
            north, east = latitudes[index], longitudes[index]
            up, right = north - latitude, east - longitude
            if number in breaks:
                steps.append(0)
            elif -NEAR < up < NEAR and -NEAR < right < NEAR:
                if not -NEAR / 20 < north - known < NEAR / 20:
                    known, across = north, cos(radians(north))
                steps.append(DEGREE * hypot(up, right * across))
            else:
                steps.append(metres_between(latitude, longitude, north, east))
            latitude, longitude = north, east
        return steps

    def _metres(self, one: int, other: int) -> float:
        return metres_between(self.latitudes[one], self.longitudes[one], self.latitudes[other], self.longitudes[other])

    def _cleaned(self, times: Sequence[float], order: Sequence[int]) -> Course:
        """Return the course through the places where a runner, or a car with one in it, can have been."""
        kept = self._kept(times, order)
        clock = [times[at] for at in kept]
        steps = [0.0, *(self._metres(order[one], order[other]) for one, other in pairwise(kept))]
        breaks = self._breaks(order)
        begins = {
            number
            for number, (one, other) in enumerate(pairwise(kept), 1)
            if any(point in breaks for point in range(one + 1, other + 1))
        }
        metres = array("d", [0.0])
        for number in range(1, len(kept)):
            if number in begins:
                step = 0.0
            elif is_leap(number, clock, steps):
                step = self._bridge(number, kept, clock, metres, order)
            else:
                step = steps[number]
            metres.append(metres[-1] + step)
        return _whole(times, clock, metres, begins)

    def _bridge(
        self,
        number: int,
        kept: Sequence[int],
        clock: Sequence[float],
        metres: Sequence[float],
        order: Sequence[int],
    ) -> float:
        """Return the metres to a place if a runner can cover them since a place shortly before, else 0."""
        for earlier in range(number - 1, max(-1, number - MOST_POINTS), -1):
            seconds = clock[number] - clock[earlier]
            if seconds > LOOK_BACK:
                break
            way = self._metres(order[kept[earlier]], order[kept[number]])
            if way <= reach(seconds):
                return max(0.0, way - (metres[number - 1] - metres[earlier]))
        return 0.0

    def _kept(self, times: Sequence[float], order: Sequence[int]) -> list[int]:
        """Return the points that are no spikes; places at 0° north and 0° east are none at all."""
        parts: list[list[int]] = []
        for at, index in enumerate(order):
            if self.latitudes[index] == 0 == self.longitudes[index]:
                continue
            seconds = times[at] - times[parts[-1][-1]] if parts else 0
            if parts and self._metres(order[parts[-1][-1]], index) <= QUICKEST_STEP * max(seconds, 1):
                parts[-1].append(at)
            elif (back := self._way_back(at, parts, times, order)) is not None:
                del parts[back + 1 :]
                parts[back].append(at)
            else:
                parts.append([at])
        self._drop_ends(parts, times, order)
        return [at for part in parts for at in part] or list(range(len(order)))

    def _way_back(
        self, at: int, parts: Sequence[list[int]], times: Sequence[float], order: Sequence[int]
    ) -> int | None:
        """Return the number of an earlier part from which a runner can get to a point, over a short spike, or None."""
        for number in range(len(parts) - 2, max(-1, len(parts) - MOST_PARTS), -1):
            last = parts[number][-1]
            if times[at] - times[last] > LONGEST_SPIKE:
                return None
            if self._metres(order[last], order[at]) <= reach(times[at] - times[last]):
                return number
        return None

    def _drop_ends(self, parts: list[list[int]], times: Sequence[float], order: Sequence[int]) -> None:
        """Drop short parts at the start and the end that lie where no car gets in time."""
        for end, neighbour in ((0, 1), (-1, -2)):
            while len(parts) > 1:
                part, other = parts[end], parts[neighbour]
                before, after = (part[-1], other[0]) if end == 0 else (other[-1], part[0])
                seconds = max(times[after] - times[before], 1)
                is_far = self._metres(order[before], order[after]) > QUICKEST_RIDE * seconds
                if not is_far or times[part[-1]] - times[part[0]] > LONGEST_SPIKE or len(part) >= len(other):
                    break
                del parts[end]


def _whole(times: Sequence[float], clock: list[float], metres: Sequence[float], begins: set[int]) -> Course:
    """Return the course with its first and last time, even if their places are left out."""
    covered = list(metres)
    if clock[0] > times[0]:
        clock = [times[0], *clock]
        covered = [0.0, *covered]
        begins = {number + 1 for number in begins}
    if clock[-1] < times[-1]:
        clock = [*clock, times[-1]]
        covered.append(covered[-1])
    return Course(clock, covered, frozenset(begins))


def _has_jump(times: Sequence[float], steps: Sequence[float]) -> bool:
    """Return whether a step is longer than any runner's, or a place is one of the many that receivers invent."""
    before = times[0] if times else 0.0
    for time, step in zip(times, steps, strict=True):
        if step > QUICKEST_STEP and step > QUICKEST_STEP * (time - before):
            return True
        before = time
    return False


def _held(times: Sequence[float]) -> array[float]:
    """Return times without gaps: a point without a time has the one before it."""
    known = [time for time in times if time == time]  # noqa: PLR0124
    held, last = array("d"), known[0] if known else 0.0
    for time in times:
        last = max(last, time) if time == time else last  # noqa: PLR0124
        held.append(last)
    return held
