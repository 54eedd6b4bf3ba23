"""All pain reports of one runner, by day, and the figures derived from them."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..calendar import A_DAY, A_WEEK
from .advice import REPORT_PERIOD, Acknowledged, Advice, NoticeRead, advice_for, advice_of
from .pain import PainReport, RedFlag
from .signs import SEVERE_FROM
from .state import EASED_TO, SORE_WITHOUT_REPORT, BackStatus

# Reports of this period limit the demands of a routine on the back.
RECENT_PERIOD = A_WEEK
TREND_OVER = 2 * A_WEEK
TREND_DAYS = 3
# The smallest change of a score that patients with low back pain notice (Childs and others, Spine 2005;30:1331-4).
NOTICEABLE = 2.0


class Trend(StrEnum):
    """Trend of the pain over the last two weeks, against the two before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class PainFigures:
    """Figures of the pain.

    `latest` is the latest score of the last 7 days, `days` the number of the last 28 with pain. `red_flags` are the
    signs behind the advice, `is_read` means that its notice was read. None is shown as unknown.
    """

    latest: float | None = None
    days: int = 0
    trend: Trend | None = None
    advice: Advice | None = None
    red_flags: tuple[RedFlag, ...] = ()
    is_read: bool = False


class PainHistory:
    """All pain reports of one runner, by day.

    `changes` counts the changes.
    """

    def __init__(self, reports: Iterable[PainReport] = ()) -> None:
        """Start with these reports."""
        self._on_day: dict[date, list[PainReport]] = {}
        self._days: list[date] = []
        self._latest: PainReport | None = None
        self._hurting = 0
        self.changes = 0
        for report in reports:
            self._keep(report)
        self._days = sorted(self._on_day)

    @property
    def ever_hurt(self) -> bool:
        """Whether pain was ever reported."""
        return self._hurting > 0

    @property
    def first_day(self) -> date | None:
        """The day of the first report."""
        return self._days[0] if self._days else None

    def put(self, report: PainReport) -> None:
        """Add a report."""
        self.changes += 1
        if report.day not in self._on_day:
            insort(self._days, report.day)
        self._keep(report)

    def drop(self, report: PainReport) -> None:
        """Remove a report."""
        self.changes += 1
        reports = self._on_day[report.day]
        reports.remove(report)
        if not reports:
            del self._on_day[report.day]
            del self._days[bisect_left(self._days, report.day)]
        self._hurting -= report.hurts
        if report == self._latest:
            last = self._on_day[self._days[-1]] if self._days else []
            self._latest = max(last, key=_in_time, default=None)

    def has_report_since(self, instant: datetime) -> bool:
        """Return whether there is a report of an instant or later, with or without pain."""
        return self._latest is not None and self._latest.at >= instant

    def worst_since(self, day: date) -> float | None:
        """Return the worst score from a day on, None without reports."""
        reports = (report for each in self._days_since(day) for report in self._on_day[each])
        return max((report.score for report in reports if report.score is not None), default=None)

    def is_severe_before(self, day: date) -> bool:
        """Return whether severe pain was reported before a day, and nothing better after it.

        Two weeks without any report end it: the runner may have stopped reporting.
        """
        days = self._days[: bisect_left(self._days, day)]
        if not days or (day - days[-1]).days > SORE_WITHOUT_REPORT:
            return False
        reports = (report for each in reversed(days) for report in sorted(self._on_day[each], key=_in_time)[::-1])
        scores = (report.score for report in reports if report.score is not None)
        last = next((score for score in scores if not EASED_TO < score < SEVERE_FROM), None)
        return last is not None and last >= SEVERE_FROM

    def between(self, first: date, last: date) -> list[PainReport]:
        """Return the reports from one day to another, both included, in order of their time."""
        days = self._days[bisect_left(self._days, first) : bisect_left(self._days, last + A_DAY)]
        return sorted((report for day in days for report in self._on_day[day]), key=_in_time)

    def scores(self, first: date, last: date) -> dict[date, float]:
        """Return the worst score of each reported day from one day to another, both included."""
        scores: dict[date, float] = {}
        for report in self.between(first, last):
            if report.score is not None:
                scores[report.day] = max(report.score, scores.get(report.day, 0))
        return scores

    def figures(
        self, today: date, status: BackStatus, *, acknowledged: Acknowledged, read: Mapping[Advice, NoticeRead]
    ) -> PainFigures:
        """Return the figures of a day, given the state of the back and the notices that were read."""
        lately = [report for day in reversed(self._days_since(today - REPORT_PERIOD)) for report in self._on_day[day]]
        advice = advice_of(status) or advice_for(lately, today, acknowledged)
        return PainFigures(
            latest=self._latest_score(today),
            days=sum(score > 0 for score in self.scores(today - 4 * A_WEEK + A_DAY, today).values()),
            trend=self._trend(today),
            advice=advice,
            red_flags=tuple(flag for flag in RedFlag if flag in status.reasons),
            is_read=_is_read(read.get(advice) if advice else None, lately),
        )

    def _latest_score(self, today: date) -> float | None:
        """Return the latest score of the last 7 days; a sign alone is none."""
        reports = self.between(today - RECENT_PERIOD + A_DAY, today)
        return next((report.score for report in reversed(reports) if report.score is not None), None)

    def _keep(self, report: PainReport) -> None:
        self._on_day.setdefault(report.day, []).append(report)
        self._hurting += report.hurts
        if self._latest is None or _in_time(report) > _in_time(self._latest):
            self._latest = report

    def _days_since(self, day: date) -> list[date]:
        return self._days[bisect_left(self._days, day) :]

    def _trend(self, today: date) -> Trend | None:
        """Return the trend, None if either period has too few reported days."""
        turn = today - TREND_OVER
        lately = self.scores(turn + A_DAY, today).values()
        before = self.scores(turn - TREND_OVER + A_DAY, turn).values()
        if min(len(lately), len(before)) < TREND_DAYS:
            return None
        change = sum(lately) / len(lately) - sum(before) / len(before)
        if abs(change) < NOTICEABLE:
            return Trend.SAME
        return Trend.WORSE if change > 0 else Trend.BETTER


def _is_read(notice: NoticeRead | None, reports: Iterable[PainReport]) -> bool:
    """Return whether a notice was read after the last report of pain or of a sign."""
    return notice is not None and not any(
        report.recorded_at > notice.at and (report.hurts or report.red_flags) for report in reports
    )


def _in_time(report: PainReport) -> tuple[datetime, datetime]:
    return report.at, report.recorded_at
