"""Check for complete files, as far as the format allows before parsing.

A file that is still being copied looks like a damaged one; its format often distinguishes the two.
"""

from io import BytesIO
import re

from .containers import Budget, inflate, is_gzip, is_zip, opened_zip
from .errors import RecordingError, RecordingFault
from .fit.crc import is_whole
from .fit.parser import CHECKSUM_SIZE, MAX_CHAINED, MIN_HEADER, is_fit
from .memory import MAX_MEMORY, Memory
from .phone_json import is_json

_CLOSED = re.compile(rb"</(?:\w+:)?(?:gpx|TrainingCenterDatabase)\s*>$")
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_HEAD = 4096
_TAIL = 200


def completeness(data: bytes) -> bool | None:
    """Return whether bytes are a complete recording, or None if the format doesn't show it."""
    start = data[:_HEAD].lstrip(_BLANK)
    # Some programs allocate the whole file first and fill it afterwards.
    if len(data) < MIN_HEADER or not start:
        return False
    if is_fit(data):
        return _is_fit_complete(data)
    if is_gzip(data):
        return _is_gzip_complete(data)
    if is_zip(data):
        return _is_zip_complete(data)
    if is_json(data):
        # A closing bracket may end an inner list; without one at the end, more is to come.
        return None if data[-_TAIL:].rstrip().endswith((b"}", b"]")) else False
    return _is_xml_complete(data) if start.startswith(b"<") else None


def _is_fit_complete(data: bytes) -> bool | None:
    """Check each of the chained files; trailing bytes of another format can't be judged."""
    position = 0
    for _ in range(MAX_CHAINED):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + data[position] + size + CHECKSUM_SIZE
        # A header has its own checksum, so zeros after it match any file checksum; content begins with a definition.
        first = position + data[position]
        begun = not size or data[first : first + 1] != b"\0"
        if end > len(data) or not begun or not is_whole(memoryview(data)[position:end]):
            return False
        position = end
        if not is_fit(data[position : position + MIN_HEADER]):
            break
    rest = data[position : position + MIN_HEADER]
    if not rest:
        return True
    # Fewer bytes than a header may be the beginning of another file.
    return False if len(rest) < MIN_HEADER else None


def _is_gzip_complete(data: bytes) -> bool:
    """Look for the end of the stream; a hostile or oversized stream counts as complete, as growing won't help."""
    try:
        return inflate(data, Budget(), Memory(MAX_MEMORY - len(data))).complete
    except RecordingError as error:
        return error.reason is not RecordingFault.DAMAGED


def _is_zip_complete(data: bytes) -> bool:
    """Look for the list of members at the end; one too large to be read counts as complete, as growing won't help."""
    try:
        with opened_zip(BytesIO(data), Memory(MAX_MEMORY - len(data))):
            return True
    except RecordingError as error:
        return error.reason is not RecordingFault.DAMAGED


def _is_xml_complete(data: bytes) -> bool:
    """Look for the end of the root element; UTF-16 is matched as ASCII with zero bytes between."""
    if b"\0" in data[:4] and len(data) % 2:
        return False
    return _CLOSED.search(data[-_TAIL:].replace(b"\0", b"").rstrip()) is not None
