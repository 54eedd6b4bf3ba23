"""Pain score in a typed reply."""

from collections.abc import Iterable
import re

from .pain import WORST

# "3", "3,5", "3/10", "7 out of 10": a number by itself, or of ten.
NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?:\s*(?:/|[^\W\d]+(?:\s[^\W\d]+)?)\s*10)?[.!]?")


def typed_score(text: str, *, worst: Iterable[str]) -> float | None:
    """Return the score of a reply: a number from 0 to 10, or one of the words that mean the worst; else None."""
    reply = " ".join(text.split()).casefold()
    if reply.rstrip(".!") in {word.casefold() for word in worst}:
        return WORST
    found = NUMBER.fullmatch(reply)
    score = float(found[1].replace(",", ".")) if found else None
    return score if score is not None and score <= WORST else None
