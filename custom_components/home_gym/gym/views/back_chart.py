"""The back report's chart: pain by day above, distance by week below, on one time axis."""

from dataclasses import dataclass
from datetime import date

from ..back.pain import WORST
from ..back.report import WEEKS, BackReport
from ..calendar import A_DAY

CHART_DAYS = 7 * WEEKS
# Units of the drawing; the page scales it.
WIDTH, PAIN_HEIGHT, DISTANCE_HEIGHT, BETWEEN = 560.0, 100.0, 60.0, 12.0
HEIGHT = PAIN_HEIGHT + BETWEEN + DISTANCE_HEIGHT
# The share of a day's or a week's width that its bar takes.
FILLED = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar for each day with a report, flat for a day without pain, and a bar for each week with a distance."""

    pain: tuple[Bar, ...]
    distance: tuple[Bar, ...]


def chart_of(report: BackReport) -> Chart:
    """Return the chart of a report."""
    worst: dict[date, float] = {}
    for each in report.reports:
        if each.score is not None:
            worst[each.day] = max(each.score, worst.get(each.day, 0))
    furthest = max(week.distance for week in report.weeks)
    day, week = WIDTH / CHART_DAYS, WIDTH / WEEKS
    return Chart(
        pain=tuple(
            _bar((on - report.first) // A_DAY, day, score / WORST * PAIN_HEIGHT, PAIN_HEIGHT)
            for on, score in worst.items()
        ),
        distance=tuple(
            _bar(number, week, each.distance / furthest * DISTANCE_HEIGHT, HEIGHT)
            for number, each in enumerate(report.weeks)
            if each.distance
        ),
    )


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
