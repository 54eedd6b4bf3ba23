"""Rest periods: illness, a holiday, a break. They freeze every streak and every prompt."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


class BackwardsRestError(ValueError):
    """A rest period would end before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A rest period: the days from `start` to `end`, both of them included; None for one that nobody ended yet.

    `said` is when somebody said so, which tells one period from another.
    """

    start: date
    end: date | None = None
    said: datetime

    @property
    def key(self) -> str:
        """What makes saying it again harmless."""
        return self.said.isoformat()

    def covers(self, day: date) -> bool:
        """Tell whether a day is one of rest."""
        return self.start <= day and (self.end is None or day <= self.end)

    def ended_before(self, day: date) -> Rest | None:
        """Return the period as it is if it ended the day before, None where nothing of it is left."""
        end = day - timedelta(days=1)
        return Rest(start=self.start, end=end, said=self.said) if end >= self.start else None


def is_rest(rests: Iterable[Rest], day: date) -> bool:
    """Tell whether a day is one of rest."""
    return any(rest.covers(day) for rest in rests)


def is_rest_within(rests: Iterable[Rest], first: date, days: int) -> bool:
    """Tell whether one of so many days from the first on is one of rest."""
    last = first + timedelta(days=days - 1)
    return any(rest.start <= last and (rest.end is None or rest.end >= first) for rest in rests)


def is_rest_throughout(rests: Collection[Rest], first: date, days: int) -> bool:
    """Tell whether each of so many days from the first on is one of rest."""
    return all(is_rest(rests, first + timedelta(days=number)) for number in range(days))
