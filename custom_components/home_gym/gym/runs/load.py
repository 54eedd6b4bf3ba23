"""Training load: figures and hints, never commands.

The ramp and the longest run are compared with the runner's own last weeks. Monotony is Foster's: the mean daily load of
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
# Weeks shorter than this, in metres, make no base for a change.
QUIET_BELOW = 10_000
LONGEST_OVER = timedelta(days=30)
# Runners whose first run is more recent have no base to compare with.
NEW_RUNNER_PERIOD = timedelta(days=30)
SURFACES_OVER = timedelta(days=30)
# A week of identical days has no deviation to divide by.
MOST_MONOTONOUS = 10.0
# The days before today, which isn't over.
MONOTONY_OVER = 7
# Of a new runner, runs up to this distance in metres are no leap.
FIRST_RUNS_UP_TO = 3_000
# A longer run stays a hint for this long.
LONG_RUN_HINT_PERIOD = A_WEEK


class Hint(StrEnum):
    """Hint about the current load, the one with the best evidence first."""

    LONGEST_RUN = "longest_run"
    AFTER_BREAK = "after_break"
    NO_REST = "no_rest"
    MONOTONY = "monotony"
    RAMP = "ramp"


class Weighting(StrEnum):
    """Blood lactate curve for the weight of a heart rate: that of men or of women."""

    MEN = "men"
    WOMEN = "women"


WEIGHTS = {Weighting.MEN: (0.64, 1.92), Weighting.WOMEN: (0.86, 1.67)}
"""Factor and exponent of the training impulse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSettings:
    """Thresholds of the hints, and the runner's heart rates.

    `ramp` and `longest_run` are per cent above the runs before, `days_without_rest` days in a row, `monotony` Foster's
    figure. Heart rates are beats a minute; without both of them there is no training impulse.
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
    """The current load.

    `longest_run` is the distance of the furthest run of the last 7 days against the longest of the 30 days before that
    run, in per cent. `impulse` is this week's training impulse, `session_load` that of the
    perceived exertion. `surfaces` is the share of each in the distance of the
    last 30 days, in per cent. None is shown as unknown.
    """

    longest_run: float | None = None
    monotony: float | None = None
    impulse: float | None = None
    session_load: float | None = None
    surfaces: Mapping[Surface, float] | None = None
    hints: tuple[Hint, ...] = ()


def change_in_per_cent(this_week: float, weeks_before: Sequence[float]) -> float | None:
    """Return the week's distance against the mean of the weeks before, in per cent, or None if that is too small."""
    usual = sum(weeks_before) / len(weeks_before)
    if usual < QUIET_BELOW:
        return None
    return 100 * (this_week - usual) / usual


def weeks_before(week: date) -> list[date]:
    """Return the first days of the weeks before a week, the base of its change."""
    return [week - number * A_WEEK for number in range(1, WEEKS_BEFORE + 1)]


def days_since_rest(today: date, ran_on: Callable[[date], bool]) -> int:
    """Return the number of days since the last rest day; today isn't over and never counts as one."""
    days = 1
    while ran_on(today - days * A_DAY):
        days += 1
    return days


def longest_run_in_per_cent(distance: float | None, before: Iterable[Run]) -> float | None:
    """Return a run's distance against the longest run before, in per cent, or None if either is unknown."""
    longest = max((run.distance or 0 for run in before), default=0)
    if distance is None or not longest:
        return None
    return 100 * (distance - longest) / longest


def monotony(daily: Sequence[float]) -> float | None:
    """Return Foster's monotony of a week's daily loads, in any unit; None for a week without load."""
    mean = sum(daily) / len(daily)
    if not mean:
        return None
    deviation = sqrt(sum((load - mean) ** 2 for load in daily) / len(daily))
    return min(mean / deviation, MOST_MONOTONOUS) if deviation else MOST_MONOTONOUS


def training_impulse(run: Run, settings: LoadSettings) -> float | None:
    """Return Banister's training impulse of a run, None if its duration or a heart rate is unknown."""
    resting, most = settings.resting_heart_rate, settings.max_heart_rate
    if run.duration is None or run.heart_rate is None or resting is None or most is None or resting >= most:
        return None
    reserve = min(max(0.0, (run.heart_rate - resting) / (most - resting)), 1.0)
    factor, exponent = WEIGHTS[settings.weighting]
    return run.duration / 60 * reserve * factor * exp(exponent * reserve)


def surface_shares(runs: Iterable[Run]) -> dict[Surface, float] | None:
    """Return the share of each surface in the distance of runs, in per cent; None without distance.

    Some surfaces are unknown, so the shares need not add up to 100.
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
    news: float = 0,
    is_after_break: bool = False,
) -> tuple[Hint, ...]:
    """Return the hints with figures above their thresholds.

    `is_new` marks a runner of too few weeks: every distance is more than before, and each week alike, so that only a
    furthest recent run of `news` metres and days without rest count. `is_after_break` means that this run was more than
    the plan after a break has.
    """
    is_leap = longest_run is not None and not (is_new and news <= FIRST_RUNS_UP_TO)
    thresholds = {
        Hint.LONGEST_RUN: (longest_run if is_leap else None, settings.longest_run),
        # One hint about one run is enough.
        Hint.AFTER_BREAK: (1 if is_after_break and (longest_run or 0) <= settings.longest_run else None, 0),
        Hint.NO_REST: (days_since_rest, settings.days_without_rest),
        Hint.MONOTONY: (None if is_new else monotony, settings.monotony),
        Hint.RAMP: (None if is_new else change, settings.ramp),
    }
    return tuple(hint for hint, (figure, most) in thresholds.items() if figure is not None and figure > most)
