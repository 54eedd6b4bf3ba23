"""Patterns: habits that were followed by better or worse days of the back. A tie in a diary is no cause.

A habit comes first and the pain later, one to three days: on the same day, pain may as well have decided about the
habit. Both follow the week, the runs and the pain before, so each is compared with what these say. The model of a day's
pain has the weekday; slow waves of four weeks and more; whether and how far the runner ran on that day, on the habit's
day and on the two before; and the pain until the habit's day. Its errors may correlate from day to day, see
`least_squares`. Ranks are used instead of scores, for pain is skewed.

What the model leaves of pain is shuffled (Freedman & Lane 1983): a tie has to exceed the greatest one of any factor and
lag in nearly all shuffled diaries (Westfall & Young 1993). Each half of the diary has to show a good part of it, and it
has to hold beside the habit of the pain's own day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from math import cos, pi, sqrt, sumprod
from random import Random  # noqa: TID251  # with a fixed seed, so that a diary has the same patterns again
from typing import NamedTuple

from ..calendar import DAYS_A_WEEK
from .least_squares import STANDARD_ERRORS, Column, Fit, fitted, left_of, orthonormal, unit

# Shorter diaries show nothing.
FEWEST_WEEKS = 8
FEWEST_REPORTS = 10
# Days longer ago say little about today's back.
MOST_DAYS = 364
# A habit may show this many days after it.
LAGS = range(1, 4)
# Runs count on the habit's day, and on so many days before.
RUN_DAYS_BEFORE = 2
DAYS_BEFORE = LAGS[-1] + RUN_DAYS_BEFORE
"""Days of a diary before its first score that matter: habits and runs may show on it."""
# Waves of four weeks and more belong to the trend.
SHORTEST_WAVE = 28
# The weight of the latest score in the mean of earlier ones.
LATEST = 0.3
# A model of nearly as many columns as days explains anything.
LEAST_FREEDOM = 15
SHUFFLES = 999
CHANCE = 0.03
# The share of a tie that each half of the diary has to show.
LEAST_IN_HALF = 0.25
# A tie of so many standard errors remains beside the habit of the pain's own day.
LEAST_BESIDE_TODAY = 2.0


class Factor(StrEnum):
    """Factor that may be followed by better or worse days."""

    CORE = "core"
    STRETCH = "stretch"
    WARM_UP = "warm_up"
    SHOE_WEAR = "shoe_wear"
    RAMP = "ramp"
    HARD_SURFACE = "hard_surface"
    CADENCE = "cadence"


class Tendency(StrEnum):
    """Direction of a pattern: better or worse days after more of a factor."""

    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """A runner's consecutive days from `first` on: the worst score, the metres run, and the amount of each factor.

    None is a day without a report, or a factor that the day can't have: there is no cadence without a run.
    """

    first: date
    scores: tuple[float | None, ...]
    distances: tuple[float, ...]
    factors: Mapping[Factor, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A factor that was followed by better or worse days, `lag` days later.

    `difference` is that of the scores after days with more of it, above its mean, and after days with less: below 0 for
    better days. All else in the model is taken into account. `low` and `high` are the bounds of its 95 % interval.
    `chance` is the probability of a tie this strong by chance alone, all comparisons counted.
    """

    factor: Factor
    lag: int
    tendency: Tendency
    difference: float
    low: float
    high: float
    days_with_more: int
    days_with_less: int
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Patterns of a diary: none, most of the time; `is_enough` is whether the diary is long enough to show any."""

    weeks: int = 0
    reports: int = 0
    is_enough: bool = False
    found: tuple[Pattern, ...] = ()


class _Tie(NamedTuple):
    """A look at a factor some days before: its direction beside all else, and the strength of its tie to the pain."""

    factor: Factor
    lag: int
    direction: Column
    strength: float


def patterns_in(diary: Diary) -> Patterns:
    """Return the patterns of a diary."""
    start = max(len(diary.scores) - MOST_DAYS, 0)
    reported = [day for day in range(start, len(diary.scores)) if diary.scores[day] is not None]
    # Days before the first report and after the last have no score to compare with.
    weeks = (reported[-1] - reported[0] + 1) // DAYS_A_WEEK if reported else 0
    summed_up = Patterns(weeks=weeks, reports=len(reported))
    if weeks < FEWEST_WEEKS or len(reported) < FEWEST_REPORTS:
        return summed_up
    days = [day for day in reported if day >= LAGS[-1]]
    fit = _model(_ranked(diary.scores), diary, days)
    found = tuple(_unlikely(fit, diary)) if fit else ()
    return Patterns(weeks=weeks, reports=len(reported), is_enough=True, found=found)


def _model(scores: Sequence[float | None], diary: Diary, days: Sequence[int]) -> Fit | None:
    """Return the model of the scores of some days without any habit; None for too few days."""
    outcome = [score for day in days if (score := scores[day]) is not None]
    columns = chain(_time(days), _runs(diary.distances, days), _pain_before(scores, days))
    return fitted(outcome, columns, days, LEAST_FREEDOM)


def _time(days: Sequence[int]) -> Iterator[Column]:
    """Yield a constant, each weekday but one, and the slow waves."""
    yield [1.0] * len(days)
    for weekday in range(1, DAYS_A_WEEK):
        yield [float(day % DAYS_A_WEEK == weekday) for day in days]
    length = days[-1] - days[0] + 1
    for halves in range(1, 2 * length // SHORTEST_WAVE + 1):
        yield [cos(pi * halves * (day - days[0] + 0.5) / length) for day in days]


def _runs(distances: Sequence[float], days: Sequence[int]) -> Iterator[Column]:
    """Yield whether and how far the runner ran, on the pain's day and on those before that matter."""
    for ago in range(DAYS_BEFORE + 1):
        ran = [distances[day - ago] if day >= ago else 0.0 for day in days]
        yield [float(distance > 0) for distance in ran]
        yield ran


def _pain_before(scores: Sequence[float | None], days: Sequence[int]) -> Iterator[Column]:
    """Yield the latest score until each day of a habit, whether it is of an earlier day, and the mean of those before.

    Only what was known on the day counts: a score between two reports would say something of the later one.
    """
    known = [score for score in scores if score is not None]
    latest = mean = sum(known) / len(known)
    until, before, is_old = [], [], []
    for score in scores:
        before.append(mean)
        if score is not None:
            latest, mean = score, mean + LATEST * (score - mean)
        until.append(latest)
        is_old.append(float(score is None))
    for lag in LAGS:
        yield [until[day - lag] for day in days]
        yield [is_old[day - lag] for day in days]
    yield [before[day - LAGS[-1]] for day in days]


def _ranked(values: Sequence[float | None]) -> list[float | None]:
    """Return the rank of each value from -0.5 to 0.5; equal values share the mean of their ranks."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(value for value in values if value is not None)):
        places.setdefault(value, []).append(place)
    most = max(sum(map(len, places.values())) - 1, 1)
    return [None if value is None else (places[value][0] + places[value][-1]) / 2 / most - 0.5 for value in values]


def _unlikely(fit: Fit, diary: Diary) -> Iterator[Pattern]:
    """Yield the strongest tie of each factor that is unlikely by chance."""
    ties = [tie for factor, values in diary.factors.items() for tie in _ties(fit, factor, values)]
    greatest = _greatest_by_chance(fit, ties)
    for factor in diary.factors:
        looks = [tie for tie in ties if tie.factor is factor]
        if not looks:
            continue
        best = max(looks, key=lambda tie: abs(tie.strength))
        chance = (1 + sum(strength >= abs(best.strength) for strength in greatest)) / (1 + len(greatest))
        if chance <= CHANCE and _is_in_both_halves(fit, best) and _is_beside_today(fit, best, diary.factors[factor]):
            pattern = _pattern(fit, best, chance, diary)
            # Ranks and scores tell the same.
            if pattern.low * pattern.high > 0 and (pattern.difference < 0) is (best.strength < 0):
                yield pattern


def _ties(fit: Fit, factor: Factor, values: Sequence[float | None]) -> Iterator[_Tie]:
    """Yield the ties of a factor at each lag, beside its other lags: else an effect at one shows at the next."""
    left = {lag: fit.residuals_of(_before(values, fit.days, lag)) for lag in LAGS}
    for lag, column in left.items():
        others = [other for each, other in left.items() if each != lag and other is not None]
        alone = left_of(column, orthonormal(others)) if column else None
        if alone:
            yield _tie(fit, factor, lag, alone)


def _tie(fit: Fit, factor: Factor, lag: int, column: Column) -> _Tie:
    direction = unit(column)
    return _Tie(factor, lag, direction, sumprod(direction, fit.residuals) / fit.spread)


def _before(values: Sequence[float | None], days: Sequence[int], lag: int) -> Column:
    """Return the values of a factor some days before, less their mean; 0 on days without one, or if few have one."""
    found = [values[day - lag] for day in days]
    known = [value for value in found if value is not None]
    if len(known) < FEWEST_REPORTS:
        return [0.0] * len(days)
    mean = sum(known) / len(known)
    return [0.0 if value is None else value - mean for value in found]


def _greatest_by_chance(fit: Fit, ties: Sequence[_Tie]) -> list[float]:
    """Return the strength of the greatest tie in each shuffled diary."""
    length = sqrt(sumprod(fit.residuals, fit.residuals) / len(fit.days))
    shuffled, draw = [value / length for value in fit.residuals], Random(0)  # noqa: S311  # no secret
    greatest = []
    for _ in range(SHUFFLES if ties else 0):
        draw.shuffle(shuffled)
        greatest.append(max(abs(sumprod(tie.direction, shuffled)) for tie in ties))
    return greatest


def _is_in_both_halves(fit: Fit, tie: _Tie) -> bool:
    """Return whether each half of the days shows enough of a tie."""
    half = len(fit.days) // 2
    first = sumprod(tie.direction[:half], fit.residuals[:half])
    last = sumprod(tie.direction[half:], fit.residuals[half:])
    return min(first / (first + last), last / (first + last)) >= LEAST_IN_HALF


def _is_beside_today(fit: Fit, tie: _Tie, values: Sequence[float | None]) -> bool:
    """Return whether a tie remains beside the factor on the pain's own day.

    An effect on the same day shows the day after with the opposite sign, since pain lasts.
    """
    today = fit.residuals_of(_before(values, fit.days, 0))
    alone = left_of(tie.direction, [unit(today)]) if today else tie.direction
    strength = sumprod(unit(alone), fit.residuals) / fit.spread if alone else 0.0
    return strength * tie.strength > 0 and abs(strength) >= LEAST_BESIDE_TODAY


def _pattern(fit: Fit, tie: _Tie, chance: float, diary: Diary) -> Pattern:
    """Return a tie as a pattern, in points of the score."""
    values = diary.factors[tie.factor]
    known = [value for day in fit.days if (value := values[day - tie.lag]) is not None]
    mean = sum(known) / len(known)
    more, less = [value for value in known if value > mean], [value for value in known if value <= mean]
    # The points that one unit adds to the score, and their standard error.
    unit_of_factor = sumprod(tie.direction, fit.residuals_of(_before(values, fit.days, tie.lag)) or ())
    points = fit.residuals_of([score for day in fit.days if (score := diary.scores[day]) is not None]) or []
    along = sumprod(tie.direction, points)
    difference = along / unit_of_factor
    # A factor that explains all of it leaves nothing, or by rounding less than that.
    left = max(0.0, sumprod(points, points) - along * along)
    error = sqrt(left / (fit.freedom - 1)) / abs(unit_of_factor)
    step = sum(more) / len(more) - sum(less) / len(less)
    return Pattern(
        factor=tie.factor,
        lag=tie.lag,
        tendency=Tendency.BETTER if tie.strength < 0 else Tendency.WORSE,
        difference=difference * step,
        low=(difference - STANDARD_ERRORS * error) * step,
        high=(difference + STANDARD_ERRORS * error) * step,
        days_with_more=len(more),
        days_with_less=len(less),
        chance=chance,
    )
