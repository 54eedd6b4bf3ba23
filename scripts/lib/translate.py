"""Languages: a folder of templates for a native speaker, a report of what is missing, and the way into the product.

`scripts/translate it` writes or renews `docs/languages/it/`, and keeps what is filled in there; `--install` puts a
complete language into its places; without a language, all are listed.
"""

import argparse
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import groupby
import json
from pathlib import Path
import re
import sys
from typing import Any

from scripts.lib.language_template import SEPARATOR, Template, filled_in, template_of

ROOT = Path(__file__).parents[2]
GYM = ROOT / "custom_components" / "home_gym" / "gym"
LANGUAGES = ROOT / "docs" / "languages"
FORMATS = GYM / "speech" / "formats.json"
CARDS = ROOT / "frontend" / "src" / "words"

FOLDERS = {
    "screens": ROOT / "custom_components" / "home_gym" / "translations",
    "cards": CARDS,
    "speech": GYM / "speech" / "phrases",
    "voice_commands": GYM / "voice_commands",
    "back_words": GYM / "back" / "words",
}
"""Folder of each kind of text, with a file for each language."""

SCREENS = {"pt": "pt-BR"}
"""Home Assistant's name of a language where it differs from that of the other files."""

PREPARED = {
    "it": "Italian",
    "pl": "Polish",
    "sv": "Swedish",
    "da": "Danish",
    "nb": "Norwegian",
    "cs": "Czech",
    "pt": "Brazilian Portuguese",
}
"""Languages with formats of numbers, dates and times, ready for a native speaker."""

PLURALS = {"cs": ("few", "many"), "pl": ("few", "many")}
"""Forms of plurals beside one and other, by language."""

OWN_GROUPS = ("rules", "lists", f"free{SEPARATOR}classes")
"""Groups of voice commands that each language arranges by its own grammar."""

LONGEST = 10
"""Lines about one file in a report that is not asked for whole."""

TERMS = {
    "area": "ui.panel.config.areas.data_table.area",
    "automation": "ui.panel.config.blueprint.overview.types.automation",
    "calendar": "panel.calendar",
    "dashboards": "ui.panel.config.lovelace.caption",
    "device": "ui.components.selectors.selector.types.device",
    "entity": "ui.components.selectors.selector.types.entity",
    "label": "ui.components.target-picker.type.label",
    "logs": "ui.panel.config.logs.caption",
    "media player": "ui.components.media-browser.media_player",
    "notifications": "ui.notification_drawer.title",
    "repairs": "ui.panel.config.repairs.caption",
    "settings": "panel.config",
    "trigger": "ui.panel.config.automation.editor.triggers.trigger",
    "voice assistants": "ui.panel.config.dashboard.voice_assistants.main",
    "webhook": "ui.panel.config.automation.editor.triggers.type.webhook.label",
}
"""Things of Home Assistant, with the key of its own word for each."""


def main(arguments: list[str]) -> int:
    """Run the command, and return its exit code: 1 if something is missing."""
    parser = argparse.ArgumentParser(prog="scripts/translate", description=__doc__)
    parser.add_argument("language", nargs="?", help="a language such as it, pl, sv, da, nb, cs, pt")
    parser.add_argument("--install", action="store_true", help="put a complete language into its places")
    parser.add_argument("--all", action="store_true", help="name everything that is missing")
    chosen = parser.parse_args(arguments)
    if chosen.language is None:
        sys.stdout.writelines(f"{line}\n" for line in overview())
        return 0
    if not re.fullmatch(r"[a-z]{2,3}", chosen.language):
        parser.error(f"{chosen.language!r} is no language: two or three small letters, such as it")
    if chosen.language in released():
        report = faults(chosen.language, LANGUAGES / chosen.language)
    else:
        report = renew(chosen.language, LANGUAGES / chosen.language)
    sys.stdout.writelines(f"{line}\n" for line in (report if chosen.all else _shortened(report)))
    if chosen.install and not report:
        install(chosen.language, LANGUAGES / chosen.language)
    return 1 if report else 0


def _shortened(report: list[str]) -> Iterator[str]:
    """Yield the first lines of a report about each file, and the number of the others."""
    for name, rows in groupby(report, key=lambda line: line.partition(":")[0]):
        lines = list(rows)
        yield from lines[:LONGEST]
        if len(lines) > LONGEST:
            yield f"{name}: {len(lines) - LONGEST} more"


def overview() -> Iterator[str]:
    """Yield a line for each language: what is in the product, and what is filled in of the others."""
    for language in sorted({*released(), *PREPARED}):
        template_of = {kind: _template(kind, language, LANGUAGES / language) for kind in FOLDERS}
        done = sum(template.done for template in template_of.values())
        total = sum(template.total for template in template_of.values())
        place = "released" if language in released() else "prepared"
        yield f"{language:<3} {place:<9} {done:>5} of {total}"


def released() -> list[str]:
    """Return the languages of the product."""
    return sorted(file.stem for file in FOLDERS["speech"].glob("*.json"))


def renew(language: str, folder: Path) -> list[str]:
    """Write a language's templates with what is filled in so far, and return what is missing or wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    report = faults(language, folder)
    for kind in FOLDERS:
        _write(folder / f"{kind}.json", _template(kind, language, folder).document())
    _write(folder / "formats.json", _formats(language, folder))
    _write(folder / "glossary.json", _glossary(language, folder))
    return report


def faults(language: str, folder: Path) -> list[str]:
    """Return what is missing or wrong in a language, a line for each text."""
    missing = sorted(_needed_formats() - _formats(language, folder).keys())
    return [
        *(f"{kind}.json: {fault}" for kind in FOLDERS for fault in _template(kind, language, folder).faults()),
        *(f"formats.json: {name} is missing" for name in missing),
    ]


def install(language: str, folder: Path) -> None:
    """Write a complete language to its places."""
    for kind, target in FOLDERS.items():
        name = SCREENS.get(language, language) if kind == "screens" else language
        _write(target / f"{name}.json", _template(kind, language, folder).result())
    _write(FORMATS, _read(FORMATS) | {language: _read(folder / "formats.json")})
    loader = CARDS / "translate.ts"
    source = loader.read_text(encoding="utf-8")
    lines = {*re.findall(r"^  \w+: \(\) => import\(.*\n", source, re.MULTILINE)}
    row = f'  {language}: () => import("./{language}.json"),\n'
    block = re.compile(r"(?:^  \w+: \(\) => import\(.*\n)+", re.MULTILINE)
    loader.write_text(block.sub("".join(sorted({*lines, row})), source, count=1), encoding="utf-8")


def _template(kind: str, language: str, folder: Path) -> Template:
    """Return a template with what a language has so far, in its folder or in the product."""
    english = _read(FOLDERS[kind] / "en.json")
    file = folder / f"{kind}.json"
    name = SCREENS.get(language, language) if kind == "screens" else language
    of_product = FOLDERS[kind] / f"{name}.json"
    known = _read(of_product) if of_product.exists() else {}
    written = _read(file) if file.exists() else filled_in(language, known)
    forms = PLURALS.get(language, ()) if kind in ("cards", "speech") else ()
    return template_of(english, language, written, forms=forms, own=OWN_GROUPS if kind == "voice_commands" else ())


def _formats(language: str, folder: Path) -> dict[str, Any]:
    """Return the formats of a language, from its folder, the product, or those that are prepared."""
    file = folder / "formats.json"
    if file.exists():
        return _read(file)
    row: dict[str, Any] = {**_read(LANGUAGES / "formats.json"), **_read(FORMATS)}.get(language, {})
    return row


def _needed_formats() -> set[str]:
    """Return the names in the formats of every language."""
    return set.intersection(*(set(row) for row in _read(FORMATS).values()))


def _glossary(language: str, folder: Path) -> Mapping[str, Any]:
    """Return the things of Home Assistant with its own words, and what the speaker has written beside them."""
    file = folder / "glossary.json"
    known = _read(file) if file.exists() else {"address": {"en": "you", language: ""}, "home_assistant": {}}
    words, english = _frontend(SCREENS.get(language, language)), _frontend("en")
    terms = {term: {"en": english.get(key, term), language: words.get(key, "")} for term, key in TERMS.items()}
    return {**known, "home_assistant": terms}


def _frontend(language: str) -> Mapping[str, str]:
    """Return the texts of Home Assistant's own screens in a language; none for one that it doesn't have."""
    texts: dict[str, str] = {}
    folder = Path(str(files("hass_frontend"))) / "static" / "translations"
    for part in (folder, folder / "config"):
        for file in part.glob(f"{language}-{'[0-9a-f]' * 32}.json"):
            texts.update(_leaves(_read(file)))
    return texts


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, f"{key}.{name}" if key else name)
    else:
        yield key, value


def _read(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def _write(file: Path, document: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
