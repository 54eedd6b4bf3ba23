"""Advice to see a professional, derived from the pain reports.

It follows from the state of the back, or from the length of the pain. The rules are the product's own and err on the
side of advice. Nothing here is a diagnosis.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from ..calendar import A_DAY, A_WEEK
from .pain import PainReport
from .state import BackState, BackStatus, StateReason

# Pain counts as persistent from this score on, on this many days of each of two weeks in a row.
PERSISTENT_FROM = 3.0
PERSISTENT_DAYS = 3
# Pain of this duration calls for advice at any score; a pause of this length ends it.
LASTING_PERIOD = 6 * A_WEEK
PAIN_FREE_PERIOD = 2 * A_WEEK
# Pain that reaches back further has lasted long enough in any case.
REPORT_PERIOD = 2 * LASTING_PERIOD


class Advice(StrEnum):
    """Reason to see a professional, the most urgent first."""

    RED_FLAG = "red_flag"
    DOCTOR = "doctor"
    SEVERE = "severe"
    GROWING = "growing"
    PERSISTENT = "persistent"
    LASTING = "lasting"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead:
    """The runner's word that the notice of an advice was read; it hides the notice, and changes nothing else."""

    advice: Advice
    at: datetime


class RedFlagError(Exception):
    """A refusal to coach an exercise beside an emergency."""


type Acknowledged = Mapping[Advice, datetime]
"""The instant of each acknowledgement in an older version, which meant that a doctor knew."""

NOTHING_ACKNOWLEDGED: Acknowledged = MappingProxyType({})

type DailyPain = Mapping[date, float]
"""The worst score of each day with pain."""


def advice_of(status: BackStatus) -> Advice | None:
    """Return the advice that follows from the state of the back, None for a state without any."""
    if status.state is BackState.EMERGENCY:
        return Advice.RED_FLAG
    if status.state is not BackState.DOCTOR:
        return None
    if any(not isinstance(reason, StateReason) for reason in status.reasons):
        return Advice.DOCTOR
    named = {StateReason.SEVERE: Advice.SEVERE, StateReason.GROWING: Advice.GROWING}
    return next((advice for reason, advice in named.items() if reason in status.reasons), Advice.DOCTOR)


def advice_for(reports: Sequence[PainReport], today: date, acknowledged: Acknowledged) -> Advice | None:
    """Return the most urgent reason to see a professional that lies in the length of the pain, or None.

    `reports` are those since `REPORT_PERIOD` before today, the latest day first. Reports that were acknowledged in an
    older version don't count for that reason.
    """
    episodes: dict[datetime | None, DailyPain] = {}
    for advice, calls_for_it in ADVICE_RULES.items():
        since = acknowledged.get(advice)
        if since not in episodes:
            episodes[since] = _episode(reports, today, since)
        if episodes[since] and calls_for_it(episodes[since]):
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
            hurt[report.day] = max(report.points, hurt.get(report.day, 0))
            after = report.day
    return hurt


def _is_after(report: PainReport, acknowledged: datetime | None) -> bool:
    return acknowledged is None or report.recorded_at > acknowledged


def _is_persistent(hurt: DailyPain) -> bool:
    """Return whether two weeks in a row, ending on any day, had enough days with such pain."""
    hard = [day for day, score in hurt.items() if score >= PERSISTENT_FROM]
    return any(
        min(_number_in(hard, last), _number_in(hard, last - A_WEEK)) >= PERSISTENT_DAYS
        for day in hard
        for last in (day, day + A_WEEK - A_DAY)
    )


def _number_in(days: Sequence[date], last: date) -> int:
    """Return the number of days in the week that ends with a day."""
    return sum(last - A_WEEK < day <= last for day in days)


def _is_lasting(hurt: DailyPain) -> bool:
    return max(hurt) - min(hurt) >= LASTING_PERIOD


ADVICE_RULES: Mapping[Advice, Callable[[DailyPain], bool]] = {
    Advice.PERSISTENT: _is_persistent,
    Advice.LASTING: _is_lasting,
}
"""Rule of each advice that lies in the length of the pain, on the worst score of each day with pain."""
