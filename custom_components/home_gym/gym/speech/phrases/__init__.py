"""Phrases: the lines that the coach speaks and writes, one file a language.

A file maps a key to its variants; the files are read by the caller.
"""

from collections.abc import Mapping, Sequence

FALLBACK_LANGUAGE = "en"

type Phrases = Mapping[str, Sequence[str]]


def line(phrases: Phrases, key: str, *, turn: int = 0, **placeholders: str | int) -> str:
    """Return a line with its placeholders filled in.

    Variants alternate, so that the same words are not heard twice in a row.
    """
    variants = phrases[key]
    return variants[turn % len(variants)].format(**placeholders)
