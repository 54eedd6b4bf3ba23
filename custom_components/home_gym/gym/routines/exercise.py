"""Exercises of the guided routines.

Their names and instructions are in the phrases, their pictures in the drawings.
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
    """Fitness level of a runner."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Side(StrEnum):
    """The working side of the body."""

    LEFT = "left"
    RIGHT = "right"


class Variant(StrEnum):
    """Easier or harder variant of an exercise."""

    EASIER = "easier"
    HARDER = "harder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise, and the habits that it belongs to.

    `hold` is seconds: the initial hold, or the duration of its `repetitions` if it has some; None if only a routine
    sets it. A `sided` one is done once for each side, each as long. `easier` and `harder` are ids of the exercises that
    replace it; `ways` are the variants of the exercise itself, described by the phrases, for lack of a replacement.
    `drawing` is the name of a file.
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
        """Return the id of the exercise that replaces this one in a variant, None if it is done itself."""
        match way:
            case Variant.EASIER:
                return self.easier
            case Variant.HARDER:
                return self.harder
            case _:
                return None


DATA: Mapping[str, Any] = json.loads(files(__package__).joinpath("routines.json").read_text(encoding="utf-8"))
"""Exercises by id, and the contents of routines by habit and length; read once.

`without` has the reason for an exercise's lack of an easier or harder variant.
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
