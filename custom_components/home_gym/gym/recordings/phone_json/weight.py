"""Memory of a decoded JSON document, estimated from its bytes before it is decoded."""

import re

from ..errors import RecordingError, RecordingFault

MAX_NAMES = 10_000
"""Distinct names in a document; the richest sender has three hundred."""

# Memory in bytes: of an empty list, of an empty object, of each entry of an object, of each value in a list with its
# place there, and more for a text.
_LIST, _OBJECT, _ENTRY, _VALUE, _TEXT = 96, 150, 62, 42, 24

_NAME = re.compile(rb'"([^"\\]{0,80})"[ \t\r\n]*:')
# Four bytes for each character of a text with a character beyond the first 65,536, two with one beyond the first 256.
_WIDE, _MIDDLE = re.compile(rb"[\xf0-\xf4]|\\u[dD][89abAB]"), re.compile(rb"[\xc4-\xef]|\\u")


def weight(data: bytes) -> int:
    """Return the bytes of memory that a document takes, its text included, while it is read; never too few.

    Raises RecordingError for a document with more than `MAX_NAMES` names.
    """
    names: set[bytes] = set()
    entries = named = 0
    for found in _NAME.finditer(data):
        entries += 1
        name = found[1]
        named += len(name)
        names.add(name)
        if len(names) > MAX_NAMES:
            raise RecordingError(RecordingFault.HOSTILE, f"JSON: more than {MAX_NAMES} names")
    lists, objects = data.count(b"["), data.count(b"{")
    values = max(data.count(b",") + lists + objects - entries, 0)
    texts = max(data.count(b'"') // 2 - entries, 0)
    width = 4 if _WIDE.search(data) else 2 if _MIDDLE.search(data) else 1
    return (
        width * (2 * len(data) - named)
        + _LIST * lists
        + _OBJECT * objects
        + _ENTRY * entries
        + _VALUE * values
        + _TEXT * texts
    )
