"""Writers of stored values, derived from annotations; None stands for values that are written unchanged."""

from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date, datetime, timedelta
from typing import Any, get_args, get_origin

from .json_values import Plain, text_of
from .schema import Dialect, Part, dialect_in, parts_of, plain_annotation, without_none

type Writer = Callable[[Any], Any]

SCALARS: dict[type, Writer] = {datetime: text_of, date: date.isoformat, timedelta: timedelta.total_seconds}


def writer_of(annotation: Any, dialect: Dialect) -> Writer | None:
    """Return the writer of an annotation."""
    annotation, optional = without_none(annotation)
    if optional:
        write = writer_of(annotation, dialect)
        return write and _or_none(write)
    bare, extras = plain_annotation(annotation)
    dialect = dialect_in(extras, dialect)
    if is_dataclass(bare) and isinstance(bare, type):
        return _row(bare, dialect) if bare in dialect.rows else object_writer(bare, dialect)
    return SCALARS.get(bare) or _collection(get_origin(bare), get_args(bare), dialect)


def _collection(kind: Any, arguments: tuple[Any, ...], dialect: Dialect) -> Writer | None:
    if kind is tuple and arguments[-1] is not ...:
        return _fixed([writer_of(item, dialect) for item in arguments])
    if kind is frozenset:
        return sorted
    if kind in (tuple, list):
        return _items(writer_of(arguments[0], dialect))
    if kind is dict:
        return _mapping(writer_of(arguments[1], dialect))
    return None


def _or_none(write: Writer) -> Writer:
    return lambda value: None if value is None else write(value)


def _items(write: Writer | None) -> Writer:
    return (lambda items: [write(item) for item in items]) if write else list


def _fixed(writers: list[Writer | None]) -> Writer:
    if not any(writers):
        return list
    return lambda items: [write(item) if write else item for write, item in zip(writers, items, strict=True)]


def _mapping(write: Writer | None) -> Writer:
    # An enumeration's member is a string that JSON libraries accept as a value, but not all of them as a key.
    return lambda items: {str(key): write(item) if write else item for key, item in items.items()}


def _row(kind: type, dialect: Dialect) -> Writer:
    parts = parts_of(kind, dialect)
    write = _fixed([_part_writer(part, dialect) for part in parts])
    names = [part.name for part in parts]
    return lambda value: write([getattr(value, name) for name in names])


def object_writer(kind: type, dialect: Dialect) -> Writer:
    """Return the writer of a class."""
    parts = parts_of(kind, dialect)
    keyed = [(part.name, None if part.stored.inline else part.key, _part_writer(part, dialect)) for part in parts]
    # Only values with parts cost a call; with one for each value, writing a whole journal would take a second.
    omitted = dialect.omitted

    def write_object(value: object) -> Plain:
        plain: Plain = {}
        for name, key, write in keyed:
            part = getattr(value, name)
            if part in omitted:
                continue
            written = part if write is None or part is None else write(part)
            if key is None:
                plain |= written
            else:
                plain[key] = written
        return plain

    return write_object


def _part_writer(part: Part, dialect: Dialect) -> Writer | None:
    if part.stored.keyed_by:
        _, value = get_args(plain_annotation(part.annotation)[0])
        write = _items(writer_of(value, dialect))
        return lambda items: write(items.values())
    return writer_of(part.annotation, dialect)
