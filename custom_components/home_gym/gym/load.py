"""How much the runner runs, against what the body is used to. Hints, never commands."""

from collections.abc import Callable
from datetime import date

from .days import A_DAY, A_WEEK

WEEKS_BEFORE = 4
# Below this a week, in metres, a change says nothing.
QUIET_BELOW = 10_000


def change_in_per_cent(this_week: float, weeks_before: list[float]) -> float | None:
    """Return the week's distance against the mean of the weeks before, or None where these say too little."""
    usual = sum(weeks_before) / len(weeks_before)
    if usual < QUIET_BELOW:
        return None
    return 100 * (this_week - usual) / usual


def weeks_before(week: date) -> list[date]:
    """Return the weeks that a week's distance is compared with."""
    return [week - number * A_WEEK for number in range(1, WEEKS_BEFORE + 1)]


def days_since_rest(today: date, ran_on: Callable[[date], bool]) -> int:
    """Return how many days ago the last rest day was; today, which isn't over, is none."""
    days = 1
    while ran_on(today - days * A_DAY):
        days += 1
    return days
