"""How a journal is written down: as objects that JSON knows, with instants in ISO 8601 and nothing that is None.

Reading trusts nothing: what isn't a journal is refused whole, so that it can be kept as it is and looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from ..back.advice import Advice
from ..back.pain import PainReport
from ..habits.habit import Session
from ..habits.rest import Rest
from ..json_values import Plain, Reader, day, expect, flag, instant, optional, read, text, text_of
from ..prompts.prompt import PromptFact, PromptStep, PromptTrigger
from ..routines.position import PlayerMemory
from ..routines.routine import Routine, Step
from ..runs.activity import Activity, CadenceProfile, Lap, RunningDynamics
from ..runs.corrections import Correction
from .fact_readers import (
    ADVICE,
    CORRECTION,
    DELIVERY,
    OCCASION,
    PAIN_REPORT,
    PLAYER_MEMORY,
    PROMPT_FACT,
    REST,
    SESSION,
)
from .journal import Delivery, Journal, session_key

type Fact = Delivery | Session | PromptFact | Correction | PromptTrigger | Rest | PainReport | PlayerMemory


NAMES = {
    kind: tuple(item.name for item in fields(kind) if item.init)
    for kind in (
        *(
            Delivery,
            Activity,
            CadenceProfile,
            RunningDynamics,
            Lap,
            Session,
            PromptFact,
            Correction,
            PromptTrigger,
            Rest,
        ),
        *(PainReport, PlayerMemory, PromptStep, Routine, Step),
    )
}
"""What is written of each kind; asked for every time that something is."""


class JournalError(Exception):
    """What was read is not a journal."""


def to_plain(journal: Journal, write: Callable[[Fact], object] | None = None) -> Plain:
    """Return a journal as JSON objects; `write` is what turns one fact into such an object, `plain_of` by default."""
    write = write or plain_of
    return {
        "deliveries": [write(delivery) for delivery in journal.deliveries.values()],
        "sessions": [write(session) for session in journal.sessions.values()],
        "prompts": [write(fact) for fact in journal.prompts.values()],
        "corrections": [write(correction) for correction in journal.corrections.values()],
        "occasions": [write(occasion) for occasion in journal.occasions.values()],
        "rests": [write(rest) for rest in journal.rests.values()],
        "pains": [write(report) for report in journal.pains.values()],
        # So much of it is read by those who know of no more than one instant for all.
        "advice_acknowledged": _plain(_all_acknowledged(journal)),
        "acknowledged": {advice.value: _plain(at) for advice, at in journal.advice_acknowledged.items()},
        "chosen_shoe": journal.chosen_shoe,
        "chosen_firmly": journal.chosen_firmly,
        "may_speak": journal.may_speak,
        "routine": journal.routine and write(journal.routine),
        "week_told": _plain(journal.week_told),
    }


def plain_of(fact: Fact) -> Plain:
    """Return one fact as a JSON object."""
    plain: Plain = _plain(fact)
    return plain


def from_plain(plain: object, tell: Callable[[Fact, object], None] | None = None) -> Journal:
    """Read a journal from JSON objects; `tell` is called with each fact and what it was read from.

    Raises JournalError where something in it is not what it should be.
    """
    try:
        return _read_journal(expect(dict, plain), tell or _tell_nobody)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise JournalError(f"{type(error).__name__}: {error}") from error


def _read_journal(plain: Mapping[str, Any], tell: Callable[[Fact, object], None]) -> Journal:
    def facts[T: Fact](
        kind: type[T], readers: Mapping[str, Reader], items: object, former: Mapping[str, str] | None = None
    ) -> list[T]:
        found = []
        for item in expect(list, items):
            found.append(read(kind, readers, _renamed(item, former) if former else item))
            tell(found[-1], item)
        return found

    deliveries = facts(Delivery, DELIVERY, plain["deliveries"])
    sessions = facts(Session, SESSION, plain["sessions"])
    prompts = facts(PromptFact, PROMPT_FACT, plain["prompts"], {"habit": "topic"})
    # The first journals have none of these.
    corrections = facts(Correction, CORRECTION, plain.get("corrections", []))
    occasions = facts(PromptTrigger, OCCASION, plain.get("occasions", []))
    rests = facts(Rest, REST, plain.get("rests", []))
    pains = facts(PainReport, PAIN_REPORT, plain.get("pains", []))
    routine = plain.get("routine")
    routines = facts(PlayerMemory, PLAYER_MEMORY, [] if routine is None else [routine])
    return Journal(
        deliveries={delivery.activity.id: delivery for delivery in deliveries},
        sessions={session_key(session): session for session in sessions},
        prompts={(fact.activity, fact.topic): fact for fact in prompts},
        corrections={correction.key: correction for correction in corrections},
        occasions={occasion.id: occasion for occasion in occasions},
        rests={rest.key: rest for rest in rests},
        pains={report.key: report for report in pains},
        advice_acknowledged=_acknowledged(plain),
        chosen_shoe=optional(text)(plain.get("chosen_shoe")),
        chosen_firmly=flag(plain.get("chosen_firmly", False)),
        may_speak=flag(plain.get("may_speak", True)),
        routine=next(iter(routines), None),
        week_told=optional(day)(plain.get("week_told")),
    )


def _all_acknowledged(journal: Journal) -> datetime | None:
    """Return when the last advice that nobody knew of was acknowledged, None where there still is one."""
    told = journal.advice_acknowledged
    return min(told.values()) if told.keys() == set(Advice) else None


def _acknowledged(plain: Mapping[str, Any]) -> dict[Advice, datetime]:
    """Read when each advice was acknowledged; the first journals knew one instant, which was of all of them."""
    of_all = optional(instant)(plain.get("advice_acknowledged"))
    told: dict[Advice, datetime] = {} if of_all is None else dict.fromkeys(Advice, of_all)
    each = expect(dict, plain.get("acknowledged", {}))
    return told | {ADVICE(advice): instant(at) for advice, at in each.items()}


def _tell_nobody(_fact: Fact, _plain: object) -> None:
    """Keep nothing of what was read."""


def _plain(value: Any) -> Any:
    if names := NAMES.get(type(value)):
        return {name: _plain(part) for name in names if (part := getattr(value, name)) not in (None, ())}
    match value:
        case datetime():
            return text_of(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _renamed(plain: object, former: Mapping[str, str]) -> Plain:
    """Return what was written before something was called otherwise."""
    return {former.get(name, name): part for name, part in expect(dict, plain).items()}
