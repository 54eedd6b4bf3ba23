"""Exercises of the guided routines: those of the catalogue that have instructions and a drawing.

Their names and instructions are in the phrases, their pictures in the drawings.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
import json
from types import MappingProxyType
from typing import Any

from ..habits.habit import Habit
from .exercise_facts import ALL_EXERCISES, ExerciseFacts, easier_forms, harder_forms


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

    @property
    def is_held(self) -> bool:
        """Whether it is a stretch or a plank, held for a time that grows."""
        return self.repetitions is None and bool(self.habits & {Habit.CORE, Habit.STRETCH})

    def other(self, way: Variant) -> str | None:
        """Return the id of the exercise that replaces this one in a variant, None if it is done itself."""
        return self.easier if way is Variant.EASIER else self.harder


DATA: Mapping[str, Any] = json.loads(files(__package__).joinpath("routines.json").read_text(encoding="utf-8"))
"""Holds of the exercises by id, and the contents of routines by habit and length, and for limits; read once.

`without` has the reason for an exercise's lack of an easier or harder variant.
"""


def _exercise(identifier: str, plain: Mapping[str, Any], playable: Collection[str]) -> Exercise:
    facts = ALL_EXERCISES[identifier]
    easier = next((form for form in easier_forms(identifier) if form in playable), None)
    harder = next((form for form in harder_forms(identifier) if form in playable and _is_alike(form, facts)), None)
    replaced = {Variant.EASIER: easier, Variant.HARDER: harder}
    return Exercise(
        id=identifier,
        habits=facts.habits,
        sided=facts.is_sided,
        hold=plain.get("hold"),
        repetitions=plain.get("repetitions"),
        easier=easier,
        harder=harder,
        ways=frozenset(way for way in Variant if not replaced[way] and way not in plain.get("without", {})),
        drawing=f"{identifier}.svg",
    )


def _is_alike(form: str, facts: ExerciseFacts) -> bool:
    """Return whether a form belongs to a habit of an exercise: the walk after a run has no jog as its harder form."""
    return bool(ALL_EXERCISES[form].habits & facts.habits)


_CATALOGUE: Mapping[str, Exercise] = MappingProxyType(
    {identifier: _exercise(identifier, plain, DATA["exercises"]) for identifier, plain in DATA["exercises"].items()}
)


def catalogue() -> Mapping[str, Exercise]:
    """Return every exercise by its id."""
    return _CATALOGUE
