"""Facts of all exercises, those without instructions included: doses, progress, forms and limits.

`catalogue.json` has them; the sources are in docs/routines.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
import json
from math import ceil
from types import MappingProxyType
from typing import Any

from ..back.limits import Limit
from ..habits.habit import Habit
from .level import Level


class Position(StrEnum):
    """Posture of an exercise."""

    WALKING = "walking"
    STANDING = "standing"
    KNEELING = "kneeling"
    HANDS_AND_KNEES = "hands_and_knees"
    BACK = "back"
    SIDE = "side"
    FRONT = "front"
    SITTING = "sitting"
    ANY = "any"


class Kit(StrEnum):
    """Things that an exercise needs."""

    BAND = "band"
    STEP = "step"
    ROLLER = "roller"
    BALL = "ball"
    GUN = "gun"
    TOWEL = "towel"
    CUSHION = "cushion"


USUAL_KIT = frozenset(Kit) - {Kit.BAND, Kit.BALL}
"""Kit of a runner without a choice of kit."""


class Growth(StrEnum):
    """Part of a dose that grows."""

    SECONDS = "seconds"
    REPETITIONS = "repetitions"
    SECONDS_EACH = "seconds_each"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """Duration of an exercise on one side in seconds, and the number of its repetitions, None for a hold."""

    seconds: float
    repetitions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFacts:
    """Facts of one exercise.

    `doses` has the first dose of each level. Of `grows` each step of progress adds `step`, up to `ceiling`; None for an
    exercise that doesn't grow. `easier` and `harder` are the ids of other exercises. `setup` is the seconds to get into
    place, `change` those to change sides. `not_with` has the limits beside which the easier form is done, or nothing;
    `is_opt_in` marks an exercise that is done only by choice. `kit` is the thing it needs; without it, the exercise
    `instead` replaces it, or its easier form. `without` has the reason for a lack of an easier or harder variant.
    """

    id: str
    habits: frozenset[Habit]
    position: Position
    is_sided: bool
    doses: Mapping[Level, Dose]
    grows: Growth | None
    step: int | None
    ceiling: int | None
    easier: str | None
    harder: str | None
    setup: float
    change: float
    not_with: frozenset[Limit]
    is_opt_in: bool
    kit: Kit | None
    instead: str | None
    without: Mapping[str, str]

    def dose(self, level: Level, grade: int) -> Dose:
        """Return the dose of a level after a number of steps of progress, up to the ceiling."""
        first = self.doses[level]
        if self.grows is None or self.step is None or self.ceiling is None or not first.seconds:
            return first
        if self.grows is Growth.SECONDS:
            return Dose(seconds=max(first.seconds, min(first.seconds + grade * self.step, self.ceiling)))
        times = first.repetitions or 1
        each = first.seconds / times
        if self.grows is Growth.REPETITIONS:
            times = max(times, min(times + grade * self.step, self.ceiling))
        else:
            each = max(each, min(each + grade * self.step, self.ceiling))
        return Dose(seconds=times * each, repetitions=times)

    def top_grade(self, level: Level) -> int:
        """Return the number of steps from a level's first dose to the ceiling."""
        first = self.doses[level]
        if self.grows is None or self.step is None or self.ceiling is None:
            return 0
        times = first.repetitions or 1
        begins = {Growth.SECONDS: first.seconds, Growth.REPETITIONS: times, Growth.SECONDS_EACH: first.seconds / times}
        return max(0, ceil((self.ceiling - begins[self.grows]) / self.step))


def _doses(plain: Mapping[str, Any]) -> Mapping[Level, Dose]:
    if "seconds" in plain:
        doses = [Dose(seconds=seconds) for seconds in plain["seconds"]]
    else:
        each = plain["seconds_each"]
        doses = [Dose(seconds=times * each, repetitions=times) for times in plain["repetitions"]]
    return MappingProxyType(dict(zip(Level, doses, strict=True)))


def _growth(plain: Mapping[str, Any]) -> Growth | None:
    if not plain.get("step"):
        return None
    return Growth(plain.get("grows", Growth.SECONDS if "seconds" in plain else Growth.REPETITIONS))


def _facts(identifier: str, plain: Mapping[str, Any]) -> ExerciseFacts:
    return ExerciseFacts(
        id=identifier,
        habits=frozenset(map(Habit, plain["habits"])),
        position=Position(plain["position"]),
        is_sided=plain.get("sided", False),
        doses=_doses(plain),
        grows=_growth(plain),
        step=plain.get("step"),
        ceiling=plain.get("ceiling"),
        easier=plain.get("easier"),
        harder=plain.get("harder"),
        setup=plain["setup"],
        change=plain.get("change", 0),
        not_with=frozenset(map(Limit, plain.get("not_with", ()))),
        is_opt_in=plain.get("opt_in", False),
        kit=Kit(plain["kit"]) if "kit" in plain else None,
        instead=plain.get("instead"),
        without=MappingProxyType(plain.get("without", {})),
    )


_DATA: Mapping[str, Any] = json.loads(files(__package__).joinpath("catalogue.json").read_text(encoding="utf-8"))
ALL_EXERCISES: Mapping[str, ExerciseFacts] = MappingProxyType(
    {identifier: _facts(identifier, plain) for identifier, plain in _DATA.items()}
)
"""Facts of all exercises by id."""


def easier_forms(identifier: str) -> Iterator[str]:
    """Yield the ids of the ever easier exercises in place of one."""
    following = ALL_EXERCISES[identifier].easier
    while following:
        yield following
        following = ALL_EXERCISES[following].easier


def harder_forms(identifier: str) -> Iterator[str]:
    """Yield the ids of the ever harder exercises in place of one."""
    following = ALL_EXERCISES[identifier].harder
    while following:
        yield following
        following = ALL_EXERCISES[following].harder
