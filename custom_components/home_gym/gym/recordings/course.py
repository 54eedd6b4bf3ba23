"""Courses: the metres covered in the course of a recording, and the stretches that no runner covers.

A position or an odometer that jumps is bridged where the way in between can be run, and left out where it can't. A
stretch at the speed of a car or a bicycle is found by its mean speed over 100 m, 1 km and 5 km.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate, pairwise

from ..runs.activity import Activity, Lap, LeftOut
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

EDGE = 120
"""Seconds, at the most, of standing or walking between a ride and the end of a recording that belong to the ride."""

EDGE_METRES = 200
LONGEST_STOP = 180
"""Seconds that a ride may stop, at lights or in traffic, without being two."""

SHORTEST_RIDE = 300
"""Metres of the shortest ride; a shorter stretch is a fault of the receiver."""

SPARSE = 30
"""Mean seconds between the points of a recording that shows too little of the way."""

STRIDE = 8
"""Records between two looks at the speed of a course: every window of a ride has a faster pair."""

type Stretch = tuple[int, int]
"""A stretch of a course, from one point to another."""


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


def rides(course: Course) -> list[Stretch]:
    """Return the stretches that no runner covers, in order; none for a course that is hardly anything else.

    A ride is at the start or the end of a recording. In between, only the speed of a car makes one: a quick kilometre
    may be an error of the receiver.
    """
    if not course.times or not is_quick(course.times, course.metres):
        return []
    found = [
        _widened(course, stretch)
        for stretch in _merged(course, _trimmed(course, _fast(course)))
        if _metres(course, stretch) >= SHORTEST_RIDE and not _is_lone_step(course, stretch)
    ]
    found = [stretch for stretch in found if _is_at_edge(course, stretch) or _is_by_car(course, stretch)]
    left = (course.distance or 0) - sum(_metres(course, stretch) for stretch in found)
    return found if left > max(FASTEST_ON_FOOT[1][0], (course.distance or 0) / 20) else []


def _fast(course: Course) -> list[Stretch]:
    """Return the joined windows with an impossible mean speed."""
    times, metres = course.times, course.metres
    marked: list[Stretch] = []
    for length, speed in FASTEST_ON_FOOT[1:]:
        first = 0
        for last in range(len(times)):
            while metres[last] - metres[first + 1] >= length if first + 1 < last else False:
                first += 1
            covered = metres[last] - metres[first]
            if covered >= length and covered > speed * (times[last] - times[first]):
                marked.append((first, last))
    return _joined(marked)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches in order, overlapping ones as one."""
    found: list[Stretch] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _trimmed(course: Course, stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches without the running at their edges, which their windows include."""
    found: list[Stretch] = []
    for first, last in stretches:
        begin, end = first, last
        while begin < end and not _is_fast_around(course, begin, begin, last):
            begin += 1
        while end > begin and not _is_fast_around(course, end, begin, end):
            end -= 1
        if begin < end:
            found.append((begin, end))
    return found


def _is_fast_around(course: Course, at: int, first: int, last: int) -> bool:
    """Return whether the ten seconds inside a stretch, from its edge on, are too fast for a long run."""
    other = at
    step = 1 if at == first else -1
    while first <= other + step <= last and abs(course.times[other] - course.times[at]) < LONGEST_GAP:
        other += step
    low, high = min(at, other), max(at, other)
    seconds = course.times[high] - course.times[low]
    return course.metres[high] - course.metres[low] > FASTEST_ON_FOOT[2][1] * max(seconds, 1)


def _merged(course: Course, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches, two with a stop in between as one."""
    found: list[Stretch] = []
    for first, last in stretches:
        if found and _is_stop(course, (found[-1][1], first)):
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def _is_stop(course: Course, gap: Stretch) -> bool:
    return _seconds(course, gap) <= LONGEST_STOP and _metres(course, gap) <= EDGE_METRES


def _widened(course: Course, stretch: Stretch) -> Stretch:
    """Return a ride with the standing or walking between it and the start or end of the recording."""
    (first, last), end = stretch, len(course.times) - 1
    before, after = (0, first), (last, end)
    if _seconds(course, before) <= EDGE and _metres(course, before) <= EDGE_METRES:
        first = 0
    if _seconds(course, after) <= EDGE and _metres(course, after) <= EDGE_METRES:
        last = end
    return first, last


def _is_at_edge(course: Course, stretch: Stretch) -> bool:
    return stretch[0] == 0 or stretch[1] == len(course.times) - 1


def _is_by_car(course: Course, stretch: Stretch) -> bool:
    return _metres(course, stretch) > FASTEST_ON_FOOT[1][1] * _seconds(course, stretch)


def _is_lone_step(course: Course, stretch: Stretch) -> bool:
    """Return whether a stretch is one step of a recording with so few points that a step proves nothing."""
    first, last = stretch
    return last - first == 1 and (course.times[-1] - course.times[0]) > SPARSE * (len(course.times) - 1)


def _metres(course: Course, stretch: Stretch) -> float:
    return course.metres[stretch[1]] - course.metres[stretch[0]]


def _seconds(course: Course, stretch: Stretch) -> float:
    return course.times[stretch[1]] - course.times[stretch[0]]


def spans(course: Course, stretches: Iterable[Stretch]) -> list[tuple[float, float]]:
    """Return the first and last second of stretches."""
    return [(course.times[first], course.times[last]) for first, last in stretches]


def without(activity: Activity, course: Course, stretches: Sequence[Stretch]) -> Activity:
    """Return an activity without stretches of its course, which are noted in it.

    `activity` has the figures of the whole course.
    """
    if not stretches or activity.start is None:
        return activity
    clock = course.moving_clock()
    began = course.times[0]
    left_out = tuple(
        LeftOut(
            start=activity.start + timedelta(seconds=course.times[first] - began),
            elapsed_time=course.times[last] - course.times[first],
            moving_time=clock[last] - clock[first],
            distance=course.metres[last] - course.metres[first],
        )
        for first, last in stretches
    )
    return _shortened(activity, left_out, ends_with=stretches[-1][1] == len(course.times) - 1)


def _shortened(activity: Activity, left_out: tuple[LeftOut, ...], *, ends_with: bool) -> Activity:
    start, elapsed, moving, distance = activity.start, activity.elapsed_time, activity.moving_time, activity.distance
    if distance is not None:
        distance = max(0.0, distance - sum(stretch.distance for stretch in left_out)) or None
    if moving is not None:
        moving = max(0.0, moving - sum(stretch.moving_time for stretch in left_out)) or None
    if start is not None and left_out[0].start == start:
        start = left_out[0].end
        elapsed = None if elapsed is None else elapsed - left_out[0].elapsed_time
    if ends_with:
        elapsed = None if elapsed is None else elapsed - left_out[-1].elapsed_time
    return replace(
        activity,
        start=start,
        elapsed_time=elapsed,
        moving_time=moving,
        distance=distance,
        laps=tuple(lap for each in activity.laps if (lap := _lap_without(each, left_out)) is not None),
        left_out=left_out,
    )


def _lap_without(lap: Lap, left_out: Sequence[LeftOut]) -> Lap | None:
    """Return a lap that no stretch touches as it is, one with a part of a stretch without figures, else None."""
    for stretch in left_out:
        if stretch.start <= lap.start and lap.end <= stretch.end:
            return None
        if lap.start < stretch.end and stretch.start < lap.end:
            begin = stretch.end if stretch.start <= lap.start else lap.start
            end = stretch.start if stretch.end >= lap.end else lap.end
            return Lap(start=begin, elapsed_time=(end - begin).total_seconds(), intensity=lap.intensity)
    return lap
