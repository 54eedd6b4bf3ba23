"""Plans of the built-in routines: the exercises of each habit in their order, and gentler plans beside a limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ..back.limits import Limit, Limits
from ..habits.habit import Habit
from .exercise import DATA
from .level import Length


class GentleReason(StrEnum):
    """Reason of a routine that is gentler than usual, the weightiest first."""

    DOCTOR = "doctor"
    RETURNING = "returning"
    LEG_PAIN = "leg_pain"
    SORE = "sore"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An exercise in a plan; `seconds` is None if they depend on progress."""

    exercise: str
    rest: float
    seconds: float | None = None


type Plan = tuple[Item, ...]


def _items(items: list[Mapping[str, Any]]) -> Plan:
    return tuple(Item(**item) for item in items)


PLANS: Mapping[Habit, Mapping[Length, Plan]] = MappingProxyType(
    {
        Habit(habit): {Length(length): _items(items) for length, items in lengths.items()}
        for habit, lengths in DATA["routines"].items()
    }
)
"""Usual plans."""
GENTLE_PLANS: Mapping[str, Mapping[Habit, Plan]] = MappingProxyType(
    {name: {Habit(habit): _items(items) for habit, items in plans.items()} for name, plans in DATA["gentle"].items()}
)
"""Plans in place of the usual ones, the most careful first; one that lacks a habit leaves it to the next."""


def gentle_plan(habit: Habit, limits: Limits) -> Plan | None:
    """Return the plan that the limits ask for in place of the usual one, None if they ask for none."""
    names = set(_names(limits))
    return next((plans[habit] for name, plans in GENTLE_PLANS.items() if name in names and habit in plans), None)


def gentle_reason(limits: Limits) -> GentleReason | None:
    """Return the weightiest reason for gentler routines, None without a pain or a return."""
    names = set(_names(limits))
    if limits.week is not None:
        names.add(GentleReason.RETURNING)
    return next((reason for reason in GentleReason if reason in names), None)


def _names(limits: Limits) -> Iterator[str]:
    yield from (name for name in (Limit.DOCTOR, Limit.LEG_PAIN, Limit.SORE) if name in limits)
    if limits.week is not None:
        yield f"return_{limits.week}"
