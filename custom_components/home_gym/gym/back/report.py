"""The back report for a professional: some weeks of pain, runs and habits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from ..calendar import A_DAY, A_WEEK, DAYS_A_WEEK, Calendar
from ..habits.habit import Habit
from ..habits.session_history import SessionHistory
from ..prompts.form_check import FormCheck
from ..runs.load import LoadSettings, change_in_per_cent, training_impulse, weeks_before
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..shoes.rack import Rack
from ..shoes.shoe import Shoe, Wear
from .function_score import FunctionScore
from .pain import PainReport
from .pain_history import PainFigures, PainHistory
from .patterns import Patterns
from .weekly_review import distance_in

SPANS = (8, 26, 52)
"""Weeks of a report, to choose from."""
WEEKS = SPANS[0]
# More rows don't fit beside the rest on one side of A4.
MOST_ROWS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfReport:
    """One week, or `weeks` in a row: metres, steps a minute, scores from 0 to 10, and the days of each habit.

    `change` is the mean week's distance against the four weeks before, in per cent. None is shown as unknown.
    """

    first: date
    weeks: int = 1
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
    """A worn pair: metres, the share of its life in per cent, its last use, and the day of its retirement."""

    name: str
    distance: float
    share: float
    last_used: datetime
    retired: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackReport:
    """Some weeks, the earliest first and the last one current; all reports, scores and checks, and patterns.

    `rows` are the same weeks, so many in each that all fit on one side. The pairs are those worn in these weeks, in
    order of their last use, the latest first.
    """

    first: date
    today: date
    weeks: tuple[WeekOfReport, ...]
    rows: tuple[WeekOfReport, ...]
    reports: tuple[PainReport, ...]
    function_scores: tuple[FunctionScore, ...]
    form_checks: tuple[FormCheck, ...]
    pain: PainFigures
    shoes: tuple[ShoeOfReport, ...]
    patterns: Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    load: LoadSettings
    runs: RunHistory
    sessions: SessionHistory
    pains: PainHistory


def report_of(
    today: date,
    *,
    calendar: Calendar,
    load: LoadSettings,
    runs: RunHistory,
    sessions: SessionHistory,
    pains: PainHistory,
    function_scores: Iterable[FunctionScore],
    form_checks: Iterable[FormCheck],
    pain: PainFigures,
    shoes: Iterable[Shoe],
    rack: Rack,
    patterns: Patterns,
    span: int = WEEKS,
) -> BackReport:
    """Return the report of a day about `span` weeks, one of SPANS."""
    this_week = calendar.week_of(today)
    weeks = [this_week - ago * A_WEEK for ago in reversed(range(span))]
    past = _Past(load=load, runs=runs, sessions=sessions, pains=pains)
    in_row = -(-span // MOST_ROWS)
    return BackReport(
        first=weeks[0],
        today=today,
        weeks=tuple(_weeks(week, 1, past) for week in weeks),
        rows=tuple(_weeks(week, in_row, past) for week in weeks[::in_row]),
        reports=tuple(pains.between(weeks[0], today)),
        function_scores=tuple(
            sorted((score for score in function_scores if weeks[0] <= score.day <= today), key=attrgetter("key"))
        ),
        form_checks=tuple(
            sorted((check for check in form_checks if weeks[0] <= check.day <= today), key=attrgetter("at"))
        ),
        pain=pain,
        shoes=tuple(
            sorted(
                _shoes(weeks[0], today, calendar, shoes, rack.wear(today)),
                key=lambda shoe: (shoe.last_used, shoe.name),
                reverse=True,
            )
        ),
        patterns=patterns,
    )


def _shoes(
    first: date, today: date, calendar: Calendar, shoes: Iterable[Shoe], worn: Mapping[str, Wear]
) -> Iterator[ShoeOfReport]:
    """Yield the pairs that were worn on a day or later."""
    for shoe in shoes:
        wear = worn[shoe.id]
        if wear.last_used and calendar.day_of(wear.last_used) >= first:
            yield ShoeOfReport(
                name=shoe.name,
                distance=wear.distance,
                share=wear.share,
                last_used=wear.last_used,
                retired=shoe.retired if shoe.is_retired_on(today) else None,
            )


def _weeks(first: date, weeks: int, past: _Past) -> WeekOfReport:
    """Return some weeks in a row."""
    days = [first + ahead * A_DAY for ahead in range(weeks * DAYS_A_WEEK)]
    run = [each for ahead in range(weeks) for each in past.runs.in_week(first + ahead * A_WEEK)]
    scores = past.pains.scores(first, days[-1]).values()
    impulses = [impulse for each in run if (impulse := training_impulse(each, past.load)) is not None]
    distance = sum(distance_in(past.runs, first + ahead * A_WEEK) for ahead in range(weeks))
    before = [distance_in(past.runs, week) for week in weeks_before(first)]
    return WeekOfReport(
        first=first,
        weeks=weeks,
        distance=distance,
        change=change_in_per_cent(distance / weeks, before),
        runs=len(run),
        longest=max((each.distance or 0 for each in run), default=0),
        cadence=_cadence(run),
        impulse=sum(impulses) if impulses else None,
        pain_mean=sum(scores) / len(scores) if scores else None,
        pain_worst=max(scores, default=None),
        pain_days=sum(score > 0 for score in scores),
        days_of_habit={habit: sum(past.sessions.done_on(habit, day) for day in days) for habit in Habit},
    )


def _cadence(runs: list[Run]) -> float | None:
    """Return the mean cadence of runs, weighed by their duration."""
    timed = [(run.cadence, run.duration) for run in runs if run.cadence and run.duration]
    total = sum(time for _, time in timed)
    return sum(cadence * time for cadence, time in timed) / total if total else None
