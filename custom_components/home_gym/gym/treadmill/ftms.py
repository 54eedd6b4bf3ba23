"""What a treadmill says over Bluetooth, as the Fitness Machine Service 1.0 lays it down.

Bytes in, figures out; who connects, and when, is not decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

SERVICE_UUID = "00001826-0000-1000-8000-00805f9b34fb"
TREADMILL_DATA_UUID = "00002acd-0000-1000-8000-00805f9b34fb"

# A notification is cut here where neither side asked for more than the smallest ATT_MTU: 23 bytes less 3 of a header.
# Some treadmills promise 30 bytes and send these; what came whole is right all the same.
CUT_AT = 20

MORE_DATA = 1
TREADMILL_TYPE = 1
JOULES = 4184


@dataclass(frozen=True, slots=True, kw_only=True)
class TreadmillData:
    """One record of the characteristic Treadmill Data (0x2ACD); what it did not carry is None.

    Speeds are metres a second, paces seconds a metre, distances and elevation gains metres, inclination percent, the
    ramp's angle degrees, energies joules, heart rate beats a minute, times seconds, force newtons, power watts; the
    metabolic equivalent has no unit. Totals count from the start of the treadmill's own session. `more_data` says that
    the rest of the record is in other notifications.
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

    @property
    def is_moving(self) -> bool:
        """Whether the belt is known to turn."""
        return self.speed is not None and self.speed > 0


@dataclass(frozen=True, slots=True)
class _Field:
    """A figure of the record: which flag announces it, how many bytes it takes, and what it is in our units."""

    bit: int
    name: str
    size: int
    convert: Callable[[int], float | None]
    signed: bool = False

    def is_in(self, flags: int) -> bool:
        # The first flag means the contrary of all others.
        return bool(flags >> self.bit & 1) is (self.bit != 0)

    def value(self, raw: bytes) -> float | None:
        """Return the figure; the greatest number stands for "data not available".

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
    """Return a heart rate, which treadmills send as 0 when nobody wears a strap."""
    return number or None


def _pace_of_speed(number: int) -> float | None:
    """Return the pace of so many tenths of a kilometre a minute."""
    return 0.6 / number if number else None


def _pace_of_time(number: int) -> float | None:
    """Return the pace of so many seconds for 500 metres."""
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


def decode_treadmill_data(data: bytes) -> TreadmillData:
    """Return what one notification of Treadmill Data (0x2ACD) carries.

    Bytes behind the last field are let be: makers use the reserved flags for fields of their own, such as steps, and
    put them there. Raises ValueError when fewer bytes came than the flags promise; a record that was cut at the size
    of the smallest notification is read as far as it goes.
    """
    if len(data) < 2:
        raise ValueError(f"Treadmill Data has 2 bytes of flags, not {len(data)} bytes")
    flags = int.from_bytes(data[:2], "little")
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


def _promised(flags: int, paces: tuple[_Field, ...]) -> list[_Field]:
    return [field for field in (*_BEFORE_PACE, *paces, *_AFTER_PACE) if field.is_in(flags)]


def _length(layout: list[_Field]) -> int:
    return 2 + sum(field.size for field in layout)


def _layout(flags: int, promised: list[list[_Field]], length: int) -> list[_Field]:
    """Return the fields whose places are known.

    How many bytes a pace has shows in nothing but the length of the record. Where that fits neither way, everything
    from the pace on would be a guess.
    """
    if promised[0] == promised[1]:
        return promised[0]
    fitting = [layout for layout in promised if _length(layout) == length]
    return fitting[0] if fitting else _promised(flags, ())[: sum(field.is_in(flags) for field in _BEFORE_PACE)]


class TreadmillDataMerger:
    """Puts records together again that a treadmill had to split over several notifications.

    All parts but the last say that there is more data; the last one carries the speed. A record says each thing once,
    so a figure that comes again begins the next record, whatever became of the last part of the one before.
    """

    def __init__(self) -> None:
        """Begin with no part at hand."""
        self._parts: TreadmillData | None = None

    def feed(self, part: TreadmillData) -> TreadmillData | None:
        """Take in a notification, and return the record that is complete with it, if one is.

        A record whose last part got lost is returned too, when the first part of the next one arrives: `more_data` is
        then still set.
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
    """Tell whether an advertisement's service data of the Fitness Machine Service is of a treadmill.

    Bikes and rowing machines advertise the same service. None means that the data does not say. The layout is that of
    section 3.1.1 of the Fitness Machine Service 1.0: a byte of flags and two of machine types.
    """
    if len(service_data) < 3:
        return None
    return bool(int.from_bytes(service_data[1:3], "little") & TREADMILL_TYPE)
