"""Kit in a reply: the things that a runner names, by the words of the phrases."""

from collections.abc import Iterable
import re

from ..speech.phrases import Phrases
from .exercise_facts import Kit

WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
CLAUSE = re.compile(r"[,.;:!?]")
# The word that denies a thing stands so close before it.
REACH = 3


def kit_in(text: str, phrases: Phrases) -> frozenset[Kit] | None:
    """Return the kit that a reply names, none for a reply such as "nothing"; None for any other text."""
    clauses = [_words(clause) for clause in CLAUSE.split(text)]
    is_none = any(_places(clause, phrases["kit.none"]) for clause in clauses)
    # "Tout" is in "rien du tout", too.
    if not is_none and any(_places(clause, phrases["kit.all"]) for clause in clauses):
        return frozenset(Kit)
    named, denied = set[Kit](), set[Kit]()
    for clause in clauses:
        noes = set(_places(clause, phrases["kit.not"]))
        for kit in Kit:
            places = _places(clause, phrases[f"kit.{kit}"])
            if any(noes & set(range(place - REACH, place)) for place in places):
                denied.add(kit)
            elif places:
                named.add(kit)
    return frozenset(named) if named or denied or is_none else None


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _places(words: list[str], forms: Iterable[str]) -> list[int]:
    """Return the places of forms among words."""
    wanted = [_words(form) for form in forms]
    return [place for place in range(len(words)) for form in wanted if words[place : place + len(form)] == form]
