"""TypeScript types of the documents that cards receive, generated from dataclasses, TypedDicts and enums."""

from collections.abc import Mapping, Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import NotRequired, TypeAliasType, get_args, get_origin, get_type_hints, is_typeddict

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.views.back import BackView
from custom_components.home_gym.gym.views.dashboard import Dashboard
from custom_components.home_gym.gym.views.patches import Document, Patch
from custom_components.home_gym.gym.views.trends import TrendsView
from custom_components.home_gym.web.documents import (
    CurveView,
    Household,
    LiveParts,
    RetirementAnswer,
    RunDetail,
    RunnerOffers,
    RunnerStatus,
    RunPage,
    ServerMessage,
    UploadAnswer,
)

TARGET = Path(__file__).parents[2] / "frontend" / "src" / "data" / "documents.ts"
RUNNER_DOCUMENT = "RunnerDocument"
ROOTS: tuple[type, ...] = (
    ServerMessage,
    Household,
    RunPage,
    RunDetail,
    CurveView,
    BackView,
    TrendsView,
    RetirementAnswer,
    UploadAnswer,
)
ALWAYS = RunnerStatus
PARTS: tuple[type, ...] = (Dashboard, RunnerOffers, LiveParts)
"""A runner's document has the status always, the parts of these while the runner is set up."""
PLAIN: Mapping[object, str] = {bool: "boolean", int: "number", float: "number", str: "string"}
ALIASES: Mapping[object, str] = {Document: RUNNER_DOCUMENT, Patch: "PlainObject"}
LISTED: Mapping[type[Enum], str] = {Habit: "HABITS"}
"""Enums whose members cards go through, by the name of their list."""
HEADER = """\
// Written by scripts/types from the integration's dataclasses of the same names; change those, and run it again.
// Distances are metres, durations seconds, cadences steps per minute, times ISO 8601; unknown values are left out.
import type { PlainObject } from "./patch";
"""


class CardTypes:
    """Collects the types of documents, each once, in the order in which they are first needed."""

    def __init__(self) -> None:
        """Begin without any."""
        self._written: dict[type, str] = {}

    def text(self) -> str:
        """Return the file's text."""
        for kind in (*ROOTS, ALWAYS, *PARTS):
            self._expression(kind)
        partial = ", ".join(f"Partial<{part.__name__}>" for part in PARTS)
        document = f"export interface {RUNNER_DOCUMENT} extends {ALWAYS.__name__}, {partial} {{}}\n"
        return "\n".join((HEADER, *self._written.values(), document))

    def _expression(self, annotation: object) -> str:
        """Return the type of an annotation, and write what it refers to; raises TypeError for an unknown one."""
        if known := PLAIN.get(annotation) or ALIASES.get(annotation):
            return known
        if isinstance(annotation, TypeAliasType):
            return self._expression(annotation.__value__)
        if isinstance(annotation, UnionType):
            parts = [one for one in get_args(annotation) if one is not NoneType]
            return " | ".join(dict.fromkeys(map(self._expression, parts)))
        if isinstance(annotation, type):
            return self._named(annotation)
        return self._collection(annotation)

    def _collection(self, annotation: object) -> str:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            key, value = (self._expression(argument) for argument in arguments)
            record = f"Record<{key}, {value}>"
            return record if key == "string" else f"Partial<{record}>"
        if isinstance(origin, type) and issubclass(origin, list | tuple | AbstractSet):
            item = self._expression(arguments[0])
            # In a column, an unknown item keeps its place.
            return f"({item} | null)[]" if NoneType in get_args(arguments[0]) else f"{item}[]"
        raise TypeError(f"{annotation} has no type for cards")

    def _named(self, kind: type) -> str:
        if issubclass(kind, date):
            return "string"
        if kind not in self._written:
            # Its place is before that of the types that it refers to.
            self._written[kind] = ""
            self._written[kind] = self._enum(kind) if issubclass(kind, Enum) else self._interface(kind)
        return kind.__name__

    def _enum(self, kind: type[Enum]) -> str:
        values = [f'"{member.value}"' for member in kind]
        if name := LISTED.get(kind):
            items = ", ".join(values)
            return (
                f"export const {name} = [{items}] as const;\nexport type {kind.__name__} = (typeof {name})[number];\n"
            )
        return f"export type {kind.__name__} = {' | '.join(values)};\n"

    def _interface(self, kind: type) -> str:
        if not (is_dataclass(kind) or is_typeddict(kind)):
            raise TypeError(f"{kind.__name__} has no type for cards")
        hints = get_type_hints(kind, include_extras=True)
        names = [field.name for field in fields(kind)] if is_dataclass(kind) else list(hints)
        lines = [f"  {self._field(name, hints[name], leaves_out=is_dataclass(kind))}" for name in names]
        return "\n".join((f"export interface {kind.__name__} {{", *lines, "}\n"))

    def _field(self, name: str, annotation: object, *, leaves_out: bool) -> str:
        """Return a field; a dataclass leaves out None, a TypedDict sends null."""
        if get_origin(annotation) is NotRequired:
            return f"{name}?: {self._expression(get_args(annotation)[0])};"
        is_optional = isinstance(annotation, UnionType) and NoneType in get_args(annotation)
        mark = "?" if is_optional and leaves_out else ""
        null = " | null" if is_optional and not leaves_out else ""
        return f"{name}{mark}: {self._expression(annotation)}{null};"


if __name__ == "__main__":
    TARGET.write_text(CardTypes().text())
