"""Facts dated after now: a clock that was ahead wrote them, or Home Assistant started before its clock was set.

They stay in the journal and on disk, and count once their time has come.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from ..back.function_score import FunctionScore
from ..back.pain import PainReport
from ..back.signs import SEVERE_FROM
from ..bounds import AHEAD
from ..calendar import A_WEEK
from ..habits.habit import Session
from ..prompts.prompt import PromptFact, PromptTrigger
from .facts import FACT_KINDS, Delivery, Fact
from .journal import Journal

# A clock that is set to the second moves by no more.
A_MOMENT = timedelta(minutes=1)
# No home had this integration before.
CLOCK_SET_FROM = datetime(2026, 1, 1, tzinfo=UTC)


def counts_from(fact: Fact) -> datetime | None:
    """Return the instant from which a fact counts, None for one that always does."""
    match fact:
        case Delivery() if fact.activity.start is not None:
            return fact.activity.start - AHEAD
        case Session():
            return fact.end - A_MOMENT
        case FunctionScore():
            return fact.recorded_at - A_MOMENT
        case PromptFact() | PromptTrigger():
            return fact.at - A_MOMENT
        # Holding back a severe report or a sign may hide an emergency.
        case PainReport() if not fact.red_flags and fact.points < SEVERE_FROM:
            return fact.at - A_MOMENT
        case _:
            return None


def hold_back(journal: Journal, now: datetime, week: date) -> int:
    """Hold back the facts dated after an instant, and return their number.

    `week` is the first day of its week: a later week can't have been reported yet. A clock that was never set, as on
    boards without a battery, says nothing about weeks.
    """
    held = [fact for fact in _facts(journal) if (begin := counts_from(fact)) is not None and begin > now]
    for fact in held:
        journal.hold(fact)
    if now >= CLOCK_SET_FROM and journal.reported_week is not None and journal.reported_week >= week:
        journal.reported_week = week - A_WEEK
    return len(held)


def has_future(journal: Journal, now: datetime) -> bool:
    """Return whether a fact that counts is dated after an instant: its clock was set back since."""
    return any((begin := counts_from(fact)) is not None and begin > now for fact in _facts(journal))


def is_any_due(journal: Journal, now: datetime) -> bool:
    """Return whether the time of a fact that is held back has come."""
    return any((begin := counts_from(fact)) is None or begin <= now for fact in journal.held)


def _facts(journal: Journal) -> Iterator[Fact]:
    for kind in FACT_KINDS:
        yield from journal.facts(kind).values()
