"""Cumulative distance of a runner and each pair by the hour, for long-term statistics."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..runs.run import Run

type Curve = dict[datetime, float]


def distances(runs: Iterable[tuple[Run, str | None]]) -> dict[str | None, dict[datetime, int]]:
    """Return the millimetres run in each hour, by pair and, under None, by the runner.

    A run counts for the hour, in UTC, of its start.
    """
    found: dict[str | None, dict[datetime, int]] = {None: {}}
    for run, shoe in runs:
        hour = run.start.replace(minute=0, second=0, microsecond=0)
        for owner in {None, shoe}:
            hours = found.setdefault(owner, {})
            hours[hour] = hours.get(hour, 0) + run.distance_in_millimetres
    return found


def corrections(run: Mapping[datetime, int], recorded: Mapping[datetime, float]) -> Curve:
    """Return the cumulative metres of each hour with a missing or differing recorded figure.

    `run` has millimetres by the hour, `recorded` cumulative metres by the hour: a recorded hour stays, even if its runs
    are gone.
    """
    corrected: Curve = {}
    total = 0
    for hour in sorted(run.keys() | recorded.keys()):
        total += run.get(hour, 0)
        if recorded.get(hour) != total / 1000:
            corrected[hour] = total / 1000
    return corrected
