"""TypeScript's types of the documents that cards receive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NotRequired, TypedDict

import pytest

from scripts.lib import card_types


def test_written_types_are_current() -> None:
    assert card_types.TARGET.read_text() == card_types.CardTypes().text(), "run scripts/types"


class Colour(StrEnum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a document."""

    at: datetime
    size: float | None


class Sent(TypedDict):
    """A document that keeps None."""

    note: str | None
    parts: NotRequired[list[Part]]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A document."""

    part: Part
    shades: frozenset[Colour]
    by_colour: dict[Colour, tuple[int, ...]]
    by_name: dict[str, bool]
    sent: Sent | None


def test_each_kind_of_type_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_types, "ROOTS", (Whole,))
    monkeypatch.setattr(card_types, "LISTED", {})
    text = card_types.CardTypes().text()
    assert (
        """
export interface Whole {
  part: Part;
  shades: Colour[];
  by_colour: Partial<Record<Colour, number[]>>;
  by_name: Record<string, boolean>;
  sent?: Sent;
}

export interface Part {
  at: string;
  size?: number;
}

export type Colour = "red" | "blue";

export interface Sent {
  note: string | null;
  parts?: Part[];
}
"""
        in text
    )


def test_type_that_no_document_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_types, "ROOTS", (object,))
    with pytest.raises(TypeError, match="object"):
        card_types.CardTypes().text()
