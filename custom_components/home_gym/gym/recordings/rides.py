"""Rides in the course of a recording: stretches that no runner covers, left out of its figures.

A ride is found by its mean speed over 100 m, 1 km and 5 km.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from ..runs.activity import Activity, Lap, LeftOut
from ..runs.validation import FASTEST_ON_FOOT
from .course import LONGEST_GAP, SPARSE, Course, is_quick

EDGE = 120
"""Seconds, at the most, of standing or walking between a ride and the end of a recording that belong to the ride."""

EDGE_METRES = 200

LONGEST_STOP = 180
"""Seconds that a ride may stop, at lights or in traffic, without being two."""

SHORTEST_RIDE = 300
"""Metres of the shortest ride; a shorter stretch is a fault of the receiver."""

type Stretch = tuple[int, int]
"""A stretch of a course, from one point to another."""


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
            if covered < length or covered <= speed * (times[last] - times[first]):
                continue
            # Joined at once, since a long ride is one window after the other.
            if marked and marked[-1][0] <= first <= marked[-1][1]:
                marked[-1] = marked[-1][0], last
            else:
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
