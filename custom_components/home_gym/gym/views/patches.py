"""What is shown, as JSON knows it, and what of it changed.

A document is mappings all the way down, without None: what is not known is not in it. So the difference between two of
them can be told as RFC 7386 has it: null for what went, and only what is new beside that.
"""

from collections.abc import Mapping, Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

type Plain = bool | int | float | str | list[Plain] | dict[str, Plain]
type Document = dict[str, Plain]
type Patch = dict[str, Plain | Patch | None]


def document_of(shown: object) -> Document:
    """Return what a dataclass shows, without what is None; raises TypeError for what is none."""
    plain = _plain(shown)
    if not isinstance(plain, dict):
        raise TypeError(f"something with fields was expected, not {type(shown).__name__}")
    return plain


def patch_between(before: Document, after: Document) -> Patch:
    """Return what turns one document into another; empty where they are the same."""
    patch: Patch = dict.fromkeys(before.keys() - after.keys())
    for key, value in after.items():
        known = before.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            if part := patch_between(known, value):
                patch[key] = part
        elif known != value or type(known) is not type(value):
            patch[key] = value
    return patch


def _plain(shown: object) -> Plain:
    match shown:
        case Enum():
            plain = _plain(shown.value)
        case bool() | int() | str():
            plain = shown
        case float():
            # Nobody sees a tenth of a millimetre, and it would be the longest part of a message.
            plain = round(shown, 4)
        case date():
            plain = shown.isoformat()
        case Mapping():
            plain = {str(_plain(key)): _plain(value) for key, value in shown.items() if value is not None}
        case AbstractSet():
            plain = sorted((_plain(one) for one in shown), key=str)
        case list() | tuple():
            plain = [_plain(one) for one in shown]
        case _ if is_dataclass(shown):
            plain = _plain({field.name: getattr(shown, field.name) for field in fields(shown)})
        case _:
            raise TypeError(f"{type(shown).__name__} is not shown")
    return plain
