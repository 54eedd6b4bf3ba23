"""Sentences for the cards in the language of the user: about the runner's present state, and long instructions."""

from collections.abc import Iterable, Iterator, Mapping

from ..back.state import BackState, BackStatus
from ..shoes.fitting import FittingHint
from ..speech.phrases import Phrases, line
from ..summary import Summary

HELPS = ("form_check_how", "experiment_help")
"""Keys of long instructions, outside the cards' own files."""
WISE_TEXTS = ("wise_runs", "wise_usual")
"""Keys of the texts beside the wise distance; the cards fill in the distances, in the unit of the user."""
WISE_PLACEHOLDERS = {name: f"{{{name}}}" for name in ("low", "high")}
SPOKEN_STATES = frozenset({BackState.SORE, BackState.DOCTOR})


def card_texts(summary: Summary, phrases: Phrases, *, fitting: Iterable[FittingHint] = ()) -> Mapping[str, str]:
    """Return the sentences by their keys: advice, state of the back, hints, wise distance, fit of pairs, and helps."""
    keys = (*_keys(summary), *(f"hint_{hint}" for hint in fitting))
    return {key: line(phrases, f"card.{key}", turn=0, **WISE_PLACEHOLDERS) for key in keys}


def _keys(summary: Summary) -> Iterator[str]:
    yield from HELPS
    if advice := summary.pain.advice:
        yield f"advice_{advice}"
        yield f"advice_{advice}_help"
    if state := _state_key(summary.back):
        yield state
    yield from (f"hint_{hint}" for hint in summary.load.hints)
    if summary.wise:
        yield f"hint_wise_{summary.wise.rule}"
        yield from WISE_TEXTS


def _state_key(status: BackStatus) -> str | None:
    if status.is_unknown:
        return "state_unknown"
    if status.state in SPOKEN_STATES:
        return f"state_{status.state}"
    return f"state_cleared_{status.step}" if status.state is BackState.CLEARED and status.step else None
