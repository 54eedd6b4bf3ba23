"""Own routines, written as a text with one step a line, such as "Couch stretch, 45 s, each side"."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.resources import files
import json
import re

from ..exercises.exercise import Side
from ..habits.habit import Habit
from .routine import Routine, Step

SHORTEST_STEP = 5
LONGEST_STEP = 30 * 60
MAX_ROUTINE_STEPS = 100
LONGEST_NAME = 80
# Characters of a line quoted in an error message.
MAX_QUOTE = 60

_WORDS: Mapping[str, list[str]] = json.loads(files(__package__).joinpath("step_words.json").read_text(encoding="utf-8"))
SECONDS_IN = dict.fromkeys(_WORDS["seconds"], 1) | dict.fromkeys(_WORDS["minutes"], 60) | {"": 1}
EACH_SIDE = frozenset(_WORDS["each_side"])

BULLET = re.compile(r"\s*(?:[-*\N{BULLET}\N{EN DASH}]|\d+[.)])\s+")
# A comma within a number is no separator.
SEPARATOR = re.compile(r";|,(?!\d)|(?<!\d),")
CLOCK = re.compile(r"(\d{1,9}):([0-5]\d)")
TERM = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*([^\W\d_]*)\.?\s*")


class RoutineTextFault(StrEnum):
    """Reasons for rejecting a routine's text."""

    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NO_STEPS = "no_steps"
    TOO_MANY_STEPS = "too_many_steps"
    STEP_INCOMPLETE = "step_incomplete"
    STEP_NAME_TOO_LONG = "step_name_too_long"
    STEP_TOO_LONG = "step_too_long"
    STEP_TOO_SHORT = "step_too_short"
    STEP_UNIT_UNKNOWN = "step_unit_unknown"


class RoutineTextError(ValueError):
    """A text is no routine, for the reason `flaw`, in this line, counted from 1; 0 for the whole text."""

    def __init__(self, flaw: RoutineTextFault, *, line: int = 0, text: str = "") -> None:
        """Store the reason and its place."""
        super().__init__(flaw.value)
        self.flaw = flaw
        self.line = line
        self.text = text if len(text) <= MAX_QUOTE else f"{text[:MAX_QUOTE]}\N{HORIZONTAL ELLIPSIS}"


def own_routine(name: str, habit: Habit, text: str) -> Routine:
    """Parse the text of an own routine; a session of it counts for a habit.

    Raises RoutineTextError.
    """
    name = _tidy(name)
    if not name:
        raise RoutineTextError(RoutineTextFault.NAME_MISSING)
    if len(name) > LONGEST_NAME:
        raise RoutineTextError(RoutineTextFault.NAME_TOO_LONG)
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = _tidy(BULLET.sub("", line, count=1))
        if not words:
            continue
        try:
            steps += _steps(words)
        except RoutineTextError as error:
            raise RoutineTextError(error.flaw, line=number, text=words) from None
        if len(steps) > MAX_ROUTINE_STEPS:
            raise RoutineTextError(RoutineTextFault.TOO_MANY_STEPS, line=number, text=words)
    if not steps:
        raise RoutineTextError(RoutineTextFault.NO_STEPS)
    return Routine(id=name, habit=habit, steps=tuple(steps), name=name)


def _tidy(text: str) -> str:
    """Return a text with single spaces and without unprintable characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _steps(line: str) -> Iterator[Step]:
    """Yield the step of a line, or one for each side."""
    *parts, last = (part.strip() for part in SEPARATOR.split(line))
    seconds: float | None = None
    sides: tuple[Side | None, ...] = (None,)
    while parts:
        if last.casefold() in EACH_SIDE:
            sides = tuple(Side)
        elif last and (seconds is not None or not last[0].isdecimal()):
            break
        elif last:
            seconds = _seconds(last)
        last = parts.pop()
    name = ", ".join(part for part in (*parts, last) if part)
    if seconds is None or not name:
        raise RoutineTextError(RoutineTextFault.STEP_INCOMPLETE)
    if len(name) > LONGEST_NAME:
        raise RoutineTextError(RoutineTextFault.STEP_NAME_TOO_LONG)
    if seconds < SHORTEST_STEP:
        raise RoutineTextError(RoutineTextFault.STEP_TOO_SHORT)
    if seconds > LONGEST_STEP:
        raise RoutineTextError(RoutineTextFault.STEP_TOO_LONG)
    for side in sides:
        yield Step(exercise="", side=side, seconds=seconds, rest=0, repetitions=None, name=name)


def _seconds(text: str) -> float:
    """Return the seconds of a time written as 45 s, 1.5 min, 1 min 30 s, 1:30, or 45 alone."""
    if clock := CLOCK.fullmatch(text):
        return 60 * int(clock[1]) + int(clock[2])
    seconds, read = 0.0, 0
    while read < len(text):
        term = TERM.match(text, read)
        if term is None or term[2].casefold() not in SECONDS_IN:
            raise RoutineTextError(RoutineTextFault.STEP_UNIT_UNKNOWN)
        seconds += float(term[1].replace(",", ".")) * SECONDS_IN[term[2].casefold()]
        read = term.end()
    return seconds
