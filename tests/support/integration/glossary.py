"""Texts for people, by language, and the words that docs/translating.md forbids in them."""

from collections.abc import Iterator, Mapping
import json
from pathlib import Path
import re
from typing import Any

ROOT = Path(__file__).parents[3]
HOME = ROOT / "custom_components" / "home_gym"
PAGE = ROOT / "docs" / "translating.md"
FOLDERS = {
    "screens": HOME / "translations",
    "speech": HOME / "gym" / "speech" / "phrases",
    "cards": ROOT / "frontend" / "src" / "words",
}
NAMES = {"English": "en", "German": "de", "French": "fr", "Dutch": "nl", "Spanish": "es"}


def texts(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language in a folder with its key."""
    yield from _leaves(json.loads((folder / f"{language}.json").read_text(encoding="utf-8")), "")


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for name, part in value.items():
                yield from _leaves(part, f"{key}.{name}".removeprefix("."))
        case list():
            for part in value:
                yield from _leaves(part, key)
        case _:
            yield key, value


def forbidden() -> Mapping[str, tuple[str, ...]]:
    """Return the forbidden words in the page's tables, by language."""
    words: dict[str, list[str]] = {language: [] for language in NAMES.values()}
    section = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) == 3:
            language = NAMES.get(cells[0]) if section == "Address" else NAMES.get(section)
            words[language or "en"] += re.findall(r"`([^`]+)`", cells[2]) if language else []
    return {language: tuple(found) for language, found in words.items()}


def pattern(word: str) -> re.Pattern[str]:
    """Return a pattern for a whole word or phrase; words in lower case match any case."""
    flags = re.IGNORECASE if word == word.lower() else re.NOFLAG
    end = r"(?!\w)" if word[-1].isalnum() else ""
    return re.compile(rf"(?<!\w){re.escape(word)}{end}", flags)


def offences(folder: Path, language: str, words: tuple[str, ...]) -> list[str]:
    """Return each text with a forbidden word."""
    return [
        f"{key}: {word!r} in {text!r}"
        for key, text in texts(folder, language)
        for word in words
        if pattern(word).search(re.sub(r"\{\w+\}", "", text))
    ]
