"""A routine and the run before it, rated in one sentence."""

import pytest

from custom_components.home_gym.gym.habits.practice import Effort
from custom_components.home_gym.gym.voice_commands import VoiceCommand
from tests.support.unit.sentences import SENTENCES


@pytest.mark.parametrize(
    ("language", "text", "effort", "score"),
    [
        ("en", "Right, and six", Effort.RIGHT, 6),
        ("en", "It was easy and the run was a 7 out of 10", Effort.EASY, 7),
        ("de", "Leicht, und sieben", Effort.EASY, 7),
        ("de", "Schwer und der Lauf war eine acht", Effort.HARD, 8),
        ("fr", "Facile, et cinq", Effort.EASY, 5),
        ("fr", "C'était difficile et la course huit sur dix", Effort.HARD, 8),
        ("nl", "Makkelijk, en vijf", Effort.EASY, 5),
        ("nl", "Zwaar en de run was een acht", Effort.HARD, 8),
        ("es", "Fácil, y cinco", Effort.EASY, 5),
        ("es", "Difícil y la carrera un ocho", Effort.HARD, 8),
        ("en", "Just right", Effort.RIGHT, None),
    ],
)
def test_one_sentence_rates_both(language: str, text: str, effort: Effort, score: int | None) -> None:
    parsed = SENTENCES[language].understood(text)
    assert parsed is not None
    assert (parsed.command, parsed.effort, parsed.score) == (VoiceCommand.RATE_ROUTINE, effort, score)
