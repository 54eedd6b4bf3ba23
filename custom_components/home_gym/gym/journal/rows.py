"""The rows of a stored journal: one for each fact, and one for each of its settings and states.

Reading trusts nothing, but damage is local: a row that can't be read is set aside, and all others are read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from ..codec.json_values import Plain, text_of
from ..codec.schema import CodecError, parts_of
from .changes import Change
from .codec import journal_of, plain_of, states_of
from .facts import FACT_KINDS, FACTS, KIND_STORED_AS, Fact, FactKind
from .former_ids import updated
from .journal import Journal

STATE = "state"
"""Kind of the rows of settings and states; the key of each is its name."""
PRUNED = ("prompts", "occasions")
"""Kinds of rows that matter for a year only: no streak, pattern or report needs older ones."""
KEPT_FOR = timedelta(days=366)


class Row(NamedTuple):
    """A stored part of a journal: its kind and key, the instant that it is about, and its JSON value."""

    kind: str
    key: str
    at: str | None = None
    body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row that can't be read, and the reason."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJournal:
    """A journal read from rows, and the rows that couldn't be read."""

    journal: Journal
    set_aside: Sequence[SetAside] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChanges:
    """Rows to write, in order, and the kinds and keys of rows to remove."""

    put: Sequence[Row] = ()
    removed: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class _Facts:
    """Facts as they are read: by the collection of their kind."""

    found: dict[str, dict[Any, Any]] = field(default_factory=lambda: {kind.collection: {} for kind in FACT_KINDS})
    states: Plain = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)


def row_of(kind: FactKind[Any], fact: Fact) -> Row:
    """Return the row of a fact."""
    at = kind.at(fact)
    return Row(
        kind=kind.stored_as, key=kind.row_key(kind.key(fact)), at=text_of(at) if at else None, body=plain_of(fact)
    )


def rows_of(changes: Iterable[Change]) -> RowChanges:
    """Return the rows of changed facts."""
    put, removed = [], []
    for kind, key, fact in changes:
        if fact is None:
            removed.append((kind.stored_as, kind.row_key(key)))
        else:
            put.append(row_of(kind, fact))
    return RowChanges(put=put, removed=removed)


def state_rows(journal: Journal) -> list[Row]:
    """Return the rows of a journal's settings and states, those without a value included."""
    return [Row(kind=STATE, key=name, body=value) for name, value in states_of(journal).items()]


def all_rows(journal: Journal) -> Iterator[Row]:
    """Yield every row of a journal."""
    for kind in FACT_KINDS:
        for fact in journal.facts(kind).values():
            yield row_of(kind, fact)
    yield from state_rows(journal)


def read_rows(rows: Iterable[Row], *, is_former: bool = False) -> ReadJournal:
    """Read a journal from rows; those of unknown kinds are ignored.

    `is_former` marks the rows of a version with other ids of activities.
    """
    facts = _Facts()
    for row in rows:
        if row.kind == STATE:
            facts.states[row.key] = row.body
        elif kind := KIND_STORED_AS.get(row.kind):
            _read_fact(kind, row, facts, is_former=is_former)
    return ReadJournal(journal=_with_states(facts), set_aside=facts.set_aside)


def _read_fact(kind: FactKind[Any], row: Row, facts: _Facts, *, is_former: bool) -> None:
    try:
        fact = kind.codec.read(row.body)
        if is_former and kind.row_key(kind.key(former := updated(fact))) == row.key:
            fact = former
        key = kind.key(fact)
        if kind.row_key(key) != row.key:
            raise CodecError(f"the key {kind.row_key(key)} was expected")
    except (ValueError, TypeError, OverflowError) as error:
        facts.set_aside.append(SetAside(row=row, reason=str(error)))
    else:
        facts.found[kind.collection][key] = fact


def _with_states(facts: _Facts) -> Journal:
    """Return the journal of facts and states; a state that can't be read is set aside."""
    while True:
        try:
            return journal_of(facts.found, facts.states)
        except CodecError as error:
            name = str(error.path[0])
            row = Row(kind=STATE, key=name, body=facts.states.pop(name))
            facts.set_aside.append(SetAside(row=row, reason=str(error)))


def with_unknown(kind: str, old: Any, new: Any) -> Any:
    """Return the new value of a row with the fields of its old value that only a newer version knows."""
    fact_kind = KIND_STORED_AS.get(kind)
    if fact_kind is None:
        return new
    try:
        known = fact_kind.codec.write(fact_kind.codec.read(old))
    except CodecError:
        return new
    former = {part.stored.former_key for part in parts_of(fact_kind.kind, FACTS)}
    return _merged({key: value for key, value in old.items() if key not in former}, known, new)


def _merged(old: Any, known: Any, new: Any) -> Any:
    """Return a new value with the parts of the old one that its known form lacks."""
    if isinstance(old, Mapping) and isinstance(known, Mapping) and isinstance(new, Mapping):
        unknown = {key: value for key, value in old.items() if key not in known and key not in new}
        parts = {
            key: _merged(old[key], known[key], value) if key in old and key in known else value
            for key, value in new.items()
        }
        return parts | unknown
    if isinstance(old, list) and isinstance(known, list) and isinstance(new, list) and len(old) == len(new):
        return [_merged(*each) for each in zip(old, known, new, strict=True)]
    return new
