"""Screens, cards and speech keep to the glossary of docs/translating.md."""

import json
from pathlib import Path
import re

import pytest

from ..support.integration.glossary import FOLDERS, NAMES, PAGE, forbidden, offences, texts

LANGUAGES = sorted(NAMES.values())
# The longest label of a field, in English words.
LONGEST_LABEL = 4
WORDS = forbidden()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_texts_avoid_words_outside_the_glossary(folder: str, language: str) -> None:
    assert offences(FOLDERS[folder], language, WORDS[language]) == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de", "Deine Routine wartet.", "Routine"),
        ("de", "Gönn deinen festen Stellen eine Massage", "festen Stellen"),
        ("de", "Haben Sie Schmerzen? Ihr Rücken", "Ihr"),
        ("fr", "Tu vas courir ?", "tu"),
        ("fr", "Comment va ton dos ?", "ton"),
        ("nl", "Kies een loper", "loper"),
        ("nl", "Bel uw arts", "uw"),
        ("es", "Abre Ajustes", "Ajustes"),
        ("es", "¿Cómo está usted?", "usted"),
        ("en", "Add a voice satellite", "voice satellite"),
    ],
)
def test_word_outside_the_glossary_is_found(tmp_path: Path, language: str, text: str, word: str) -> None:
    (tmp_path / f"{language}.json").write_text(json.dumps({"key": [text]}), encoding="utf-8")
    assert f"key: {word!r} in {text!r}" in offences(tmp_path, language, WORDS[language])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Routinier"),
        ("nl", "hardloper"),
        ("fr", "tunnel, tonique"),
        ("es", "impulso"),
        # A placeholder is no word.
        ("fr", "Commencez {routine}."),
    ],
)
def test_part_of_a_longer_word_is_not_found(tmp_path: Path, language: str, text: str) -> None:
    (tmp_path / f"{language}.json").write_text(json.dumps({"key": text}), encoding="utf-8")
    assert offences(tmp_path, language, WORDS[language]) == []


def test_every_language_has_address_and_glossary() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"\n## {name}\n" in page for name in NAMES)
    assert all(f"\n| {name} | " in page for name in NAMES if name != "English")
    assert all(len(words) >= 8 for words in WORDS.values()), WORDS


def test_english_labels_are_short() -> None:
    labels = {key: text for key, text in texts(FOLDERS["screens"], "en") if re.search(r"\.data\.\w+$", key)}
    assert len(labels) > 100
    assert {key: text for key, text in labels.items() if len(text.split()) > LONGEST_LABEL} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_have_the_same_keys_and_placeholders(language: str) -> None:
    english, translated = (list(texts(FOLDERS["cards"], each)) for each in ("en", language))
    assert [key for key, _ in translated] == [key for key, _ in english]
    for (key, text), (_, original) in zip(translated, english, strict=True):
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", original)), key
