"""Trends: distance, pace, cadence and heart rate by week, month or year, and the records of all runs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from ..calendar import A_DAY, Calendar
from ..runner import Runner
from ..runs.run import Run

SHOWN = 12
"""Periods of a trend, the present one included."""
# Heart rates are compared between runs of about the same pace, this share around the median one.
SAME_PACE = 0.08


class Period(StrEnum):
    """Length of the bars of a trend."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class RecordKind(StrEnum):
    """Kind of a record; paces are those of whole runs of at least that distance."""

    LONGEST = "longest"
    FASTEST_5_KM = "fastest_5_km"
    FASTEST_10_KM = "fastest_10_km"
    BIGGEST_WEEK = "biggest_week"
    BIGGEST_MONTH = "biggest_month"


FASTEST = {5_000: RecordKind.FASTEST_5_KM, 10_000: RecordKind.FASTEST_10_KM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A week, month or year by its first day: metres, seconds a metre, steps and beats a minute.

    `heart_rate` is that of runs at about the usual pace. Figures without a run that has them are None.
    """

    first: date
    runs: int
    distance: float
    pace: float | None
    cadence: float | None
    heart_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A record: metres, or seconds a metre of the fastest runs, and its day or first day."""

    kind: RecordKind
    value: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsView:
    """The latest periods, the present one last, the usual pace in seconds a metre, and the records."""

    bars: tuple[Bar, ...]
    usual_pace: float | None
    records: tuple[RunRecord, ...]


def trends_view(runner: Runner, today: date, period: Period) -> TrendsView:
    """Return the trends up to a day."""
    runs = runner.runs.all()
    first_of = _first_days(runner.settings.calendar, period)
    firsts = _latest(first_of, today)
    shown: dict[date, list[Run]] = {first: [] for first in firsts}
    for run in runs:
        if run.day <= today and (first := first_of(run.day)) in shown:
            shown[first].append(run)
    paces = [pace for each in shown.values() for run in each if (pace := _pace(run))]
    usual = median(paces) if paces else None
    return TrendsView(
        bars=tuple(_bar(first, shown[first], usual) for first in firsts),
        usual_pace=usual,
        records=tuple(_records(runs, runner.settings.calendar)),
    )


def _first_days(calendar: Calendar, period: Period) -> Callable[[date], date]:
    if period is Period.WEEK:
        return calendar.week_of
    return (lambda day: day.replace(day=1)) if period is Period.MONTH else (lambda day: day.replace(month=1, day=1))


def _latest(first_of: Callable[[date], date], today: date) -> list[date]:
    """Return the first days of the latest periods, in their order."""
    firsts = [first_of(today)]
    while len(firsts) < SHOWN and firsts[-1].year > 1:
        firsts.append(first_of(firsts[-1] - A_DAY))
    return firsts[::-1]


def _bar(first: date, runs: Sequence[Run], usual: float | None) -> Bar:
    timed = [run for run in runs if _pace(run)]
    alike = [run for run in timed if usual and abs((_pace(run) or 0) / usual - 1) <= SAME_PACE]
    metres = sum(run.distance or 0 for run in timed)
    return Bar(
        first=first,
        runs=len(runs),
        distance=sum(run.distance_in_millimetres for run in runs) / 1000,
        pace=sum(run.duration or 0 for run in timed) / metres if metres else None,
        cadence=_mean((run.cadence, run.duration) for run in runs),
        heart_rate=_mean((run.heart_rate, run.duration) for run in alike),
    )


def _mean(figures: Iterable[tuple[float | None, float | None]]) -> float | None:
    """Return the mean weighed by time, None without a figure."""
    known = [(figure, seconds or 0) for figure, seconds in figures if figure is not None]
    whole = sum(seconds for _, seconds in known)
    return sum(figure * seconds for figure, seconds in known) / whole if whole else None


def _pace(run: Run) -> float | None:
    return run.duration / run.distance if run.duration and run.distance else None


def _records(runs: Iterable[Run], calendar: Calendar) -> Iterable[RunRecord]:
    measured = [run for run in runs if run.distance]
    if not measured:
        return
    longest = max(measured, key=lambda run: run.distance or 0)
    yield RunRecord(kind=RecordKind.LONGEST, value=longest.distance or 0, day=longest.day)
    for metres, kind in FASTEST.items():
        paces = [(pace, run.day) for run in measured if (run.distance or 0) >= metres and (pace := _pace(run))]
        if paces:
            pace, day = min(paces)
            yield RunRecord(kind=kind, value=pace, day=day)
    for period, kind in ((Period.WEEK, RecordKind.BIGGEST_WEEK), (Period.MONTH, RecordKind.BIGGEST_MONTH)):
        first_of = _first_days(calendar, period)
        sums: dict[date, int] = {}
        for run in measured:
            first = first_of(run.day)
            sums[first] = sums.get(first, 0) + run.distance_in_millimetres
        best = max(sums, key=lambda first: sums[first])
        yield RunRecord(kind=kind, value=sums[best] / 1000, day=best)
