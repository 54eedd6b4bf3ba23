"""Records of a FIT file as columns, with the figures derived from them."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, compress, pairwise, repeat
from operator import itemgetter
from typing import Self

from ...runs.curve import Curve, Values, stride_of, thinned
from ..course import LONGEST_GAP, Course, is_quick, odometer
from ..samples import SHORT, curve_of, mean, moving_clock
from .heights import Heights
from .layout import Layout
from .profile import FIELDS, Key, Kind
from .walk import NO_TIME, Walk

INVALID = 0xFFFFFFFF
"""Number in every column for a missing value."""

INVALID_BYTES = b"\xff\xff\xff\xff"

SIGNED = frozenset({0x7F, 0x7FFF, 0x7FFFFFFF})
"""Invalid numbers of the types that have negative ones."""

BATCH = 4096
"""Records unpacked at a time, so that memory stays small."""

RECORD_FIELDS = {field.key: field for field in FIELDS[Kind.RECORD].values()}

LATELY = 5
"""Records that a value holds for a curve."""

type Column = array[int]


@dataclass(frozen=True, slots=True)
class Strides:
    """Strides a minute of one foot, or steps of both, 0 for none, and the seconds of each."""

    times: Sequence[float] = ()
    cadences: Sequence[float] = ()

    @property
    def mean(self) -> float | None:
        """The mean cadence as written, standing still excluded."""
        return mean(filter(None, self.cadences))


@dataclass(frozen=True, slots=True)
class Records:
    """Records of a file in order of time, as columns of raw numbers, `INVALID` for none."""

    columns: dict[Key, Column]

    @classmethod
    def read(cls, data: bytes, walk: Walk) -> Self:
        """Read the records found by a walk."""
        found = [(layout, places) for layout, places in walk.positions.items() if layout.kind == Kind.RECORD]
        columns: dict[Key, Column] = {key: array("I") for key in RECORD_FIELDS}
        for layout, places in found:
            for batch in batched(places, BATCH, strict=False):
                _extend(columns, layout, data, batch)
            if times := walk.times.get(layout):
                _put_times(columns[Key.TIMESTAMP], times)
        return cls(columns if len(found) < 2 else _in_order(columns))

    def between(self, start: float, limit: float) -> Self:
        """Return the records from one raw timestamp up to, but not including, another."""
        times = self.columns[Key.TIMESTAMP]
        first, last = bisect_left(times, start), bisect_left(times, limit)
        return type(self)({key: column[first:last] for key, column in self.columns.items()})

    def times(self) -> Sequence[int]:
        """Return the valid raw timestamps."""
        return self._values(Key.TIMESTAMP)

    def distance(self) -> float | None:
        """Return the metres from the first record to the last, from speeds if no distance was recorded."""
        metres = self._values(Key.DISTANCE)
        if any(metres):
            return (max(metres) - min(metres)) / RECORD_FIELDS[Key.DISTANCE].scale
        speeds = self._speeds()
        if not any(speed != INVALID for speed in speeds):
            return None
        times = self.columns[Key.TIMESTAMP]
        return sum(
            speed / 1000 * min(max(after - before, 0), LONGEST_GAP)
            for speed, (before, after) in zip(speeds, pairwise(times), strict=False)
            if speed != INVALID
        )

    def moving_time(self) -> float | None:
        """Return the seconds of recording, pauses excluded."""
        clock = moving_clock(self.times())
        return clock[-1] or None

    def elapsed_time(self) -> float | None:
        """Return the seconds from the first record to the last."""
        times = self.times()
        return times[-1] - times[0] if len(times) > 1 else None

    def mean(self, key: Key) -> float | None:
        """Return the mean of the positive values of a field."""
        return mean(value for value in self._values(key) if value)

    def max(self, key: Key) -> float | None:
        """Return the greatest value of a field."""
        return max(self._values(key), default=None) or None

    def cadence(self) -> float | None:
        """Return the mean strides a minute as written, standing still excluded."""
        return mean(strides for strides in self._strides() if strides)

    def timed_strides(self) -> Strides:
        """Return the strides a minute of each record with a time."""
        known = [time != INVALID for time in self.columns[Key.TIMESTAMP]]
        return Strides(self.times(), list(compress(self._strides(), known)))

    def odometer(self) -> Course:
        """Return the seconds and metres of each record with both, as written."""
        times, metres = self.columns[Key.TIMESTAMP], self.columns[Key.DISTANCE]
        known = [time != INVALID != covered for time, covered in zip(times, metres, strict=True)]
        scale = RECORD_FIELDS[Key.DISTANCE].scale
        return Course(
            array("d", compress(times, known)),
            array("d", (covered / scale for covered in compress(metres, known))),
        )

    def quick_course(self) -> Course | None:
        """Return the cleaned course if any part of it is quicker than a run, else None."""
        scale = RECORD_FIELDS[Key.DISTANCE].scale
        if not is_quick(self.columns[Key.TIMESTAMP], self.columns[Key.DISTANCE], scale=scale):
            return None
        written = self.odometer()
        if not is_quick(written.times, written.metres):
            return None
        return odometer(written.times, written.metres)

    def curve(self, feet: int, heights: Heights) -> Curve | None:
        """Return the curve of the records with a time, and with a distance if any has one.

        `feet` is that of the recording's cadences.
        """
        times, metres = self.columns[Key.TIMESTAMP], self.columns[Key.DISTANCE]
        places: Sequence[int] = range(len(times))
        for column in (times, metres):
            if INVALID_BYTES in column.tobytes():
                places = [place for place in places if column[place] != INVALID] or (places if column is metres else [])
        kept = thinned(places, stride_of(len(places)))
        if not kept:
            return None
        clock = [times[place] for place in kept]
        return curve_of(
            clock,
            metres=_scaled([metres[place] for place in kept], RECORD_FIELDS[Key.DISTANCE].scale),
            heart_rates=self._lately(Key.HEART_RATE, kept),
            cadences=self._lately(Key.CADENCE, kept),
            heights=heights.at(clock),
            feet=feet,
        )

    def _lately(self, key: Key, places: Sequence[int]) -> Values:
        """Return the values of a field at some records, or shortly before: sensors may have records of their own."""
        column = self.columns[key]
        return [
            value
            if (value := column[place]) != INVALID
            else next((each for each in column[max(0, place - LATELY) : place][::-1] if each != INVALID), None)
            for place in places
        ]

    def without(self, spans: Sequence[tuple[float, float]]) -> Self:
        """Return the records outside some spans of raw timestamps."""
        times = self.columns[Key.TIMESTAMP]
        kept = [not any(start <= time <= end for start, end in spans) for time in times]
        return type(self)({key: array("I", compress(column, kept)) for key, column in self.columns.items()})

    def _values(self, key: Key) -> Sequence[int]:
        """Return the valid values of a column."""
        values = self.columns[key]
        if INVALID_BYTES not in values.tobytes():
            return values
        if len(values) <= SHORT:
            return [value for value in values if value != INVALID]
        return array("I", filter(INVALID.__ne__, values))

    def _speeds(self) -> Column:
        """Return the column with the recorded speeds."""
        enhanced = self.columns[Key.ENHANCED_SPEED]
        return enhanced if any(speed != INVALID for speed in enhanced) else self.columns[Key.SPEED]

    def _strides(self) -> Iterator[float]:
        """Yield each record's strides a minute, 0 for none."""
        fractions = self.columns[Key.FRACTIONAL_CADENCE]
        scale = RECORD_FIELDS[Key.FRACTIONAL_CADENCE].scale
        for strides, fraction in zip(self.columns[Key.CADENCE], fractions, strict=True):
            if strides == INVALID:
                yield 0
            else:
                yield strides if fraction == INVALID else strides + fraction / scale


def _extend(columns: dict[Key, Column], layout: Layout, data: bytes, places: Sequence[int]) -> None:
    """Add the records at these positions to the columns."""
    rows = zip(*map(layout.structure.unpack_from, repeat(data), places), strict=True)
    fresh = dict(zip(layout.fields, zip(rows, layout.invalids, strict=True), strict=True))
    missing = array("I", [INVALID])
    for key, column in columns.items():
        if found := fresh.get(RECORD_FIELDS[key]):
            column.extend(_plain(*found))
        else:
            column.extend(missing * len(places))


def _plain(raw: Sequence[int], invalid: int) -> Sequence[int]:
    """Return raw numbers with `INVALID` in place of invalid and negative ones."""
    if invalid not in raw and (invalid not in SIGNED or min(raw) >= 0):
        return raw
    return [INVALID if value == invalid or value < 0 else value for value in raw]


def _scaled(values: Sequence[int], scale: int) -> Values:
    """Return raw numbers in the units of a curve, None for `INVALID`."""
    return [None if value == INVALID else value / scale for value in values]


def _put_times(column: Column, times: Column) -> None:
    """Overwrite the times of the records added last with those from compressed headers."""
    for index, time in enumerate(times, start=len(column) - len(times)):
        if time != NO_TIME:
            column[index] = time


def _in_order(columns: dict[Key, Column]) -> dict[Key, Column]:
    """Return the columns sorted by time."""
    times = columns[Key.TIMESTAMP]
    order = sorted(range(len(times)), key=times.tolist().__getitem__)
    if len(order) < 2:
        return columns
    if len(order) <= SHORT:
        # Quicker, but larger in memory.
        pick = itemgetter(*order)
        return {key: array("I", pick(values)) for key, values in columns.items()}
    return {key: array("I", map(values.__getitem__, order)) for key, values in columns.items()}
