"""The lines that the coach speaks and writes, one file a language.

A file maps a key to its variants; reading the files is left to those who may.
"""

from collections.abc import Mapping, Sequence

FALLBACK_LANGUAGE = "en"

type Phrases = Mapping[str, Sequence[str]]


def line(phrases: Phrases, key: str, *, turn: int = 0, **placeholders: str | int) -> str:
    """Return a line with its placeholders filled in.

    The variants take turns, so that nobody hears the same words twice in a row.
    """
    variants = phrases[key]
    return variants[turn % len(variants)].format(**placeholders)
