"""Reads values that JSON knows and trusts none of them; what is not as it should be raises TypeError or ValueError."""

from datetime import UTC, datetime
from math import isfinite

from .journal import YEARS


def expect[T](kind: type[T], plain: object) -> T:
    """Return a value of a kind; raises TypeError for one of another."""
    if not isinstance(plain, kind):
        raise TypeError(f"{kind.__name__} was expected, not {type(plain).__name__}")
    return plain


def figure(plain: object) -> float:
    """Return a figure that is finite and not below zero; raises TypeError for anything else."""
    if isinstance(plain, bool) or not isinstance(plain, int | float) or not isfinite(plain) or plain < 0:
        raise TypeError(f"a figure was expected, not {plain!r}")
    return float(plain)


def instant(plain: object) -> datetime:
    """Return an instant in UTC; raises TypeError for no text, ValueError for what nobody can have seen."""
    read = datetime.fromisoformat(expect(str, plain))
    if read.tzinfo is None or read.year not in YEARS:
        raise ValueError(f"an instant that nobody can have seen: {read}")
    return read.astimezone(UTC)


def text_of(at: datetime) -> str:
    """Return an instant as it is written down: in ISO 8601 and UTC."""
    return at.astimezone(UTC).isoformat()
