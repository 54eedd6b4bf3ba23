"""Whether a recording is all there, as far as its format lets one say before it is read.

A file that is still being copied looks like a damaged one; its format often knows better.
"""

from io import BytesIO
import re
from zipfile import is_zipfile

from .containers import Budget, inflate, is_gzip, is_zip
from .errors import RecordingError, RecordingFault
from .fit.crc import is_whole
from .fit.parser import CHECKSUM_SIZE, MAX_CHAINED, MIN_HEADER, is_fit
from .phone_json import is_json

_CLOSED = re.compile(rb"</(?:\w+:)?(?:gpx|TrainingCenterDatabase)\s*>$")
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_HEAD = 4096
_TAIL = 200


def completeness(data: bytes) -> bool | None:
    """Tell whether bytes are all of a recording: yes, no, or None where the format can't say."""
    start = data[:_HEAD].lstrip(_BLANK)
    # Some copiers claim the whole room first and fill it afterwards.
    if len(data) < MIN_HEADER or not start:
        return False
    if is_fit(data):
        return _is_fit_complete(data)
    if is_gzip(data):
        return _is_gzip_complete(data)
    if is_zip(data):
        return is_zipfile(BytesIO(data))
    if is_json(data):
        # A closing bracket may be any list's; none at the end means that there is more to come.
        return None if data[-_TAIL:].rstrip().endswith((b"}", b"]")) else False
    return _is_xml_complete(data) if start.startswith(b"<") else None


def _is_fit_complete(data: bytes) -> bool | None:
    """Check each of the files that follow one another; what comes after the last isn't the format's business."""
    position = 0
    for _ in range(MAX_CHAINED):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + data[position] + size + CHECKSUM_SIZE
        # A header guards itself, so that zeros after it agree with any checksum; a file begins with a definition.
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
    # Too short for another header, it may be the beginning of one.
    return False if len(rest) < MIN_HEADER else None


def _is_gzip_complete(data: bytes) -> bool:
    """Look for the end of the stream; one that is refused gets no better by growing."""
    try:
        return inflate(data, Budget()).complete
    except RecordingError as error:
        return error.reason is not RecordingFault.DAMAGED


def _is_xml_complete(data: bytes) -> bool:
    """Look for the end of the root element; text in UTF-16 is the same text with zero bytes between."""
    if b"\0" in data[:4] and len(data) % 2:
        return False
    return _CLOSED.search(data[-_TAIL:].replace(b"\0", b"").rstrip()) is not None
