"""Milestones of habits and pairs, each reported and said once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class MilestoneKind(StrEnum):
    """Kinds of milestones."""

    FIRST_WEEK = "first_week"
    TEN_SESSIONS = "ten_sessions"
    HUNDRED_KILOMETRES = "hundred_kilometres"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A milestone that was reached on a day.

    `subject` is the habit, or the id of the pair. `at` is the instant at which it was noticed, `said_at` that of the
    line with it, None until then.
    """

    kind: MilestoneKind
    subject: str
    day: date
    at: datetime
    said_at: datetime | None = None

    @property
    def key(self) -> str:
        """Key of the milestone: one for each kind and subject."""
        return f"{self.kind}/{self.subject}"
