"""Back report as a page to print: one side of A4, in one file, at a signed address."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aiohttp.hdrs import CACHE_CONTROL
from aiohttp.web import Request, Response
from jinja2 import Environment

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_system import UnitSystem

from ..const import DOMAIN
from ..coordinator import HomeGymCoordinator
from ..data import RunnerData
from ..experiment_words import experiment_in_words
from ..gym.back.patterns import Pattern, patterns_in
from ..gym.back.report import SPANS, BackReport, ShoeOfReport, WeekOfReport
from ..gym.habits.habit import Habit
from ..gym.prompts.form_check import FormCheck
from ..gym.speech.phrases import Phrases, line
from ..gym.views.back_chart import DISTANCE_HEIGHT, HEIGHT, PAIN_HEIGHT, WIDTH, chart_of
from ..ha.web import KEY_HASS_USER, async_sign_path
from ..languages import formats_of
from ..treadmill import is_treadmill
from ..words import in_unit

ATTR_WEEKS = "weeks"
URL = f"/api/{DOMAIN}/back_report/{{entry_id}}"
PAGE_TEMPLATE = Path(__file__).with_name("back_page.html")
# Long enough to print it, short enough that a leaked address soon expires.
VALID_FOR = timedelta(hours=1)
# The most reports, pairs and patterns that fit on one side, and the longest quotes.
MOST_REPORTS, FEWER_REPORTS, MOST_SCORES, MOST_CHECKS, MOST_SHOES, MOST_PATTERNS = 8, 4, 6, 2, 6, 2
LONGEST_NOTE, LONGEST_NAME = 50, 30
REPORTED_HABITS = (Habit.CORE, Habit.STRETCH, Habit.WARM_UP, Habit.COOL_DOWN, Habit.WALK, Habit.FOAM_ROLL)
SECTIONS = ("chart", "legend_pain", "legend_distance", "print", "weeks", "reports", "shoes", "patterns")
DISTANCES = ("distance", "longest")
HEADINGS = ("runs", "cadence", "load", "pain_mean", "pain_worst", "pain_days")
UNKNOWN = "\N{EN DASH}"


@callback
def async_address_of_page(coordinator: HomeGymCoordinator, weeks: int) -> str:
    """Return the signed address of a runner's page about some weeks, valid for an hour without a login."""
    path = f"{URL.format(entry_id=coordinator.config_entry.entry_id)}?{ATTR_WEEKS}={weeks}"
    return async_sign_path(coordinator.hass, path, VALID_FOR, use_content_user=True)


async def async_back_report(gym: RunnerData, weeks: int) -> BackReport:
    """Return the report for a professional about some weeks; the search for patterns runs in the executor."""
    now = dt_util.utcnow()
    patterns = await gym.coordinator.hass.async_add_executor_job(patterns_in, gym.runner.diary(now))
    return gym.runner.back_report(now, patterns, weeks)


class BackPageView(HomeAssistantView):
    """View with the pages, for signed addresses and administrators."""

    url = URL
    name = f"api:{DOMAIN}:back_report"

    def __init__(self, hass: HomeAssistant) -> None:
        """Serve the pages of a home's runners."""
        self._hass = hass

    async def get(self, request: Request, entry_id: str) -> Response:
        """Return a runner's page."""
        user = request[KEY_HASS_USER]
        # A signed address comes with Home Assistant's own user.
        if not (user.is_admin or user.system_generated):
            raise Unauthorized
        entry = self._hass.config_entries.async_get_entry(entry_id)
        is_runner = entry is not None and entry.domain == DOMAIN and not is_treadmill(entry)
        if entry is None or not is_runner or entry.state is not ConfigEntryState.LOADED:
            return Response(status=404)
        gym: RunnerData = entry.runtime_data
        weeks = next((weeks for weeks in SPANS if request.query.get(ATTR_WEEKS) == str(weeks)), SPANS[0])
        report = await async_back_report(gym, weeks)
        page = await self._hass.async_add_executor_job(page_of, gym, report)
        return Response(text=page, content_type="text/html", headers={CACHE_CONTROL: "no-store"})


def page_of(gym: RunnerData, report: BackReport) -> str:
    """Return the page; reads its template, so it runs in the executor."""
    template = Environment(autoescape=True).from_string(PAGE_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(_Words(gym).page(report))


class _Words:
    """The report's texts in a language and the units of the home."""

    def __init__(self, gym: RunnerData) -> None:
        self._gym = gym
        self._hass = gym.coordinator.hass
        self._phrases: Phrases = gym.phrases
        self._formats = formats_of(self._hass, self._phrases)
        self._units: UnitSystem = self._hass.config.units

    def page(self, report: BackReport) -> Mapping[str, Any]:
        """Return the template's variables."""
        advice = report.pain.advice
        units_in_metre, unit = in_unit(1, self._units)
        chart = chart_of(report, 1 / units_in_metre)
        return {
            "language": self._hass.config.language,
            "title": self._text("title", runner=_shortened(self._gym.entry.title, LONGEST_NAME)),
            "period": self._text(
                "period", first=self._formats.written_date(report.first), last=self._formats.written_date(report.today)
            ),
            "purpose": self._text("purpose"),
            "advice": self._text(f"advice.{advice}") if advice else None,
            "red_flags": [self._text(f"red_flag.{flag}") for flag in report.pain.red_flags],
            "words": {word: self._text(word) for word in SECTIONS},
            "chart": chart,
            "width": WIDTH,
            "height": HEIGHT,
            "pain_base": PAIN_HEIGHT,
            "distance_top": HEIGHT - DISTANCE_HEIGHT,
            "top": f"{self._number(chart.top, 0)}\N{NO-BREAK SPACE}{unit}",
            "days": [self._day(day) for day in chart.days],
            "headings": [
                self._text("week") if report.rows[0].weeks == 1 else self._text("rows", weeks=report.rows[0].weeks),
                *(f"{self._text(heading)}, {unit}" for heading in DISTANCES),
                *(self._text(heading) for heading in HEADINGS),
                *(line(self._phrases, f"routine.{habit}.name") for habit in REPORTED_HABITS),
            ],
            "rows": [list(self._row(week)) for week in report.rows],
            "function": self._function(report),
            "form": self._form(report),
            "reports": list(self._reports(report)),
            "shoes": list(self._shoes(report.shoes)),
            "patterns": [*self._experiment(), *self._patterns(report)],
        }

    def _row(self, week: WeekOfReport) -> Iterator[str]:
        yield self._day(week.first)
        yield self._number(in_unit(week.distance, self._units)[0], 1)
        yield self._number(in_unit(week.longest, self._units)[0], 1) if week.longest else UNKNOWN
        yield str(week.runs)
        for figure, digits in ((week.cadence, 0), (week.impulse, 0), (week.pain_mean, 1)):
            yield UNKNOWN if figure is None else self._number(figure, digits)
        yield UNKNOWN if week.pain_worst is None else self._score(week.pain_worst)
        yield str(week.pain_days)
        yield from (str(week.days_of_habit[habit]) for habit in REPORTED_HABITS)

    def _function(self, report: BackReport) -> str | None:
        """Return the monthly scores of the limits by the back, None without any."""
        scores = [
            f"{self._day(score.day)}: {self._number(score.mean, 1)}" for score in report.function_scores[-MOST_SCORES:]
        ]
        return self._text("function", scores="; ".join(scores)) if scores else None

    def _form(self, report: BackReport) -> str | None:
        """Return the latest form checks with their points to work on, None without any."""
        checks = [f"{self._day(check.day)}: {self._points(check)}" for check in report.form_checks[-MOST_CHECKS:]]
        return self._text("form", checks="; ".join(checks)) if checks else None

    def _points(self, check: FormCheck) -> str:
        points = [line(self._phrases, f"form_check.point.{point}") for point in check.to_work_on]
        return self._text("form_to_work_on", points=", ".join(points)) if points else self._text("form_good")

    def _reports(self, report: BackReport) -> Iterator[str]:
        """Yield the latest pain reports, the last first, and the number of omitted ones."""
        # A longer table leaves less room.
        most = MOST_REPORTS if report.rows == report.weeks else FEWER_REPORTS
        for each in reversed(report.reports[-most:]):
            details = [
                *([self._text(f"area.{each.area}")] if each.area else []),
                *([self._text(f"side.{each.side}")] if each.side else []),
                *([self._text(f"moment.{each.moment}")] if each.moment else []),
                *(self._text(f"red_flag.{flag}") for flag in each.red_flags),
                *([_shortened(each.note, LONGEST_NOTE)] if each.note else []),
            ]
            scored = [] if each.score is None else [f"{self._score(each.score)}/10"]
            yield f"{self._day(each.day)}: {', '.join([*scored, *details])}"
        if len(report.reports) > most:
            yield self._text("more_reports", count=len(report.reports) - most)

    def _shoes(self, shoes: tuple[ShoeOfReport, ...]) -> Iterator[str]:
        for shoe in shoes[:MOST_SHOES]:
            yield self._text(
                "retired_shoe" if shoe.retired else "shoe",
                shoe=_shortened(shoe.name, LONGEST_NAME),
                distance=self._distance(shoe.distance),
                share=round(shoe.share),
            )

    def _patterns(self, report: BackReport) -> Iterator[str]:
        patterns = report.patterns
        if not patterns.is_enough:
            yield self._text("patterns_too_little", weeks=patterns.weeks, reports=patterns.reports)
            return
        if not patterns.found:
            yield self._text("patterns_none")
            return
        likeliest = sorted(patterns.found, key=lambda pattern: pattern.chance)
        yield from map(self._pattern, likeliest[:MOST_PATTERNS])
        yield self._text("no_cause")

    def _experiment(self) -> Iterator[str]:
        """Yield the end of the latest experiment."""
        latest = self._gym.coordinator.data.experiment
        words = experiment_in_words(self._phrases, self._formats, latest) if latest else ""
        if words:
            yield words

    def _pattern(self, pattern: Pattern) -> str:
        return self._text(
            f"pattern.{pattern.tendency}",
            factor=self._text(f"factor.{pattern.factor}"),
            lag=self._text(f"lag_{pattern.lag}"),
            difference=self._number(abs(pattern.difference), 1),
            low=self._number(min(abs(pattern.low), abs(pattern.high)), 1),
            high=self._number(max(abs(pattern.low), abs(pattern.high)), 1),
            more=pattern.days_with_more,
            less=pattern.days_with_less,
            chance=self._number(100 * pattern.chance, 1),
        )

    def _distance(self, metres: float) -> str:
        figure, unit = in_unit(metres, self._units)
        return f"{self._number(figure, 1)}\N{NO-BREAK SPACE}{unit}"

    def _score(self, score: float) -> str:
        """Return a score, with its half points."""
        return self._number(score, 0 if score.is_integer() else 1)

    def _number(self, figure: float, digits: int) -> str:
        return self._formats.number(figure, digits)

    def _day(self, day: date) -> str:
        return self._formats.short_date(day)

    def _text(self, key: str, **placeholders: str | int) -> str:
        return line(self._phrases, f"report.{key}", turn=0, **placeholders)


def _shortened(text: str, most: int) -> str:
    """Return a note on one line, cut to the available room."""
    line_of_it = " ".join(text.split())
    return line_of_it if len(line_of_it) <= most else f"{line_of_it[: most - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
