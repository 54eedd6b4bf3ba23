"""The published transcripts match the coach's current lines."""

import pytest

from ...support.integration.transcripts import FOLDER, LANGUAGES, transcript


def test_every_language_has_one() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.md")) == LANGUAGES == ["de", "en", "es", "fr", "nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_up_to_date(language: str) -> None:
    """`python -m tests.support.integration.transcripts` writes them again."""
    assert (FOLDER / f"{language}.md").read_text(encoding="utf-8") == transcript(language)
