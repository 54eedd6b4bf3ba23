"""Exercises of the guided routines, as they are chosen and shown.

Their names and instructions are in the phrases, their pictures in the drawings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..habits.habit import Habit
from .exercise_facts import ALL_EXERCISES, ExerciseFacts, easier_forms, harder_forms
from .level import Level


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

    A `sided` one is done once for each side, each as long; `is_counted` means that it has repetitions. `easier` and
    `harder` are ids of the exercises that replace it; `ways` are the variants of the exercise itself, described by the
    phrases, for lack of a replacement. `drawing` is the name of a file.
    """

    id: str
    habits: frozenset[Habit]
    sided: bool
    is_counted: bool
    easier: str | None
    harder: str | None
    ways: frozenset[Variant]
    drawing: str

    @property
    def is_held(self) -> bool:
        """Whether it is a stretch or a plank, held for a time that grows."""
        return not self.is_counted and bool(self.habits & {Habit.CORE, Habit.STRETCH})

    def other(self, way: Variant) -> str | None:
        """Return the id of the exercise that replaces this one in a variant, None if it is done itself."""
        return self.easier if way is Variant.EASIER else self.harder


def _exercise(facts: ExerciseFacts) -> Exercise:
    easier = next(easier_forms(facts.id), None)
    harder = next((form for form in harder_forms(facts.id) if _is_alike(form, facts)), None)
    replaced = {Variant.EASIER: easier, Variant.HARDER: harder}
    return Exercise(
        id=facts.id,
        habits=facts.habits,
        sided=facts.is_sided,
        is_counted=facts.doses[Level.BEGINNER].repetitions is not None,
        easier=easier,
        harder=harder,
        ways=frozenset(way for way in Variant if not replaced[way] and way not in facts.without),
        drawing=f"{facts.id}.svg",
    )


def _is_alike(form: str, facts: ExerciseFacts) -> bool:
    """Return whether a form belongs to a habit of an exercise: the walk after a run has no jog as its harder form."""
    return bool(ALL_EXERCISES[form].habits & facts.habits)


_CATALOGUE: Mapping[str, Exercise] = MappingProxyType({facts.id: _exercise(facts) for facts in ALL_EXERCISES.values()})


def catalogue() -> Mapping[str, Exercise]:
    """Return every exercise by its id."""
    return _CATALOGUE
