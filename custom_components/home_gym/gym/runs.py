"""All runs of one runner, kept true as activities come, change and go.

Only the activities near a new one in time are grouped again, and the outcome is the same as if all were.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .activity import Activity
from .days import days_of
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
        self._activity_times = Timeline[datetime]()
        self._runs: dict[str, Run] = {}
        self._run_of: dict[str, str] = {}
        self._run_times = Timeline[datetime]()
        self._on_day: dict[date, set[str]] = {}

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

    def any_on(self, day: date) -> bool:
        """Tell whether a run ended on a day of the runner's calendar."""
        return bool(self._on_day.get(day))

    def in_week(self, week: date) -> list[Run]:
        """Return the runs that ended in the week that begins on a day."""
        return [self._runs[run] for day in days_of(week) for run in self._on_day.get(day, ())]

    def since(self, start: datetime) -> list[Run]:
        """Return the runs that started from an instant on."""
        return [self._runs[run] for run in self._run_times.since(start)]

    def latest(self) -> Run | None:
        """Return the run that started last."""
        run = self._run_times.latest()
        return self._runs[run] if run else None

    def put(self, activity: Activity, start: datetime, day: date) -> Change:
        """Add an activity, or put it in the place of an earlier telling of itself."""
        touched = self._forget(activity.id)
        self._activities[activity.id] = activity, day
        self._starts[activity.id] = start
        self._activity_times.add(start, activity.id)
        return self._regroup(touched | self._component(activity.id))

    def drop(self, activity: str) -> Change:
        """Take an activity out that is no run, or turned out to be none."""
        return self._regroup(self._forget(activity))

    def _forget(self, key: str) -> set[str]:
        """Take an activity out, and return it and all that it was connected with."""
        if key not in self._activities:
            return set()
        touched = self._component(key)
        self._activity_times.remove(self._starts.pop(key), key)
        del self._activities[key]
        return touched

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
            for group in groups(self._activities[key][0] for key in touched if key in self._activities)
        ]
        for run in gone.values():
            self._remove(run)
        for run in come:
            self._add(run)
        unchanged = {run.id for run in come if gone.get(run.id) == run}
        return Change(
            gone=tuple(run for run in gone.values() if run.id not in unchanged),
            come=tuple(run for run in come if run.id not in unchanged),
        )

    def _add(self, run: Run) -> None:
        self._runs[run.id] = run
        self._run_of.update(dict.fromkeys(run.activities, run.id))
        self._run_times.add(run.start, run.id)
        self._on_day.setdefault(run.day, set()).add(run.id)

    def _remove(self, run: Run) -> None:
        del self._runs[run.id]
        for activity in run.activities:
            del self._run_of[activity]
        self._run_times.remove(run.start, run.id)
        self._on_day[run.day].remove(run.id)
