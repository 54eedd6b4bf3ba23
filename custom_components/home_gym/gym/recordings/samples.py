"""Figures derived from the samples of a recording."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, batched, islice
from operator import sub

from ..runs.activity import QUICKEST, SLOWEST, CadenceProfile

LONGEST_GAP = 10
"""Seconds between samples beyond which the watch was paused rather than saving memory."""

MOST_STRIDES = 120
"""Greatest possible strides a minute of one foot; a higher cadence already counts both feet."""

MISSING = -1.0

POINT_SIZE = 80
"""Bytes of a point in `Samples`, and of all that its figures are derived by."""

SHORT = 50_000
"""Points of a recording that is small in memory in any form: fourteen hours at one a second."""

BATCH = 4096
"""Points that a profile counts at a time, so that memory stays small."""

type Thirds = tuple[float | None, float | None, float | None]


def steps(cadence: float | None) -> float | None:
    """Return steps a minute of both feet; None for a cadence that is unknown or 0.

    Most formats count the strides of one foot; some treadmills and apps count steps in the same field.
    """
    if not cadence:
        return None
    return cadence if cadence > MOST_STRIDES else cadence * 2


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


def thirds(times: Sequence[float], cadences: Sequence[float]) -> Thirds | None:
    """Return the mean cadence in each third of the moving time, standstill excluded.

    `times` are seconds, `cadences` strides or steps a minute, 0 for none; the result is steps a minute.
    """
    if not any(cadences):
        return None
    clock = moving_clock(times)
    first, second = (bisect_left(clock, clock[-1] * part / 3) for part in (1, 2))
    parts = (cadences[:first], cadences[first:second], cadences[second:])
    early, middle, late = (steps(mean(cadence for cadence in part if cadence)) for part in parts)
    return early, middle, late


def profile(times: Sequence[float], cadences: Sequence[float]) -> CadenceProfile | None:
    """Return the seconds run at each cadence, or None without any; each cadence holds until the next sample.

    `times` are seconds, `cadences` strides or steps a minute, 0 for none.
    """
    strides = mean(cadence for cadence in cadences if cadence)
    if strides is None:
        return None
    # A recording has either strides or steps throughout.
    feet = 1 if strides > MOST_STRIDES else 2
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
    """Points of a recording as columns, in formats with a time for each; `MISSING` stands for no figure."""

    times: array[float] = field(default_factory=lambda: array("d"))
    cadences: array[float] = field(default_factory=lambda: array("d"))
    heart_rates: array[float] = field(default_factory=lambda: array("d"))
    powers: array[float] = field(default_factory=lambda: array("d"))

    def add(self, time: float, cadence: float | None, heart_rate: float | None, power: float | None) -> None:
        """Add a point: seconds since 1970, strides or steps a minute, beats a minute, watts."""
        self.times.append(time)
        self.cadences.append(MISSING if cadence is None else cadence)
        self.heart_rates.append(heart_rate or MISSING)
        self.powers.append(MISSING if power is None else power)

    def cadence(self) -> float | None:
        """Return the mean steps a minute, standstill included, as the sites that export points do."""
        return steps(mean(_known(self.cadences)))

    def cadence_thirds(self) -> Thirds | None:
        """Return the mean steps a minute in each third of the moving time."""
        return thirds(self.times, self._run_cadences())

    def cadence_profile(self) -> CadenceProfile | None:
        """Return the seconds run at each cadence."""
        return profile(self.times, self._run_cadences())

    def heart_rate(self) -> float | None:
        """Return the mean beats a minute."""
        return mean(_known(self.heart_rates))

    def max_heart_rate(self) -> float | None:
        """Return the highest beats a minute."""
        return max(_known(self.heart_rates), default=None)

    def power(self) -> float | None:
        """Return the mean watts."""
        return mean(_known(self.powers))

    def _run_cadences(self) -> Sequence[float]:
        """Return the cadences with 0 for none."""
        return figures((max(cadence, 0) for cadence in self.cadences), len(self.cadences))


def _known(values: Iterable[float]) -> Iterator[float]:
    """Yield the values without `MISSING`."""
    return (value for value in values if value != MISSING)
