"""The sentences and the phrases of the languages, read once each."""

from collections.abc import Mapping
from functools import cache
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from .gym.back.words import Vocabulary
from .gym.speech.formats import Formats, formats_for
from .gym.speech.phrases import FALLBACK_LANGUAGE, Phrases, line

GYM = Path(__file__).parent / "gym"
PHRASES = GYM / "speech" / "phrases"


async def async_sentences(hass: HomeAssistant) -> dict[str, Any]:
    """Return the sentences of every language, as written."""
    return await hass.async_add_executor_job(_sentences)


async def async_vocabularies(hass: HomeAssistant) -> Mapping[str, Vocabulary]:
    """Return the words about one's own body of every language."""
    return await hass.async_add_executor_job(_vocabularies)


async def async_phrases(hass: HomeAssistant, language: str) -> Phrases:
    """Return the phrases of a language such as `de` or `de-AT`, else those in English."""
    return await hass.async_add_executor_job(_phrases_of, language)


def formats_of(hass: HomeAssistant, phrases: Phrases) -> Formats:
    """Return the formats of the phrases' language, in the region of the home's language or country."""
    language = line(phrases, "language")
    at_home = hass.config.language
    return formats_for(at_home if primary(at_home) == language else language, hass.config.country)


def formats_at_home(hass: HomeAssistant) -> Formats:
    """Return the formats of the home's language, for its screens."""
    return formats_for(hass.config.language, hass.config.country)


def primary(language: str) -> str:
    """Return a language without its region."""
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()


@cache
def _sentences() -> dict[str, Any]:
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (GYM / "voice_commands").glob("*.json")}


@cache
def _vocabularies() -> Mapping[str, Vocabulary]:
    files = (GYM / "back" / "words").glob("*.json")
    return {file.stem: Vocabulary(json.loads(file.read_text(encoding="utf-8"))) for file in files}


def _phrases_of(language: str) -> Phrases:
    # The requested language may be any text, also one that is no file name.
    known = {file.stem for file in PHRASES.glob("*.json")}
    return _phrases(next((tag for tag in (language, primary(language)) if tag in known), FALLBACK_LANGUAGE))


@cache
def _phrases(language: str) -> Phrases:
    phrases: Phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    return phrases
