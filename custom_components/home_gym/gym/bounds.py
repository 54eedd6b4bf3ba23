"""Bounds of the figures and times that a journal keeps and reads.

Values beyond them are a recorder's fault or a slip of the finger, and arithmetic with them would fail.
"""

from datetime import date, datetime, timedelta

YEARS = range(1970, 2200)
LARGEST_FIGURE = 1e9
# A clock in the wrong zone is at most this far ahead; fusion recognises such runs.
AHEAD = timedelta(hours=15)


def is_figure(number: float) -> bool:
    """Return whether a number can be a figure of an activity or a session: not negative, infinite or absurd."""
    return 0 <= number < LARGEST_FIGURE


def is_instant(instant: datetime | None) -> bool:
    """Return whether a journal can keep an instant: one in UTC, within `YEARS`."""
    return instant is not None and instant.utcoffset() == timedelta(0) and instant.year in YEARS


def valid_instant(instant: datetime) -> datetime:
    """Return an instant; raises ValueError for one that a journal can't keep."""
    if not is_instant(instant):
        raise ValueError(f"an instant in UTC was expected, not {instant}")
    return instant


def valid_day(day: date) -> date:
    """Return a day; raises ValueError for one that a journal can't keep."""
    if day.year not in YEARS:
        raise ValueError(f"a day from {YEARS[0]} to {YEARS[-1]} was expected, not {day}")
    return day


def valid_figure(figure: float) -> float:
    """Return a figure; raises ValueError for one that a journal can't keep."""
    if not is_figure(figure):
        raise ValueError(f"a figure was expected, not {figure}")
    return figure
