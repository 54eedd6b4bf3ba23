"""Numbers and instants as XML writes them; what can't be read is None."""

from datetime import UTC, datetime

EARLIEST_CLOCK = datetime(1998, 7, 3, tzinfo=UTC)
"""Instants before this come from devices whose clock was never set."""

CLOCK_WRONG = datetime(2200, 1, 1, tzinfo=UTC)
"""Instants from this on come from devices whose clock was set wrong."""

LARGEST = 10_000_000
"""No figure of an effort is greater: seconds of four months, metres of a quarter of the way around the world."""


def number(text: str | None) -> float | None:
    """Return a number from 0 to the largest that makes sense."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value <= LARGEST else None


def instant(text: str | None) -> datetime | None:
    """Return an instant in UTC; one that names no offset is taken to be in UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError, OverflowError:
        return None
    return moment if EARLIEST_CLOCK <= moment < CLOCK_WRONG else None
