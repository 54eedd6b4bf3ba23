"""Reads values that JSON knows and trusts none of them; what is not as it should be raises TypeError or ValueError."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from .bounds import LARGEST_FIGURE, YEARS, is_figure

type Plain = dict[str, Any]
type Reader = Callable[[Any], Any]


def expect[T](kind: type[T], plain: object) -> T:
    """Return a value of a kind; raises TypeError for one of another."""
    if not isinstance(plain, kind):
        raise TypeError(f"{kind.__name__} was expected, not {type(plain).__name__}")
    return plain


def text(plain: object) -> str:
    """Return a text."""
    return expect(str, plain)


def flag(plain: object) -> bool:
    """Return what is true or false."""
    return expect(bool, plain)


def figure(plain: object) -> float:
    """Return a figure that is finite, not below zero and not absurd; raises TypeError for anything else."""
    # What nearly every figure of a journal is, and there are a million of them.
    if type(plain) is float and 0 <= plain < LARGEST_FIGURE:
        return plain
    if not isinstance(plain, int | float) or isinstance(plain, bool) or not is_figure(plain):
        raise TypeError(f"a figure was expected, not {type(plain).__name__}")
    return plain


def count(plain: object) -> int:
    """Return a whole number that is not below zero."""
    number = figure(plain)
    if number != int(number):
        raise ValueError(f"a count was expected, not {number}")
    return int(number)


def instant(plain: object) -> datetime:
    """Return an instant in UTC; raises TypeError for no text, ValueError for what nobody can have seen."""
    # Raises TypeError itself where it is given no text.
    read = datetime.fromisoformat(plain)  # type: ignore[arg-type]
    if read.tzinfo is not UTC:
        read = _in_utc(read)
    if read.year not in YEARS:
        raise ValueError(f"an instant that nobody can have seen: {read}")
    return read


def day(plain: object) -> date:
    """Return a day."""
    return date.fromisoformat(text(plain))


def optional[T](read: Callable[[Any], T]) -> Callable[[Any], T | None]:
    """Return what reads as this does, or None."""
    return lambda plain: None if plain is None else read(plain)


def one_of[T: StrEnum](kind: type[T]) -> Callable[[str], T]:
    """Return what reads a member; raises KeyError for what is none."""
    return {member.value: member for member in kind}.__getitem__


def tuple_of(read: Reader) -> Reader:
    """Return what reads a list of such."""
    return lambda plain: tuple([read(part) for part in expect(list, plain)])


def read[T](kind: Callable[..., T], readers: Mapping[str, Reader], plain: object) -> T:
    """Read an object by its parts; what is not known of it is passed over."""
    return kind(**{name: readers[name](part) for name, part in expect(dict, plain).items() if name in readers})


def text_of(at: datetime) -> str:
    """Return an instant as it is written down: in ISO 8601 and UTC."""
    return at.astimezone(UTC).isoformat()


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {at}")
    return at.astimezone(UTC)
