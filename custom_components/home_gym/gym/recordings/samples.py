"""Figures derived from the samples of a recording."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, batched, compress, islice
from operator import sub

from ..runs.activity import QUICKEST, SLOWEST, CadenceProfile
from .course import LONGEST_GAP

MOST_STRIDES = 120
"""Greatest possible strides a minute of one foot; a higher cadence already counts both feet."""

POINT_SIZE = 80
"""Bytes of a point in `Samples`, and of all that its figures are derived by."""

SHORT = 50_000
"""Points of a recording that is small in memory in any form: fourteen hours at one a second."""

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


@dataclass(slots=True)
class Samples:
    """Points of a recording as columns, in formats with a time for each; 0 stands for no figure."""

    times: array[float] = field(default_factory=lambda: array("d"))
    cadences: array[float] = field(default_factory=lambda: array("d"))
    heart_rates: array[float] = field(default_factory=lambda: array("d"))
    powers: array[float] = field(default_factory=lambda: array("d"))

    def add(self, time: float, cadence: float | None, heart_rate: float | None, power: float | None) -> None:
        """Add a point: seconds since 1970, strides or steps a minute, beats a minute, watts."""
        self.times.append(time)
        self.cadences.append(cadence or 0.0)
        self.heart_rates.append(heart_rate or 0.0)
        self.powers.append(power or 0.0)

    def without(self, spans: Sequence[tuple[float, float]]) -> Samples:
        """Return the points outside some spans of seconds."""
        kept = [not any(start <= time <= end for start, end in spans) for time in self.times]
        columns = (self.times, self.cadences, self.heart_rates, self.powers)
        return Samples(*(array("d", compress(column, kept)) for column in columns))

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
