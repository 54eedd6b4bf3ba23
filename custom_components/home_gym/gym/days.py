"""The runner's own calendar: where days end, and which day a week begins on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days end at local midnight; weeks begin on `first_weekday` (Monday is 0)."""

    timezone: tzinfo
    first_weekday: int = 0

    def day_of(self, instant: datetime) -> date:
        """Return the local day in which an instant lies."""
        return instant.astimezone(self.timezone).date()

    def week_of(self, day: date) -> date:
        """Return the first day of the week in which a day lies."""
        return day - timedelta(days=(day.weekday() - self.first_weekday) % 7)

    def start_of(self, day: date) -> datetime:
        """Return the instant at which a local day begins."""
        return datetime.combine(day, time.min, self.timezone).astimezone(UTC)

    def time_of(self, instant: datetime) -> time:
        """Return what the clock on the wall shows."""
        return instant.astimezone(self.timezone).time()

    def next_time(self, wall: time, after: datetime) -> datetime:
        """Return the first instant after another at which the clock on the wall shows a time of day."""
        day = self.day_of(after)
        for candidate in (day, day + A_DAY, day + 2 * A_DAY):
            instant = datetime.combine(candidate, wall, self.timezone).astimezone(UTC)
            if instant > after:
                return instant
        raise AssertionError("a wall clock shows every time within two days")

    def next_midnight(self, after: datetime) -> datetime:
        """Return the instant at which the local day of another one ends."""
        return self.next_time(time.min, after)
