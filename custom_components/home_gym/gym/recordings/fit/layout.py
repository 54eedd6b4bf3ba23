"""Positions of the fields in FIT data messages, as declared by definition messages.

Each distinct definition is compiled once into a `struct.Struct` that unpacks only the fields needed for figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
import struct
from types import MappingProxyType
from typing import Any, Literal

from .profile import FIELDS, HEIGHT_FIELDS, LATITUDE_FIELD, TIMESTAMP_FIELD, Field, Form, Key, Kind

NUMBERS: dict[int, tuple[str, int]] = {
    0x00: ("B", 0xFF),
    0x01: ("b", 0x7F),
    0x02: ("B", 0xFF),
    0x0A: ("B", 0),
    0x0D: ("B", 0xFF),
    0x83: ("h", 0x7FFF),
    0x84: ("H", 0xFFFF),
    0x85: ("i", 0x7FFFFFFF),
    0x86: ("I", 0xFFFFFFFF),
    0x8B: ("H", 0),
    0x8C: ("I", 0),
}
"""Struct code and invalid number of each base type; fields of other types hold no figure."""

_WIDTHS = sorted({struct.calcsize(code) for code, _ in NUMBERS.values()})

TEXT = 0x07
BIG_ENDIAN = 1
EMPTY: Mapping[Any, Any] = MappingProxyType({})
INVALID_POSITION = 0x7FFFFFFF
ORDERS = {"little": "<", "big": ">"}


@dataclass(frozen=True, slots=True)
class Message:
    """Content of one message: numbers in the units of `Field`, fields of several numbers, and texts."""

    numbers: dict[Key, float]
    lists: Mapping[Key, tuple[float, ...]] = EMPTY
    texts: Mapping[Key, str] = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class AppField:
    """A field that an app added: its distance from the header, its bytes, its number, and the app's index."""

    at: int
    size: int
    number: int
    app: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Layout of the data messages of one definition.

    `size` is a message's bytes, header included. `fields` and `invalids` match the values that `structure` unpacks from
    the position of the message's header. `timestamp_at` and `latitude_at` are the distances from there to the timestamp
    and a record's latitude, 0 for none, in `byte_order`. `list_codes` are the struct codes of the numbers in each field
    of several, `height` reads a record's height. `apps` are the fields that apps added.
    """

    kind: int
    size: int
    structure: struct.Struct
    fields: tuple[Field, ...]
    invalids: tuple[int, ...]
    timestamp_at: int
    latitude_at: int
    height: tuple[struct.Struct, int] | None
    list_codes: dict[Key, str]
    apps: tuple[AppField, ...]
    byte_order: Literal["little", "big"]

    def message(self, data: bytes, position: int) -> Message:
        """Return the content of the message at a position, fields without a value left out."""
        numbers: dict[Key, float] = {}
        lists: dict[Key, tuple[float, ...]] = {}
        texts: dict[Key, str] = {}
        unpacked = self.structure.unpack_from(data, position)
        for field, invalid, raw in zip(self.fields, self.invalids, unpacked, strict=True):
            if not isinstance(raw, bytes):
                if raw != invalid:
                    numbers[field.key] = raw / field.scale if field.scale > 1 else raw
            elif field.form is Form.NUMBERS:
                code = self.list_codes[field.key]
                several = struct.unpack(f"{ORDERS[self.byte_order]}{len(raw) // struct.calcsize(code)}{code}", raw)
                lists[field.key] = tuple(number / field.scale for number in several if number != invalid)
            elif text := raw.partition(b"\0")[0].decode(errors="replace").strip():
                texts[field.key] = text
        return Message(numbers, lists, texts)

    def has_position(self, data: bytes, position: int) -> bool:
        """Return whether the record at a position has a latitude."""
        at = position + self.latitude_at
        return bool(self.latitude_at) and int.from_bytes(data[at : at + 4], self.byte_order) != INVALID_POSITION

    def timestamp(self, data: bytes, position: int) -> int | None:
        """Return the raw timestamp of the message at a position, None if it has none."""
        if not self.timestamp_at:
            return None
        at = position + self.timestamp_at
        return int.from_bytes(data[at : at + 4], self.byte_order)


@lru_cache(maxsize=1024)
def compile_layout(definition: bytes, developer: bytes) -> Layout:
    """Compile a definition message, from its byte for endianness to its last field.

    `developer` has the number, size and app of each app's own field after the native ones. They never take the place of
    the watch's, and are read only where it has none.
    """
    byte_order: Literal["little", "big"] = "big" if definition[0] == BIG_ENDIAN else "little"
    kind = int.from_bytes(definition[1:3], byte_order)
    wanted = FIELDS.get(kind, {})
    codes, fields, invalids = [ORDERS[byte_order], "x"], [], []
    list_codes: dict[Key, str] = {}
    size, timestamp_at, latitude_at, height = 1, 0, 0, None
    for number, width, base_type in zip(definition[4::3], definition[5::3], definition[6::3], strict=True):
        field = wanted.get(number)
        code, invalid = _code(width, base_type, field.form if field else Form.NUMBER)
        if number == TIMESTAMP_FIELD and code == "I":
            timestamp_at = size
        if number == LATITUDE_FIELD and code == "i" and kind == Kind.RECORD:
            latitude_at = size
        if number in HEIGHT_FIELDS and code and kind == Kind.RECORD:
            height = height or (struct.Struct(f"{ORDERS[byte_order]}{size}x{code}"), invalid)
        if code and field and field not in fields:
            codes.append(code)
            fields.append(field)
            invalids.append(invalid)
            if field.form is Form.NUMBERS:
                list_codes[field.key], _ = NUMBERS[base_type]
        else:
            codes.append(f"{width}x")
        size += width
    apps = []
    for number, width, app in zip(developer[::3], developer[1::3], developer[2::3], strict=True):
        apps.append(AppField(at=size, size=width, number=number, app=app))
        size += width
    return Layout(
        kind=kind,
        size=size,
        structure=struct.Struct("".join(codes)),
        fields=tuple(fields),
        invalids=tuple(invalids),
        timestamp_at=timestamp_at,
        latitude_at=latitude_at,
        height=height,
        list_codes=list_codes,
        apps=tuple(apps),
        byte_order=byte_order,
    )


@cache
def figure_fields(kind: Kind) -> frozenset[tuple[int, int, int]]:
    """Return the number, bytes and base type of each field that a message of a kind is read for."""
    return frozenset(
        (number, width, base_type)
        for number, field in FIELDS[kind].items()
        for base_type in (*NUMBERS, TEXT)
        for width in (_WIDTHS if field.form is Form.NUMBER else range(256))
        if _code(width, base_type, field.form)[0]
    )


def _code(width: int, base_type: int, form: Form) -> tuple[str, int]:
    """Return the struct code of a field and its invalid number; an empty code for a field without content."""
    if form is Form.TEXT:
        return (f"{width}s", 0) if base_type == TEXT else ("", 0)
    code, invalid = NUMBERS.get(base_type, ("", 0))
    if not code:
        return "", 0
    if form is Form.NUMBERS:
        return ("", 0) if width % struct.calcsize(code) else (f"{width}s", invalid)
    return (code, invalid) if struct.calcsize(code) == width else ("", 0)
