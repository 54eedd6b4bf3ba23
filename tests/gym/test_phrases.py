"""The lines that the coach speaks and writes: every language has all, with the same placeholders."""

from collections.abc import Iterator
from itertools import product
import json
from pathlib import Path
from string import Formatter

import pytest

from custom_components.home_gym.gym import phrases as module
from custom_components.home_gym.gym.files.errors import Reason
from custom_components.home_gym.gym.phrases import FALLBACK_LANGUAGE, Phrases, line
from custom_components.home_gym.gym.prompt import PromptSettings

FOLDER = Path(module.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))


def phrases_of(language: str) -> Phrases:
    """Return the phrases of a language."""
    phrases: Phrases = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return phrases


def placeholders(variant: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(variant) if name is not None}


FALLBACK = phrases_of(FALLBACK_LANGUAGE)


def test_there_is_a_language_to_fall_back_on() -> None:
    assert FALLBACK_LANGUAGE in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_complete(language: str) -> None:
    phrases = phrases_of(language)

    assert phrases.keys() == FALLBACK.keys()
    for key, variants in phrases.items():
        allowed = set().union(*map(placeholders, FALLBACK[key]))
        assert variants, key
        assert len(set(variants)) == len(variants), key
        for variant in variants:
            assert variant == variant.strip() != "", key
            assert placeholders(variant) <= allowed, key


def needed() -> Iterator[str]:
    """Give the keys that the gym's own enumerations ask for."""
    yield from (f"reason.{reason}" for reason in Reason)
    yield from (f"prompt.{habit}" for habit in PromptSettings().offsets)


@pytest.mark.parametrize("key", needed())
def test_whatever_is_asked_for_has_a_line(key: str) -> None:
    assert key in FALLBACK


PHRASES: Phrases = {
    "greeting": ["Hello {runner}.", "Good run, {runner}.", "Well done, {runner}."],
    "title": ["Home Gym"],
}


def test_variants_take_turns() -> None:
    said = [line(PHRASES, "greeting", turn=turn, runner="Alex") for turn in range(4)]
    assert said == ["Hello Alex.", "Good run, Alex.", "Well done, Alex.", "Hello Alex."]


def test_a_name_is_no_template() -> None:
    assert "{0}{title}" in line(PHRASES, "greeting", runner="{0}{title}")


def test_a_line_without_variants() -> None:
    assert {line(PHRASES, "title", turn=turn) for turn in range(3)} == {"Home Gym"}


def test_variants_say_more_than_one_thing() -> None:
    """Nobody wants to hear the same words after every run."""
    for language, habit in product(LANGUAGES, PromptSettings().offsets):
        assert len(phrases_of(language)[f"prompt.{habit}"]) >= 3
