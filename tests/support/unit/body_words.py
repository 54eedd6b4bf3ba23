"""The vocabularies of all languages about one's own body."""

import json
from pathlib import Path

from custom_components.home_gym.gym.back import words as module
from custom_components.home_gym.gym.back.words import Vocabulary

FOLDER = Path(module.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))
VOCABULARIES = {
    language: Vocabulary(json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8")))
    for language in LANGUAGES
}
