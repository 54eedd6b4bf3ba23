"""Plural forms by language: the samples of Unicode's CLDR for cardinal numbers."""

import pytest

from custom_components.home_gym.gym.speech.plurals import PluralForm, plural_form

ONE, FEW, MANY, OTHER = PluralForm


@pytest.mark.parametrize(
    ("language", "counts", "form"),
    [
        ("en", (1, 1.0), ONE),
        ("en", (0, 0.5, 1.5, 2, 21, 101), OTHER),
        ("it", (1,), ONE),
        ("it", (0, 2, 11, 21), OTHER),
        ("sv", (1,), ONE),
        ("sv", (0, 1.5, 2), OTHER),
        ("fr", (0, 0.5, 1, 1.9), ONE),
        ("fr", (2, 2.1, 17), OTHER),
        ("pt", (0, 1, 1.5), ONE),
        ("pt", (2, 10), OTHER),
        ("da", (0.1, 1, 1.6), ONE),
        ("da", (0, 2, 2.1), OTHER),
        ("cs", (1,), ONE),
        ("cs", (2, 3, 4), FEW),
        ("cs", (0.5, 1.5, 5.1), MANY),
        ("cs", (0, 5, 12, 22, 102), OTHER),
        ("pl", (1,), ONE),
        ("pl", (2, 3, 4, 22, 34, 102, 1002), FEW),
        ("pl", (0, 5, 11, 12, 14, 19, 21, 100, 112), MANY),
        ("pl", (0.5, 1.5, 2.1), OTHER),
    ],
)
def test_form_of_number(language: str, counts: tuple[float, ...], form: PluralForm) -> None:
    assert {count: plural_form(language, count) for count in counts} == dict.fromkeys(counts, form)
