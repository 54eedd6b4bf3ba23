"""Writer of a FIT recording of a treadmill run, for services that take uploads.

It has what is known of such a run and no more: times, distance, laps, and the distance at the end of each lap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
import struct

from ...runs.activity import Lap
from ...runs.run import Run
from .clock import EPOCH

ACTIVITY_FILE, DEVELOPMENT = 4, 255
RUNNING, TREADMILL = 1, 1
TIMER, SESSION, LAP, ACTIVITY = 0, 8, 9, 26
START, STOP, STOP_ALL = 0, 1, 4
POLYNOMIAL = 0xA001
PROTOCOL, PROFILE = 0x10, 2100
MOST_SECONDS = 0xFFFFFFFE // 1000


class Message(IntEnum):
    """Numbers of messages; their places in this list are their local types."""

    FILE_ID = 0
    SESSION = 18
    LAP = 19
    RECORD = 20
    EVENT = 21
    ACTIVITY = 34


@dataclass(frozen=True, slots=True)
class Base:
    """A base type of FIT: its number and its code for `struct`."""

    number: int
    code: str


ENUM, UINT16, UINT32, UINT32Z = Base(0x00, "B"), Base(0x84, "H"), Base(0x86, "I"), Base(0x8C, "I")
TIMES = ((253, UINT32), (0, ENUM), (1, ENUM), (2, UINT32), (7, UINT32), (8, UINT32), (9, UINT32))
"""Fields of a lap and a session: timestamp, event, its type, start, elapsed time, timer time, distance."""

FIELDS: dict[Message, Sequence[tuple[int, Base]]] = {
    Message.FILE_ID: ((0, ENUM), (1, UINT16), (2, UINT16), (3, UINT32Z), (4, UINT32)),
    Message.EVENT: ((253, UINT32), (0, ENUM), (1, ENUM)),
    Message.RECORD: ((253, UINT32), (5, UINT32)),
    Message.LAP: ((254, UINT16), *TIMES, (25, ENUM), (39, ENUM)),
    Message.SESSION: ((254, UINT16), *TIMES, (5, ENUM), (6, ENUM), (25, UINT16), (26, UINT16)),
    Message.ACTIVITY: ((253, UINT32), (0, UINT32), (1, UINT16), (2, ENUM), (3, ENUM), (4, ENUM), (5, UINT32)),
}
"""The fields written of each message."""


def recording_of(run: Run, utc_offset: timedelta) -> bytes:
    """Return a run with a distance as a FIT file; the offset is that of the place from UTC."""
    body = b"".join(_messages(run, utc_offset))
    head = struct.pack("<BBHI4s", 14, PROTOCOL, PROFILE, len(body), b".FIT")
    whole = head + struct.pack("<H", checksum(head)) + body
    return whole + struct.pack("<H", checksum(whole))


def checksum(data: bytes) -> int:
    """Return FIT's checksum of bytes, CRC-16/ARC."""
    found = 0
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = found >> 1 ^ (POLYNOMIAL if found & 1 else 0)
    return found


def _messages(run: Run, utc_offset: timedelta) -> Iterator[bytes]:
    """Yield the definition and the values of each message, in the order of Garmin's own watches."""
    start, end = _stamp(run.start), _stamp(run.end)
    laps = run.laps or (_whole(run),)
    yield _definition(Message.FILE_ID)
    yield _values(Message.FILE_ID, ACTIVITY_FILE, DEVELOPMENT, 0, start or 1, start)
    yield _definition(Message.EVENT)
    yield _values(Message.EVENT, start, TIMER, START)
    yield _definition(Message.RECORD)
    yield _values(Message.RECORD, start, 0)
    covered = 0.0
    for lap in laps:
        covered = min(covered + (lap.distance or 0), run.distance or 0)
        yield _values(Message.RECORD, min(_stamp(lap.end), end), _centimetres(covered))
    yield _values(Message.EVENT, end, TIMER, STOP_ALL)
    yield _definition(Message.LAP)
    for number, lap in enumerate(laps):
        yield _values(Message.LAP, number, *_times(lap, LAP), RUNNING, TREADMILL)
    yield _definition(Message.SESSION)
    yield _values(Message.SESSION, 0, *_times(_whole(run), SESSION), RUNNING, TREADMILL, 0, len(laps))
    local = _stamp(run.end + utc_offset)
    yield _definition(Message.ACTIVITY)
    yield _values(Message.ACTIVITY, end, _milliseconds(run.duration), 1, 0, ACTIVITY, STOP, local)


def _whole(run: Run) -> Lap:
    return Lap(
        start=run.start, elapsed_time=run.elapsed_time or run.duration, moving_time=run.duration, distance=run.distance
    )


def _times(lap: Lap, event: int) -> tuple[int, ...]:
    elapsed = lap.elapsed_time or lap.moving_time
    timer = elapsed if lap.moving_time is None else lap.moving_time
    figures = (_milliseconds(elapsed), _milliseconds(timer), _centimetres(lap.distance or 0))
    return (_stamp(lap.end), event, STOP, _stamp(lap.start), *figures)


def _stamp(instant: datetime) -> int:
    return round((instant - EPOCH).total_seconds())


def _milliseconds(seconds: float | None) -> int:
    return round(1000 * min(seconds or 0, MOST_SECONDS))


def _centimetres(metres: float) -> int:
    return round(100 * metres)


def _local(message: Message) -> int:
    return list(Message).index(message)


def _definition(message: Message) -> bytes:
    fields = FIELDS[message]
    head = struct.pack("<BBBHB", 0x40 | _local(message), 0, 0, message, len(fields))
    return head + b"".join(bytes((number, struct.calcsize(base.code), base.number)) for number, base in fields)


def _values(message: Message, *values: int) -> bytes:
    codes = "".join(base.code for _, base in FIELDS[message])
    return struct.pack(f"<B{codes}", _local(message), *values)
