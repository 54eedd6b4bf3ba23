"""A real FIT recording moved in time, so that an old run ended minutes ago."""

import struct

DATE_TIME = 0x86
INVALID = 0xFFFFFFFF
# Below this a value counts from the start of the device, not from the epoch.
SINCE_START = 0x10000000
TIMESTAMP = 253
# Messages whose other fields hold instants: file_id, session, lap and activity.
INSTANTS = {0: {4}, 18: {2}, 19: {2}, 34: {5}}


def shifted(recording: bytes, seconds: int) -> bytes:
    """Return a single FIT file with all its instants later by some seconds, and its checksum made good."""
    size = recording[0]
    moved = bytearray(recording[: size + int.from_bytes(recording[4:8], "little")])
    definitions: dict[int, tuple[str, list[tuple[int, int, bool]]]] = {}
    position = size
    while position < len(moved):
        header = moved[position]
        position += 1
        if header & 0x80:
            raise ValueError("compressed timestamps are relative to others and can't be moved here")
        kind = header & 0x0F
        if header & 0x40:
            position = _define(moved, position, kind, definitions, developer=bool(header & 0x20))
        else:
            order, fields = definitions[kind]
            for _, length, is_instant in fields:
                if is_instant:
                    _move(moved, position, order, seconds)
                position += length
    if size == 14:
        # The header's own checksum; zero means none.
        moved[12:14] = b"\0\0"
    return bytes(moved) + _checksum(moved).to_bytes(2, "little")


def _define(
    data: bytearray,
    position: int,
    kind: int,
    definitions: dict[int, tuple[str, list[tuple[int, int, bool]]]],
    *,
    developer: bool,
) -> int:
    order = ">" if data[position + 1] else "<"
    (message,) = struct.unpack_from(f"{order}H", data, position + 2)
    count = data[position + 4]
    position += 5
    fields = []
    for _ in range(count):
        number, length, base = data[position : position + 3]
        instant = base == DATE_TIME and (number == TIMESTAMP or number in INSTANTS.get(message, ()))
        fields.append((number, length, instant and length == 4))
        position += 3
    if developer:
        count = data[position]
        position += 1
        for _ in range(count):
            fields.append((data[position], data[position + 1], False))
            position += 3
    definitions[kind] = order, fields
    return position


def _move(data: bytearray, position: int, order: str, seconds: int) -> None:
    (instant,) = struct.unpack_from(f"{order}I", data, position)
    if SINCE_START <= instant < INVALID:
        struct.pack_into(f"{order}I", data, position, instant + seconds)


def _checksum(data: bytes | bytearray) -> int:
    """Return the FIT checksum, bit by bit."""
    checksum = 0
    for byte in data:
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0xA001 if checksum & 1 else 0)
    return checksum
