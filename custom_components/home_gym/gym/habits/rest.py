"""Rest periods: illness, holidays, breaks. They freeze every streak and every prompt."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from ..calendar import A_DAY
from ..codec.schema import stored


class BackwardsRestError(ValueError):
    """A rest period that would end before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A rest period: the days from `start` to `end`, both included; None for an open end.

    `recorded_at` is the instant of the report, and identifies the period. `ended` is the instant of an early end, and
    `planned` the end before that, so that the early end can be undone.
    """

    start: date
    end: date | None = None
    recorded_at: datetime = field(metadata=stored("said"))
    ended: datetime | None = None
    planned: date | None = None

    @property
    def key(self) -> str:
        """Key of the period; a repeated report has the same key."""
        return self.recorded_at.isoformat()

    @property
    def has_days(self) -> bool:
        """Whether the period has any day; one that was ended on its first day has none."""
        return self.end is None or self.start <= self.end

    def covers(self, day: date) -> bool:
        """Return whether a day is one of rest."""
        return self.start <= day and (self.end is None or day <= self.end)

    def ended_before(self, day: date, now: datetime) -> Rest:
        """Return the period with an early end on the day before `day`, the first day of training again."""
        return replace(self, end=day - A_DAY, ended=now, planned=self.end)

    def resumed(self) -> Rest:
        """Return the period without its early end."""
        return replace(self, end=self.planned, ended=None, planned=None)


type Rests = Mapping[str, Rest]
"""Periods by their keys."""


def is_rest(rests: Iterable[Rest], day: date) -> bool:
    """Return whether a day is one of rest."""
    return any(rest.covers(day) for rest in rests)


def is_rest_within(rests: Iterable[Rest], first: date, days: int) -> bool:
    """Return whether any of a number of days from the first on is one of rest."""
    last = first + timedelta(days=days - 1)
    with_days = (rest for rest in rests if rest.has_days)
    return any(rest.start <= last and (rest.end is None or rest.end >= first) for rest in with_days)


def is_rest_throughout(rests: Collection[Rest], first: date, days: int) -> bool:
    """Return whether each of a number of days from the first on is one of rest."""
    return all(is_rest(rests, first + timedelta(days=number)) for number in range(days))
