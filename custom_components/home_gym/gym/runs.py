"""All runs of one runner, kept true as activities come, change and go.

Only the activities near a new one in time are grouped again, and the outcome is the same as if all were.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .activity import Activity
from .fusion import FURTHEST_APART, groups, same_run
from .run import Run, run_of
from .timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The runs that are no more, and those that are in their place."""

    gone: tuple[Run, ...]
    come: tuple[Run, ...]


class Runs:
    """The runs that a set of activities amounts to."""

    def __init__(self) -> None:
        """Begin with no run."""
        self._activities: dict[str, tuple[Activity, date]] = {}
        self._starts: dict[str, datetime] = {}
        self._activity_times = Timeline()
        self._runs: dict[str, Run] = {}
        self._run_of: dict[str, str] = {}
        self._run_times = Timeline()

    def __len__(self) -> int:
        """Count the runs."""
        return len(self._runs)

    def of_activity(self, activity: str) -> Run | None:
        """Return the run that an activity is part of."""
        run = self._run_of.get(activity)
        return self._runs[run] if run else None

    def all(self) -> list[Run]:
        """Return all runs, the earliest first."""
        return [self._runs[run] for run in self._run_times]

    def between(self, start: datetime, end: datetime) -> list[Run]:
        """Return the runs that started from one instant to another, the end not included."""
        return [self._runs[run] for run in self._run_times.between(start, end)]

    def since(self, start: datetime) -> list[Run]:
        """Return the runs that started from an instant on."""
        return [self._runs[run] for run in self._run_times.since(start)]

    def latest(self) -> Run | None:
        """Return the run that started last."""
        run = self._run_times.latest()
        return self._runs[run] if run else None

    def put(self, activity: Activity, start: datetime, day: date) -> Change:
        """Add an activity, or put it in the place of an earlier telling of itself."""
        touched = {activity.id}
        if activity.id in self._activities:
            touched |= self._component(activity.id)
            self._forget(activity.id)
        self._activities[activity.id] = activity, day
        self._starts[activity.id] = start
        self._activity_times.add(start, activity.id)
        return self._regroup(touched | self._component(activity.id))

    def _forget(self, key: str) -> None:
        self._activity_times.remove(self._starts.pop(key), key)
        del self._activities[key]

    def _component(self, key: str) -> set[str]:
        """Return an activity and all that it is connected with by pairs that saw the same run."""
        found = {key}
        unvisited = [key]
        while unvisited:
            activity = unvisited.pop()
            near = set(self._near(activity)) - found
            same = {other for other in near if same_run(self._activities[activity][0], self._activities[other][0])}
            found |= same
            unvisited.extend(same)
        return found

    def _near(self, key: str) -> list[str]:
        start = self._starts[key]
        return self._activity_times.between(start - FURTHEST_APART, start + FURTHEST_APART + timedelta(microseconds=1))

    def _regroup(self, touched: set[str]) -> Change:
        gone = {run.id: run for key in touched if (run := self.of_activity(key))}
        come = [
            run_of(group, self._activities[group[0].id][1])
            for group in groups(self._activities[key][0] for key in touched)
        ]
        for run in gone.values():
            self._run_times.remove(run.start, run.id)
            del self._runs[run.id]
        for run in come:
            self._run_times.add(run.start, run.id)
            self._runs[run.id] = run
            self._run_of.update(dict.fromkeys(run.activities, run.id))
        unchanged = {run.id for run in come if gone.get(run.id) == run}
        return Change(
            gone=tuple(run for run in gone.values() if run.id not in unchanged),
            come=tuple(run for run in come if run.id not in unchanged),
        )
