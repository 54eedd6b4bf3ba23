"""JSON documents of views, and the patches between them.

A document is mappings all the way down, without None but in lists: unknown values are left out. So the difference
between two documents can be a merge patch as of RFC 7386: null for a removed key, and only the new values beside that.
"""

from collections.abc import Mapping, Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

type JsonValue = bool | int | float | str | list[JsonValue | None] | dict[str, JsonValue]
type Document = dict[str, JsonValue]
type Patch = dict[str, JsonValue | Patch | None]


def document_of(shown: object) -> Document:
    """Return a dataclass as a document, without fields that are None; raises TypeError for any other object."""
    plain = _plain(shown)
    if not isinstance(plain, dict):
        raise TypeError(f"something with fields was expected, not {type(shown).__name__}")
    return plain


def patch_between(before: Document, after: Document) -> Patch:
    """Return the patch from one document to another; empty for equal documents."""
    patch: Patch = dict.fromkeys(before.keys() - after.keys())
    for key, value in after.items():
        known = before.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            if part := patch_between(known, value):
                patch[key] = part
        elif known != value or type(known) is not type(value):
            patch[key] = value
    return patch


def _plain(shown: object) -> JsonValue:
    match shown:
        case Enum():
            plain = _plain(shown.value)
        case bool() | int() | str():
            plain = shown
        case float():
            # A tenth of a millimetre is invisible, and would be the longest part of a message.
            plain = round(shown, 4)
        case date():
            plain = shown.isoformat()
        case Mapping():
            plain = {str(_plain(key)): _plain(value) for key, value in shown.items() if value is not None}
        case AbstractSet():
            plain = sorted((_plain(item) for item in shown), key=str)
        case list() | tuple():
            # In a column of figures, an unknown one keeps its place.
            plain = [None if item is None else _plain(item) for item in shown]
        case _ if is_dataclass(shown):
            plain = _plain({field.name: getattr(shown, field.name) for field in fields(shown)})
        case _:
            raise TypeError(f"{type(shown).__name__} is not shown")
    return plain
