"""Advice to see a professional, derived from the pain reports.

The rules are the product's own and err on the side of advice: lasting pain should be seen by a professional, and a red
flag at once. The red flags are those of guidelines for low back pain (for example NICE NG59 and the review of Downie
and others, BMJ 2013;347:f7095). Nothing here is a diagnosis.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from ..calendar import A_WEEK, Calendar
from .pain import PainReport, RedFlag

# Pain counts as persistent from this score on, on this many days of each of two consecutive weeks.
PERSISTENT_FROM = 3.0
PERSISTENT_DAYS = 3
# A single report of this score is enough.
SEVERE_FROM = 7.0
# Pain of this duration calls for advice at any score; a pause of this length ends it.
LASTING_PERIOD = 6 * A_WEEK
PAIN_FREE_PERIOD = 2 * A_WEEK
# Pain that reaches back further has lasted long enough in any case.
REPORT_PERIOD = 2 * LASTING_PERIOD


class Advice(StrEnum):
    """Reason to see a professional, the most urgent first."""

    RED_FLAG = "red_flag"
    SEVERE = "severe"
    PERSISTENT = "persistent"
    LASTING = "lasting"


class RedFlagError(Exception):
    """A refusal to coach an exercise beside an open red flag."""


type Acknowledged = Mapping[Advice, datetime]
"""The instant of the latest acknowledgement of each advice; later reports count again."""

NOTHING_ACKNOWLEDGED: Acknowledged = MappingProxyType({})

type DailyPain = Mapping[date, float]
"""The worst score of each day with pain."""


def open_red_flags(flagged: Iterable[PainReport], acknowledged: Acknowledged) -> tuple[RedFlag, ...]:
    """Return the red flags that were reported and not acknowledged yet."""
    since = acknowledged.get(Advice.RED_FLAG)
    reported = {flag for report in flagged if _is_after(report, since) for flag in report.red_flags}
    return tuple(flag for flag in RedFlag if flag in reported)


def advice_for(
    reports: Sequence[PainReport], today: date, calendar: Calendar, acknowledged: Acknowledged
) -> Advice | None:
    """Return the most urgent unacknowledged reason to see a professional, red flags apart, or None.

    `reports` are those since `REPORT_PERIOD` before today, the latest day first. An acknowledgement is of one reason
    only: all reports still count for the others.
    """
    episodes: dict[datetime | None, DailyPain] = {}
    for advice, calls_for_it in ADVICE_RULES.items():
        since = acknowledged.get(advice)
        if since not in episodes:
            episodes[since] = _episode(reports, today, since)
        if episodes[since] and calls_for_it(episodes[since], calendar):
            return advice
    return None


def _episode(reports: Sequence[PainReport], today: date, since: datetime | None) -> DailyPain:
    """Return the days with pain since the last two weeks without pain, none during such weeks.

    Only reports recorded after `since` count.
    """
    hurt: dict[date, float] = {}
    after = today
    for report in reports:
        if after - report.day >= PAIN_FREE_PERIOD:
            break
        if report.hurts and _is_after(report, since):
            hurt[report.day] = max(report.score, hurt.get(report.day, 0))
            after = report.day
    return hurt


def _is_after(report: PainReport, acknowledged: datetime | None) -> bool:
    return acknowledged is None or report.recorded_at > acknowledged


def _is_severe(hurt: DailyPain, _calendar: Calendar) -> bool:
    return max(hurt.values()) >= SEVERE_FROM


def _is_persistent(hurt: DailyPain, calendar: Calendar) -> bool:
    weeks = sorted(week for week, days in _hard_days(hurt, calendar).items() if days >= PERSISTENT_DAYS)
    return any(later - week == A_WEEK for week, later in pairwise(weeks))


def _is_lasting(hurt: DailyPain, _calendar: Calendar) -> bool:
    return max(hurt) - min(hurt) >= LASTING_PERIOD


ADVICE_RULES: Mapping[Advice, Callable[[DailyPain, Calendar], bool]] = {
    Advice.SEVERE: _is_severe,
    Advice.PERSISTENT: _is_persistent,
    Advice.LASTING: _is_lasting,
}
"""Rule of each advice except red flags, the most urgent first, on the worst score of each day with pain."""


def _hard_days(hurt: DailyPain, calendar: Calendar) -> dict[date, int]:
    """Return the number of days in each week with a score that counts as persistent."""
    weeks: dict[date, int] = {}
    for day, score in hurt.items():
        if score >= PERSISTENT_FROM:
            week = calendar.week_of(day)
            weeks[week] = weeks.get(week, 0) + 1
    return weeks
