"""Streaks that are kind: a day or week in progress never breaks one, and one missed week in eight is forgiven."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

# One missed week in as many weeks is forgiven.
FORGIVEN_IN = 8


def _never(_period: date) -> bool:
    """Freeze nothing."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """A streak in periods: its length, and the longest one so far.

    `forgiven` is the latest missed period of the streak that was forgiven. `reached` has the first period in which a
    streak was as long as each of some marks.
    """

    length: int = 0
    best: int = 0
    forgiven: date | None = None
    reached: Mapping[int, date] = field(default_factory=dict)


def streak(
    current: date,
    step: timedelta,
    is_met: Callable[[date], bool],
    is_frozen: Callable[[date], bool] = _never,
    *,
    earliest: date | None,
    forgiven_in: int | None = None,
    marks: Collection[int] = (),
) -> Streak:
    """Return the streak of periods that met a goal, the current one included if it is met already.

    A period is named by its first day; `step` is its length. A frozen one that did not meet the goal is skipped: it
    neither counts nor breaks the row. So is a missed one if it is the only such one in `forgiven_in` periods.
    `earliest` is a day before the first met goal, None if none was ever met; it bounds the search, as a rest may have
    begun before all calendars.
    """
    if earliest is None:
        return Streak()
    length, best = 0, 0
    forgiven: date | None = None
    is_forgiven_now = False
    reached: dict[int, date] = {}
    period = current - max(0, -((earliest - current) // step)) * step
    while period <= current:
        if is_met(period):
            length += 1
            best = max(best, length)
            if length in marks:
                reached.setdefault(length, period)
        elif period < current and length and not is_frozen(period):
            if forgiven_in and (forgiven is None or period - forgiven >= forgiven_in * step):
                forgiven, is_forgiven_now = period, True
            else:
                length, is_forgiven_now = 0, False
        period += step
    return Streak(length=length, best=best, forgiven=forgiven if is_forgiven_now else None, reached=reached)
