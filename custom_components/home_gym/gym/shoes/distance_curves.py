"""How far a runner and each pair had come, hour by hour, for those who draw long curves of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..runs.run import Run

type Curve = dict[datetime, float]


def distances(runs: Iterable[tuple[Run, str | None]]) -> dict[str | None, dict[datetime, int]]:
    """Return the millimetres run in each hour, by pair and, under None, by the runner.

    A run counts for the hour, of UTC, in which it began.
    """
    found: dict[str | None, dict[datetime, int]] = {None: {}}
    for run, shoe in runs:
        hour = run.start.replace(minute=0, second=0, microsecond=0)
        for owner in {None, shoe}:
            hours = found.setdefault(owner, {})
            hours[hour] = hours.get(hour, 0) + run.distance_in_millimetres
    return found


def corrections(run: Mapping[datetime, int], told: Mapping[datetime, float]) -> Curve:
    """Return the metres come by each hour of which something else was told, or nothing yet.

    `run` has millimetres by the hour, `told` metres come by the hour: an hour that was told of stays, whatever became
    of its runs.
    """
    corrected: Curve = {}
    total = 0
    for hour in sorted(run.keys() | told.keys()):
        total += run.get(hour, 0)
        if told.get(hour) != total / 1000:
            corrected[hour] = total / 1000
    return corrected
