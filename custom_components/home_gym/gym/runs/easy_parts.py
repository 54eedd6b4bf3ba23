"""Easy parts: a warm-up at the start and a cool-down at the end of a run, derived from its pace and heart rate.

A part is found only if it is clearly easier than the rest and ends or begins with a clear step. A run at one pace, one
that gets faster bit by bit, and a slow start uphill have none. docs/back.md has the rules with their reasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from .activity import Activity, Intensity, Lap, Sport
from .curve import Curve

MINUTE = 60
SHORTEST_RUN = 20
"""Minutes of the shortest run with parts."""
LONGEST_RUN = 24 * 60
"""Minutes of the longest run with parts; a longer recording has a wrong time in it."""
SHORTEST, LONGEST = 5, 20
"""Minutes of an easy part."""
LARGEST_SHARE = 0.45
"""Share of a run that an easy part may have at the most."""
EASY_MINUTE, EASY_PACE, EASY_PACE_ALONE = 0.88, 0.85, 0.8
"""Speed as a share of the brisk half's: of each minute, on average, and on average without a heart rate."""
EASY_HEART_RATE = 0.9
"""Heart rate as a share of the brisk half's."""
SETTLING = 2
"""Minutes that a heart rate takes to follow the pace, left out of the part's mean."""
STEP, STEP_MINUTES = 0.95, 3
"""Share of the brisk half's speed that the run has right beside the part, and for how many minutes."""
STANDING = 0.8
"""Metres a second; slower is standing, which is neither easy nor brisk."""
LONGEST_STOP = 10
"""Minutes of standing between the part and the run, for exercises."""
STEEPEST = 0.02
"""Rise of the way; uphill, a slow pace is no easy one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Minutes:
    """Whole minutes of a run: metres a second, beats a minute and metres of height in each, None for unknown.

    `end` is the second of the last point.
    """

    speeds: Sequence[float]
    heart_rates: Sequence[float | None]
    heights: Sequence[float | None]
    end: float

    def reversed(self) -> _Minutes:
        """Return the minutes from the last to the first."""
        return _Minutes(
            speeds=self.speeds[::-1], heart_rates=self.heart_rates[::-1], heights=self.heights[::-1], end=self.end
        )


def easy_parts_of(activity: Activity, curve: Curve) -> tuple[Lap, ...]:
    """Return the easy parts of an activity, a warm-up before a cool-down, from its curve."""
    if activity.sport is not Sport.RUN or activity.start is None:
        return ()
    minutes = _minutes_of(curve)
    number = len(minutes.speeds)
    if number < SHORTEST_RUN:
        return ()
    parts = []
    if before := _easy_minutes(minutes, is_end=False):
        parts.append(_part(activity.start, 0, before * MINUTE, Intensity.WARM_UP))
    if after := _easy_minutes(minutes.reversed(), is_end=True):
        parts.append(_part(activity.start, (number - after) * MINUTE, minutes.end, Intensity.COOL_DOWN))
    return tuple(parts)


def _part(start: datetime, first: float, last: float, intensity: Intensity) -> Lap:
    return Lap(start=start + timedelta(seconds=first), elapsed_time=last - first, intensity=intensity)


def _easy_minutes(minutes: _Minutes, *, is_end: bool) -> int:
    """Return the minutes of an easy part at the start, 0 without one; `is_end` marks minutes in reverse."""
    speeds = minutes.speeds
    brisk = sorted(range(len(speeds)), key=lambda minute: speeds[minute])[-(len(speeds) // 2) :]
    pace = _mean([speeds[minute] for minute in brisk])
    number = next((minute for minute, speed in enumerate(speeds) if speed > EASY_MINUTE * pace), 0)
    after = number
    while number and speeds[number - 1] < STANDING:
        number -= 1
    if not SHORTEST <= number <= min(LONGEST, LARGEST_SHARE * len(speeds)) or after - number > LONGEST_STOP:
        return 0
    if min(speeds[:number]) < STANDING or _mean(speeds[after : after + STEP_MINUTES]) < STEP * pace:
        return 0
    # The heart follows the pace: at the start of the run, or beside the step to its end.
    settled = minutes.heart_rates[: number - SETTLING] if is_end else minutes.heart_rates[SETTLING:number]
    share = _share(settled, [minutes.heart_rates[minute] for minute in brisk])
    is_slow = _mean(speeds[:number]) <= (EASY_PACE_ALONE if share is None else EASY_PACE) * pace
    is_calm = share is None or share <= EASY_HEART_RATE
    rise = _rise(minutes, number) * (-1 if is_end else 1)
    return number if is_slow and is_calm and rise <= STEEPEST else 0


def _share(easy: Sequence[float | None], brisk: Sequence[float | None]) -> float | None:
    """Return the mean of some heart rates as a share of the mean of others, None if either is unknown."""
    some, others = [rate for rate in easy if rate], [rate for rate in brisk if rate]
    return _mean(some) / _mean(others) if some and others else None


def _rise(minutes: _Minutes, number: int) -> float:
    """Return the rise of the way over the first minutes, 0 if unknown."""
    first, last = minutes.heights[0], minutes.heights[number - 1]
    return 0 if first is None or last is None else (last - first) / (MINUTE * sum(minutes.speeds[:number]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _minutes_of(curve: Curve) -> _Minutes:
    """Return the whole minutes of a curve, none if its times or metres are unknown."""
    points = [
        (time, metres, heart_rate, height)
        for time, metres, heart_rate, height in zip(
            curve.times, curve.metres, curve.heart_rates, curve.heights, strict=True
        )
        if time is not None and metres is not None
    ]
    if any(not 0 <= time <= LONGEST_RUN * MINUTE for time, *_ in points):
        points = []
    covered: list[float] = []
    heart_rates: list[float | None] = []
    heights: list[float | None] = []
    for (time, metres, _, _), (later, further, heart_rate, height) in pairwise(points):
        while len(covered) * MINUTE <= later and later > time:
            share = max(0.0, len(covered) * MINUTE - time) / (later - time)
            covered.append(metres + share * (further - metres))
            heart_rates.append(heart_rate)
            heights.append(height)
    speeds = [(after - before) / MINUTE for before, after in pairwise(covered)]
    end = points[-1][0] if points else 0
    return _Minutes(speeds=speeds, heart_rates=heart_rates[1:], heights=heights[1:], end=end)
