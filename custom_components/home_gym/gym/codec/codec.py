"""The codec of a stored class."""

from collections.abc import Callable

from .json_values import Plain
from .readers import items_reader, object_reader
from .schema import CodecError, Dialect
from .writers import object_writer


class Codec[T]:
    """Reader and writer of one class in the dialect of a file, derived from its annotations and `stored`.

    `read`, and `read_all` for lists, raise CodecError with the path to the invalid field.
    """

    def __init__(self, kind: type[T], dialect: Dialect, check: Callable[[T], None] | None = None) -> None:
        """Derive reader and writer; `check` raises ValueError for parts that contradict each other."""
        # Attributes, not methods: a journal has a hundred thousand facts.
        self.read: Callable[[object], T] = _checked(object_reader(kind, dialect), check)
        self.read_all: Callable[[object], list[T]] = items_reader(list, self.read)
        self.write: Callable[[T], Plain] = object_writer(kind, dialect)


def _checked[T](read: Callable[[object], T], check: Callable[[T], None] | None) -> Callable[[object], T]:
    if check is None:
        return read

    def read_checked(plain: object) -> T:
        value = read(plain)
        try:
            check(value)
        except ValueError as error:
            raise CodecError(str(error)) from error
        return value

    return read_checked
