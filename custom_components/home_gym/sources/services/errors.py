"""Failures of a service, by kind."""

from datetime import timedelta
from enum import StrEnum


class ServiceFault(StrEnum):
    """Kind of a failure."""

    REFUSED = "refused"
    """The key isn't valid any more, or doesn't allow this."""

    MISSING = "missing"
    """There is no such thing, such as a recording of an activity typed in by hand."""

    BUSY = "busy"
    """Too many requests."""

    UNREACHABLE = "unreachable"
    FAILING = "failing"
    """The service answers with an error of its own."""

    ODD = "odd"
    """The answer isn't of the documented form, such as a page in place of data."""

    TOO_LARGE = "too_large"


class ServiceError(Exception):
    """A request that gave nothing; `retry_after` is the time that the service asked to wait."""

    def __init__(self, fault: ServiceFault, detail: str, *, retry_after: timedelta | None = None) -> None:
        """Name the kind, and the details for the log."""
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.retry_after = retry_after
