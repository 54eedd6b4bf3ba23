"""Whether a recording is all there, as far as its format lets one say before it is read.

A file that is still being copied looks like a damaged one; its format often knows better.
"""

import re

_CLOSED = re.compile(rb"</(?:\w+:)?(?:gpx|TrainingCenterDatabase)\s*>$")
_FIT_MARK = b".FIT"
_CHECKSUM = 2


def completeness(data: bytes) -> bool | None:
    """Tell whether bytes are all of a recording: yes, no, or None where the format can't say."""
    if data[8:12] == _FIT_MARK:
        return _fit_is_complete(data)
    # Text in UTF-16 is the same text with zero bytes between.
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<":
        return _CLOSED.search(data[-200:].replace(b"\0", b"").rstrip()) is not None
    return None


def _fit_is_complete(data: bytes) -> bool:
    """Follow the sizes in the headers of chained files; what follows the last one is not the format's business."""
    position = 0
    while data[position + 8 : position + 12] == _FIT_MARK:
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        position += data[position] + size + _CHECKSUM
    return position <= len(data)
