"""Plural forms of languages, by the rules of Unicode's CLDR 48 for cardinal numbers."""

from enum import StrEnum


class PluralForm(StrEnum):
    """Form of a noun beside a number."""

    ONE = "one"
    FEW = "few"
    MANY = "many"
    OTHER = "other"


_SLAVIC_FEW = range(2, 5)
_TEENS = range(12, 15)
_SINGULAR_BELOW_TWO = frozenset({"fr", "pt"})
_SINGULAR_FRACTIONS = frozenset({"da"})


def plural_form(language: str, count: float) -> PluralForm:
    """Return the form of a noun beside a number of any size, 0 or more, in a primary language such as `pl`."""
    whole = count == int(count)
    match language:
        case "cs":
            return _czech(int(count)) if whole else PluralForm.MANY
        case "pl":
            return _polish(int(count)) if whole else PluralForm.OTHER
    if language in _SINGULAR_BELOW_TWO:
        return PluralForm.ONE if count < 2 else PluralForm.OTHER
    if language in _SINGULAR_FRACTIONS and not whole:
        return PluralForm.ONE if count < 2 else PluralForm.OTHER
    return PluralForm.ONE if count == 1 else PluralForm.OTHER


def _czech(count: int) -> PluralForm:
    if count == 1:
        return PluralForm.ONE
    return PluralForm.FEW if count in _SLAVIC_FEW else PluralForm.OTHER


def _polish(count: int) -> PluralForm:
    if count == 1:
        return PluralForm.ONE
    is_few = count % 10 in _SLAVIC_FEW and count % 100 not in _TEENS
    return PluralForm.FEW if is_few else PluralForm.MANY
