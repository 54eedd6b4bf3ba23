"""Parser of FIT files, the watches' own format.

A file is a header, messages, and a checksum; several may follow one another. The bytes overrule the size in the header:
recorders that die leave a size of 0, and copies get truncated. The readable rest is returned, marked incomplete.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from ...runs.activity import Activity
from ..errors import RecordingError, RecordingFault
from ..memory import Memory, size_of
from .crc import is_whole
from .figures import figures
from .profile import FIELDS, Kind
from .quick_ceiling import quick_ceiling
from .walk import Allowance, Walk

MARK, MARK_AT = b".FIT", 8
MIN_HEADER = 12
CHECKSUM_SIZE = 2

FEW_SESSIONS = 50
"""Ceiling of sessions that is not worth a walk to lower it."""

MAX_CHAINED = 1000
"""Files in sequence; a watch chains seven."""


def is_fit(data: bytes) -> bool:
    """Return whether bytes begin with a FIT header."""
    return _is_header(data, 0)


def read_fit(data: bytes, memory: Memory) -> list[Activity]:
    """Return the activities of one or several concatenated FIT files.

    Raises RecordingError if nothing can be read because the file is damaged, hostile, or lacks the sport, and for one
    that takes too much time or memory.
    """
    activities: list[Activity] = []
    failure: RecordingError | None = None
    for part in _chained(data, memory):
        cut_off = part.walk.broken or not part.as_declared
        end = part.end + CHECKSUM_SIZE
        complete = not cut_off and end <= len(data) and is_whole(memoryview(data)[part.start : end])
        with memory.held(part.walk.size):
            try:
                found = figures(data, part.walk, cut_off=cut_off, complete=complete)
            except RecordingError as error:
                failure = failure or error
                continue
        memory.keep(sum(map(size_of, found)))
        activities += found
    if failure and not activities:
        raise failure
    return activities


def most_sessions(data: bytes, memory: Memory) -> int:
    """Return a number that the activities of concatenated FIT files don't exceed; raises RecordingError."""
    if (few := data.count(MARK) + quick_ceiling(data)) <= FEW_SESSIONS:
        return few
    return sum(max(1, len(part.walk.messages(Kind.SESSION))) for part in _chained(data, memory, (Kind.SESSION,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One of several concatenated files: its start, the end of its messages, and whether that is the header's."""

    start: int
    end: int
    as_declared: bool
    walk: Walk


def _chained(data: bytes, memory: Memory, kinds: Container[int] = FIELDS) -> Iterator[_Part]:
    """Yield the concatenated files; raises RecordingError for too many, and for messages beyond the allowance."""
    allowance = Allowance(memory=memory)
    position = 0
    for _ in range(MAX_CHAINED):
        end, cut_off = _end(data, position)
        walk = Walk(data, position + data[position], end, allowance, kinds)
        yield _Part(start=position, end=end, as_declared=not cut_off, walk=walk)
        position = end + CHECKSUM_SIZE
        if not _is_header(data, position):
            return
    raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_CHAINED} files chained")


def _is_header(data: bytes, position: int) -> bool:
    """Return whether a FIT file's header is at a position."""
    mark = position + MARK_AT
    return data[mark : mark + len(MARK)] == MARK and data[position] >= MIN_HEADER


def _end(data: bytes, position: int) -> tuple[int, bool]:
    """Return the end of a file's messages, and whether it differs from the header's."""
    size = int.from_bytes(data[position + 4 : position + 8], "little")
    end = position + data[position] + size
    return (end, False) if size and end <= len(data) else (len(data), True)
