"""Phrases: the lines that the coach speaks and writes, one file a language.

A file maps a key to its variants; the files are read by the caller. Beside a key, a language has as many forms of a
plural as it needs: `KEY_one`, `KEY_few`, `KEY_many` and `KEY_other`, each for its numbers, and `KEY` for all others.
"""

from collections.abc import Mapping, Sequence

from ..plurals import PluralForm, plural_form

FALLBACK_LANGUAGE = "en"

type Phrases = Mapping[str, Sequence[str]]


def line(phrases: Phrases, key: str, *, turn: int = 0, **placeholders: str | float) -> str:
    """Return a line with its placeholders filled in.

    Variants alternate, so that the same words are not heard twice in a row. The form of a plural goes by the
    placeholder `count`, or by a line's only whole number.
    """
    variants = phrases[_form(phrases, key, placeholders)]
    return variants[turn % len(variants)].format(**placeholders)


def _form(phrases: Phrases, key: str, placeholders: Mapping[str, str | float]) -> str:
    """Return the key of the form of a line for its number."""
    numbers = [value for value in placeholders.values() if isinstance(value, int)]
    count = placeholders.get("count", numbers[0] if len(numbers) == 1 else None)
    if count is None or isinstance(count, str) or not any(f"{key}_{form}" in phrases for form in PluralForm):
        return key
    form = f"{key}_{plural_form(phrases['language'][0], count)}"
    return form if form in phrases else key
