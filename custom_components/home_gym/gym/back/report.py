"""The back report for a professional: eight weeks of pain, runs and habits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..calendar import A_DAY, A_WEEK, Calendar, days_of
from ..habits.habit import Habit
from ..habits.session_history import SessionHistory
from ..runs.load import LoadSettings, change_in_per_cent, training_impulse, weeks_before
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..shoes.rack import Rack
from ..shoes.shoe import Shoe
from .pain import PainReport
from .pain_history import PainFigures, PainHistory
from .patterns import Patterns
from .weekly_review import distance_in

WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfReport:
    """One week: metres, steps a minute, scores from 0 to 10, and the number of days of each habit.

    `change` is the distance against the four weeks before, in per cent. None is shown as unknown.
    """

    first: date
    distance: float
    change: float | None
    runs: int
    longest: float
    cadence: float | None
    impulse: float | None
    pain_mean: float | None
    pain_worst: float | None
    pain_days: int
    days_of_habit: Mapping[Habit, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoeOfReport:
    """A worn pair: metres, the share of its life in per cent, and its last use."""

    name: str
    distance: float
    share: float
    last_used: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackReport:
    """Eight weeks, the earliest first and the last one current; all pain reports, and the patterns.

    The pairs are in order of their last use, the latest first.
    """

    first: date
    today: date
    weeks: tuple[WeekOfReport, ...]
    reports: tuple[PainReport, ...]
    pain: PainFigures
    shoes: tuple[ShoeOfReport, ...]
    patterns: Patterns


def report_of(
    today: date,
    *,
    calendar: Calendar,
    load: LoadSettings,
    runs: RunHistory,
    sessions: SessionHistory,
    pains: PainHistory,
    pain: PainFigures,
    shoes: Iterable[Shoe],
    rack: Rack,
    patterns: Patterns,
) -> BackReport:
    """Return the report of a day."""
    this_week = calendar.week_of(today)
    weeks = [this_week - ago * A_WEEK for ago in reversed(range(WEEKS))]
    return BackReport(
        first=weeks[0],
        today=today,
        weeks=tuple(_week(week, load, runs, sessions, pains) for week in weeks),
        reports=tuple(pains.between(weeks[0], today)),
        pain=pain,
        shoes=tuple(sorted(_shoes(today, shoes, rack), key=lambda shoe: (shoe.last_used, shoe.name), reverse=True)),
        patterns=patterns,
    )


def _shoes(today: date, shoes: Iterable[Shoe], rack: Rack) -> Iterator[ShoeOfReport]:
    """Yield the pairs with at least one run."""
    worn = rack.wear(today)
    for shoe in shoes:
        wear = worn[shoe.id]
        if wear.last_used:
            yield ShoeOfReport(name=shoe.name, distance=wear.distance, share=wear.share, last_used=wear.last_used)


def _week(
    week: date, load: LoadSettings, runs: RunHistory, sessions: SessionHistory, pains: PainHistory
) -> WeekOfReport:
    run = runs.in_week(week)
    scores = pains.scores(week, week + A_WEEK - A_DAY).values()
    impulses = [impulse for each in run if (impulse := training_impulse(each, load)) is not None]
    distance = distance_in(runs, week)
    return WeekOfReport(
        first=week,
        distance=distance,
        change=change_in_per_cent(distance, [distance_in(runs, past) for past in weeks_before(week)]),
        runs=len(run),
        longest=max((each.distance or 0 for each in run), default=0),
        cadence=_cadence(run),
        impulse=sum(impulses) if impulses else None,
        pain_mean=sum(scores) / len(scores) if scores else None,
        pain_worst=max(scores, default=None),
        pain_days=sum(score > 0 for score in scores),
        days_of_habit={habit: sum(sessions.done_on(habit, day) for day in days_of(week)) for habit in Habit},
    )


def _cadence(runs: list[Run]) -> float | None:
    """Return the mean cadence of runs, weighed by their duration."""
    timed = [(run.cadence, run.duration) for run in runs if run.cadence and run.duration]
    total = sum(time for _, time in timed)
    return sum(cadence * time for cadence, time in timed) / total if total else None
