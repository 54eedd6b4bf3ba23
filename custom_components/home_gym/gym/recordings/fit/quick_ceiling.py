"""Quick ceiling of a FIT file's sessions, by the bytes behind their first definition.

Watches write sessions last, so that few bytes are left; finding them takes a tenth of the time of a walk over all
messages.
"""

from collections.abc import Iterator

from .layout import BIG_ENDIAN, figure_fields
from .profile import Kind
from .walk import COMPRESSED, DEFINITION, DEFINITION_HEAD

_LITTLE, _BIG = Kind.SESSION.to_bytes(2, "little"), Kind.SESSION.to_bytes(2, "big")
_HEAD = 3
"""Bytes of a definition before its kind: header, a reserved one, byte order."""

_NO_SIZE = 2
"""Least bytes of a message with a figure: its header and one more."""

MAX_DEFINITIONS = 20
"""Possible definitions that are looked at; a file with more of them has to be walked."""


def quick_ceiling(data: bytes) -> int:
    """Return a number that the sessions of a FIT file, or of several in sequence, don't exceed.

    Bytes that only look like a definition make it too high, never too low.
    """
    first, least = len(data), len(data)
    for number, place in enumerate(_definitions(data)):
        if number == MAX_DEFINITIONS:
            return len(data)
        if size := _size(data, place):
            first, least = min(first, place), min(least, size)
    return (len(data) - first) // max(least, _NO_SIZE)


def _definitions(data: bytes) -> Iterator[int]:
    """Yield the positions of all bytes that may be a definition of sessions."""
    for kind in (_LITTLE, _BIG):
        place = -1
        while (place := data.find(kind, place + 1)) >= 0:
            if place >= _HEAD and (data[place - 1] == BIG_ENDIAN) is (kind is _BIG):
                head = place - _HEAD
                if data[head] & (COMPRESSED | DEFINITION) == DEFINITION:
                    yield head


def _size(data: bytes, place: int) -> int:
    """Return the bytes of a message as defined, without the fields of apps; 0 for a session without any figure."""
    fields = place + DEFINITION_HEAD
    end = fields + 3 * data[fields - 1] if fields <= len(data) else len(data) + 1
    if end > len(data):
        return 0
    widths = data[fields + 1 : end : 3]
    declared = zip(data[fields:end:3], widths, data[fields + 2 : end : 3], strict=True)
    return 0 if figure_fields(Kind.SESSION).isdisjoint(declared) else 1 + sum(widths)
