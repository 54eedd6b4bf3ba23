"""The back report's chart: pain by day above, distance by week below, on one time axis."""

from dataclasses import dataclass
from datetime import date

from ..back.pain import WORST
from ..back.report import BackReport
from ..calendar import A_DAY, DAYS_A_WEEK

# Units of the drawing; the page scales it.
WIDTH, PAIN_HEIGHT, DISTANCE_HEIGHT, BETWEEN = 560.0, 100.0, 60.0, 20.0
HEIGHT = PAIN_HEIGHT + BETWEEN + DISTANCE_HEIGHT
# The share of a day's or a week's width that its bar takes.
FILLED = 0.7
# Round figures for the top of an axis, from 1 to 10.
ROUND = (1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar for each day with a report, flat for a day without pain, and a bar for each week with a distance.

    `top` is the distance at the top of its axis, in the unit of the chart. `days` are the first days of the report's
    rows, at equal steps of the time axis.
    """

    pain: tuple[Bar, ...]
    distance: tuple[Bar, ...]
    top: int
    days: tuple[date, ...]


def chart_of(report: BackReport, unit: float = 1000.0) -> Chart:
    """Return the chart of a report; `unit` is that of its distances, in metres."""
    worst: dict[date, float] = {}
    for each in report.reports:
        if each.score is not None:
            worst[each.day] = max(each.score, worst.get(each.day, 0))
    top = round_top(max(week.distance for week in report.weeks) / unit)
    week = WIDTH / len(report.weeks)
    return Chart(
        pain=tuple(
            _bar((on - report.first) // A_DAY, week / DAYS_A_WEEK, score / WORST * PAIN_HEIGHT, PAIN_HEIGHT)
            for on, score in worst.items()
        ),
        distance=tuple(
            _bar(number, week, each.distance / unit / top * DISTANCE_HEIGHT, HEIGHT)
            for number, each in enumerate(report.weeks)
            if each.distance
        ),
        top=top,
        days=tuple(row.first for row in report.rows),
    )


def round_top(greatest: float) -> int:
    """Return the round figure for the top of an axis, at least 1."""
    scale = 1
    while greatest > ROUND[-1] * scale:
        scale *= 10
    return next(figure * scale for figure in ROUND if greatest <= figure * scale)


def _bar(number: int, room: float, height: float, base: float) -> Bar:
    # Zero is a thin line, which distinguishes it from unknown.
    height = max(height, 1.0)
    left = room * (1 - FILLED) / 2
    return Bar(
        x=round(number * room + left, 1),
        y=round(base - height, 1),
        width=round(room * FILLED, 1),
        height=round(height, 1),
    )
