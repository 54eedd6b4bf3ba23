"""The sentences of all languages, and their matching."""

from functools import cache
import json
from pathlib import Path
from typing import Any

from hassil.intents import Intents
from hassil.recognize import recognize_best

from custom_components.home_gym.gym import voice_commands as module
from custom_components.home_gym.gym.voice_commands import SentenceContext, Sentences

FOLDER = Path(module.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))
NAMES = ["Alex", "Sam"]
ROUTINES = ["Evening yoga"]


def data_of(language: str) -> dict[str, Any]:
    """Return the sentences of a language, as written."""
    data: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return data


DATA = {language: data_of(language) for language in LANGUAGES}
SENTENCES = {language: Sentences(data, NAMES, ROUTINES) for language, data in DATA.items()}


@cache
def known_to_the_matcher(language: str, moment: SentenceContext) -> Intents:
    """Return the intents of Home Assistant's matcher in a context."""
    templates = SENTENCES[language].templates(moment)
    return Intents.from_dict({"language": language, "intents": {"all": {"data": [{"sentences": templates}]}}})


def matches(language: str, moment: SentenceContext, text: str) -> bool:
    """Return whether Home Assistant's matcher recognizes a text in a context."""
    return recognize_best(text, known_to_the_matcher(language, moment)) is not None
