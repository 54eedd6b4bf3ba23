"""Strict readers of single JSON values; each raises TypeError or ValueError for any other value."""

from datetime import UTC, datetime, timedelta
from typing import Any

from ..bounds import LARGEST_FIGURE, YEARS, is_figure

type Plain = dict[str, Any]

# A membership test of the range takes as long again.
FIRST_YEAR, LAST_YEAR = YEARS[0], YEARS[-1]


def expect[T](kind: type[T], plain: object) -> T:
    """Return a value of a type; raises TypeError for one of another."""
    if not isinstance(plain, kind):
        raise TypeError(f"{kind.__name__} was expected, not {type(plain).__name__}")
    return plain


def text(plain: object) -> str:
    """Return a text; one with half a character, which JSON can spell, couldn't be written again."""
    if not isinstance(plain, str):
        raise TypeError(f"a text was expected, not {type(plain).__name__}")
    if not plain.isascii():
        plain.encode()
    return plain


def flag(plain: object) -> bool:
    """Return a boolean."""
    if plain is True or plain is False:
        return plain
    raise TypeError(f"true or false was expected, not {type(plain).__name__}")


def figure(plain: object) -> float:
    """Return a figure that is finite, not below zero and not absurd."""
    # Nearly every figure of a journal is a plain float, and there are a million of them.
    if type(plain) is float and 0 <= plain < LARGEST_FIGURE:
        return plain
    if not isinstance(plain, int | float) or isinstance(plain, bool) or not is_figure(plain):
        raise TypeError(f"a figure was expected, not {plain!r:.40}")
    return plain


def count(plain: object) -> int:
    """Return a whole number that is not below zero."""
    number = figure(plain)
    if number != int(number):
        raise ValueError(f"a whole number was expected, not {number}")
    return int(number)


def counts(plain: object) -> tuple[int, ...]:
    """Return whole numbers, none below zero; they are checked together, since each run has sixty."""
    numbers = expect(list, plain)
    if not {int}.issuperset(map(type, numbers)) or (numbers and not (min(numbers) >= 0 and is_figure(max(numbers)))):
        raise TypeError("whole numbers were expected, none below zero")
    return tuple(numbers)


def instant(plain: object) -> datetime:
    """Return an instant in UTC, of the years that a journal can keep."""
    # Raises TypeError itself for anything but a text.
    read = datetime.fromisoformat(plain)  # type: ignore[arg-type]
    if read.tzinfo is not UTC:
        read = _in_utc(read)
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ValueError(f"an instant of this age was expected, not {read}")
    return read


def seconds(plain: object) -> timedelta:
    """Return a duration that is stored in seconds."""
    return timedelta(seconds=figure(plain))


def text_of(at: datetime) -> str:
    """Return an instant as it is stored: in ISO 8601 and UTC."""
    return at.isoformat() if at.tzinfo is UTC else at.astimezone(UTC).isoformat()


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"an instant with a time zone was expected, not {at}")
    return at.astimezone(UTC)
