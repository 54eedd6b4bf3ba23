"""Rest periods: illness, a holiday, a break. They freeze every streak and every prompt."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ..calendar import A_DAY


class BackwardsRestError(ValueError):
    """A rest period would end before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A rest period: the days from `start` to `end`, both of them included; None for one that nobody ended yet.

    `said` is when somebody said so, which tells one period from another. `ended` is when somebody said that it is over
    before its time, and `planned` the end that it had until then, so that this can be taken back.
    """

    start: date
    end: date | None = None
    said: datetime
    ended: datetime | None = None
    planned: date | None = None

    @property
    def key(self) -> str:
        """What makes saying it again harmless."""
        return self.said.isoformat()

    @property
    def has_days(self) -> bool:
        """Whether a day of it is left; one that was ended on its first day has none."""
        return self.end is None or self.start <= self.end

    def covers(self, day: date) -> bool:
        """Tell whether a day is one of rest."""
        return self.start <= day and (self.end is None or day <= self.end)

    def ended_before(self, day: date, now: datetime) -> Rest:
        """Return the period as it is once somebody says that a day, which is part of it, is one of training again."""
        return replace(self, end=day - A_DAY, ended=now, planned=self.end)

    def resumed(self) -> Rest:
        """Return the period as it was before somebody ended it."""
        return replace(self, end=self.planned, ended=None, planned=None)


def is_rest(rests: Iterable[Rest], day: date) -> bool:
    """Tell whether a day is one of rest."""
    return any(rest.covers(day) for rest in rests)


def is_rest_within(rests: Iterable[Rest], first: date, days: int) -> bool:
    """Tell whether one of so many days from the first on is one of rest."""
    last = first + timedelta(days=days - 1)
    with_days = (rest for rest in rests if rest.has_days)
    return any(rest.start <= last and (rest.end is None or rest.end >= first) for rest in with_days)


def is_rest_throughout(rests: Collection[Rest], first: date, days: int) -> bool:
    """Tell whether each of so many days from the first on is one of rest."""
    return all(is_rest(rests, first + timedelta(days=number)) for number in range(days))
