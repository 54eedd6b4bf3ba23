"""Usual commands to Home Assistant in each language, none of which is Home Gym's."""

import json
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.json"))


def commands_in(language: str) -> list[str]:
    """Return the commands of a language."""
    commands: list[str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return commands
