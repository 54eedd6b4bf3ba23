"""Plans of the built-in routines: the sequences of each habit by rotation, and gentler plans beside a limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
import json
from types import MappingProxyType
from typing import Any

from ..back.limits import Limit, Limits
from ..habits.habit import Habit


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An exercise in a sequence, for routines of `minutes` and more."""

    exercise: str
    minutes: int


def _items(items: list[Mapping[str, Any]]) -> Plan:
    return tuple(Item(**item) for item in items)


def _entries(text: str) -> tuple[Entry, ...]:
    pairs = (each.split("/") for each in text.split())
    return tuple(Entry(exercise=exercise, minutes=int(minutes)) for exercise, minutes in pairs)


def _read(name: str) -> Any:
    return json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


ROTATIONS = ("A", "B", "C")
SEQUENCES: Mapping[Habit, Mapping[str, tuple[Entry, ...]]] = MappingProxyType(
    {
        Habit(habit): {rotation: _entries(text) for rotation, text in rotations.items()}
        for habit, rotations in _read("sequences.json").items()
    }
)
"""Exercises of each habit by rotation, in the order of a round; a walk, heat and ice have none."""
GENTLE_PLANS: Mapping[str, Mapping[Habit, Plan]] = MappingProxyType(
    {
        name: {Habit(habit): _items(items) for habit, items in plans.items()}
        for name, plans in _read("gentle.json").items()
    }
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
