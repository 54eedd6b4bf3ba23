"""What a runner reports of the back, and when that calls for a professional.

The rules are the product's own, made to err on the side of asking: pain that lasts is looked at by somebody who knows
backs, and a red flag at once. The red flags are those that guidelines for low back pain name (for example NICE NG59 and
the review of Downie and others, BMJ 2013;347:f7095). Nothing here is a diagnosis.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TypedDict

from .days import A_DAY, A_WEEK, Calendar

WORST = 10.0
# Pain counts as persistent from so much on, on so many days of each of two weeks in a row.
PERSISTENT_FROM = 3.0
PERSISTENT_DAYS = 3
# A single report of so much is enough.
SEVERE_FROM = 7.0
# Pain that lasts so long calls for advice, however little it is; so long without any, and the advice goes.
LASTS = 6 * A_WEEK
OVER_AFTER = 2 * A_WEEK
# What is reported of these days says how much is asked of the back in a routine.
LATELY = A_WEEK
TREND_OVER = 2 * A_WEEK
TREND_DAYS = 3
# The smallest change of a score that patients with low back pain notice (Childs and others, Spine 2005;30:1331-4).
NOTICEABLE = 2.0


class Area(StrEnum):
    """Where it hurts: the back, and where a back's pain travels to."""

    NECK = "neck"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    SACROILIAC_JOINT = "sacroiliac_joint"
    BUTTOCK = "buttock"
    HIP = "hip"
    LEG = "leg"


class PainSide(StrEnum):
    """On which side it hurts."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Moment(StrEnum):
    """When it hurts."""

    BEFORE_RUN = "before_run"
    DURING_RUN = "during_run"
    AFTER_RUN = "after_run"
    AT_REST = "at_rest"


class RedFlag(StrEnum):
    """What a doctor has to look at today, whatever else is or isn't felt."""

    NUMBNESS = "numbness"
    BLADDER_OR_BOWEL = "bladder_or_bowel"
    LEG_WEAKNESS = "leg_weakness"
    FEVER = "fever"
    AFTER_FALL = "after_fall"
    NIGHT_PAIN = "night_pain"


class Advice(StrEnum):
    """Why a professional should be seen, the most urgent first."""

    RED_FLAG = "red_flag"
    SEVERE = "severe"
    PERSISTENT = "persistent"
    LASTING = "lasting"


type Acknowledged = Mapping[Advice, datetime]
"""When the runner last acknowledged each advice; what is said later counts again."""

NOTHING_ACKNOWLEDGED: Acknowledged = MappingProxyType({})


class Trend(StrEnum):
    """Where the pain of the last two weeks went, against the two before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class PainReport:
    """How much the back hurt, from 0 to 10.

    `at` is when, `day` the day on the runner's own calendar then, `said` when somebody said so. `source` is what told
    of it where no person did, `note` what the person added in own words.
    """

    score: float
    at: datetime
    day: date
    said: datetime
    area: Area | None = None
    side: PainSide | None = None
    moment: Moment | None = None
    red_flags: tuple[RedFlag, ...] = ()
    note: str | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """What makes telling it twice harmless: a person's words are all meant, a source's own instant is told once."""
        return f"{self.source}@{self.at.isoformat()}" if self.source else self.said.isoformat()

    @property
    def hurts(self) -> bool:
        """Whether there was any pain."""
        return self.score > 0


class PainDetails(TypedDict, total=False):
    """What else may be said of a pain; see `PainReport`."""

    at: datetime | None
    area: Area | None
    side: PainSide | None
    moment: Moment | None
    red_flags: Iterable[RedFlag]
    note: str | None
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PainFigures:
    """What is shown of the pain.

    `latest` is the last score of the last 7 days, `days` how many of the last 28 hurt. `red_flags` are those that
    nobody acknowledged yet. None is shown as unknown.
    """

    latest: float | None = None
    days: int = 0
    trend: Trend | None = None
    advice: Advice | None = None
    red_flags: tuple[RedFlag, ...] = ()


class Pains:
    """All reports of one runner, by day."""

    def __init__(self, reports: Iterable[PainReport] = ()) -> None:
        """Begin with these reports."""
        self._on_day: dict[date, list[PainReport]] = {}
        self._days: list[date] = []
        self._flagged: dict[str, PainReport] = {}
        self._latest: PainReport | None = None
        self._hurting = 0
        for report in reports:
            self._keep(report)
        self._days = sorted(self._on_day)

    @property
    def ever_hurt(self) -> bool:
        """Whether pain was ever reported."""
        return self._hurting > 0

    def put(self, report: PainReport) -> None:
        """Add a report."""
        if report.day not in self._on_day:
            insort(self._days, report.day)
        self._keep(report)

    def drop(self, report: PainReport) -> None:
        """Forget a report."""
        told = self._on_day[report.day]
        told.remove(report)
        if not told:
            del self._on_day[report.day]
            del self._days[bisect_left(self._days, report.day)]
        self._flagged.pop(report.key, None)
        self._hurting -= report.hurts
        if report == self._latest:
            last = self._on_day[self._days[-1]] if self._days else []
            self._latest = max(last, key=_in_time, default=None)

    def told_since(self, instant: datetime) -> bool:
        """Tell whether anything was reported of an instant or later, pain or none."""
        return self._latest is not None and self._latest.at >= instant

    def worst_since(self, day: date) -> float | None:
        """Return the worst score from a day on, None where nothing was reported."""
        return max((report.score for each in self._days_since(day) for report in self._on_day[each]), default=None)

    def between(self, first: date, last: date) -> list[PainReport]:
        """Return the reports from one day to another, both included, in order of their time."""
        days = self._days[bisect_left(self._days, first) : bisect_left(self._days, last + A_DAY)]
        return sorted((report for day in days for report in self._on_day[day]), key=_in_time)

    def scores(self, first: date, last: date) -> dict[date, float]:
        """Return the worst score of each day with a report from one day to another, both included."""
        scores: dict[date, float] = {}
        for report in self.between(first, last):
            scores[report.day] = max(report.score, scores.get(report.day, 0))
        return scores

    def figures(self, today: date, calendar: Calendar, *, acknowledged: Acknowledged) -> PainFigures:
        """Return what is shown on a day."""
        flags = self._open_flags(acknowledged)
        return PainFigures(
            latest=self._latest.score if self._latest and today - self._latest.day < LATELY else None,
            days=sum(score > 0 for score in self.scores(today - 4 * A_WEEK + A_DAY, today).values()),
            trend=self._trend(today),
            advice=Advice.RED_FLAG if flags else self._advice(today, calendar, acknowledged),
            red_flags=flags,
        )

    def has_open_red_flag(self, acknowledged: Acknowledged) -> bool:
        """Tell whether a red flag was reported that nobody acknowledged."""
        return bool(self._flagged) and bool(self._open_flags(acknowledged))

    def _keep(self, report: PainReport) -> None:
        self._on_day.setdefault(report.day, []).append(report)
        self._hurting += report.hurts
        if report.red_flags:
            self._flagged[report.key] = report
        if self._latest is None or _in_time(report) > _in_time(self._latest):
            self._latest = report

    def _days_since(self, day: date) -> list[date]:
        return self._days[bisect_left(self._days, day) :]

    def _open_flags(self, acknowledged: Acknowledged) -> tuple[RedFlag, ...]:
        since = acknowledged.get(Advice.RED_FLAG)
        reported = {flag for report in self._flagged.values() if _is_after(report, since) for flag in report.red_flags}
        return tuple(flag for flag in RedFlag if flag in reported)

    def _advice(self, today: date, calendar: Calendar, acknowledged: Acknowledged) -> Advice | None:
        """Return why a professional should be seen: the most urgent reason that nobody acknowledged yet.

        Who acknowledged one of them knows nothing of the others, for which all that was reported still counts.
        """
        episodes: dict[datetime | None, dict[date, float]] = {}
        for advice, calls_for_it in RULES.items():
            since = acknowledged.get(advice)
            if since not in episodes:
                episodes[since] = self._episode(today, since)
            if episodes[since] and calls_for_it(episodes[since], calendar):
                return advice
        return None

    def _episode(self, today: date, since: datetime | None) -> dict[date, float]:
        """Return the scores of the days that hurt since two weeks without pain were last over, none if they are now.

        Only what was said after an instant counts.
        """
        hurt: dict[date, float] = {}
        after = today
        for day in reversed(self._days):
            # Whatever lies further back, pain that goes on from there has lasted long enough.
            if after - day >= OVER_AFTER or today - day > 2 * LASTS:
                break
            said = [report.score for report in self._on_day[day] if report.hurts and _is_after(report, since)]
            if said:
                hurt[day] = max(said)
                after = day
        return hurt

    def _trend(self, today: date) -> Trend | None:
        """Return the trend, None where too few days tell of it."""
        turn = today - TREND_OVER
        lately = self.scores(turn + A_DAY, today).values()
        before = self.scores(turn - TREND_OVER + A_DAY, turn).values()
        if min(len(lately), len(before)) < TREND_DAYS:
            return None
        change = sum(lately) / len(lately) - sum(before) / len(before)
        if abs(change) < NOTICEABLE:
            return Trend.SAME
        return Trend.WORSE if change > 0 else Trend.BETTER


def reportable(report: PainReport, now: datetime) -> None:
    """Raise ValueError for a report that can't be: of no score, of what is yet to come, or in what are no letters."""
    if not 0 <= report.score <= WORST:
        raise ValueError(f"a score from 0 to 10 was expected, not {report.score}")
    if report.at > now:
        raise ValueError(f"pain was expected that is felt, not at {report.at}")
    # A template can make half a letter, with which nothing could be written any more; this raises ValueError for it.
    (report.note or "").encode()


def _is_after(report: PainReport, acknowledged: datetime | None) -> bool:
    return acknowledged is None or report.said > acknowledged


def _is_severe(hurt: Mapping[date, float], _calendar: Calendar) -> bool:
    return max(hurt.values()) >= SEVERE_FROM


def _is_persistent(hurt: Mapping[date, float], calendar: Calendar) -> bool:
    weeks = sorted(week for week, days in _hard_days(hurt, calendar).items() if days >= PERSISTENT_DAYS)
    return any(later - week == A_WEEK for week, later in pairwise(weeks))


def _is_lasting(hurt: Mapping[date, float], _calendar: Calendar) -> bool:
    return max(hurt) - min(hurt) >= LASTS


RULES: Mapping[Advice, Callable[[Mapping[date, float], Calendar], bool]] = {
    Advice.SEVERE: _is_severe,
    Advice.PERSISTENT: _is_persistent,
    Advice.LASTING: _is_lasting,
}
"""What calls for each advice but a red flag's own, the most urgent first, by the scores of the days that hurt."""


def _hard_days(hurt: Mapping[date, float], calendar: Calendar) -> dict[date, int]:
    """Return on how many days of each week it hurt enough to count as persistent."""
    weeks: dict[date, int] = {}
    for day, score in hurt.items():
        if score >= PERSISTENT_FROM:
            week = calendar.week_of(day)
            weeks[week] = weeks.get(week, 0) + 1
    return weeks


def _in_time(report: PainReport) -> tuple[datetime, datetime]:
    return report.at, report.said
