"""Scores in typed replies."""

import pytest

from custom_components.home_gym.gym.back.typed_score import typed_score

WORST = ("worse", "Schlimmer", "nicht auszuhalten")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("0", 0),
        ("3", 3),
        (" 7 ", 7),
        ("10", 10),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("4.", 4),
        ("7/10", 7),
        ("7 out of 10", 7),
        ("7 von 10", 7),
        ("7 van de 10", 7),
        ("Worse", 10),
        ("worse!", 10),
        ("schlimmer", 10),
        ("nicht  auszuhalten", 10),
        ("11", None),
        ("12/10", None),
        ("-3", None),
        ("100", None),
        ("", None),
        ("lots", None),
        ("3 days ago", None),
        ("I ran 3 km", None),
        ("3 or 4", None),
        ("better than 3", None),
        ("not worse", None),
    ],
)
def test_typed_reply_is_a_score_or_none(text: str, score: float | None) -> None:
    assert typed_score(text, worst=WORST) == score
