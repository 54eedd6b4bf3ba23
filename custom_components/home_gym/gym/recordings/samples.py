"""Figures derived from the samples of a recording."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, batched, compress, islice, pairwise
from math import isnan
from operator import sub

from ..runs.activity import QUICKEST, SLOWEST, Activity, CadenceProfile
from ..runs.curve import Curve, Values, stride_of, thinned
from ..runs.easy_parts import easy_parts_of
from ..runs.validation import ON_FOOT
from .course import LONGEST_GAP, Course

MOST_STRIDES = 120
"""Greatest possible strides a minute of one foot; a higher cadence already counts both feet."""

POINT_SIZE = 88
"""Bytes of a point in `Samples`, and of all that its figures are derived by."""

SHORT = 50_000
"""Points of a recording that is small in memory in any form: fourteen hours at one a second."""

NO_HEIGHT = float("nan")

BATCH = 4096
"""Points that a profile counts at a time, so that memory stays small."""

type Thirds = tuple[float | None, float | None, float | None]


def feet_of(cadence: float | None) -> int:
    """Return the feet that a recording's cadences leave out of account: 2 for strides of one foot, 1 for steps of both.

    Most formats count strides; some treadmills and apps count steps in the same field. A recording has one unit
    throughout, decided by its mean cadence, so that all of its parts are in it.
    """
    return 1 if cadence and cadence > MOST_STRIDES else 2


def steps(cadence: float | None) -> float | None:
    """Return steps a minute of both feet from a cadence that stands alone; None for one that is unknown or 0."""
    return cadence * feet_of(cadence) if cadence else None


def mean(values: Iterable[float]) -> float | None:
    """Return the mean, or None for no values."""
    known = list(values)
    return sum(known) / len(known) if known else None


def figures(values: Iterable[float], number: int) -> Sequence[float]:
    """Return values as a sequence: a list, which is quicker, or for a great number an array, which is smaller."""
    return list(values) if number <= SHORT else array("d", values)


def moving_clock(times: Sequence[float]) -> Sequence[float]:
    """Return the moving time in seconds up to each sample; `times` are seconds."""
    number = len(times)
    gaps = figures(map(sub, islice(times, 1, None), times, strict=False), number)
    if gaps and (min(gaps) < 0 or max(gaps) > LONGEST_GAP):
        gaps = figures((min(max(gap, 0), LONGEST_GAP) for gap in gaps), number)
    return figures(accumulate(gaps, initial=0.0), number)


def thirds(times: Sequence[float], cadences: Sequence[float], feet: int) -> Thirds | None:
    """Return the mean cadence in each third of the moving time, standstill excluded.

    `times` are seconds, `cadences` strides or steps a minute by `feet_of`, 0 for none; the result is steps a minute.
    """
    if not any(cadences):
        return None
    clock = moving_clock(times)
    first, second = (bisect_left(clock, clock[-1] * part / 3) for part in (1, 2))
    parts = (cadences[:first], cadences[first:second], cadences[second:])
    means = (mean(cadence for cadence in part if cadence) for part in parts)
    early, middle, late = (None if cadence is None else cadence * feet for cadence in means)
    return early, middle, late


def profile(times: Sequence[float], cadences: Sequence[float], feet: int) -> CadenceProfile | None:
    """Return the seconds run at each cadence, or None without any; each cadence holds until the next sample.

    `times` are seconds, `cadences` strides or steps a minute by `feet_of`, 0 for none.
    """
    if not any(cadences):
        return None
    clock = moving_clock(times)
    held = zip(cadences, map(sub, islice(clock, 1, None), clock, strict=False), strict=False)
    seconds = [0.0] * (QUICKEST - SLOWEST + 1)
    for batch in batched(held, BATCH, strict=False):
        for (cadence, gap), times_held in Counter(batch).items():
            if cadence:
                seconds[min(max(round(cadence * feet), SLOWEST), QUICKEST) - SLOWEST] += gap * times_held
    run_at = [number for number, time in enumerate(seconds) if round(time)]
    if not run_at:
        return None
    first, last = run_at[0], run_at[-1]
    return CadenceProfile(lowest=SLOWEST + first, seconds=tuple(round(time) for time in seconds[first : last + 1]))


def with_curve(activity: Activity, curve: Curve | None) -> Activity:
    """Return an activity on foot with its curve and easy parts; any other as it is."""
    if curve is None or len(curve) < 2 or activity.sport not in ON_FOOT:
        return activity
    return replace(activity, curve=curve.packed(), easy_parts=easy_parts_of(activity, curve))


def curve_of(
    times: Sequence[float],
    *,
    metres: Values | None = None,
    heart_rates: Values | None = None,
    cadences: Values | None = None,
    heights: Values | None = None,
    feet: int,
) -> Curve | None:
    """Return the curve of columns of equal length, None for fewer than two points.

    `times` are seconds of any clock, `metres` those of any odometer, cadences strides or steps by `feet`; 0 stands for
    no cadence and no heart rate.
    """
    if len(times) < 2:
        return None
    stride = stride_of(len(times))

    def column(values: Values | None) -> Values:
        return thinned(values, stride) if values is not None else unknown

    clock = thinned(times, stride)
    first, unknown = clock[0], [None] * len(clock)
    return Curve(
        times=[time - first for time in clock],
        metres=_from_start(column(metres)),
        heart_rates=[each or None for each in column(heart_rates)],
        cadences=[each * feet if each else None for each in column(cadences)],
        heights=column(heights),
    )


def _from_start(metres: Values) -> Values:
    """Return the metres since the start: an odometer may go on from another recording, or begin again after it."""
    known = [(at, each) for at, each in enumerate(metres) if each is not None]
    if not known or not known[0][1]:
        return metres
    at, began = known[0]
    if len(known) > 1 and known[1][1] < began:
        return [0.0 if number == at else each for number, each in enumerate(metres)]
    return [None if each is None else each - began for each in metres]


@dataclass(slots=True)
class Samples:
    """Points of a recording as columns, in formats with a time for each; 0 stands for no figure, NaN for no height."""

    times: array[float] = field(default_factory=lambda: array("d"))
    cadences: array[float] = field(default_factory=lambda: array("d"))
    heart_rates: array[float] = field(default_factory=lambda: array("d"))
    powers: array[float] = field(default_factory=lambda: array("d"))
    heights: array[float] = field(default_factory=lambda: array("d"))

    def add(
        self,
        time: float,
        cadence: float | None,
        heart_rate: float | None,
        power: float | None,
        height: float | None = None,
    ) -> None:
        """Add a point: seconds since 1970, strides or steps a minute, beats a minute, watts, metres of height."""
        self.times.append(time)
        self.cadences.append(cadence or 0.0)
        self.heart_rates.append(heart_rate or 0.0)
        self.powers.append(power or 0.0)
        self.heights.append(NO_HEIGHT if height is None else height)

    def without(self, spans: Sequence[tuple[float, float]]) -> Samples:
        """Return the points outside some spans of seconds."""
        kept = [not any(start <= time <= end for start, end in spans) for time in self.times]
        columns = (self.times, self.cadences, self.heart_rates, self.powers, self.heights)
        return Samples(*(array("d", compress(column, kept)) for column in columns))

    def curve(self, feet: int, course: Course | None) -> Curve | None:
        """Return the curve of the points in order of time, with the metres of a course at each."""
        order: Sequence[int] = range(len(self.times))
        if any(after < before for before, after in pairwise(self.times)):
            order = sorted(order, key=self.times.__getitem__)
        kept = thinned(order, stride_of(len(order)))
        times = [self.times[at] for at in kept]
        return curve_of(
            times,
            metres=course.at(times) if course else None,
            heart_rates=[self.heart_rates[at] for at in kept],
            cadences=[self.cadences[at] for at in kept],
            heights=[None if isnan(height := self.heights[at]) else height for at in kept],
            feet=feet,
        )

    def strides(self) -> float | None:
        """Return the mean cadence as written, standing still excluded."""
        return mean(filter(None, self.cadences))

    def cadence_thirds(self, feet: int) -> Thirds | None:
        """Return the mean steps a minute in each third of the moving time."""
        return thirds(self.times, self.cadences, feet)

    def cadence_profile(self, feet: int) -> CadenceProfile | None:
        """Return the seconds run at each cadence."""
        return profile(self.times, self.cadences, feet)

    def heart_rate(self) -> float | None:
        """Return the mean beats a minute."""
        return mean(filter(None, self.heart_rates))

    def max_heart_rate(self) -> float | None:
        """Return the highest beats a minute."""
        return max(self.heart_rates, default=0) or None

    def power(self) -> float | None:
        """Return the mean watts."""
        return mean(filter(None, self.powers))
