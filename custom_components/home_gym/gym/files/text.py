"""Numbers and instants as XML writes them; what can't be read is None."""

from datetime import UTC, datetime
from math import isfinite

CLOCK_SET = datetime(1998, 7, 3, tzinfo=UTC)
"""Instants before this come from devices whose clock was never set."""


def number(text: str | None) -> float | None:
    """Return a number that is finite and not negative."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if isfinite(value) and value >= 0 else None


def instant(text: str | None) -> datetime | None:
    """Return an instant in UTC; one that names no offset is taken to be in UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError, OverflowError:
        return None
    return moment if moment >= CLOCK_SET else None
