"""The codec of a stored class."""

from collections.abc import Callable
from typing import Any

from .json_values import Plain
from .readers import FAULTS, reader_of
from .schema import CodecError, Dialect
from .writers import writer_of


class Codec[T]:
    """Reads and writes one class in the dialect of a file, as its annotations and `stored` say."""

    def __init__(self, kind: type[T], dialect: Dialect, check: Callable[[T], None] | None = None) -> None:
        """Derive reader and writer; `check` raises ValueError for parts that can't be true together."""
        read: Callable[[Any], Any] = reader_of(kind, dialect)
        write = writer_of(kind, dialect)
        if write is None:
            raise TypeError(f"{kind.__name__} has no parts")
        self._read, self._write, self._check = read, write, check

    def read(self, plain: object) -> T:
        """Read an object; raises CodecError with the path to the field that doesn't fit."""
        try:
            value: T = self._read(plain)
            if self._check:
                self._check(value)
        except CodecError:
            raise
        except FAULTS as error:
            raise CodecError(f"{type(error).__name__}: {error}") from error
        return value

    def write(self, value: T) -> Plain:
        """Return an object as JSON values."""
        plain: Plain = self._write(value)
        return plain
