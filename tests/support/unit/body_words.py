"""The vocabularies of all languages about one's own body, and sentences by rows of published warning signs."""

from functools import cache
import json
from pathlib import Path

from hassil.intents import Intents, WildcardSlotList
from hassil.recognize import recognize_best

from custom_components.home_gym.gym.back import words as module
from custom_components.home_gym.gym.back.words import Vocabulary

FOLDER = Path(module.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))
VOCABULARIES = {
    language: Vocabulary(json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8")))
    for language in LANGUAGES
}
SAID = Path(__file__).parents[2] / "unit" / "gym" / "back" / "said"
EMERGENCIES = {*range(1, 15), *range(16, 23), *range(35, 39), 43, 45, 46, 52, 57, 59}
DOCTOR = {15, *range(23, 35), 39, 41, 44, 47, 48, *range(53, 57), 58}
NONE = {60}


def said_in(language: str) -> dict[int, list[str]]:
    """Return the wordings of each row in a language."""
    said: dict[str, list[str]] = json.loads((SAID / f"{language}.json").read_text(encoding="utf-8"))
    return {int(row): wordings for row, wordings in said.items()}


@cache
def triggers_of(language: str) -> Intents:
    """Return the templates of a language as Home Assistant's agent reads those of a sentence trigger."""
    intents = Intents.from_dict(
        {"language": language, "intents": {"all": {"data": [{"sentences": VOCABULARIES[language].templates(["Sam"])}]}}}
    )
    for name in ("before", "between", "after"):
        intents.slot_lists[name] = WildcardSlotList(name)
    return intents


def is_heard(language: str, text: str) -> bool:
    """Return whether Home Assistant's agent hands a sentence to the gym."""
    return recognize_best(text, triggers_of(language)) is not None
