"""The stored form of a journal: its facts by the table of their kinds, then its settings and states.

Reading trusts nothing: a file that isn't a journal is refused whole, so that it can be kept and examined.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any

from ..back.advice import Advice
from ..codec.codec import Codec
from ..codec.json_values import Plain, expect
from ..codec.schema import CodecError, Dialect, error_at, stored
from ..routines.position import PlayerMemory
from .facts import FACT_KINDS, FACTS, KIND_OF, Fact, FactKind
from .journal import Journal

type StoredJournal = Fact | PlayerMemory
"""The parts of a journal that are written one by one."""
type Write = Callable[[StoredJournal], object]
type Report = Callable[[StoredJournal, object], None]


class JournalError(Exception):
    """A document that is not a journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _States:
    """The single values of a journal, in the order of the file.

    The first versions had one acknowledgement of all advice, `advice_acknowledged`, and still read it.
    """

    advice_acknowledged: datetime | None = None
    acknowledged: dict[Advice, datetime] = field(default_factory=dict)
    chosen_shoe: str | None = None
    explicitly_chosen: bool = field(default=False, metadata=stored("chosen_firmly"))
    may_speak: bool = True
    routine: Annotated[PlayerMemory, FACTS] | None = None
    reported_week: date | None = field(default=None, metadata=stored("week_told"))


ACKNOWLEDGED_AT_FIRST = Advice.RED_FLAG, Advice.SEVERE, Advice.PERSISTENT, Advice.LASTING
"""The advice of the first versions."""
STATES = Codec(_States, Dialect())
POSITION = Codec(PlayerMemory, FACTS)


def to_plain(journal: Journal, write: Write | None = None) -> Plain:
    """Return a journal as JSON values; `write` turns one fact into such a value, `plain_of` by default."""
    write = write or plain_of
    acknowledged = journal.advice_acknowledged
    states = _States(
        advice_acknowledged=min(acknowledged.values()) if acknowledged.keys() >= set(ACKNOWLEDGED_AT_FIRST) else None,
        acknowledged=acknowledged,
        chosen_shoe=journal.chosen_shoe,
        explicitly_chosen=journal.explicitly_chosen,
        may_speak=journal.may_speak,
        reported_week=journal.reported_week,
    )
    facts = {kind.stored_as: [write(fact) for fact in journal.facts(kind).values()] for kind in FACT_KINDS}
    plain: Plain = facts | STATES.write(states)
    plain["routine"] = journal.routine and write(journal.routine)
    return plain


def plain_of(fact: StoredJournal) -> Plain:
    """Return one fact as a JSON value."""
    return POSITION.write(fact) if isinstance(fact, PlayerMemory) else KIND_OF[type(fact)].codec.write(fact)


def from_plain(plain: object, report: Report | None = None) -> Journal:
    """Read a journal from JSON values; `report` is called with each fact and its JSON value.

    Raises JournalError with the path to the invalid part.
    """
    try:
        return _read_journal(expect(dict, plain), report or _ignore)
    except (CodecError, TypeError) as error:
        raise JournalError(str(error)) from error


def _read_journal(plain: Mapping[str, Any], report: Report) -> Journal:
    facts = {kind.collection: _read_facts(kind, plain, report) for kind in FACT_KINDS}
    states = STATES.read(plain)
    if states.routine is not None:
        report(states.routine, plain["routine"])
    of_all = states.advice_acknowledged
    return Journal(
        **facts,
        advice_acknowledged=(dict.fromkeys(ACKNOWLEDGED_AT_FIRST, of_all) if of_all else {}) | states.acknowledged,
        chosen_shoe=states.chosen_shoe,
        explicitly_chosen=states.explicitly_chosen,
        may_speak=states.may_speak,
        routine=states.routine,
        reported_week=states.reported_week,
    )


def _read_facts[T: Fact](kind: FactKind[T], plain: Mapping[str, Any], report: Report) -> dict[Any, T]:
    if kind.in_every_file and kind.stored_as not in plain:
        raise CodecError("is missing", (kind.stored_as,))
    items = plain.get(kind.stored_as, [])
    try:
        facts = kind.codec.read_all(items)
    except CodecError as error:
        raise error_at(kind.stored_as, error) from error
    for fact, item in zip(facts, items, strict=True):
        report(fact, item)
    return dict(zip(map(kind.key, facts), facts, strict=True))


def _ignore(_fact: StoredJournal, _plain: object) -> None:
    """Ignore the JSON value of a fact."""
