"""Patterns: habits that coincided with better or worse days of the back. Coincidence is no cause.

A few weeks of one person's diary are little, and both pain and habits come in phases, so that plain correlations of
them are often large by chance. Therefore ranks are used instead of scores; the part explained by a trend or the weekday
is removed from both; and the rest is compared with itself, the diary of pain shifted against that of habits by weeks
and months, and reversed, which keeps the phases and breaks every true correlation. All habits and lags of one shift
count as one comparison: an observed correlation has to exceed the greatest of them (Westfall and Young's correction),
so that at most one runner in twenty without any correlation gets a pattern. As a flare of pain and a phase of a habit
may meet once by chance, each half of the diary has to show a good part of the correlation.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt, sumprod

from ..calendar import DAYS_A_WEEK

# Shorter diaries show nothing.
FEWEST_WEEKS = 8
FEWEST_REPORTS = 10
# Days longer ago say little about today's back.
MOST_DAYS = 364
# A habit may show on the same day, or on one of this many days after it.
LAGS = range(4)
# Correlations persist when the diaries are shifted by less.
LEAST_MOVE = 7
# Shifted diaries are not quite independent of each other, so the chance is half of one in twenty.
CHANCE = 0.025
# The share of a correlation that each half of the diary has to show.
LEAST_IN_HALF = 0.25


class Factor(StrEnum):
    """Factor that may coincide with better or worse days."""

    CORE = "core"
    STRETCH = "stretch"
    WARM_UP = "warm_up"
    SHOE_WEAR = "shoe_wear"
    RAMP = "ramp"
    HARD_SURFACE = "hard_surface"
    CADENCE = "cadence"


class Tendency(StrEnum):
    """Direction of a pattern: better or worse days with more of a habit."""

    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """A runner's consecutive days from `first` on: the worst score of each, and the amount of each factor.

    None is a day without a report, or a factor that the day can't have: there is no cadence without a run.
    """

    first: date
    scores: tuple[float | None, ...]
    factors: Mapping[Factor, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A habit that coincided with better or worse days, `lag` days later.

    The mean scores are those of the days with more than the habit's mean, and of the others. `chance` is the
    probability of a correlation this strong by chance alone, all comparisons counted.
    """

    factor: Factor
    lag: int
    tendency: Tendency
    score_with_more: float
    score_with_less: float
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


@dataclass(frozen=True, slots=True)
class _Series:
    """A series without trend and weekday, 0 for unknown values; its squares; and a mask, 1 for known values."""

    values: list[float]
    squares: list[float]
    known: list[float]


def patterns_in(diary: Diary) -> Patterns:
    """Return the patterns of a diary."""
    scores = diary.scores[-MOST_DAYS:]
    reported = [number for number, score in enumerate(scores) if score is not None]
    # Days before the first report and after the last have no score to compare with.
    scores = scores[reported[0] : reported[-1] + 1] if reported else ()
    weeks = len(scores) // DAYS_A_WEEK
    summed_up = Patterns(weeks=weeks, reports=len(reported))
    if weeks < FEWEST_WEEKS or len(reported) < FEWEST_REPORTS:
        return summed_up
    skipped = len(diary.scores) - len(diary.scores[-MOST_DAYS:]) + reported[0]
    comparisons = {
        (factor, lag): _lagged(values, skipped, len(scores), lag)
        for factor, values in diary.factors.items()
        for lag in LAGS
    }
    found = _unlikely(scores, {comparison: _series(values) for comparison, values in comparisons.items()})
    return Patterns(
        weeks=weeks,
        reports=len(reported),
        is_enough=True,
        found=tuple(
            _pattern(comparison, comparisons[comparison], scores, chance) for comparison, chance in found.items()
        ),
    )


def _lagged(values: Sequence[float | None], skipped: int, days: int, lag: int) -> list[float | None]:
    """Return the values of a factor `lag` days before each of the days after the skipped ones."""
    first = skipped - lag
    return [values[number] if number >= 0 else None for number in range(first, first + days)]


def _unlikely(
    scores: Sequence[float | None], comparisons: Mapping[tuple[Factor, int], _Series]
) -> dict[tuple[Factor, int], float]:
    """Return the strongest lag of each factor that is unlikely by chance, and its probability by chance."""
    score_series = _series(scores)
    observed = {comparison: abs(_correlation(score_series, series)) for comparison, series in comparisons.items()}
    # The trend alone correlates in a diary whose end is moved to its beginning, and is no phase of pain.
    level = _with_residuals(_ranked(scores), _without_trend)
    moved = [
        [*diary[-days:], *diary[:-days]]
        for diary in (level, level[::-1])
        for days in range(LEAST_MOVE, len(scores) - LEAST_MOVE + 1)
    ]
    greatest = [_greatest(_residuals_of(diary), comparisons.values()) for diary in moved]
    best: dict[tuple[Factor, int], float] = {}
    for factor in dict.fromkeys(factor for factor, _ in comparisons):
        comparison = max(((factor, lag) for lag in LAGS), key=observed.__getitem__)
        chance = (1 + sum(correlation >= observed[comparison] for correlation in greatest)) / (1 + len(greatest))
        if chance <= CHANCE and _is_in_both_halves(score_series, comparisons[comparison]):
            best[comparison] = chance
    return best


def _greatest(scores: _Series, comparisons: Iterable[_Series]) -> float:
    return max((abs(_correlation(scores, series)) for series in comparisons), default=0.0)


def _is_in_both_halves(scores: _Series, series: _Series) -> bool:
    """Return whether each half of the days shows enough of a correlation."""
    half = len(scores.values) // 2
    first = sumprod(scores.values[:half], series.values[:half])
    last = sumprod(scores.values[half:], series.values[half:])
    return min(first / (first + last), last / (first + last)) >= LEAST_IN_HALF


def _correlation(scores: _Series, series: _Series) -> float:
    """Return the strength of a correlation: its coefficient, weighed by the number of days known in both series."""
    days = sumprod(scores.known, series.known)
    if days < FEWEST_REPORTS:
        return 0.0
    spread = sumprod(scores.squares, series.known) * sumprod(scores.known, series.squares)
    return sumprod(scores.values, series.values) / sqrt(spread) * sqrt(days - 1) if spread > 0 else 0.0


def _series(values: Sequence[float | None]) -> _Series:
    """Return the ranks of values without trend and weekday."""
    return _residuals_of(_ranked(values))


def _residuals_of(ranks: Sequence[float | None]) -> _Series:
    residuals = _with_residuals(_with_residuals(ranks, _without_trend), _without_weekday)
    found = [value or 0.0 for value in residuals]
    known = [0.0 if value is None else 1.0 for value in residuals]
    return _Series(found, [value * value for value in found], known)


def _ranked(values: Sequence[float | None]) -> list[float | None]:
    """Return the rank of each value; equal values share the mean of their ranks."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(value for value in values if value is not None)):
        places.setdefault(value, []).append(place)
    return [None if value is None else (places[value][0] + places[value][-1]) / 2 for value in values]


def _with_residuals(
    values: Sequence[float | None], without: Callable[[list[int], list[float]], list[float]]
) -> list[float | None]:
    """Return a series with its known values replaced by their residuals."""
    at = [number for number, value in enumerate(values) if value is not None]
    residuals: list[float | None] = [None] * len(values)
    for number, value in zip(at, without(at, [value for value in values if value is not None]), strict=True):
        residuals[number] = value
    return residuals


def _without_trend(at: Sequence[int], values: Sequence[float]) -> list[float]:
    """Return the residuals of values from their regression line."""
    if not values:
        return []
    middle, mean = sum(at) / len(at), sum(values) / len(values)
    spread = sum((day - middle) ** 2 for day in at)
    slope = sum((day - middle) * value for day, value in zip(at, values, strict=True)) / spread if spread else 0.0
    return [value - mean - slope * (day - middle) for day, value in zip(at, values, strict=True)]


def _without_weekday(at: Sequence[int], values: Sequence[float]) -> list[float]:
    """Return the residuals of values from the mean of their weekday."""
    on_weekday: dict[int, list[float]] = {}
    for day, value in zip(at, values, strict=True):
        on_weekday.setdefault(day % DAYS_A_WEEK, []).append(value)
    means = {weekday: sum(known) / len(known) for weekday, known in on_weekday.items()}
    return [value - means[day % DAYS_A_WEEK] for day, value in zip(at, values, strict=True)]


def _pattern(
    comparison: tuple[Factor, int], values: Sequence[float | None], scores: Sequence[float | None], chance: float
) -> Pattern:
    """Return a correlation as a pattern, in figures that people understand."""
    pairs = [
        (value, score) for value, score in zip(values, scores, strict=True) if value is not None and score is not None
    ]
    middle = sum(value for value, _ in pairs) / len(pairs)
    more = [score for value, score in pairs if value > middle]
    less = [score for value, score in pairs if value <= middle]
    with_more, with_less = sum(more) / len(more), sum(less) / len(less)
    return Pattern(
        factor=comparison[0],
        lag=comparison[1],
        tendency=Tendency.BETTER if with_more < with_less else Tendency.WORSE,
        score_with_more=with_more,
        score_with_less=with_less,
        days_with_more=len(more),
        days_with_less=len(less),
        chance=chance,
    )
