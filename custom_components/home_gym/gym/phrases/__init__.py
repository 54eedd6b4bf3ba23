"""The lines that the coach speaks and writes, one file a language.

A file maps a key to its variants; reading the files is left to those who may.
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

FALLBACK_LANGUAGE = "en"

type Phrases = Mapping[str, Sequence[str]]


def line(phrases: Phrases, key: str, *, occasion: str = "", **placeholders: str | int) -> str:
    """Return a line with its placeholders filled in.

    Which variant is chosen depends on the occasion alone, so that the same one always hears the same words.
    """
    variants = phrases[key]
    return variants[crc32(occasion.encode()) % len(variants)].format(**placeholders)
