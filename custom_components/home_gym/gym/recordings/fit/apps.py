"""Figures of the fields that apps and pods add to a FIT file, for those that the watch itself lacks.

Stryd and RunScribe write ground contact time, vertical oscillation and power this way, each record its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, repeat
from math import isfinite
import struct

from .layout import ORDERS, AppField, Layout, Message
from .profile import Key, Kind
from .records import BATCH
from .walk import Walk

NAMES: Mapping[str, Key] = {
    "groundtime": Key.GROUND_CONTACT_TIME,
    "groundcontacttime": Key.GROUND_CONTACT_TIME,
    "contacttime": Key.GROUND_CONTACT_TIME,
    "stancetime": Key.GROUND_CONTACT_TIME,
    "gct": Key.GROUND_CONTACT_TIME,
    "gctl": Key.GROUND_CONTACT_TIME,
    "gctr": Key.GROUND_CONTACT_TIME,
    "verticaloscillation": Key.VERTICAL_OSCILLATION,
    "power": Key.POWER,
    "runpower": Key.POWER,
}
"""Figures by the names of their fields, letters alone; RunScribe's left and right foot are one figure."""

UNITS: Mapping[Key, Mapping[str, float]] = {
    Key.GROUND_CONTACT_TIME: {"milliseconds": 1, "ms": 1, "seconds": 1000, "s": 1000},
    Key.VERTICAL_OSCILLATION: {"millimeters": 1, "mm": 1, "centimeters": 10, "cm": 10, "meters": 1000, "m": 1000},
    Key.POWER: {"watts": 1, "watt": 1, "w": 1},
}
"""Milliseconds, millimetres and watts in each unit, as in the watch's own fields; a field of another unit is none."""

BASE_TYPES: Mapping[int, str] = {
    0x01: "b",
    0x02: "B",
    0x83: "h",
    0x84: "H",
    0x85: "i",
    0x86: "I",
    0x88: "f",
    0x89: "d",
    0x0A: "B",
    0x8B: "H",
    0x8C: "I",
}
"""Struct code of each type of number; floats are common here alone."""

MOST = 60_000
"""Greatest value of any of these figures; beyond are the numbers that stand for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """An app's field as its description says: the figure, its struct code, and the factor to the watch's unit."""

    key: Key
    code: str
    factor: float


@dataclass(slots=True)
class _Mean:
    """Sum and number of positive values, in the watch's unit."""

    total: float = 0
    number: int = 0

    def add(self, values: Sequence[float], factor: float) -> None:
        """Add values, each times a factor; 0, NaN and what no figure reaches are none."""
        most = MOST / factor
        # Most fields have no other than possible values, and sums are quick.
        if not (min(values) >= 0 and max(values) < most and isfinite(sum(values))):
            values = [value for value in values if 0 < value < most]
        self.total += factor * sum(values)
        self.number += len(values) - values.count(0)


class AppFigures:
    """Means of the figures that apps added to a file's records."""

    def __init__(self, data: bytes, walk: Walk, descriptions: Iterable[Message]) -> None:
        """Read the descriptions of the apps' fields."""
        self._data = data
        self._walk = walk
        self._described = {
            (int(message.numbers.get(Key.APP, 0)), int(message.numbers.get(Key.NUMBER, 0))): described
            for message in descriptions
            if (described := _described(message))
        }

    def added_to(self, numbers: dict[Key, float], span: tuple[float | None, float | None]) -> dict[Key, float]:
        """Return a session's numbers with the apps' figures that it lacks; `span` are its raw start and end."""
        missing = {each.key for each in self._described.values() if not numbers.get(each.key)}
        if not missing:
            return numbers
        found = {key: _Mean() for key in missing}
        for layout, places in self._walk.positions.items():
            fields = [wanted for field in layout.apps if (wanted := self._wanted(layout, field, missing))]
            if fields:
                self._read(layout, self._within(layout, places, span), fields, found)
        return numbers | {key: mean.total / mean.number for key, mean in found.items() if mean.number}

    def _read(
        self,
        layout: Layout,
        places: Sequence[int],
        fields: Sequence[tuple[AppField, _Described]],
        found: Mapping[Key, _Mean],
    ) -> None:
        """Add the values of some fields in the records at these places."""
        codes, at = [], 0
        for field, described in fields:
            codes.append(f"{field.at - at}x{described.code}")
            at = field.at + field.size
        structure = struct.Struct(ORDERS[layout.byte_order] + "".join(codes))
        for batch in batched(places, BATCH, strict=False):
            rows = zip(*map(structure.unpack_from, repeat(self._data), batch), strict=True)
            for (_, described), column in zip(fields, rows, strict=True):
                found[described.key].add(column, described.factor)

    def _within(self, layout: Layout, places: Sequence[int], span: tuple[float | None, float | None]) -> Sequence[int]:
        """Return the places of the records in a time; all of them in a file of one session."""
        start, end = span
        if start is None or end is None or len(self._walk.messages(Kind.SESSION)) < 2:
            return places
        return [place for place in places if start <= (layout.timestamp(self._data, place) or 0) <= end]

    def _wanted(self, layout: Layout, field: AppField, missing: set[Key]) -> tuple[AppField, _Described] | None:
        described = self._described.get((field.app, field.number))
        if layout.kind != Kind.RECORD or described is None or described.key not in missing:
            return None
        return (field, described) if struct.calcsize(f"<{described.code}") == field.size else None


def _described(message: Message) -> _Described | None:
    """Return the meaning of an app's field, None for one that is not used here."""
    name = "".join(filter(str.isalpha, message.texts.get(Key.NAME, "").casefold()))
    key = NAMES.get(name)
    code = BASE_TYPES.get(int(message.numbers.get(Key.BASE_TYPE, 0)))
    factor = UNITS[key].get(message.texts.get(Key.UNITS, "").casefold()) if key else None
    if key is None or code is None or factor is None:
        return None
    return _Described(key=key, code=code, factor=factor / (message.numbers.get(Key.SCALE) or 1))
