"""Ceiling of a recording: a number that its activities don't exceed, found in a fraction of the time to read it."""

from .containers import Budget, inflate, is_gzip
from .errors import RecordingError
from .fit.parser import is_fit, most_sessions
from .memory import Memory
from .phone_json import is_json
from .xml import is_xml

UNKNOWN = 1_000_000_000
"""Ceiling of a recording in a form that is not looked into."""


def ceiling(data: bytes, memory: Memory) -> int:
    """Return a number that the activities of a recording don't exceed; 0 for one that can't be read."""
    try:
        if is_gzip(data):
            with memory.held(len(data)):
                data = inflate(data, Budget(), memory).data
        if is_fit(data):
            return most_sessions(data, memory)
    except RecordingError:
        return 0
    if is_xml(data):
        # A track ends with its name, in a namespace or not; UTF-16 has zeros between the letters.
        return UNKNOWN if b"\0" in data[:4] else data.count(b"trk>") + data.count(b"Activity")
    if is_json(data):
        return data.count(b"{")
    return UNKNOWN
