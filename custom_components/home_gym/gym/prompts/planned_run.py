"""Planned runs: events of a calendar whose titles have one of the runner's words."""

import re

# Any title counts.
EVERY_TITLE = "*"
_WORD = re.compile(r"[^\W\d_]+")


def is_planned_run(title: str, words: str) -> bool:
    """Return whether a title has one of the words, which are separated by commas; a word may be several in a row."""
    said = _words_of(title)
    for each in words.split(","):
        wanted = _words_of(each)
        if each.strip() == EVERY_TITLE:
            return True
        if wanted and any(said[place : place + len(wanted)] == wanted for place in range(len(said))):
            return True
    return False


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
