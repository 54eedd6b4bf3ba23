"""The runner's own calendar: time zone and first day of the week."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)
# A session before this time belongs to the evening before.
HABITS_FROM = time(4)
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Calendar of a time zone: days end at local midnight, weeks begin on `first_weekday` (Monday is 0)."""

    timezone: tzinfo
    first_weekday: int = 0

    def day_of(self, instant: datetime, utc_offset: int | None = None) -> date:
        """Return the local day of an instant; `utc_offset` has the seconds ahead of UTC for an event abroad."""
        zone = self.timezone if utc_offset is None else timezone(timedelta(seconds=utc_offset))
        return instant.astimezone(zone).date()

    def habit_day_of(self, instant: datetime, utc_offset: int | None = None) -> date:
        """Return the day that a session counts for: before `HABITS_FROM` the one before; see `day_of`."""
        zone = self.timezone if utc_offset is None else timezone(timedelta(seconds=utc_offset))
        local = instant.astimezone(zone)
        return local.date() - A_DAY if local.time() < HABITS_FROM else local.date()

    def week_of(self, day: date) -> date:
        """Return the first day of a day's week."""
        return day - timedelta(days=(day.weekday() - self.first_weekday) % 7)

    def time_of(self, instant: datetime) -> time:
        """Return the local time of an instant."""
        return instant.astimezone(self.timezone).time()

    def instant_of(self, wall: time, day: date) -> datetime:
        """Return the first instant of a day with this local time, or the clock change that skips it."""
        return self._instants_of(wall, day)[0]

    def next_time(self, wall: time, after: datetime) -> datetime:
        """Return the first instant after another with this local time, or the clock change that skips it."""
        today = self.day_of(after)
        instants = (instant for day in (today, today + A_DAY) for instant in self._instants_of(wall, day))
        return next(instant for instant in instants if instant > after)

    def next_midnight(self, after: datetime) -> datetime:
        """Return the end of an instant's local day."""
        return self.next_time(time.min, after)

    def next_habit_day(self, after: datetime) -> datetime:
        """Return the end of the day that a session at an instant counts for."""
        return self.next_time(HABITS_FROM, after)

    def _instants_of(self, wall: time, day: date) -> tuple[datetime, datetime]:
        """Return the instants of a local time: two different ones if clocks go back, their jump if they skip it."""
        shown = datetime.combine(day, wall)
        first, second = (shown.replace(tzinfo=self.timezone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first <= second:
            return first, second
        seconds = range(int((first - second).total_seconds()))
        jump = second + timedelta(seconds=bisect_left(seconds, shown, key=lambda s: self._shown(second, s)))
        return jump, jump

    def _shown(self, instant: datetime, seconds: int) -> datetime:
        return (instant + timedelta(seconds=seconds)).astimezone(self.timezone).replace(tzinfo=None)


def days_of(week: date) -> list[date]:
    """Return the days of the week with this first day."""
    return [week + number * A_DAY for number in range(7)]
