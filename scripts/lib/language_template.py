"""Template of one file of texts: each English text, with a place for the same in another language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
import re
from typing import Any

Text = str | list[str]

ENGLISH, FORMER = "en", "former_en"
SEPARATOR = " > "
"""Between the keys of nested texts; a key of ours may have a full stop."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_COUNTED = re.compile(r"^(.+)_one$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text: the English one, the translation, empty until it is written, and the English text of that time.

    `former` is None while the English text has not changed. An optional one may stay empty, and has names of its own:
    a form of a plural that English does not have, and a part of the grammar of voice commands.
    """

    english: Text
    text: Text
    former: Text | None = None
    is_optional: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to write."""
        return bool(self.text) or not self.english or self.is_optional

    def fault(self) -> str | None:
        """Return what is missing or wrong, in words for the translator."""
        if not self.is_done:
            return "is missing"
        if self.former is not None:
            return f"was translated from an earlier text; compare them, then remove {FORMER!r}"
        if type(self.text) is not type(self.english):
            return f"must be {'a list of texts' if isinstance(self.english, list) else 'one text'}"
        return None

    def strangeness(self) -> str | None:
        """Return what is wrong with the placeholders, in words for the translator."""
        if strange := placeholders(self.text) - placeholders(self.english):
            return f"has placeholders that English has not: {', '.join(sorted(strange))}"
        if isinstance(self.english, str) and not self.is_optional:
            lost = placeholders(self.english) - placeholders(self.text)
            return f"lacks the placeholders {', '.join(sorted(lost))}" if lost else None
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The texts of one file in English and in another language, by their keys.

    The names in braces of a grammar are its own.
    """

    language: str
    entries: Mapping[str, Entry]
    unused: Sequence[str] = ()
    is_grammar: bool = False

    @property
    def total(self) -> int:
        """The number of texts."""
        return len(self.entries)

    @property
    def done(self) -> int:
        """The number of texts that are written."""
        return sum(entry.is_done for entry in self.entries.values())

    def faults(self) -> Iterator[str]:
        """Yield what is missing or wrong, a line for each text."""
        for key, entry in self.entries.items():
            if fault := entry.fault() or (None if self.is_grammar or not entry.text else entry.strangeness()):
                yield f"{key} {fault}"
        yield from (f"{key} is no longer used" for key in self.unused)

    def document(self) -> dict[str, dict[str, Text]]:
        """Return the content of the file that a translator fills in."""
        return {
            key: {ENGLISH: entry.english, self.language: entry.text}
            | ({FORMER: entry.former} if entry.former is not None else {})
            for key, entry in self.entries.items()
        }

    def result(self) -> dict[str, Any]:
        """Return the content of the product's file."""
        document: dict[str, Any] = {}
        for key, entry in self.entries.items():
            if entry.text or not entry.is_optional:
                *groups, name = key.split(SEPARATOR)
                place = document
                for group in groups:
                    place = place.setdefault(group, {})
                place[name] = entry.text
        return document


def filled_in(language: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts of a language's own file as rows of a template."""
    return {key: {language: text} for key, text in _texts(known)}


def placeholders(text: Text) -> set[str]:
    """Return the names in braces of a text or of its variants."""
    return set(chain.from_iterable(map(_PLACEHOLDER.findall, [text] if isinstance(text, str) else text)))


def template_of(
    english: Mapping[str, Any], language: str, written: Mapping[str, Any], *, forms: Sequence[str], own: Sequence[str]
) -> Template:
    """Return the template of a file with what is written in an earlier one.

    A text whose English has changed keeps the former. `forms` are plurals that English doesn't have, `own` the groups
    of texts that each language arranges as it needs them.
    """
    entries: dict[str, Entry] = {}
    for key, text in _texts(english):
        entries[key] = _entry(text, written.get(key, {}), language, is_optional=_is_own(key, own))
        if counted := _COUNTED.match(key):
            others = (f"{counted[1]}_other", counted[1])
            other = next((each for each in others if each in english), None)
            for form in forms:
                if other is None:
                    break
                extra = f"{counted[1]}_{form}"
                entries[extra] = _entry(english[other], written.get(extra, {}), language, is_optional=True)
    further = {key: row for key, row in written.items() if key not in entries and row.get(language)}
    for key, row in further.items():
        if _is_own(key, own):
            entries[key] = _entry(type(row[language])(), row, language, is_optional=True)
    unused = [key for key in further if key not in entries]
    return Template(language=language, entries=entries, unused=unused, is_grammar=bool(own))


def _entry(english: Text, row: Mapping[str, Text], language: str, *, is_optional: bool) -> Entry:
    text = row.get(language) or type(english)()
    former = row.get(FORMER)
    if former is None and text and row.get(ENGLISH, english) != english:
        former = row[ENGLISH]
    return Entry(english=english, text=text, former=former, is_optional=is_optional)


def _texts(value: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Text]]:
    for name, part in value.items():
        key = f"{path}{SEPARATOR}{name}" if path else name
        if isinstance(part, Mapping):
            yield from _texts(part, key)
        else:
            yield key, part


def _is_own(key: str, own: Sequence[str]) -> bool:
    return any(key.startswith(f"{group}{SEPARATOR}") for group in own)
