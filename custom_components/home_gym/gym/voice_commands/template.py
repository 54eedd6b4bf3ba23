"""Reads how a sentence is written, and writes it in another style."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
import re

RULE = re.compile(r"<(\w+)>")
TEMPLATE_TOKEN = re.compile(r"[()\[\]|]|\{\w+\}|[^\s()\[\]|{}]+")
CLOSING = {"(": ")", "[": "]"}
END = ""

type Lists = Mapping[str, Mapping[str, str]]
"""For each slot the words that may stand there, with what they mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the parts of a sentence are written; a part ends with its own space."""

    word: Callable[[str], str]
    slot: Callable[[str, Sequence[str]], str]
    choice: Callable[[Sequence[str]], str]
    optional: Callable[[Sequence[str]], str]


def expanded(sentence: str, rules: Mapping[str, str]) -> str:
    """Return a sentence with the pieces in it that rules stand for; raises KeyError for an unknown rule."""
    return RULE.sub(lambda rule: f"({expanded(rules[rule[1]], rules)})", sentence)


def rendered(sentence: str, lists: Lists, style: Style) -> str | None:
    """Return a sentence in a style; None where a slot that it can't do without has no words.

    Raises ValueError for brackets that don't match, KeyError for an unknown slot.
    """
    options = _options(iter([*TEMPLATE_TOKEN.findall(sentence), END]), lists, style, closing=END)
    if len(options) > 1:
        raise ValueError("options need brackets")
    return options[0]


def _options(pieces: Iterator[str], lists: Lists, style: Style, *, closing: str) -> list[str | None]:
    """Return the options up to a closing bracket, None for those that can't be said; the bracket is spent."""
    options: list[str | None] = [""]
    while (piece := next(pieces)) != closing:
        if piece == "|":
            options.append("")
            continue
        part = _part(piece, pieces, lists, style)
        written = options[-1]
        options[-1] = None if part is None or written is None else written + part
    return options


def _part(piece: str, pieces: Iterator[str], lists: Lists, style: Style) -> str | None:
    """Return a word, a slot, or what is in brackets; None for what can't be said."""
    if piece in {END, *CLOSING.values()}:
        raise ValueError(f"{piece or 'the end'} closes nothing")
    if piece in CLOSING:
        every = _options(pieces, lists, style, closing=CLOSING[piece])
        options = [option for option in every if option is not None]
        if piece == "[":
            return style.optional(options) if options else ""
        return style.choice(options) if options else None
    if piece.startswith("{"):
        forms = list(lists[piece[1:-1]])
        return style.slot(piece[1:-1], forms) if forms else None
    return style.word(piece)
