"""Positions of the fields in FIT data messages, as declared by definition messages.

Each distinct definition is compiled once into a `struct.Struct` that unpacks only the fields needed for figures.
"""

from dataclasses import dataclass
from functools import lru_cache
import struct
from typing import Literal

from .profile import FIELDS, PRODUCT_NAME, TIMESTAMP_FIELD, Field, Key

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

TEXT = 0x07
BIG_ENDIAN = 1


@dataclass(frozen=True, slots=True)
class Message:
    """Content of one message: numbers in the units of `Field`, and the name of a product."""

    numbers: dict[Key, float]
    product_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Layout of the data messages of one definition.

    `size` is a message's bytes, header included. `fields` and `invalids` match the values that `structure` unpacks from
    the position of the message's header. `timestamp_at` is the distance from there to the timestamp, 0 for none, in
    `byte_order`.
    """

    kind: int
    size: int
    structure: struct.Struct
    fields: tuple[Field, ...]
    invalids: tuple[int, ...]
    timestamp_at: int
    byte_order: Literal["little", "big"]

    def message(self, data: bytes, position: int) -> Message:
        """Return the content of the message at a position, fields without a value left out."""
        numbers: dict[Key, float] = {}
        name = None
        unpacked = self.structure.unpack_from(data, position)
        for field, invalid, raw in zip(self.fields, self.invalids, unpacked, strict=True):
            if isinstance(raw, bytes):
                name = raw.partition(b"\0")[0].decode(errors="replace").strip() or None
            elif raw != invalid:
                numbers[field.key] = raw / field.scale if field.scale > 1 else raw
        return Message(numbers, name)

    def timestamp(self, data: bytes, position: int) -> int | None:
        """Return the raw timestamp of the message at a position, None if it has none."""
        if not self.timestamp_at:
            return None
        at = position + self.timestamp_at
        return int.from_bytes(data[at : at + 4], self.byte_order)


@lru_cache(maxsize=1024)
def compile_layout(definition: bytes, developer_size: int) -> Layout:
    """Compile a definition message, from its byte for endianness to its last field.

    `developer_size` is the bytes of the apps' own fields after the native ones; they are never read, so that an app's
    field can't take the place of the watch's.
    """
    big = definition[0] == BIG_ENDIAN
    byte_order: Literal["little", "big"] = "big" if big else "little"
    kind = int.from_bytes(definition[1:3], byte_order)
    wanted = FIELDS.get(kind, {})
    codes, fields, invalids = [">" if big else "<", "x"], [], []
    size, timestamp_at = 1, 0
    for number, width, base_type in zip(definition[4::3], definition[5::3], definition[6::3], strict=True):
        field = wanted.get(number)
        code, invalid = _code(width, base_type, is_text=field is PRODUCT_NAME)
        if number == TIMESTAMP_FIELD and code == "I":
            timestamp_at = size
        if code and field and field not in fields:
            codes.append(code)
            fields.append(field)
            invalids.append(invalid)
        else:
            codes.append(f"{width}x")
        size += width
    return Layout(
        kind=kind,
        size=size + developer_size,
        structure=struct.Struct("".join(codes)),
        fields=tuple(fields),
        invalids=tuple(invalids),
        timestamp_at=timestamp_at,
        byte_order=byte_order,
    )


def _code(width: int, base_type: int, *, is_text: bool) -> tuple[str, int]:
    """Return the struct code of a field and its invalid number; an empty code for a field without a figure."""
    if is_text:
        return (f"{width}s", 0) if base_type == TEXT else ("", 0)
    code, invalid = NUMBERS.get(base_type, ("", 0))
    return (code, invalid) if code and struct.calcsize(code) == width else ("", 0)
