"""Bluetooth data of a treadmill, by the Fitness Machine Service 1.0.

Decodes bytes into figures; connections are made elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

SERVICE_UUID = "00001826-0000-1000-8000-00805f9b34fb"
TREADMILL_DATA_UUID = "00002acd-0000-1000-8000-00805f9b34fb"

# A notification is cut here if neither side asked for more than the smallest ATT_MTU: 23 bytes less 3 of a header.
# Some treadmills promise 30 bytes and send these; the fields that arrived whole are right all the same.
CUT_AT = 20

MORE_DATA = 1
RESERVED = 0xE000
TREADMILL_TYPE = 1
JOULES = 4184


@dataclass(frozen=True, slots=True, kw_only=True)
class TreadmillData:
    """One record of the characteristic Treadmill Data (0x2ACD); figures that it lacks are None.

    Speeds are metres a second, paces seconds a metre, distances and elevation gains metres, inclination percent, the
    ramp's angle degrees, energies joules, heart rate beats a minute, times seconds, force newtons, power watts; the
    metabolic equivalent has no unit. Totals count from the start of the treadmill's own session. `more_data` says that
    the rest of the record is in other notifications. `cadence` in steps a minute is no part of the record: treadmills
    report it beside it.
    """

    more_data: bool = False
    speed: float | None = None
    average_speed: float | None = None
    total_distance: float | None = None
    inclination: float | None = None
    ramp_angle: float | None = None
    positive_elevation_gain: float | None = None
    negative_elevation_gain: float | None = None
    pace: float | None = None
    average_pace: float | None = None
    total_energy: float | None = None
    energy_per_hour: float | None = None
    energy_per_minute: float | None = None
    heart_rate: float | None = None
    metabolic_equivalent: float | None = None
    elapsed_time: float | None = None
    remaining_time: float | None = None
    force_on_belt: float | None = None
    power_output: float | None = None
    cadence: float | None = None

    @property
    def is_moving(self) -> bool:
        """Whether the belt certainly moves."""
        return self.speed is not None and self.speed > 0


@dataclass(frozen=True, slots=True)
class _Field:
    """A figure of the record: the bit of its flag, its size in bytes, and its conversion."""

    bit: int
    name: str
    size: int
    convert: Callable[[int], float | None]
    signed: bool = False

    def is_in(self, flags: int) -> bool:
        # Bit 0 is inverted: the speed is present if it is not set.
        return bool(flags >> self.bit & 1) is (self.bit != 0)

    def value(self, raw: bytes) -> float | None:
        """Return the figure, None for the greatest number, which stands for "data not available".

        The specification says so of inclination, energy, force and power. Elsewhere no treadmill gets there but a
        clock, for one second after 18 hours.
        """
        number = int.from_bytes(raw, "little", signed=self.signed)
        greatest = (1 << 8 * len(raw) - self.signed) - 1
        return None if number == greatest else self.convert(number)


def _plain(number: int) -> float:
    return number


def _tenths(number: int) -> float:
    return number / 10


def _speed(number: int) -> float:
    """Return metres a second of hundredths of kilometres an hour."""
    return number / 360


def _energy(number: int) -> float:
    return number * JOULES


def _unless_zero(number: int) -> float | None:
    """Return a heart rate, which treadmills send as 0 without a strap."""
    return number or None


def _pace_of_speed(number: int) -> float | None:
    """Return the pace from tenths of a kilometre a minute."""
    return 0.6 / number if number else None


def _pace_of_time(number: int) -> float | None:
    """Return the pace from seconds for 500 metres."""
    return number / 500 if number else None


# From the table in section 4.9.1 of the Fitness Machine Service 1.0, in its order.
_BEFORE_PACE = (
    _Field(0, "speed", 2, _speed),
    _Field(1, "average_speed", 2, _speed),
    _Field(2, "total_distance", 3, _plain),
    _Field(3, "inclination", 2, _tenths, signed=True),
    _Field(3, "ramp_angle", 2, _tenths, signed=True),
    _Field(4, "positive_elevation_gain", 2, _tenths),
    _Field(4, "negative_elevation_gain", 2, _tenths),
)
_AFTER_PACE = (
    _Field(7, "total_energy", 2, _energy),
    _Field(7, "energy_per_hour", 2, _energy),
    _Field(7, "energy_per_minute", 1, _energy),
    _Field(8, "heart_rate", 1, _unless_zero),
    _Field(9, "metabolic_equivalent", 1, _tenths),
    _Field(10, "elapsed_time", 2, _plain),
    _Field(11, "remaining_time", 2, _plain),
    _Field(12, "force_on_belt", 2, _plain, signed=True),
    _Field(12, "power_output", 2, _plain, signed=True),
)
# The service writes a pace as one byte, the later GATT Specification Supplement as two.
_PACES = (
    (_Field(5, "pace", 1, _pace_of_speed), _Field(6, "average_pace", 1, _pace_of_speed)),
    (_Field(5, "pace", 2, _pace_of_time), _Field(6, "average_pace", 2, _pace_of_time)),
)


def decode_treadmill_data(data: bytes, *, always_has_speed: bool = False) -> TreadmillData:
    """Decode one notification of Treadmill Data (0x2ACD).

    Some treadmills set bit 0, which says that a record has no speed, and send the speed all the same. The length shows
    that, unless the record was cut: `always_has_speed` is for a treadmill that is known for it.

    Bytes after the last field are ignored: makers use the reserved flags for fields of their own, such as steps, and
    put them there. Raises ValueError for fewer bytes than the flags promise; a record cut at the size of the smallest
    notification is decoded up to there.
    """
    if len(data) < 2:
        raise ValueError(f"Treadmill Data has 2 bytes of flags, not {len(data)} bytes")
    flags = int.from_bytes(data[:2], "little")
    if flags & MORE_DATA and (always_has_speed or _has_speed_all_the_same(flags, len(data))):
        flags &= ~MORE_DATA
    promised = [_promised(flags, paces) for paces in _PACES]
    least = _length(promised[0])
    if len(data) < least and len(data) != CUT_AT:
        raise ValueError(f"Treadmill Data with flags {flags:#06x} has at least {least} bytes, not {len(data)}")
    values: dict[str, Any] = {}
    at = 2
    for field in _layout(flags, promised, len(data)):
        raw = data[at : at + field.size]
        if len(raw) < field.size:
            break
        values[field.name] = field.value(raw)
        at += field.size
    return replace(TreadmillData(more_data=bool(flags & MORE_DATA)), **values)


def _has_speed_all_the_same(flags: int, length: int) -> bool:
    """Return whether a record's length has room for exactly the speed that its bit 0 denies.

    A record with reserved flags has further bytes of its maker's.
    """
    lengths = {_length(_promised(flags, paces)) for paces in _PACES}
    with_speed = {_length(_promised(flags & ~MORE_DATA, paces)) for paces in _PACES}
    return not flags & RESERVED and length in with_speed - lengths


def _promised(flags: int, paces: tuple[_Field, ...]) -> list[_Field]:
    return [field for field in (*_BEFORE_PACE, *paces, *_AFTER_PACE) if field.is_in(flags)]


def _length(layout: list[_Field]) -> int:
    return 2 + sum(field.size for field in layout)


def _layout(flags: int, promised: list[list[_Field]], length: int) -> list[_Field]:
    """Return the fields with known positions.

    The size of a pace shows only in the length of the record. If neither size fits, the positions from the pace on are
    unknown.
    """
    if promised[0] == promised[1]:
        return promised[0]
    fitting = [layout for layout in promised if _length(layout) == length]
    return fitting[0] if fitting else _promised(flags, ())[: sum(field.is_in(flags) for field in _BEFORE_PACE)]


class TreadmillDataMerger:
    """Merges records that a treadmill splits over several notifications.

    All parts but the last have `more_data` set; the last one carries the speed. A record has each figure once, so a
    repeated figure begins the next record, even if the last part of the previous one was lost.
    """

    def __init__(self) -> None:
        """Begin without a part."""
        self._parts: TreadmillData | None = None

    def feed(self, part: TreadmillData) -> TreadmillData | None:
        """Take a notification, and return the record that it completes, if any.

        A record with a lost last part is also returned when the first part of the next one arrives: `more_data` is then
        still set.
        """
        parts, self._parts = self._parts, None
        if parts is not None and not _have_in_common(parts, part):
            part, parts = _joined(parts, part), None
        if not part.more_data:
            return part
        self._parts = part
        return parts


_FIGURES = tuple(field.name for field in fields(TreadmillData) if field.name != "more_data")


def _have_in_common(one: TreadmillData, other: TreadmillData) -> bool:
    return any(getattr(one, name) is not None and getattr(other, name) is not None for name in _FIGURES)


def _joined(parts: TreadmillData, part: TreadmillData) -> TreadmillData:
    known: dict[str, Any] = {name: value for name in _FIGURES if (value := getattr(parts, name)) is not None}
    return replace(part, **known)


def announces_treadmill(service_data: bytes) -> bool | None:
    """Return whether an advertisement's service data of the Fitness Machine Service is a treadmill's.

    Bikes and rowing machines advertise the same service. None means that the data does not say. The layout is that of
    section 3.1.1 of the Fitness Machine Service 1.0: a byte of flags and two of machine types.
    """
    if len(service_data) < 3:
        return None
    return bool(int.from_bytes(service_data[1:3], "little") & TREADMILL_TYPE)
