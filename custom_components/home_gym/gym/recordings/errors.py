"""What can be wrong with a recording."""

from enum import StrEnum


class RecordingFault(StrEnum):
    """Why a recording cannot be read; the keys of its translations."""

    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown_format"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    HOSTILE = "hostile"
    NO_SPORT = "no_sport"
    NO_START = "no_start"
    IMPOSSIBLE = "impossible"
    FUTURE = "future"


class RecordingError(Exception):
    """A recording that cannot be read.

    `reason` is for people, by way of the translations; `detail` is for the log.
    """

    def __init__(self, reason: RecordingFault, detail: str) -> None:
        """Keep the reason and the detail apart."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
