"""The exercises that guided routines are made of.

What they are called and how they are explained is in the phrases; what they look like is in the drawings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
import json
from types import MappingProxyType
from typing import Any

from ..habits.habit import Habit


class Level(StrEnum):
    """How much a runner's body is used to."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Side(StrEnum):
    """The side of the body that works."""

    LEFT = "left"
    RIGHT = "right"


class Variant(StrEnum):
    """How an exercise is done otherwise than its cue says."""

    EASIER = "easier"
    HARDER = "harder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise, and the habits that it belongs to.

    `hold` is seconds: how long it is held at first, or how long its `repetitions` take where it has some; None where
    only a routine says how long. A `sided` one is done once for each side, each as long. `easier` and `harder` are ids
    of the exercises that take its place; `ways` are those in which it is done itself where no other does, of which the
    phrases tell. `drawing` is the name of a file.
    """

    id: str
    habits: frozenset[Habit]
    sided: bool
    hold: float | None
    repetitions: int | None
    easier: str | None
    harder: str | None
    ways: frozenset[Variant]
    drawing: str

    def other(self, way: Variant | None) -> str | None:
        """Return the id of the exercise that takes its place, None where it is done itself."""
        match way:
            case Variant.EASIER:
                return self.easier
            case Variant.HARDER:
                return self.harder
            case _:
                return None


DATA: Mapping[str, Any] = json.loads(files(__package__).joinpath("routines.json").read_text(encoding="utf-8"))
"""Exercises by id, and what routines consist of by habit and length; read once.

`without` has the reason why an exercise has no easier or harder form at all.
"""


def _exercise(identifier: str, facts: Mapping[str, Any]) -> Exercise:
    return Exercise(
        id=identifier,
        habits=frozenset(map(Habit, facts["habits"])),
        sided=facts.get("sided", False),
        hold=facts.get("hold"),
        repetitions=facts.get("repetitions"),
        easier=facts.get("easier"),
        harder=facts.get("harder"),
        ways=frozenset(way for way in Variant if way not in facts and way not in facts.get("without", {})),
        drawing=facts["drawing"],
    )


_CATALOGUE: Mapping[str, Exercise] = MappingProxyType(
    {identifier: _exercise(identifier, facts) for identifier, facts in DATA["exercises"].items()}
)


def catalogue() -> Mapping[str, Exercise]:
    """Return every exercise by its id."""
    return _CATALOGUE
