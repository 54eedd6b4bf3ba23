"""Plans of walking, of the first runs, and of running again after a break, as data.

The walk over 16 weeks is built as in WalkBack (Pocovi and others, Lancet 2024;404:134-44), the beginner's nine weeks
are those of the NHS Couch to 5K; the gentle twelve weeks and the return are usual practice (Goom 2019). Sources and
limits are in docs/back.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
import json
from typing import Any

# A run of the last weeks of a return grows by as much each week.
PER_CENT = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkWeek:
    """A week of the walking plan: so many days of so many minutes each."""

    days: int
    minutes: int

    @property
    def total(self) -> int:
        """The minutes of the week."""
        return self.days * self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Minutes of running and then of walking, so many times."""

    times: int
    run: float
    walk: float


type Session = tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWeek:
    """A week of a return: per cent of the runs before the break, or minutes of running.

    `intervals` has the session of run and walk that the minutes are for, empty for a steady run.
    """

    percent: float | None = None
    minutes: float | None = None
    intervals: Session = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlan:
    """The weeks after a break of at least `days_off` days; hard runs are wise from day `hard_from_day` on."""

    days_off: int
    hard_from_day: int
    weeks: tuple[ReturnWeek, ...]


def run_minutes(session: Session) -> float:
    """Return the minutes of running in a session."""
    return sum(interval.times * interval.run for interval in session)


def _session(plain: Sequence[Sequence[float]]) -> Session:
    return tuple(Interval(times=int(times), run=run, walk=walk) for times, run, walk in plain)


def _return_weeks(plain: Sequence[Mapping[str, Any]]) -> tuple[ReturnWeek, ...]:
    weeks: list[ReturnWeek] = []
    for week in plain:
        intervals = _session(week.get("intervals", ()))
        minutes = run_minutes(intervals) if intervals else week.get("minutes")
        if "growth" in week:
            before = weeks[-1].minutes or 0
            minutes = before * (1 + week["growth"] / PER_CENT)
        weeks.append(ReturnWeek(percent=week.get("percent"), minutes=minutes, intervals=intervals))
    return tuple(weeks)


_DATA: Mapping[str, Any] = json.loads(files(__package__).joinpath("training_plans.json").read_text(encoding="utf-8"))
WALK_PLAN: tuple[WalkWeek, ...] = tuple(WalkWeek(days=days, minutes=minutes) for days, minutes in _DATA["walk"])
"""The walking plan, week by week."""
RETURN_PLANS: tuple[ReturnPlan, ...] = tuple(
    ReturnPlan(days_off=plan["days_off"], hard_from_day=plan["hard_from_day"], weeks=_return_weeks(plan["weeks"]))
    for plan in _DATA["return"]
)
"""The plans of a return, from the shortest break to the longest; the last one is that after a clearance, too."""
BEGINNER_PLAN: tuple[tuple[Session, ...], ...] = tuple(tuple(map(_session, week)) for week in _DATA["beginner"])
"""The sessions of each week of a beginner; a week with one has it on all its days."""
GENTLE_BEGINNER_PLAN: tuple[tuple[Session, ...], ...] = tuple(
    tuple(map(_session, week)) for week in _DATA["gentle_beginner"]
)
"""The gentler plan: over 50, or with back pain at any time."""


def return_plan(days_off: int) -> ReturnPlan | None:
    """Return the plan after a break, None for one of a few days."""
    return next((plan for plan in reversed(RETURN_PLANS) if days_off >= plan.days_off), None)
