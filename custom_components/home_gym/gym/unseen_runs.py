"""Runs on the treadmill that no watch recorded, for services that are to have them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from .runner import Runner
from .runs.activity import Activity, Origin
from .runs.run import Run

LATEST = timedelta(days=7)
"""Age of the oldest run to create."""

WAIT = timedelta(hours=6)
"""After the end of a run: a watch may sync late."""

A_MINUTE = timedelta(minutes=1)
LONGEST = 1440
"""Minutes of a run."""
ROUNDING = 20
"""Metres that rounding may change a distance by."""

OWN = {Origin.TREADMILL, Origin.POWER}


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedRun:
    """A run as it was created at a service; `asked` is the instant of the request, `is_done` whether it succeeded."""

    start: datetime
    minutes: int
    kilometres: float
    asked: datetime
    is_done: bool = False

    @classmethod
    def of(cls, run: Run, now: datetime) -> Self:
        """Return a run as it is to be created."""
        minutes = min(max(round((run.duration or 0) / 60), 1), LONGEST)
        return cls(start=run.start, minutes=minutes, kilometres=round((run.distance or 0) / 1000, 3), asked=now)

    def is_of(self, run: Run) -> bool:
        """Return whether a run is the one that was created."""
        return abs(run.start - self.start) <= A_MINUTE

    def is_shown_by(self, activity: Activity) -> bool:
        """Return whether an activity of the service is the created run: the same figures, and no sensor's."""
        if activity.start is None or activity.cadence or activity.heart_rate or activity.max_heart_rate:
            return False
        is_as_long = abs((activity.duration or 0) - 60 * self.minutes) <= A_MINUTE.total_seconds()
        is_as_far = abs((activity.distance or 0) - 1000 * self.kilometres) <= ROUNDING
        return abs(activity.start - self.start) <= A_MINUTE and is_as_long and is_as_far


def unseen_runs(runner: Runner, since: datetime, now: datetime) -> list[Run]:
    """Return the treadmill's runs since an instant that no other source recorded for hours, the earliest first.

    A run without a distance is left out.
    """
    runs = runner.runs.between(max(since, now - LATEST), now)
    unseen = [
        run for run in runs if run.distance and run.duration and run.end <= now - WAIT and runner.origins_of(run) <= OWN
    ]
    return sorted(unseen, key=lambda run: run.start)
