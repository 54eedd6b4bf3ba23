"""The back over the last weeks, day by day: pain, distances and habits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..calendar import A_DAY
from ..habits.habit import Habit
from ..runner import Runner

MAX_WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class BackView:
    """Days from the first to the last: the worst score of each, metres, and the days with a session of each habit.

    Days without any record are left out.
    """

    first: date
    last: date
    scores: Mapping[date, float]
    distances: Mapping[date, float]
    habits: Mapping[Habit, tuple[date, ...]]


def back_view(runner: Runner, now: datetime, weeks: int) -> BackView:
    """Return the days of a number of weeks that end today; raises ValueError for none, or for more than a year."""
    if not 1 <= weeks <= MAX_WEEKS:
        raise ValueError(f"1 to {MAX_WEEKS} weeks were expected, not {weeks}")
    last = runner.settings.calendar.day_of(now)
    first = last - (7 * weeks - 1) * A_DAY
    days = {day: runner.day(day) for day in (first + number * A_DAY for number in range(7 * weeks))}
    return BackView(
        first=first,
        last=last,
        scores=runner.pains.scores(first, last),
        distances={day: done.distance for day, done in days.items() if done.distance},
        habits={habit: tuple(day for day, done in days.items() if habit in done.habits) for habit in Habit},
    )
