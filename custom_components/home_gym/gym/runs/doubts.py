"""Doubtful activities: which of them count as runs, and which are open questions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ..timeline import Timeline
from .activity import Activity, Doubt, Sport
from .corrections import Corrections
from .fusion import FURTHEST_APART, FURTHEST_START, is_plain
from .run import start_of
from .run_history import RunHistory


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """Starts and ends of activities, found by time."""

    of: dict[str, tuple[datetime, datetime]]
    starts: Timeline[datetime]

    def put(self, activity: Activity) -> None:
        """Add an activity."""
        start = start_of(activity)
        self.of[activity.id] = start, activity.end or start
        self.starts.add(start, activity.id)

    def drop(self, activity: str) -> None:
        """Remove an activity; an unknown one is ignored."""
        if activity in self.of:
            self.starts.remove(self.of.pop(activity)[0], activity)

    def near(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the starts and ends of activities that may overlap one with this start."""
        for key in self.starts.between(start - FURTHEST_APART, start + FURTHEST_APART):
            yield self.of[key]


class Doubts:
    """Doubtful activities of one runner, decided by the person, or else by the setting of their source.

    One that overlaps a run, another activity or a refused one is no question: it recorded the same effort.
    """

    def __init__(self, corrections: Corrections, runs: RunHistory, unnamed_runs: Collection[str]) -> None:
        """Start without activities; `unnamed_runs` are the sources whose recordings without a sport are runs."""
        self._corrections = corrections
        self._runs = runs
        self._unnamed_runs = frozenset(unnamed_runs)
        self._doubtful: dict[str, Activity] = {}
        # The sources of the activities that count by a setting.
        self._by_setting: dict[str, frozenset[str]] = {}
        self._others = _Spans(of={}, starts=Timeline())
        self._changes = 0
        self._open: tuple[tuple[int, int], list[Activity]] | None = None

    def put(self, activity: Activity, sources: Collection[str]) -> Activity:
        """Add or update an activity of some sources, and return it as it counts."""
        self.drop(activity.id)
        counted = self._counted(activity, sources)
        if counted.doubt is not None:
            self._doubtful[activity.id] = activity
        elif activity.doubt is not None and self._corrections.is_taken(activity.id) is None:
            self._by_setting[activity.id] = frozenset(sources)
        is_refused = counted.doubt is not None and self._corrections.is_taken(activity.id) is False
        if counted.sport is not Sport.RUN and (counted.doubt is None or is_refused):
            self._others.put(activity)
        return counted

    def drop(self, activity: str) -> None:
        """Remove an activity; an unknown one is ignored."""
        self._changes += 1
        self._doubtful.pop(activity, None)
        self._by_setting.pop(activity, None)
        self._others.drop(activity)

    def open(self) -> list[Activity]:
        """Return the activities that wait for a decision, the latest first."""
        state = self._runs.changes, self._changes
        if self._open is None or self._open[0] != state:
            found = [activity for activity in self._doubtful.values() if self._is_open(activity)]
            found.sort(key=lambda activity: (start_of(activity), activity.id), reverse=True)
            self._open = state, found
        return self._open[1]

    def taken_by(self, source: str) -> list[str]:
        """Return the ids of the activities that count by the setting of a source."""
        return [activity for activity, sources in self._by_setting.items() if source in sources]

    def _is_open(self, activity: Activity) -> bool:
        if self._corrections.is_taken(activity.id) is not None:
            return False
        start = start_of(activity)
        runs = self._runs.between(start - FURTHEST_APART, start + FURTHEST_APART)
        spans = [*((run.start, run.end) for run in runs), *self._others.near(start)]
        return not any(_covers(begin, end, activity) for begin, end in spans)

    def _counted(self, activity: Activity, sources: Collection[str]) -> Activity:
        """Return a doubtful activity that was taken as a run, and any other as it is."""
        if activity.doubt is None:
            return activity
        taken = self._corrections.is_taken(activity.id)
        if taken is None:
            taken = activity.doubt is Doubt.NO_SPORT and not self._unnamed_runs.isdisjoint(sources)
        return as_run(activity) if taken else activity


def as_run(activity: Activity) -> Activity:
    """Return a doubtful activity as the run that it was taken for, with the same id."""
    return replace(activity, sport=Sport.RUN, doubt=None, guess=None, known_as=activity.id)


def _covers(begin: datetime, end: datetime, activity: Activity) -> bool:
    """Return whether something from one instant to another recorded the effort of an activity, too."""
    start, over = activity.span
    first, last = begin.timestamp(), end.timestamp()
    if over > start and last > first:
        return is_plain(first, last, start, over)
    return first - FURTHEST_START <= start <= last + FURTHEST_START
