"""Streaks that are kind: the day or week that isn't over yet never breaks one."""

from collections.abc import Callable
from datetime import date, timedelta


def streak(current: date, step: timedelta, is_met: Callable[[date], bool]) -> int:
    """Count the periods in a row in which a goal was met, up to and including the current one if it is met already.

    A period is named by its first day; `step` is its length.
    """
    length = 1 if is_met(current) else 0
    period = current - step
    while is_met(period):
        length += 1
        period -= step
    return length
