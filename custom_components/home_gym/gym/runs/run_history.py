"""All runs of one runner, updated as activities arrive, change and are withdrawn.

Only activities near a change in time are fused again, and the outcome is the same as fusing all of them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ..calendar import A_DAY
from ..timeline import Timeline
from .activity import Activity
from .concurrency import ConcurrentActivities, Connections
from .corrections import Corrections
from .fusion import FURTHEST_SLIP, groups, slip_between
from .run import Run, ranked, run_of, start_of

# The groups that match a group but for a time zone, by that group, each with its slip in seconds.
type _Matches = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Runs that were replaced, and their replacements."""

    removed: tuple[Run, ...]
    added: tuple[Run, ...]


class UnknownRunError(Exception):
    """An id without a run."""


class RunHistory:
    """The runs of a set of activities; `changes` counts the updates."""

    def __init__(self, corrections: Corrections | None = None) -> None:
        """Start without runs; `corrections` apply to all runs added later."""
        self._corrections = corrections or Corrections()
        self._activities: dict[str, tuple[Activity, date]] = {}
        self._concurrent = ConcurrentActivities()
        # Activities recorded at the same time, by the id of the most trusted.
        self._groups: dict[str, list[Activity]] = {}
        self._group_of: dict[str, str] = {}
        self._runs: dict[str, Run] = {}
        self._run_of: dict[str, str] = {}
        self._run_times = Timeline[datetime]()
        self._on_day: dict[date, set[str]] = {}
        self.changes = 0

    def __len__(self) -> int:
        """Return the number of runs."""
        return len(self._runs)

    def of_activity(self, activity: str) -> Run | None:
        """Return the run of an activity, or None."""
        run = self._run_of.get(activity)
        return self._runs[run] if run else None

    def named(self, run: str) -> Run:
        """Return the run with this id, its own or that of one of its activities; raises UnknownRunError."""
        found = self.of_activity(run)
        if found is None:
            raise UnknownRunError(run)
        return found

    def all(self) -> list[Run]:
        """Return all runs, the earliest first."""
        return [self._runs[run] for run in self._run_times]

    def any_on(self, day: date) -> bool:
        """Return whether a run began on a day of the runner's calendar."""
        return bool(self._on_day.get(day))

    def in_week(self, week: date) -> list[Run]:
        """Return the runs that began in the week with this first day."""
        return self.on_days(week, 7)

    def since(self, start: datetime) -> list[Run]:
        """Return the runs that started at or after an instant."""
        return [self._runs[run] for run in self._run_times.since(start)]

    def between(self, start: datetime, end: datetime) -> list[Run]:
        """Return the runs that started from one instant to another, the end not included."""
        return [self._runs[run] for run in self._run_times.between(start, end)]

    def number_between(self, start: datetime, end: datetime) -> int:
        """Return the number of runs that started from one instant to another, the end not included."""
        return self._run_times.number_between(start, end)

    def on_days(self, first: date, number: int) -> list[Run]:
        """Return the runs that began on a number of days from the first on, the earliest first."""
        days = (first + ahead * A_DAY for ahead in range(number))
        # Sums must be the same in any order of delivery.
        return list(_in_order(self._runs[run] for day in days for run in self._on_day.get(day, ())))

    def earliest(self) -> Run | None:
        """Return the run with the earliest start."""
        run = self._run_times.earliest()
        return self._runs[run] if run else None

    def latest(self) -> Run | None:
        """Return the run with the latest start."""
        run = self._run_times.latest()
        return self._runs[run] if run else None

    def fill(self, dated: Iterable[tuple[Activity, date]]) -> Change:
        """Add all activities to an empty history at once; the outcome is the same as that of `put` for each."""
        self._activities = {activity.id: (activity, day) for activity, day in dated}
        swept = self._concurrent.fill(activity for activity, _ in self._activities.values())
        for connected in swept.connected:
            for together in groups(connected):
                self._group(together)
        # In order of their start, so that each added run is the latest.
        matches: _Matches = {}
        first_first = sorted(self._groups.items(), key=lambda group: start_of(group[1][0]))
        return self._replace(
            set(),
            dict.fromkeys(
                frozenset((group,))
                if swept.slipped.isdisjoint(each.id for each in together)
                else self._united(group, matches)
                for group, together in first_first
            ),
        )

    def put(self, activity: Activity, day: date) -> Change:
        """Add an activity, or replace its earlier version."""
        return self.put_all([(activity, day)])

    def put_all(self, dated: Iterable[tuple[Activity, date]]) -> Change:
        """Add activities of different ids, or replace their earlier versions; the outcome is that of `put` for each."""
        return self.update(dated, ())

    def drop(self, activity: str) -> Change:
        """Remove an activity, if it is in the history."""
        return self.update((), [activity])

    def update(self, put: Iterable[tuple[Activity, date]], drop: Iterable[str]) -> Change:
        """Add or replace some activities, and remove others, in one change."""
        new = {activity.id: (activity, day) for activity, day in put}
        known = [key for key in (*new, *drop) if key in self._activities]
        for key in known:
            del self._activities[key]
        self._activities.update(new)
        return self._regroup(self._concurrent.change(known, [activity for activity, _ in new.values()]))

    def refresh(self, activity: str) -> Change:
        """Update the run of an activity after a change of its corrections."""
        groups = {self._united(self._group_of[activity], {})} if activity in self._group_of else set()
        return self._replace({activity}, groups)

    def _regroup(self, change: Connections) -> Change:
        """Group the changed activities again, and update the runs."""
        before = {self._group_of[key] for key in change.ids if key in self._group_of}
        affected = self._around(before, {}, change)
        for group in before:
            for activity in self._groups.pop(group):
                del self._group_of[activity.id]
        after = [together for activities in change.connected for together in groups(activities)]
        for activities in after:
            self._group(activities)
        matches: _Matches = {}
        affected |= self._around({activities[0].id for activities in after}, matches)
        return self._replace(change.ids, {self._united(group, matches) for group in affected if group in self._groups})

    def _group(self, activities: list[Activity]) -> None:
        group = activities[0].id
        self._groups[group] = activities
        for activity in activities:
            self._group_of[activity.id] = group

    def _around(self, groups: set[str], matches: _Matches, before: Connections | None = None) -> set[str]:
        """Return groups and all groups that they may affect: their matches, and the matches of these."""
        found, reached = set(groups), groups
        for _ in range(2):
            reached = {other for group in reached for other in self._alike(group, matches, before)} - found
            found |= reached
        return found

    def _alike(self, group: str, matches: _Matches, before: Connections | None = None) -> dict[str, float]:
        """Return the groups that match a group but for a time zone, and the slip of each in seconds.

        `matches` has those found already in the same state; `before` is a change, to ask for the state before it.
        """
        if (known := matches.get(group)) is not None:
            return known
        near = {
            self._group_of[key]
            for activity in self._groups[group]
            for key in self._concurrent.near(activity, FURTHEST_SLIP, before)
            if key in self._group_of
        }
        slips = {other: slip_between(self._groups[group], self._groups[other]) for other in near - {group}}
        found = matches[group] = {other: slip for other, slip in slips.items() if slip is not None}
        return found

    def _nearest_alike(self, group: str, matches: _Matches) -> str | None:
        alike = self._alike(group, matches)
        return min(alike, key=lambda other: (alike[other], other), default=None)

    def _united(self, group: str, matches: _Matches) -> frozenset[str]:
        """Return the groups of one run: a group, and its partner if it has one."""
        partner = self._nearest_alike(group, matches)
        if partner is None or self._nearest_alike(partner, matches) != group:
            return frozenset({group})
        return frozenset({group, partner})

    def _replace(self, changed: set[str], united: Collection[frozenset[str]]) -> Change:
        """Replace all runs of the changed activities and of these groups by the runs of the groups."""
        self.changes += 1
        together = [[activity for group in groups for activity in self._groups[group]] for groups in united]
        affected = changed.union(activity.id for activities in together for activity in activities)
        removed = {run.id: run for key in affected if (run := self.of_activity(key))}
        recorded = [run_of(activities, self._activities[ranked(activities)[0].id][1]) for activities in together]
        added = [corrected for run in recorded if (corrected := self._corrections.corrected(run))]
        for run in removed.values():
            self._remove(run)
        for run in added:
            self._add(run)
        unchanged = {run.id for run in added if removed.get(run.id) == run}
        return Change(
            removed=_in_order(run for run in removed.values() if run.id not in unchanged),
            added=_in_order(run for run in added if run.id not in unchanged),
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


def _in_order(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(sorted(runs, key=lambda run: (run.start, run.id)))
