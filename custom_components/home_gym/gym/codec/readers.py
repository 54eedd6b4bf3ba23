"""Readers of stored values, derived from annotations.

A reader returns the value or raises one of `FAULTS`. Reading doesn't track its position: the path to a fault is found
by a second look at the parts.
"""

from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from datetime import date, datetime, timedelta
from operator import call
from typing import Any, NoReturn, get_args, get_origin

from .json_values import count, counts, expect, figure, flag, instant, seconds, text
from .schema import (
    CodecError,
    Dialect,
    Part,
    Within,
    dialect_in,
    error_at,
    parts_of,
    plain_annotation,
    values_of,
    without_none,
)

type Reader = Callable[[Any], Any]

FAULTS = (KeyError, TypeError, ValueError, OverflowError)
SCALARS: dict[type, Reader] = {
    bool: flag,
    date: date.fromisoformat,  # raises TypeError for anything but a text
    datetime: instant,
    float: figure,
    int: count,
    str: text,
    timedelta: seconds,
}


def reader_of(annotation: Any, dialect: Dialect) -> Reader:
    """Return the reader of an annotation; raises TypeError for one that can't be stored."""
    annotation, optional = without_none(annotation)
    if optional:
        return _or_none(reader_of(annotation, dialect))
    bare, extras = plain_annotation(annotation)
    dialect = dialect_in(extras, dialect)
    if values := values_of(bare, extras):
        return values.__getitem__
    if bare in SCALARS:
        bounds = next((extra for extra in extras if isinstance(extra, Within)), None)
        return _within(bare, bounds) if bounds else SCALARS[bare]
    if is_dataclass(bare) and isinstance(bare, type):
        return _row(bare, dialect) if bare in dialect.rows else object_reader(bare, dialect)
    return _collection(get_origin(bare), get_args(bare), dialect)


def _collection(kind: Any, arguments: tuple[Any, ...], dialect: Dialect) -> Reader:
    if kind is tuple and arguments[-1] is not ...:
        return _fixed([reader_of(item, dialect) for item in arguments])
    if kind is tuple and arguments[0] is int:
        return counts
    if kind in (tuple, list, frozenset):
        return items_reader(kind, reader_of(arguments[0], dialect))
    if kind is dict:
        return _mapping(*(reader_of(item, dialect) for item in arguments))
    raise TypeError(f"{kind} of {arguments} can't be stored")


def _or_none(read: Reader) -> Reader:
    return lambda plain: None if plain is None else read(plain)


def _within(kind: type, bounds: Within) -> Reader:
    def read(plain: Any) -> Any:
        if type(plain) not in (int, kind) or not bounds.low <= plain <= bounds.high:
            raise ValueError(f"{bounds.low} to {bounds.high} was expected, not {plain!r:.40}")
        return plain

    return read


def items_reader(kind: Callable[[list[Any]], Any], read: Reader) -> Reader:
    """Return the reader of a list as some collection; it raises nothing but CodecError."""

    def read_items(plain: object) -> Any:
        if not isinstance(plain, list):
            raise CodecError(f"a list was expected, not {type(plain).__name__}")
        items: list[Any] = plain
        try:
            return kind([read(item) for item in items])
        except FAULTS as error:
            _raise_located(error, ((number, read, item) for number, item in enumerate(items)))

    return read_items


def _fixed(readers: list[Reader]) -> Reader:
    def read_fixed(plain: object) -> tuple[Any, ...]:
        items = expect(list, plain)
        if len(items) != len(readers):
            raise ValueError(f"{len(readers)} items were expected, not {len(items)}")
        try:
            return tuple(map(call, readers, items, strict=True))
        except FAULTS as error:
            _raise_located(error, zip(range(len(items)), readers, items, strict=True))

    return read_fixed


def _mapping(read_key: Reader, read: Reader) -> Reader:
    def read_mapping(plain: object) -> dict[Any, Any]:
        items = expect(dict, plain)
        try:
            return {read_key(key): read(value) for key, value in items.items()}
        except FAULTS as error:
            _raise_located(error, ((key, read, value) for key, value in items.items()))

    return read_mapping


def _row(kind: type, dialect: Dialect) -> Reader:
    parts = parts_of(kind, dialect)
    names, read = [part.name for part in parts], _fixed([_part_reader(part, dialect) for part in parts])
    return lambda plain: kind(**dict(zip(names, read(plain), strict=True)))


def object_reader(kind: type, dialect: Dialect) -> Reader:
    """Return the reader of a class; it raises nothing but CodecError."""
    parts = parts_of(kind, dialect)
    single = [part for part in parts if not part.stored.inline]
    readers = {part.key: _part_reader(part, dialect) for part in single}
    former = {part.stored.former_key: part.key for part in single if part.stored.former_key}
    renamed = {part.key: part.name for part in single if part.key != part.name}
    inline = {part.name: reader_of(part.annotation, dialect) for part in parts if part.stored.inline}
    absent = {part.name: None for part in single if not (part.required or part.has_default)}
    required = {part.key for part in single if part.required}
    # Python itself raises for missing fields without a default.
    asked_for = {part.key for part in single if part.required and part.has_default}
    is_simple = not (former or absent or inline or asked_for or dialect.known_keys)

    def read_object(plain: object) -> Any:
        if not isinstance(plain, dict):
            raise CodecError(f"an object was expected, not {type(plain).__name__}")
        items: dict[Any, Any] = plain
        items = {former.get(key, key): item for key, item in items.items()} if former else items
        try:
            values = {renamed.get(key, key): readers[key](item) for key, item in items.items() if key in readers}
            values = absent | values | {name: read(items) for name, read in inline.items()}
            for key in asked_for - items.keys():
                raise CodecError("is missing", (key,))
            for key in items.keys() - readers.keys() if dialect.known_keys else ():
                raise CodecError("is not known", (key,))
            return kind(**values)
        except FAULTS as error:
            for key in required - items.keys():
                raise CodecError("is missing", (key,)) from error
            _raise_located(error, ((key, readers[key], item) for key, item in items.items() if key in readers))

    def read_simple_object(plain: Any) -> Any:
        # A journal has up to a hundred thousand laps; unknown keys and faults are found by the slow reader.
        try:
            values = {key: readers[key](item) for key, item in plain.items()}
            return kind(**({renamed.get(key, key): value for key, value in values.items()} if renamed else values))
        except (*FAULTS, AttributeError):
            return read_object(plain)

    return read_simple_object if is_simple else read_object


def _part_reader(part: Part, dialect: Dialect) -> Reader:
    """Return the reader of a field; it refuses values that the dialect never writes."""
    if part.stored.keyed_by:
        _, value = get_args(plain_annotation(part.annotation)[0])
        return _keyed(items_reader(list, reader_of(value, dialect)), part.stored.keyed_by)
    read = reader_of(part.annotation, dialect)
    if () in dialect.omitted and not part.has_default and get_origin(plain_annotation(part.annotation)[0]) is tuple:
        return _not_empty(read)
    return _or_none(read) if part.optional and None not in dialect.omitted else read


def _keyed(read: Reader, key_of: Callable[[Any], Any]) -> Reader:
    return lambda plain: {key_of(item): item for item in read(plain)}


def _not_empty(read: Reader) -> Reader:
    def read_items(plain: object) -> Any:
        if not plain:
            raise ValueError("at least one item was expected")
        return read(plain)

    return read_items


def _raise_located(error: Exception, steps: Iterable[tuple[str | int, Reader, Any]]) -> NoReturn:
    """Raise CodecError with the step to the invalid part, or for the whole if each part is valid."""
    for step, read, part in steps:
        try:
            read(part)
        except FAULTS as fault:
            raise error_at(step, fault) from fault
    raise error if isinstance(error, CodecError) else CodecError(f"{type(error).__name__}: {error}") from error
