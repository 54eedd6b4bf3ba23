"""Errors of recordings."""

from enum import StrEnum


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
