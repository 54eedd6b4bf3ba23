"""The published transcripts match the coach's current lines."""

import json

import pytest

from ...support.integration.transcripts import (
    FOLDER,
    HABITS,
    LANGUAGES,
    PHRASES,
    PRACTISED,
    transcript,
    words_a_minute,
)
from ...support.unit.practising import routines_of


def test_every_language_has_one() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.md")) == LANGUAGES == ["de", "en", "es", "fr", "nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_up_to_date(language: str) -> None:
    """`python -m tests.support.integration.transcripts` writes them again."""
    assert (FOLDER / f"{language}.md").read_text(encoding="utf-8") == transcript(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_practised_runner_hears_half_of_the_words(language: str) -> None:
    """Words a minute of the tenth session are at most half of those of the first; each has the same sequence."""
    phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    for habit in HABITS:
        routines = routines_of(habit, phrases, PRACTISED)
        first, tenth = routines[0], routines[-1]
        assert first.rotation == tenth.rotation == "A"
        assert words_a_minute(tenth, phrases) <= words_a_minute(first, phrases) / 2
