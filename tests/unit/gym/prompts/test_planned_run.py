"""Titles of a calendar that name a run."""

import pytest

from custom_components.home_gym.gym.prompts.planned_run import is_planned_run


@pytest.mark.parametrize(
    ("title", "words", "expected"),
    [
        ("Long run", "run, jog", True),
        ("RUN!", "run, jog", True),
        ("8km easy", "run, km", True),
        ("Dentist", "run, jog", False),
        ("Brunch with Ann", "run", False),
        ("Langer Lauf im Wald", "Lauf", True),
        ("Ablauf prüfen", "Lauf", False),
        ("Course à pied", "course à pied", True),
        ("Pied à terre", "course à pied", False),
        ("Dentist", "*", True),
        ("Dentist", "", False),
        ("", "run", False),
    ],
)
def test_title_with_one_of_the_words_is_a_run(title: str, words: str, expected: bool) -> None:
    assert is_planned_run(title, words) is expected
