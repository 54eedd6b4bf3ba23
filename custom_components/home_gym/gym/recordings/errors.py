"""Errors of recordings, and their translation from those of the standard library's parsers."""

from collections.abc import Iterator
from contextlib import contextmanager
import csv
from enum import StrEnum
import struct
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile
import zlib


class RecordingFault(StrEnum):
    """Reasons for rejecting a recording; the keys of their translations."""

    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown_format"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    LONG_TEXT = "long_text"
    HOSTILE = "hostile"
    NO_RECORDING = "no_recording"
    NO_SPORT = "no_sport"
    NO_START = "no_start"
    IMPOSSIBLE = "impossible"
    FUTURE = "future"


class RecordingError(Exception):
    """A recording that can't be read.

    `reason` is shown to users by its translation; `detail` goes to the log.
    """

    def __init__(self, reason: RecordingFault, detail: str) -> None:
        """Store the reason and the detail."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


# ValueError includes UnicodeError and JSONDecodeError, RuntimeError includes NotImplementedError of ZIP methods and
# RecursionError, LookupError is an encoding that does not exist.
_PARSER_ERRORS = (
    ArithmeticError,
    BadZipFile,
    EOFError,
    ExpatError,
    LookupError,
    MemoryError,
    RuntimeError,
    ValueError,
    csv.Error,
    struct.error,
    zlib.error,
)


@contextmanager
def parser_errors(of: str) -> Iterator[None]:
    """Raise RecordingError for every exception that a parser of the standard library raises for damaged bytes.

    `of` names the format in the detail. OSError passes unchanged, since a stream may be on a failing drive.
    """
    try:
        yield
    except _PARSER_ERRORS as error:
        raise RecordingError(RecordingFault.DAMAGED, f"{of}: {error or type(error).__name__}") from error
