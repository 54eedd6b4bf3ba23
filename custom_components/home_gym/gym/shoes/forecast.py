"""Forecast of a pair's replacement, by the rate of its latest runs.

The forecast counts from the latest run, so that it stands still on the days between two runs. Its rate is that of whole
rounds: from one run to the latest, the first one left out, and if possible of whole weeks. So the forecast for a runner
who keeps to a week's plan, or to an interval, is the same after each run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ..calendar import A_DAY, A_WEEK
from ..runs.run import Run

# Period of the runs from which the rate of wear is taken; of whole weeks, as long as most rotations.
FORECAST_WINDOW = timedelta(weeks=6)
# A rate of fewer runs or days would be a guess.
FEWEST_RUNS = 3
SHORTEST_OBSERVATION = timedelta(days=14)
# A forecast beyond this is meaningless.
FURTHEST_FORECAST = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    """Millimetres of a pair in a number of days, which end with the latest run; `gap` is the longest between two."""

    millimetres: int
    days: int
    gap: timedelta


def replacement_day(runs: Iterable[Run], left: int, today: date) -> date | None:
    """Return the day on which a pair has its last millimetres; None for a worn-out pair, and without a rate.

    `runs` are those of the pair in the forecast window up to the latest one.
    """
    by_day: dict[date, int] = {}
    number = 0
    for run in runs:
        by_day[run.day] = by_day.get(run.day, 0) + run.distance_in_millimetres
        number += 1
    if left <= 0 or number < FEWEST_RUNS:
        return None
    days = sorted(by_day)
    latest = days[-1]
    if latest - days[0] + A_DAY < SHORTEST_OBSERVATION or today - latest >= FORECAST_WINDOW:
        return None
    rate = _rate(by_day, days)
    if not rate.millimetres:
        return None
    # Later than usual, each day without a run makes the rate lower.
    late = max(timedelta(0), today - latest - rate.gap)
    days_left = left * (rate.days + late.days) / rate.millimetres
    if days_left > FURTHEST_FORECAST.days:
        return None
    return max(today, latest + late + timedelta(days=round(days_left)))


def _rate(by_day: Mapping[date, int], days: Sequence[date]) -> _Rate:
    """Return the rate since the earliest run, or since the one of whole weeks ago if that is about as old."""
    latest = days[-1]
    whole_weeks = (day for day in days[:-1] if day - days[0] < A_WEEK and (latest - day) % A_WEEK == timedelta(0))
    first = next(whole_weeks, days[0])
    counted = [day for day in days if day > first]
    return _Rate(
        millimetres=sum(by_day[day] for day in counted),
        days=(latest - first).days,
        gap=max(later - earlier for earlier, later in pairwise([first, *counted])),
    )
