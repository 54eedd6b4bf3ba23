"""Curve: a recording thinned to a few hundred points, without positions.

A curve is kept beside its activity and read only to be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
import struct

MOST_POINTS = 240
"""Points of a curve: one every fifteen seconds of an hour, about as many as a card can show."""

_COLUMNS = {
    "times": ("I", 10),
    "metres": ("I", 10),
    "heart_rates": ("B", 1),
    "cadences": ("H", 10),
    "heights": ("h", 1),
}
"""Type and scale of each column of the packed form: tenths of seconds, metres and steps a minute; whole others."""
_UNKNOWN = {"I": 0xFFFFFFFF, "B": 0xFF, "H": 0xFFFF, "h": 0x7FFF}
"""Number for no value, the greatest of each type."""
_VERSION = 1
_HEAD = 3

type Values = Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Columns of equal length: seconds since the start, metres covered, beats and steps a minute, metres of height."""

    times: Values
    metres: Values
    heart_rates: Values
    cadences: Values
    heights: Values

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.times)

    @property
    def paces(self) -> list[float | None]:
        """The seconds a metre on the way to each point, None while standing or for an unknown way."""
        points = zip(self.times, self.metres, strict=True)
        return [None, *(_pace(before, after) for before, after in pairwise(points))] if self.times else []

    def packed(self) -> bytes:
        """Return the stored form."""
        columns = (_packed(getattr(self, name), *form) for name, form in _COLUMNS.items())
        return b"".join((bytes([_VERSION]), len(self).to_bytes(2, "little"), *columns))

    @classmethod
    def unpacked(cls, data: bytes) -> Curve:
        """Return the curve of a stored form; raises ValueError for bytes of another form."""
        number = int.from_bytes(data[1:_HEAD], "little")
        sizes = {name: number * struct.calcsize(code) for name, (code, _) in _COLUMNS.items()}
        if data[:1] != bytes([_VERSION]) or len(data) != _HEAD + sum(sizes.values()):
            raise ValueError("no curve of this version")
        columns: dict[str, Values] = {}
        at = _HEAD
        for name, form in _COLUMNS.items():
            columns[name] = _unpacked(data[at : at + sizes[name]], *form)
            at += sizes[name]
        return cls(**columns)


NO_CURVE = Curve(times=(), metres=(), heart_rates=(), cadences=(), heights=())


def stride_of(number: int) -> int:
    """Return the distance between the points that a curve keeps of a number of them; its last point comes beside."""
    return 1 if number <= MOST_POINTS else -(-number // (MOST_POINTS - 1))


def thinned[T](values: Sequence[T], stride: int) -> list[T]:
    """Return every point at this distance, and the last one."""
    kept = list(values[::stride])
    return [*kept, values[-1]] if values and (len(values) - 1) % stride else kept


def _pace(before: tuple[float | None, float | None], after: tuple[float | None, float | None]) -> float | None:
    (time, metres), (later, further) = before, after
    if time is None or later is None or metres is None or further is None:
        return None
    return (later - time) / (further - metres) if further > metres and later > time else None


def _packed(values: Values, code: str, scale: int) -> bytes:
    unknown = _UNKNOWN[code]
    most = (unknown - 1) / scale
    least = -most if code.islower() else 0
    # No comparison with NaN holds.
    numbers = [round(value * scale) if value is not None and least <= value <= most else unknown for value in values]
    return struct.pack(f"<{len(numbers)}{code}", *numbers)


def _unpacked(data: bytes, code: str, scale: int) -> Values:
    unknown = _UNKNOWN[code]
    numbers = struct.unpack(f"<{len(data) // struct.calcsize(code)}{code}", data)
    return [None if number == unknown else number / scale for number in numbers]
