"""The stored form of a journal: its facts by the table of their kinds, then its settings and states.

Reading trusts nothing: a file that isn't a journal is refused whole, so that it can be kept and examined.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any

from ..back.advice import Advice
from ..codec.codec import Codec
from ..codec.json_values import Plain, expect
from ..codec.schema import CodecError, Dialect, error_at, parts_of, stored
from ..habits.core_goal import CoreGoal
from ..routines.position import PlayerMemory
from .facts import FACT_KINDS, FACTS, KIND_OF, Fact, FactKind
from .former_ids import updated
from .journal import Journal


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
    core_goals: tuple[CoreGoal, ...] = ()


ACKNOWLEDGED_AT_FIRST = Advice.RED_FLAG, Advice.SEVERE, Advice.PERSISTENT, Advice.LASTING
"""The advice of the first versions."""
STATES = Codec(_States, Dialect())
STATE_NAMES = tuple(part.key for part in parts_of(_States, Dialect()))


def to_plain(journal: Journal) -> Plain:
    """Return a journal as JSON values."""
    facts = {kind.stored_as: [plain_of(fact) for fact in journal.facts(kind).values()] for kind in FACT_KINDS}
    for fact in journal.held:
        facts[KIND_OF[type(fact)].stored_as].append(plain_of(fact))
    return facts | states_of(journal)


def states_of(journal: Journal) -> Plain:
    """Return the single values of a journal as JSON values, by name."""
    acknowledged = journal.advice_acknowledged
    is_of_all = acknowledged.keys() >= set(ACKNOWLEDGED_AT_FIRST)
    return STATES.write(
        _States(
            advice_acknowledged=min(acknowledged.values()) if is_of_all else None,
            acknowledged=acknowledged,
            chosen_shoe=journal.chosen_shoe,
            explicitly_chosen=journal.explicitly_chosen,
            may_speak=journal.may_speak,
            routine=journal.routine,
            reported_week=journal.reported_week,
            core_goals=journal.core_goals,
        )
    )


def plain_of(fact: Fact) -> Plain:
    """Return one fact as a JSON value."""
    return KIND_OF[type(fact)].codec.write(fact)


def from_plain(plain: object, *, is_former: bool = False) -> Journal:
    """Read a journal from JSON values; raises JournalError with the path to the invalid part.

    `is_former` marks the values of a version with other ids of activities.
    """
    try:
        parts = expect(dict, plain)
        facts = {kind.collection: _read_facts(kind, parts, is_former=is_former) for kind in FACT_KINDS}
        return journal_of(facts, parts)
    except (CodecError, TypeError) as error:
        raise JournalError(str(error)) from error


def journal_of(facts: Mapping[str, Any], plain: Plain) -> Journal:
    """Return the journal of facts by collection, and of single values as JSON; raises CodecError for an invalid one."""
    states = STATES.read(plain)
    of_all = states.advice_acknowledged
    return Journal(
        **facts,
        advice_acknowledged=(dict.fromkeys(ACKNOWLEDGED_AT_FIRST, of_all) if of_all else {}) | states.acknowledged,
        chosen_shoe=states.chosen_shoe,
        explicitly_chosen=states.explicitly_chosen,
        may_speak=states.may_speak,
        routine=states.routine,
        reported_week=states.reported_week,
        core_goals=states.core_goals,
    )


def _read_facts(kind: FactKind[Any], plain: Mapping[str, Any], *, is_former: bool) -> dict[Any, Any]:
    if kind.in_every_file and kind.stored_as not in plain:
        raise CodecError("is missing", (kind.stored_as,))
    try:
        facts = kind.codec.read_all(plain.get(kind.stored_as, []))
    except CodecError as error:
        raise error_at(kind.stored_as, error) from error
    if is_former:
        facts = [updated(fact) for fact in facts]
    return dict(zip(map(kind.key, facts), facts, strict=True))
