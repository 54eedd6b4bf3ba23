"""Courses: the metres covered in the course of a recording.

An odometer that jumps is bridged where the way in between can be run, and left out where it can't.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..runs.validation import FASTEST_ON_FOOT, reach

LONGEST_GAP = 10
"""Seconds between samples beyond which the watch was paused rather than saving memory."""

STANDSTILL = 0.3
"""Metres a second; a lower speed over a gap means that the watch was paused."""

QUICKEST_STEP = FASTEST_ON_FOOT[0][1]
"""Metres a second of a runner."""

QUICKEST_RIDE = 70
"""Metres a second of a car or a train; what is quicker is a fault of the receiver."""

MOST_POINTS = 1000
"""Points between a jump and the one from which it is bridged."""

LOOK_BACK = 120
"""Seconds before a jump in which a receiver may have stood still in a tunnel."""

SPARSE = 30
"""Mean seconds between the points of a recording that shows too little of the way."""

STRIDE = 8
"""Records between two looks at the speed of a course: every window of a ride has a faster pair."""


@dataclass(frozen=True, slots=True)
class Course:
    """Metres covered until each point, and the seconds since 1970 of each, both ascending.

    `breaks` are the points after a gap, such as the first ones of a segment: the way to them doesn't count.
    """

    times: Sequence[float]
    metres: Sequence[float]
    breaks: frozenset[int] = frozenset()

    @property
    def distance(self) -> float | None:
        """The metres from the first point to the last, None without any."""
        return self.metres[-1] - self.metres[0] or None if self.metres else None

    def at(self, times: Sequence[float]) -> list[float | None]:
        """Return the metres covered at each of some times in their order, None before the first point."""
        metres: list[float | None] = []
        last, near = len(self.times) - 1, 0
        for time in times:
            while near < last and self.times[near + 1] <= time:
                near += 1
            metres.append(self.metres[near] if self.times and self.times[near] <= time else None)
        return metres

    @property
    def moving_time(self) -> float | None:
        """The seconds of movement, None without any."""
        return self.moving_clock()[-1] or None

    def moving_clock(self) -> list[float]:
        """Return the seconds of movement until each point."""
        seconds = [0.0]
        for index in range(1, len(self.times)):
            gap = self.times[index] - self.times[index - 1]
            metres = self.metres[index] - self.metres[index - 1]
            moves = index not in self.breaks and (0 < gap <= LONGEST_GAP or metres > STANDSTILL * gap > 0)
            seconds.append(gap if moves else 0)
        return list(accumulate(seconds))


def is_leap(index: int, times: Sequence[float], steps: Sequence[float]) -> bool:
    """Return whether a step is longer than any runner's, and no part of a ride: its neighbours are not as long.

    What happens in a long gap is no leap: it may be a ride.
    """
    seconds = max(times[index] - times[index - 1], 1)
    if not _is_quick(index, times, steps) or seconds > SPARSE:
        return steps[index] > QUICKEST_RIDE * seconds
    if steps[index] > QUICKEST_RIDE * seconds:
        return True
    beside = (other for other in (index - 1, index + 1) if 0 < other < len(steps))
    return not any(_is_quick(other, times, steps) for other in beside)


def _is_quick(index: int, times: Sequence[float], steps: Sequence[float]) -> bool:
    return steps[index] > QUICKEST_STEP * max(times[index] - times[index - 1], 1)


def odometer(times: Sequence[float], metres: Sequence[float]) -> Course:
    """Return the course of an odometer, with its jumps bridged or left out; a reset adds nothing.

    Devices smooth what they count, so that only what no car covers is a jump.
    """
    covered = array("d", [0.0] if times else [])
    for index in range(1, len(times)):
        step = max(0.0, metres[index] - metres[index - 1])
        if step > QUICKEST_RIDE * max(times[index] - times[index - 1], 1):
            step = _bridge(index, times, covered, metres)
        covered.append(covered[-1] + step)
    return Course(times, covered)


def _bridge(index: int, times: Sequence[float], covered: Sequence[float], metres: Sequence[float]) -> float:
    """Return the metres of a jump if a runner can cover them since a point shortly before, else 0."""
    for earlier in range(index - 1, max(-1, index - MOST_POINTS), -1):
        seconds = times[index] - times[earlier]
        if seconds > LOOK_BACK:
            break
        if 0 <= metres[index] - metres[earlier] <= reach(seconds):
            return max(0.0, metres[index] - metres[earlier] - (covered[index - 1] - covered[earlier]))
    return 0.0


def corrected(distance: float, metres: Sequence[float], course: Course) -> float:
    """Return a recording's own distance without the metres of its points that their course leaves out.

    Some devices leave them out themselves.
    """
    if not metres or not course.metres:
        return distance
    raw, clean = max(metres) - min(metres), course.distance or 0
    return distance if abs(distance - clean) <= abs(distance - raw) else max(0.0, distance - (raw - clean))


def is_quick(times: Sequence[float], metres: Sequence[float], *, scale: float = 1) -> bool:
    """Return whether any part of a course is quicker than the fastest long run, judged by a few of its points.

    `scale` is the number of units of `metres` in a metre.
    """
    slowest = FASTEST_ON_FOOT[-1][1] * scale
    steps = range(0, len(times), STRIDE)
    return any(
        abs(metres[after] - metres[before]) > slowest * max(times[after] - times[before], 1)
        for before, after in pairwise((*steps, len(times) - 1))
    )
