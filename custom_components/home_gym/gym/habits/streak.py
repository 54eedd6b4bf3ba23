"""Streaks that are kind: a day or week in progress never breaks one."""

from collections.abc import Callable
from datetime import date, timedelta


def _never(_period: date) -> bool:
    """Freeze nothing."""
    return False


def streak(
    current: date,
    step: timedelta,
    is_met: Callable[[date], bool],
    is_frozen: Callable[[date], bool] = _never,
    *,
    earliest: date | None,
) -> int:
    """Count the periods in a row that met a goal, the current one included if it is met already.

    A period is named by its first day; `step` is its length. A frozen one that did not meet the goal is skipped: it
    neither counts nor breaks the row. `earliest` is a day before the first met goal, None if none was ever met; it
    bounds the search, as a rest may have begun before all calendars.
    """
    if earliest is None:
        return 0
    length = 1 if is_met(current) else 0
    period = current - step
    while period + step > earliest and ((met := is_met(period)) or is_frozen(period)):
        length += met
        period -= step
    return length
