"""Parser of FIT files, the watches' own format.

A file is a header, messages, and a checksum; several may follow one another. The bytes overrule the size in the header:
recorders that die leave a size of 0, and copies get truncated. The readable rest is returned, marked incomplete.
"""

from ...runs.activity import Activity
from ..errors import RecordingError, RecordingFault
from .crc import is_whole
from .figures import figures
from .walk import Walk

MARK, MARK_AT = b".FIT", 8
MIN_HEADER = 12
CHECKSUM_SIZE = 2

MAX_CHAINED = 1000
"""Files in sequence; a watch chains seven."""


def is_fit(data: bytes) -> bool:
    """Return whether bytes begin with a FIT header."""
    return _is_header(data, 0)


def read_fit(data: bytes) -> list[Activity]:
    """Return the activities of one or several concatenated FIT files.

    Raises RecordingError if nothing can be read because the file is damaged, hostile, or lacks the sport.
    """
    activities: list[Activity] = []
    failure: RecordingError | None = None
    position = 0
    for _ in range(MAX_CHAINED):
        end, cut_off = _end(data, position)
        walk = Walk(data, position + data[position], end)
        cut_off |= walk.broken
        next_position = end + CHECKSUM_SIZE
        complete = not cut_off and next_position <= len(data) and is_whole(memoryview(data)[position:next_position])
        try:
            activities += figures(data, walk, cut_off=cut_off, complete=complete)
        except RecordingError as error:
            failure = failure or error
        position = next_position
        if not _is_header(data, position):
            break
    else:
        raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_CHAINED} files chained")
    if failure and not activities:
        raise failure
    return activities


def _is_header(data: bytes, position: int) -> bool:
    """Return whether a FIT file's header is at a position."""
    mark = position + MARK_AT
    return data[mark : mark + len(MARK)] == MARK and data[position] >= MIN_HEADER


def _end(data: bytes, position: int) -> tuple[int, bool]:
    """Return the end of a file's messages, and whether it differs from the header's."""
    size = int.from_bytes(data[position + 4 : position + 8], "little")
    end = position + data[position] + size
    return (end, False) if size and end <= len(data) else (len(data), True)
