"""Today's wise distance: the longest run that is wise today, by the runs so far and the state of the back.

A run of more than 110 % of the longest of the 30 days before goes with injuries (Frandsen and others, BJSM 2025). After
a break, in the first weeks and after a clearance the plans of `training_plans` apply. Where rules disagree, the
smallest distance counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median, quantiles

from ..calendar import A_DAY, A_WEEK
from .run import Run
from .run_history import RunHistory
from .training_plans import BEGINNER_PLAN, GENTLE_BEGINNER_PLAN, RETURN_PLANS, ReturnWeek, return_plan, run_minutes

LONGEST_OVER = timedelta(days=30)
USUAL_OVER = 4 * A_WEEK
# Breaks whose plans may still apply are within these days.
LOOKED_BACK = timedelta(days=400)
MOST_SHARE = 1.1
LEAST_USUAL = 4
# A shorter break limits the day, but gives no hint.
LONG_BREAK = 14
# Later than these weeks after a break, only the longest run of 30 days gives hints.
HINTS_AFTER_BREAK = 4
NEW_FOR = 4 * A_WEEK
# Metres a minute of a runner without a known pace: 8 km/h.
USUAL_SPEED = 8_000 / 60


class WiseRule(StrEnum):
    """Rule that limits the wise distance."""

    DOCTOR = "doctor"
    CLEARED = "cleared"
    AFTER_BREAK = "after_break"
    BEGINNER = "beginner"
    SORE = "sore"
    LONGEST_RUN = "longest_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class WiseDistance:
    """The wise distance of a day in metres, by the rule that limits it.

    `minutes` are those of running in the plan of a beginner or of a return. `days_off` is the break before a return,
    `week` the number of whole weeks since it began.
    """

    distance: float
    rule: WiseRule
    minutes: float | None = None
    days_off: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackLimits:
    """Limits of running by the state of the back: none, no more than usual, a plan after a clearance, or no run.

    `is_gentle` chooses the gentler plan of a beginner.
    """

    may_run: bool = True
    is_sore: bool = False
    cleared_on: date | None = None
    is_gentle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentDistances:
    """Distances of the runs of 30 days in metres, in the order of the days, and the usual ones: the middle half."""

    distances: tuple[float, ...]
    usual: tuple[float, float] | None


def recent_distances(today: date, runs: RunHistory) -> RecentDistances:
    """Return the distances of the 30 days before a day; fewer than four are not enough to be usual."""
    past = runs.on_days(today - LONGEST_OVER, LONGEST_OVER.days)
    distances = tuple(round(run.distance) for run in past if run.distance)
    if len(distances) < LEAST_USUAL:
        return RecentDistances(distances=distances, usual=None)
    low, _, high = quantiles(distances, n=4, method="inclusive")
    return RecentDistances(distances=distances, usual=(low, high))


def wise_distance(today: date, runs: RunHistory, back: BackLimits, *, share: float = MOST_SHARE) -> WiseDistance | None:
    """Return the wise distance of a day, None as long as no run is known, or none with a distance.

    The runs of the day itself don't count, so that a long one doesn't make itself wise.
    """
    if not back.may_run:
        rule = WiseRule.DOCTOR if back.cleared_on is None else WiseRule.CLEARED
        return WiseDistance(distance=0, rule=rule)
    past = [run for run in runs.on_days(today - LOOKED_BACK, LOOKED_BACK.days) if run.distance]
    candidates = [
        *_after_breaks(today, past, runs),
        *_by_longest(today, past, share),
        *_after_clearance(today, past, back),
    ]
    if back.is_sore and (usual := _usual(past, today)) is not None:
        candidates.append(WiseDistance(distance=usual, rule=WiseRule.SORE))
    wise = min(candidates, key=lambda each: each.distance, default=None)
    plan = _of_beginner(today, past, runs, back)
    if plan and (wise is None or (wise.rule is WiseRule.LONGEST_RUN and plan.distance > wise.distance)):
        return plan
    return wise


def _by_longest(today: date, past: Sequence[Run], share: float) -> Iterator[WiseDistance]:
    if longest := _longest(past, today):
        yield WiseDistance(distance=share * longest, rule=WiseRule.LONGEST_RUN)


def _after_breaks(today: date, past: Sequence[Run], runs: RunHistory) -> Iterator[WiseDistance]:
    """Yield the limit after each break with a plan for a day."""
    first = runs.earliest()
    start = today - LOOKED_BACK
    earlier = [start - A_DAY] if first and first.day < start else []
    days = [*earlier, *sorted({run.day for run in past}), today]
    for number, (last, following) in enumerate(pairwise(days)):
        off = (following - last).days - 1
        plan = return_plan(off)
        week = (today - following).days // A_WEEK.days
        if plan is None or week >= len(plan.weeks):
            continue
        # Who runs every Sunday has no break in between.
        if off < LONG_BREAK and off <= _usual_gap(days[: number + 1]):
            continue
        before = [run for run in past if run.day <= last]
        yield _limit(plan.weeks[week], before, last, WiseRule.AFTER_BREAK, days_off=off, since=week)


def _after_clearance(today: date, past: Sequence[Run], back: BackLimits) -> Iterator[WiseDistance]:
    if back.cleared_on is None:
        return
    weeks = RETURN_PLANS[-1].weeks
    week = (today - back.cleared_on).days // A_WEEK.days
    if week < len(weeks):
        yield _limit(weeks[week], past, today, WiseRule.CLEARED)


def _of_beginner(today: date, past: Sequence[Run], runs: RunHistory, back: BackLimits) -> WiseDistance | None:
    """Return the beginner's distance of the week, None after the first four weeks."""
    first = runs.earliest()
    # A runner without any run may be new to running, or to Home Gym alone.
    if first is None or not A_DAY <= today - first.day < NEW_FOR:
        return None
    week = (today - first.day).days // A_WEEK.days
    plan = GENTLE_BEGINNER_PLAN if back.is_gentle else BEGINNER_PLAN
    minutes = max(map(run_minutes, plan[week]))
    return WiseDistance(distance=minutes * _speed(past), rule=WiseRule.BEGINNER, minutes=minutes)


def _limit(
    week: ReturnWeek,
    before: Sequence[Run],
    last: date,
    rule: WiseRule,
    *,
    days_off: int | None = None,
    since: int | None = None,
) -> WiseDistance:
    """Return the limit of a plan's week, given the runs before the break and the day of the last one."""
    distances = []
    if week.percent is not None:
        distances.append(week.percent / 100 * (_longest(before, last + A_DAY) or 0))
    if week.minutes is not None:
        distances.append(week.minutes * _speed(before))
    return WiseDistance(
        distance=min(distances),
        rule=rule,
        minutes=run_minutes(week.intervals) or None,
        days_off=days_off,
        week=since,
    )


def _longest(runs: Iterable[Run], before: date) -> float | None:
    """Return the longest of the 30 days before a day."""
    return max((run.distance or 0 for run in runs if before - LONGEST_OVER <= run.day < before), default=None)


def _usual_gap(days: Sequence[date]) -> int:
    """Return the most days without a run between two of the four weeks before the last of these days, 0 without any."""
    lately = [day for day in days if days[-1] - day <= USUAL_OVER]
    return max(((day - before).days - 1 for before, day in pairwise(lately)), default=0)


def _usual(runs: Iterable[Run], before: date) -> float | None:
    distances = [run.distance or 0 for run in runs if before - USUAL_OVER <= run.day < before]
    return median(distances) if distances else None


def _speed(runs: Iterable[Run]) -> float:
    """Return the usual speed in metres a minute."""
    speeds = [60 * run.distance / run.duration for run in runs if run.distance and run.duration]
    return median(speeds) if speeds else USUAL_SPEED
