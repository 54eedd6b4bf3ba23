"""Speed of a belt by its level, learnt from runs that a watch measured on the same belt.

A belt takes more watts the faster it goes and the heavier its runner is, so a model holds for one runner on one belt.
The only assumption about the curve is that more watts are never slower.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from math import sqrt

from .session import BeltSession

FEWEST_RUNS = 5
# The latest ones; each is left out once to see how well the others predict its distance.
MOST_RUNS = 60
# Dirt or oil on a belt, or a runner's changing weight, changes the curve over months.
HALF_LIFE = timedelta(days=120)
SHORTEST_PART = 60
COVERED = 0.9
# Metres a second: slower is standing still, faster no belt at home goes.
SPEEDS = (0.3, 7.0)
# A run is compared with the few nearest to its level; beyond so wide a difference its watch was off.
ALIKE = 0.25
FEWEST_ALIKE, MOST_ALIKE = 3, 5
FURTHEST_OFF = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPart:
    """A lap of a watch's run, or the whole run: start, end, and metres."""

    start: datetime
    end: datetime
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Speed of a belt in a part of a run: the mean level, metres a second, and the duration in seconds."""

    run: str
    at: datetime
    level: float
    speed: float
    duration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """Metres, and their likely error as a share of them."""

    metres: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedCurve:
    """Metres a second at some levels, both ascending; linear between them and constant beyond them."""

    levels: tuple[float, ...]
    speeds: tuple[float, ...]

    def speed(self, level: float) -> float:
        """Return the metres a second at a level."""
        above = bisect_right(self.levels, level)
        if above == 0:
            return self.speeds[0]
        if above == len(self.levels):
            return self.speeds[-1]
        (low, high), (slow, fast) = self.levels[above - 1 : above + 1], self.speeds[above - 1 : above + 1]
        return slow + (fast - slow) * (level - low) / (high - low)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedModel:
    """Learnt speed of one runner on one belt.

    `error` is the root mean square of the relative errors of distance, each of the `runs` being estimated from all
    others.
    """

    curve: SpeedCurve
    error: float
    runs: int

    def distance(self, session: BeltSession, start: datetime | None = None, end: datetime | None = None) -> Distance:
        """Return the distance run in a session, or between two instants of it.

        The mean level of the session stands in for unknown levels.
        """
        usual = session.mean_level(session.start, session.end)
        if usual is None:
            return Distance(metres=0.0, error=1.0)
        metres = sum(
            seconds * self.curve.speed(usual if level is None else level)
            for seconds, level in session.slices(start or session.start, end or session.end)
        )
        return Distance(metres=metres, error=self.error)


def samples_of(session: BeltSession, run_id: str, parts: Iterable[SessionPart]) -> list[Sample]:
    """Return the usable samples from the parts of a watch's run.

    A part is usable if it is long enough, nearly all of its level is known, and its speed is possible for a belt.
    """
    samples = []
    for part in parts:
        duration = (part.end - part.start).total_seconds()
        known = sum(seconds for seconds, level in session.slices(part.start, part.end) if level is not None)
        level = session.mean_level(part.start, part.end)
        if duration < SHORTEST_PART or level is None or known < COVERED * duration:
            continue
        speed = part.distance / duration
        if SPEEDS[0] <= speed <= SPEEDS[1]:
            samples.append(Sample(run=run_id, at=part.start, level=level, speed=speed, duration=duration))
    return samples


def fit(samples: Iterable[Sample], now: datetime) -> SpeedModel | None:
    """Learn a model from samples in any order; None as long as fewer than five runs agree.

    Recent runs count for more. A run with a distance far off that of others at about its level is left out as a whole:
    its metres for each watt and second are compared with their median, weighted by duration. With too few others at
    about its level, a run is kept. Sixty runs of fifteen laps take a fifth of a second.
    """
    runs = _agreeing(_latest(samples))
    if len(runs) < FEWEST_RUNS:
        return None
    points = [[_point(sample, now) for sample in run] for run in runs]
    misses = []
    for number, run in enumerate(points):
        others = learn(point for other in (*points[:number], *points[number + 1 :]) for point in other)
        durations = [sample.duration for sample in runs[number]]
        measured = sum(point.speed * duration for point, duration in zip(run, durations, strict=True))
        estimated = sum(others.speed(point.level) * duration for point, duration in zip(run, durations, strict=True))
        misses.append(estimated / measured - 1)
    error = sqrt(sum(miss * miss for miss in misses) / len(misses))
    return SpeedModel(curve=learn(point for run in points for point in run), error=error, runs=len(runs))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Point:
    """A speed at a level, with its weight."""

    level: float
    speed: float
    weight: float


def learn(points: Iterable[Point]) -> SpeedCurve:
    """Return the non-decreasing curve nearest to the points by weighted squares.

    Pools adjacent violators: as long as a higher level is not faster than the one before, both become their mean.
    """
    blocks: list[Point] = []
    for _, same in groupby(sorted(points), key=_level_of):
        blocks.append(_pooled(list(same)))
        while len(blocks) > 1 and blocks[-2].speed >= blocks[-1].speed:
            blocks[-2:] = [_pooled(blocks[-2:])]
    return SpeedCurve(
        levels=tuple(block.level for block in blocks),
        speeds=tuple(block.speed for block in blocks),
    )


def _level_of(point: Point) -> float:
    return point.level


def _pooled(points: Sequence[Point]) -> Point:
    weight = sum(point.weight for point in points)
    return Point(
        level=sum(point.level * point.weight for point in points) / weight,
        speed=sum(point.speed * point.weight for point in points) / weight,
        weight=weight,
    )


def _point(sample: Sample, now: datetime) -> Point:
    age = max(now - sample.at, timedelta(0))
    return Point(level=sample.level, speed=sample.speed, weight=sample.duration * 0.5 ** (age / HALF_LIFE))


def _latest(samples: Iterable[Sample]) -> list[list[Sample]]:
    """Return the plausible samples of the latest runs, run by run, the latest first."""
    runs: dict[str, list[Sample]] = {}
    for sample in sorted(samples, key=lambda sample: (sample.at, sample.level, sample.speed, sample.duration)):
        if sample.level > 0 and sample.duration > 0 and SPEEDS[0] <= sample.speed <= SPEEDS[1]:
            runs.setdefault(sample.run, []).append(sample)
    return sorted(runs.values(), key=lambda run: (run[-1].at, run[-1].run), reverse=True)[:MOST_RUNS]


def _agreeing(runs: Sequence[list[Sample]]) -> list[list[Sample]]:
    """Return the runs that others at about the same level don't contradict."""
    wholes = [
        _pooled([Point(level=part.level, speed=part.speed, weight=part.duration) for part in run]) for run in runs
    ]
    return [run for run, whole in zip(runs, wholes, strict=True) if not _is_off(whole, wholes)]


def _is_off(whole: Point, wholes: Iterable[Point]) -> bool:
    others = (other for other in wholes if other is not whole and abs(other.level / whole.level - 1) <= ALIKE)
    alike = sorted(others, key=lambda other: (abs(other.level - whole.level), other))[:MOST_ALIKE]
    if len(alike) < FEWEST_ALIKE:
        return False
    usual = _median((other.speed / other.level, other.weight) for other in alike)
    return abs(whole.speed / whole.level / usual - 1) > FURTHEST_OFF


def _median(weighted: Iterable[tuple[float, float]]) -> float:
    """Return the weighted median: the least value at or below which half of the weight lies."""
    ascending = sorted(weighted)
    weights = list(accumulate(weight for _, weight in ascending))
    return ascending[bisect_left(weights, weights[-1] / 2)][0]
