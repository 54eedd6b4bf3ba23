"""How much the runner runs, against what the body is used to. Hints, never commands.

The ramp and the longest run are held against the runner's own last weeks. Monotony is Foster's: the mean daily load of
a week by its standard deviation (Med Sci Sports Exerc 1998;30:1164-8), where 2 and more went with more illness. The
load of a run by heart rate is Banister's training impulse: its minutes, times the share of the heart rate reserve that
it took, times a weight that grows with that share as blood lactate does, measured in men and in women (Banister 1991;
Morton, Fitz-Clarke and Banister, J Appl Physiol 1990;69:1171-7).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import exp, sqrt

from ..calendar import A_DAY, A_WEEK
from .activity import Surface
from .run import Run

WEEKS_BEFORE = 4
# Below this a week, in metres, a change says nothing.
QUIET_BELOW = 10_000
LONGEST_OVER = timedelta(days=30)
# Whose first run is no longer ago has nothing to be held against.
NEW_RUNNER_PERIOD = timedelta(days=30)
SURFACES_OVER = timedelta(days=30)
# A week in which every day is alike has no deviation to divide by.
MOST_MONOTONOUS = 10.0
# The days before today, which isn't over.
MONOTONY_OVER = 7
# A longer run is news for so long.
LONG_RUN_HINT_PERIOD = A_WEEK


class Hint(StrEnum):
    """What the load of these days gives to think about, the weightiest first."""

    RAMP = "ramp"
    LONGEST_RUN = "longest_run"
    NO_REST = "no_rest"
    MONOTONY = "monotony"


class Weighting(StrEnum):
    """Whose lactate the weight of a heart rate follows."""

    MEN = "men"
    WOMEN = "women"


WEIGHTS = {Weighting.MEN: (0.64, 1.92), Weighting.WOMEN: (0.86, 1.67)}
"""Factor and exponent of the training impulse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSettings:
    """From when on the load is hinted at, and what the heart of a runner can.

    `ramp` and `longest_run` are per cent above what was before, `days_without_rest` days in a row, `monotony` Foster's
    figure. Heart rates are beats a minute; without both of them no load follows from a heart rate.
    """

    ramp: float = 30
    longest_run: float = 10
    days_without_rest: int = 7
    monotony: float = 2
    resting_heart_rate: float | None = None
    max_heart_rate: float | None = None
    weighting: Weighting = Weighting.MEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The load of these days.

    `longest_run` is the distance of the furthest run of the last 7 days against the longest of the 30 days before that
    run, in per cent. `impulse` is this week's training impulse. `surfaces` is the share of each in the distance of the
    last 30 days, in per cent. None is shown as unknown.
    """

    longest_run: float | None = None
    monotony: float | None = None
    impulse: float | None = None
    surfaces: Mapping[Surface, float] | None = None
    hints: tuple[Hint, ...] = ()


def change_in_per_cent(this_week: float, weeks_before: Sequence[float]) -> float | None:
    """Return the week's distance against the mean of the weeks before, or None where these say too little."""
    usual = sum(weeks_before) / len(weeks_before)
    if usual < QUIET_BELOW:
        return None
    return 100 * (this_week - usual) / usual


def weeks_before(week: date) -> list[date]:
    """Return the weeks that a week's distance is compared with."""
    return [week - number * A_WEEK for number in range(1, WEEKS_BEFORE + 1)]


def days_since_rest(today: date, ran_on: Callable[[date], bool]) -> int:
    """Return how many days ago the last rest day was; today, which isn't over, is none."""
    days = 1
    while ran_on(today - days * A_DAY):
        days += 1
    return days


def longest_run_in_per_cent(distance: float | None, before: Iterable[Run]) -> float | None:
    """Return the distance of a run against the longest of the runs before it, None where nothing is known of either."""
    longest = max((run.distance or 0 for run in before), default=0)
    if distance is None or not longest:
        return None
    return 100 * (distance - longest) / longest


def monotony(daily: Sequence[float]) -> float | None:
    """Return Foster's monotony of a week's daily loads, in whatever unit they are; None for a week of nothing."""
    mean = sum(daily) / len(daily)
    if not mean:
        return None
    deviation = sqrt(sum((load - mean) ** 2 for load in daily) / len(daily))
    return min(mean / deviation, MOST_MONOTONOUS) if deviation else MOST_MONOTONOUS


def training_impulse(run: Run, settings: LoadSettings) -> float | None:
    """Return Banister's training impulse of a run, None where its time or a heart rate is unknown."""
    resting, most = settings.resting_heart_rate, settings.max_heart_rate
    if run.duration is None or run.heart_rate is None or resting is None or most is None or resting >= most:
        return None
    reserve = min(max(0.0, (run.heart_rate - resting) / (most - resting)), 1.0)
    factor, exponent = WEIGHTS[settings.weighting]
    return run.duration / 60 * reserve * factor * exp(exponent * reserve)


def surface_shares(runs: Iterable[Run]) -> dict[Surface, float] | None:
    """Return the share of each surface in the distance of runs, in per cent; None where nothing was run.

    What ground a run was on is not always known, so that the shares need not add up to 100.
    """
    on_surface = dict.fromkeys(Surface, 0)
    total = 0
    for run in runs:
        total += run.distance_in_millimetres
        if run.surface:
            on_surface[run.surface] += run.distance_in_millimetres
    return {surface: 100 * distance / total for surface, distance in on_surface.items()} if total else None


def hints_of(
    settings: LoadSettings,
    *,
    change: float | None,
    longest_run: float | None,
    days_since_rest: int | None,
    monotony: float | None,
    is_new: bool,
) -> tuple[Hint, ...]:
    """Return what there is to think about: what lies above its threshold.

    `is_new` tells that somebody began to run so lately that everything is more than before, and each week alike.
    """
    if is_new:
        return ()
    thresholds = {
        Hint.RAMP: (change, settings.ramp),
        Hint.LONGEST_RUN: (longest_run, settings.longest_run),
        Hint.NO_REST: (days_since_rest, settings.days_without_rest),
        Hint.MONOTONY: (monotony, settings.monotony),
    }
    return tuple(hint for hint, (figure, most) in thresholds.items() if figure is not None and figure > most)
