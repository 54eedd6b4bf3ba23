"""The schema of a stored class: its fields in a file, derived from annotations, `stored` and a dialect."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

STORED = "stored"


class CodecError(ValueError):
    """A value that doesn't fit its schema; `path` leads to it by keys and positions."""

    def __init__(self, reason: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(f"{'.'.join(map(str, path))}: {reason}" if path else reason)
        self.reason = reason
        self.path = path


def error_at(step: str | int, error: Exception) -> CodecError:
    """Return the error of a part as an error of the whole."""
    if isinstance(error, CodecError):
        return CodecError(error.reason, (step, *error.path))
    return CodecError(f"{type(error).__name__}: {error}", (step,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The conventions of one kind of file.

    Fields with one of the `omitted` values (None, an empty tuple) aren't written. Classes in `rows` are lists of their
    fields in order, not objects. `all_keys` means that a field with a default is required too, `known_keys` that a key
    without a field is an error.
    """

    omitted: tuple[object, ...] = ()
    rows: frozenset[type] = frozenset()
    all_keys: bool = False
    known_keys: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The range of a number, both ends included."""

    low: float
    high: float


class OneOf:
    """The allowed members of an enumeration."""

    def __init__(self, *members: StrEnum) -> None:
        self.members = members


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Details of a field's stored form that its annotation doesn't show; see `stored`."""

    key: str | None
    former_key: str | None
    inline: bool
    keyed_by: Callable[[Any], Any] | None
    required: bool | None
    kept: bool


AS_ANNOTATED = Stored(key=None, former_key=None, inline=False, keyed_by=None, required=None, kept=True)


def stored(
    key: str | None = None,
    *,
    former_key: str | None = None,
    inline: bool = False,
    keyed_by: Callable[[Any], Any] | None = None,
    required: bool | None = None,
    kept: bool = True,
) -> Mapping[str, Stored]:
    """Return metadata for a dataclass field.

    `key` is its key in JSON, its name by default; `former_key` is the key of earlier versions. The parts of an `inline`
    object are among those of the object around it. A dict with `keyed_by` is a list of its values, each of which
    contains its key. `required` overrides default and dialect: whether the key must be present. A field that isn't
    `kept` has no place in the file.
    """
    how = Stored(key=key, former_key=former_key, inline=inline, keyed_by=keyed_by, required=required, kept=kept)
    return {STORED: how}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of a stored class: its name, key, annotation without None, and whether it is optional or required."""

    name: str
    key: str
    annotation: Any
    optional: bool
    has_default: bool
    required: bool
    stored: Stored


def parts_of(kind: type, dialect: Dialect) -> tuple[Part, ...]:
    """Return the stored fields of a class, in order."""
    hints = get_type_hints(kind, include_extras=True)
    parts = []
    for item in fields(kind):
        how: Stored = item.metadata.get(STORED, AS_ANNOTATED)
        if not (item.init and how.kept):
            continue
        annotation, optional = without_none(hints[item.name])
        has_default = (item.default, item.default_factory) != (MISSING, MISSING)
        # An omitted None is read as a missing key.
        derived = dialect.all_keys or not (has_default or (optional and None in dialect.omitted))
        parts.append(
            Part(
                name=item.name,
                key=how.key or item.name,
                annotation=annotation,
                optional=optional,
                has_default=has_default,
                required=derived if how.required is None else how.required,
                stored=how,
            )
        )
    return tuple(parts)


def plain_annotation(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return an annotation without aliases and `Annotated`, and all metadata of `Annotated`."""
    extras: tuple[Any, ...] = ()
    while True:
        if isinstance(annotation, TypeAliasType):
            annotation = annotation.__value__
        elif get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            extras = (*more, *extras)
        else:
            return annotation, extras


def without_none(annotation: Any) -> tuple[Any, bool]:
    """Return an annotation without None, and whether None was part of it."""
    bare, _ = plain_annotation(annotation)
    members = members_of(bare)
    if NoneType not in members:
        return annotation, False
    return Union[tuple(member for member in members if member is not NoneType)], True  # noqa: UP007  # of a tuple


def members_of(annotation: Any) -> tuple[Any, ...]:
    """Return the members of a union, or nothing for any other annotation."""
    return get_args(annotation) if get_origin(annotation) in (UnionType, Union) else ()


def dialect_in(extras: tuple[Any, ...], dialect: Dialect) -> Dialect:
    """Return the dialect named by an annotation, or the one around it."""
    return next((extra for extra in extras if isinstance(extra, Dialect)), dialect)


def values_of(annotation: Any, extras: tuple[Any, ...]) -> dict[str, StrEnum]:
    """Return the members of an enumeration, or of a union of some, by their stored values; none for anything else."""
    for extra in extras:
        if isinstance(extra, OneOf):
            return {member.value: member for member in extra.members}
    kinds = [plain_annotation(member)[0] for member in members_of(annotation) or (annotation,)]
    if not all(isinstance(kind, type) and issubclass(kind, StrEnum) for kind in kinds):
        return {}
    return {member.value: member for kind in kinds for member in kind}
