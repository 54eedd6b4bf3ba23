"""How a journal is written down: as objects that JSON knows, with instants in ISO 8601 and nothing that is None.

Reading trusts nothing: what isn't a journal is refused whole, so that it can be kept as it is and looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from .activity import Activity, CadenceProfile, Intensity, Lap, Origin, RunningDynamics, Sport, Surface
from .correction import Correction
from .habit import Habit, Session
from .journal import LARGEST_FIGURE, YEARS, Delivery, Journal, is_figure, session_key
from .pain import WORST, Area, Moment, PainReport, PainSide, RedFlag
from .player_memory import PlayerMemory
from .prompt import Errand, Hold, Occasion, PromptFact, PromptState, Topic
from .rest import Rest
from .routine import Routine, Side, Step

type Plain = dict[str, Any]
type Reader = Callable[[Any], Any]
type Fact = Delivery | Session | PromptFact | Correction | Occasion | Rest | PainReport | PlayerMemory


NAMES = {
    kind: tuple(item.name for item in fields(kind) if item.init)
    for kind in (
        *(Delivery, Activity, CadenceProfile, RunningDynamics, Lap, Session, PromptFact, Correction, Occasion, Rest),
        *(PainReport, PlayerMemory, Routine, Step),
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
        "advice_acknowledged": _plain(journal.advice_acknowledged),
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
        return _read_journal(_mapping(plain), tell or _tell_nobody)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise JournalError(f"{type(error).__name__}: {error}") from error


def _read_journal(plain: Mapping[str, Any], tell: Callable[[Fact, object], None]) -> Journal:
    def facts[T: Fact](
        kind: type[T], readers: Mapping[str, Reader], items: object, former: Mapping[str, str] | None = None
    ) -> list[T]:
        found = []
        for item in _list(items):
            found.append(_read(kind, readers, _renamed(item, former) if former else item))
            tell(found[-1], item)
        return found

    deliveries = facts(Delivery, DELIVERY, plain["deliveries"])
    sessions = facts(Session, SESSION, plain["sessions"])
    prompts = facts(PromptFact, PROMPT_FACT, plain["prompts"], {"habit": "topic"})
    # The first journals have none of these.
    corrections = facts(Correction, CORRECTION, plain.get("corrections", []))
    occasions = facts(Occasion, OCCASION, plain.get("occasions", []))
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
        advice_acknowledged=_optional(_instant)(plain.get("advice_acknowledged")),
        chosen_shoe=_optional(_text)(plain.get("chosen_shoe")),
        chosen_firmly=_flag(plain.get("chosen_firmly", False)),
        may_speak=_flag(plain.get("may_speak", True)),
        routine=next(iter(routines), None),
        week_told=_optional(_day)(plain.get("week_told")),
    )


def _tell_nobody(_fact: Fact, _plain: object) -> None:
    """Keep nothing of what was read."""


def _plain(value: Any) -> Any:
    if names := NAMES.get(type(value)):
        return {name: _plain(part) for name in names if (part := getattr(value, name)) not in (None, ())}
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _read[T](kind: type[T], readers: Mapping[str, Reader], plain: object) -> T:
    return kind(**{name: readers[name](part) for name, part in _mapping(plain).items() if name in readers})


def _renamed(plain: object, former: Mapping[str, str]) -> Plain:
    """Return what was written before something was called otherwise."""
    return {former.get(name, name): part for name, part in _mapping(plain).items()}


def _mapping(plain: object) -> Mapping[str, Any]:
    if not isinstance(plain, dict):
        raise TypeError(f"an object was expected, not {type(plain).__name__}")
    return plain


def _list(plain: object) -> list[Any]:
    if not isinstance(plain, list):
        raise TypeError(f"a list was expected, not {type(plain).__name__}")
    return plain


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError(f"a text was expected, not {type(plain).__name__}")
    return plain


def _flag(plain: object) -> bool:
    if not isinstance(plain, bool):
        raise TypeError(f"true or false was expected, not {type(plain).__name__}")
    return plain


def _number(plain: object) -> float:
    # What nearly every figure of a journal is, and there are a million of them.
    if type(plain) is float and 0 <= plain < LARGEST_FIGURE:
        return plain
    if not isinstance(plain, int | float) or isinstance(plain, bool) or not is_figure(plain):
        raise TypeError(f"a figure was expected, not {type(plain).__name__}")
    return plain


def _count(plain: object) -> int:
    number = _number(plain)
    if number != int(number):
        raise ValueError(f"a count was expected, not {number}")
    return int(number)


def _instant(plain: object) -> datetime:
    # Raises TypeError itself where it is given no text.
    instant = datetime.fromisoformat(plain)  # type: ignore[arg-type]
    if instant.tzinfo is not UTC:
        instant = _in_utc(instant)
    if instant.year not in YEARS:
        raise ValueError(f"an instant that no journal can tell of: {instant}")
    return instant


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {instant}")
    return instant.astimezone(UTC)


def _day(plain: object) -> date:
    return date.fromisoformat(_text(plain))


def _optional(read: Reader) -> Reader:
    return lambda plain: None if plain is None else read(plain)


def _thirds(plain: object) -> tuple[float | None, ...]:
    first, second, third = _list(plain)
    return tuple(_optional(_number)(part) for part in (first, second, third))


def _profile(plain: object) -> CadenceProfile:
    told = _mapping(plain)
    seconds = _list(told["seconds"])
    # Sixty of them for each run of a life are not asked one by one.
    if set(map(type, seconds)) != {int} or min(seconds) < 0 or max(seconds) >= LARGEST_FIGURE:
        raise TypeError("seconds of a cadence were expected")
    return CadenceProfile(lowest=_count(told["lowest"]), seconds=tuple(seconds))


def _score(plain: object) -> float:
    score = _number(plain)
    if score > WORST:
        raise ValueError(f"a score from 0 to 10 was expected, not {score}")
    return score


def _one_of[T: StrEnum](kind: type[T]) -> Callable[[str], T]:
    """Return what reads a member; raises KeyError for what is none."""
    return {member.value: member for member in kind}.__getitem__


def _laps(plain: object) -> tuple[Lap, ...]:
    return tuple([_lap(lap) for lap in _list(plain)])


def _lap(plain: object) -> Lap:
    """Read a lap, of which a journal has more than of all else together."""
    told = _mapping(plain).get
    intensity = told("intensity")
    return Lap(
        start=_instant(told("start")),
        elapsed_time=_figure(told("elapsed_time")),
        moving_time=_figure(told("moving_time")),
        distance=_figure(told("distance")),
        cadence=_figure(told("cadence")),
        intensity=None if intensity is None else INTENSITY(intensity),
    )


def _figure(plain: object) -> float | None:
    return None if plain is None else _number(plain)


def _topic(plain: str) -> Topic:
    return TOPICS[plain]


TOPICS: Mapping[str, Topic] = {topic.value: topic for kind in (Habit, Errand) for topic in kind}
INTENSITY = _one_of(Intensity)
ACTIVITY: Mapping[str, Reader] = {
    "sport": _one_of(Sport),
    "start": _instant,
    "sub_sport": _text,
    "elapsed_time": _number,
    "moving_time": _number,
    "distance": _number,
    "distance_error": _number,
    "cadence": _number,
    "cadence_thirds": _thirds,
    "cadence_profile": _profile,
    "dynamics": lambda plain: _read(RunningDynamics, DYNAMICS, plain),
    "heart_rate": _number,
    "max_heart_rate": _number,
    "power": _number,
    "indoor": _flag,
    "surface": _one_of(Surface),
    "laps": _laps,
    "device": _text,
    "manufacturer": _text,
    "serial_number": _text,
    "incomplete": _flag,
    "origin": _one_of(Origin),
    "origin_id": _text,
    "gear": _text,
}
DYNAMICS: Mapping[str, Reader] = {
    "vertical_oscillation": _number,
    "ground_contact_time": _number,
    "ground_contact_balance": _number,
}
DELIVERY: Mapping[str, Reader] = {
    "activity": lambda plain: _read(Activity, ACTIVITY, plain),
    "learned": _instant,
    "day": _day,
    "live": _flag,
    "chosen_shoe": _text,
    "chosen_firmly": _flag,
}
SESSION: Mapping[str, Reader] = {
    "habit": _one_of(Habit),
    "end": _instant,
    "day": _day,
    "duration": _number,
    "logged": _instant,
}
PROMPT_FACT: Mapping[str, Reader] = {
    "activity": _text,
    "topic": _topic,
    "state": _one_of(PromptState),
    "at": _instant,
    "attempts": _count,
    "channel": _text,
    "snoozes": _count,
    "until": _instant,
    "reason": _one_of(Hold),
}
STEP: Mapping[str, Reader] = {
    "exercise": _text,
    "side": _optional(_one_of(Side)),
    "seconds": _number,
    "rest": _number,
    "repetitions": _optional(_count),
    "name": _optional(_text),
}
# What is None is not written, and a step has no defaults.
NOTHING: Plain = dict.fromkeys(STEP)
ROUTINE: Mapping[str, Reader] = {
    "id": _text,
    "habit": _optional(_one_of(Habit)),
    "steps": lambda plain: tuple(_read(Step, STEP, {**NOTHING, **_mapping(step)}) for step in _list(plain)),
    "name": _text,
}
PLAYER_MEMORY: Mapping[str, Reader] = {
    "routine": lambda plain: _read(Routine, ROUTINE, {"habit": None, **_mapping(plain)}),
    "step": _count,
    "passed": _count,
    "elapsed": _number,
    "done": lambda plain: tuple(_number(done) for done in _list(plain)),
    "active": _number,
    "running": _flag,
    "speaker": _text,
}
OCCASION: Mapping[str, Reader] = {
    "id": _text,
    "habit": _one_of(Habit),
    "at": _instant,
    "asked": _flag,
}
REST: Mapping[str, Reader] = {
    "start": _day,
    "end": _day,
    "said": _instant,
}
PAIN_REPORT: Mapping[str, Reader] = {
    "score": _score,
    "at": _instant,
    "day": _day,
    "said": _instant,
    "area": _one_of(Area),
    "side": _one_of(PainSide),
    "moment": _one_of(Moment),
    "red_flags": lambda plain: tuple(_one_of(RedFlag)(flag) for flag in _list(plain)),
    "note": _text,
    "source": _text,
}
CORRECTION: Mapping[str, Reader] = {
    "activity": _text,
    "at": _instant,
    "start": _instant,
    "day": _day,
    "distance": _number,
    "moving_time": _number,
    "cadence": _number,
    "shoe": _text,
    "removed": _flag,
}
