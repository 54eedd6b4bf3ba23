"""Habits of a day by its occasion, as data: before a run, right after it, and later on that day.

The rows of a sore back and of a return are those that `plans` and `gym/back` already follow; the others wait for
sequences by minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
import json
from types import MappingProxyType
from typing import Any

from ..habits.habit import Habit


class Occasion(StrEnum):
    """Occasion of a day."""

    EASY_RUN = "easy_run"
    HARD_RUN = "hard_run"
    LONG_RUN = "long_run"
    REST_DAY = "rest_day"
    SORE_MUSCLES = "sore_muscles"
    SORE_BACK = "sore_back"
    RETURN_1 = "return_1"
    RETURN_2 = "return_2"
    RETURN_3 = "return_3"
    RETURN_4 = "return_4"


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionHabit:
    """A habit with its shortest and longest time in minutes; `times_a_week` is None for any number."""

    habit: Habit
    shortest: int
    longest: int
    times_a_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionPlan:
    """Habits of an occasion; of those `later`, at most `most_later` are done, and those in `excluded` never are."""

    before: tuple[OccasionHabit, ...] = ()
    after: tuple[OccasionHabit, ...] = ()
    later: tuple[OccasionHabit, ...] = ()
    most_later: int
    excluded: frozenset[Habit] = frozenset()


def _habits(plain: Sequence[Mapping[str, Any]]) -> tuple[OccasionHabit, ...]:
    return tuple(
        OccasionHabit(
            habit=Habit(each["habit"]),
            shortest=each["minutes"][0],
            longest=each["minutes"][1],
            times_a_week=each.get("times_a_week"),
        )
        for each in plain
    )


_DATA: Mapping[str, Any] = json.loads(files(__package__).joinpath("occasions.json").read_text(encoding="utf-8"))
OCCASIONS: Mapping[Occasion, OccasionPlan] = MappingProxyType(
    {
        Occasion(name): OccasionPlan(
            before=_habits(plan.get("before", ())),
            after=_habits(plan.get("after", ())),
            later=_habits(plan.get("later", ())),
            most_later=plan["most_later"],
            excluded=frozenset(map(Habit, plan.get("not", ()))),
        )
        for name, plan in _DATA.items()
    }
)
"""Plan of each occasion."""
