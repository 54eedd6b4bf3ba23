"""The sentences and the phrases of the languages, read once each."""

from functools import cache
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from ..gym.phrases import FALLBACK_LANGUAGE, Phrases

GYM = Path(__file__).parents[1] / "gym"


async def async_sentences(hass: HomeAssistant) -> dict[str, Any]:
    """Return the sentences of every language, as they are written."""
    return await hass.async_add_executor_job(_sentences)


async def async_phrases(hass: HomeAssistant, language: str) -> Phrases:
    """Return the phrases of a language such as `de` or `de-AT`, or of the one that they are written in first."""
    return await hass.async_add_executor_job(_phrases, primary(language))


def primary(language: str) -> str:
    """Return a language without its region."""
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()


@cache
def _sentences() -> dict[str, Any]:
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (GYM / "sentences").glob("*.json")}


@cache
def _phrases(language: str) -> Phrases:
    folder = GYM / "phrases"
    file = folder / f"{language}.json"
    if not file.is_file():
        file = folder / f"{FALLBACK_LANGUAGE}.json"
    phrases: Phrases = json.loads(file.read_text(encoding="utf-8"))
    return phrases
