"""Deliveries from sources: added to the journal, and reported as events if recent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..events import Event, RunChanged, RunDoubted, RunFinished, RunRecorded, changed
from ..habits.habit import HABIT_OF_SPORT
from ..journal.facts import Delivery
from ..journal.former_ids import identified
from ..journal.journal import Journal
from ..projections import Projections
from ..runs.activity import Activity, Origin
from ..runs.edits import has_rule, with_edits
from ..runs.fusion import FURTHEST_APART, same_time
from ..runs.run import Run, start_of
from ..runs.run_history import Change
from ..runs.validation import believable, check
from ..settings import Settings

MAX_NEWS_AGE = timedelta(days=7)
"""Age limit of news: an older run counts when it becomes known, but no event reports it."""


MAX_SLICE = 50
"""Activities that are added in one go; the event loop waits for no more."""

type Dated = tuple[Activity, date]
"""An activity, and the day that it counts for on the runner's calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Circumstances of a delivery: its instant and source, whether it is live, and the pair chosen then."""

    now: datetime
    live: bool
    chosen_shoe: str | None
    explicitly_chosen: bool
    source: str | None = None

    def delivery(self, activity: Activity, day: date) -> Delivery:
        """Return an activity that was delivered under these circumstances."""
        return Delivery(
            activity=activity,
            learned_at=self.now,
            day=day,
            live=self.live,
            chosen_shoe=self.chosen_shoe,
            explicitly_chosen=self.explicitly_chosen,
            sources=(self.source,) if self.source and activity.doubt else (),
        )


def in_order(dated: Sequence[Dated]) -> list[Dated]:
    """Return activities by the start of their first version, so that those of one time are added together."""
    first: dict[str, datetime] = {}
    for activity, _ in dated:
        first.setdefault(activity.id, start_of(activity))
    return sorted(dated, key=lambda each: first[each[0].id])


def slices(dated: Sequence[Dated], circumstances: Circumstances) -> Iterator[Sequence[Dated]]:
    """Yield parts of a delivery to be added one after the other: news one by one, since each has events of its own."""
    part: list[Dated] = []
    for activity, day in dated:
        is_news = circumstances.live and circumstances.now - (activity.end or start_of(activity)) <= MAX_NEWS_AGE
        if part and (is_news or len(part) == MAX_SLICE):
            yield part
            part = []
        part.append((activity, day))
        if is_news:
            yield part
            part = []
    if part:
        yield part


def divided(
    dated: Sequence[Dated], circumstances: Circumstances
) -> tuple[list[Sequence[Dated]], list[Sequence[Dated]]]:
    """Return the slices of a delivery that others may come between, and those of its last change.

    A delivery of no more than `MAX_SLICE` activities is one change.
    """
    parts = list(slices(dated[:-MAX_SLICE], circumstances))
    return parts, list(slices(dated[-MAX_SLICE:], circumstances))


class Deliveries:
    """The door for activities from sources, which are added, updated and withdrawn."""

    def __init__(self, settings: Settings, journal: Journal, *, projections: Projections) -> None:
        """Keep the journal and its projections consistent."""
        self._settings = settings
        self._journal = journal
        self._projections = projections

    def learn(
        self, activities: Iterable[Activity], *, now: datetime, live: bool, source: str | None = None
    ) -> list[Event]:
        """Add the activities of a source to the journal.

        `live` is False for history, which changes figures but causes no event. Impossible figures are dropped; raises
        ValueError before anything is kept if one of the activities can't be.
        """
        prepared = self.prepared(activities)
        circumstances = self.circumstances(now, live=live, source=source)
        return [event for part in slices(prepared, circumstances) for event in self.take(part, circumstances)]

    def prepared(self, activities: Iterable[Activity]) -> list[Dated]:
        """Return activities with the days that they count for, in order of time; raises ValueError for an invalid one.

        Versions of one activity keep their order.
        """
        return in_order([self.dated(activity) for activity in activities])

    def dated(self, activity: Activity) -> Dated:
        """Return an activity without impossible figures, and the day that it counts for; raises ValueError for others.

        That is the day of its start, or for a session the one of its end; on the calendar of the place of the activity,
        if the recording knows it.
        """
        activity, calendar = believable(activity), self._settings.calendar
        end = check(activity)
        if activity.sport in HABIT_OF_SPORT:
            return activity, calendar.habit_day_of(end, activity.utc_offset)
        return activity, calendar.day_of(start_of(activity), activity.utc_offset)

    def circumstances(self, now: datetime, *, live: bool, source: str | None = None) -> Circumstances:
        """Return the circumstances of a delivery that arrives now, the same for all of its activities."""
        return Circumstances(
            now=now,
            live=live,
            chosen_shoe=self._projections.chosen_shoe(now) if live else None,
            explicitly_chosen=live and self._journal.explicitly_chosen,
            source=source,
        )

    def take(self, part: Iterable[Dated], circumstances: Circumstances) -> list[Event]:
        """Add a part of a delivery to the journal; the second half of `learn`."""
        known = self._journal.deliveries
        deliveries = (circumstances.delivery(self._recognised(activity), day) for activity, day in part)
        is_new: dict[str, bool] = {}
        for each in deliveries:
            unknown = each.activity.id not in known
            if self._journal.deliver(each):
                is_new.setdefault(each.activity.id, unknown)
        if not is_new:
            return []
        change = self._projections.take(known[key] for key in is_new)
        if not circumstances.live:
            return []
        return [*self.news(change, circumstances.now), *self._questions(is_new, circumstances.now)]

    def _recognised(self, activity: Activity) -> Activity:
        """Return an activity with the id that it is known by, and a service's one with its edited figures."""
        known = self._journal.deliveries
        activity = identified(activity, known)
        if not has_rule(activity):
            return activity
        before = known.get(activity.id)
        return with_edits(activity, before.activity if before else None, self._files_of(activity))

    def _files_of(self, activity: Activity) -> list[Activity]:
        """Return the files that recorded the same run."""
        start = start_of(activity)
        near = self._projections.runs.between(start - FURTHEST_APART, start + FURTHEST_APART)
        recorded = (each.activity for run in near for each in self._journal.deliveries_of(run))
        return [each for each in recorded if each.origin is Origin.FILE and same_time(activity, each)]

    def withdraw(self, activity: str) -> list[Event]:
        """Remove an activity that its source withdrew; its run stays if another activity recorded it too."""
        if not self._journal.withdraw(activity):
            return []
        return changed(self._projections.withdraw(activity))

    def news(self, change: Change, now: datetime) -> list[Event]:
        """Return the events of recent runs that a live delivery added or changed."""
        events: list[Event] = []
        for run in (run for run in change.added if now - run.end <= MAX_NEWS_AGE):
            before = [former for former in change.removed if former.activities & run.activities]
            was_fresh = any(self._is_fresh(former) for former in before)
            if self._is_fresh(run) and not was_fresh:
                events.append(RunFinished(run=run))
            events.append(RunChanged(run=run) if before else RunRecorded(run=run))
        if any(isinstance(event, RunFinished) for event in events):
            self._journal.explicitly_chosen = False
        return events

    def _questions(self, is_new: Mapping[str, bool], now: datetime) -> list[Event]:
        """Return the events of new recordings that are doubtful."""
        if not any(is_new.values()):
            return []
        return [
            RunDoubted(activity=activity)
            for activity in self._projections.doubts.open()
            if is_new.get(activity.id) and now - (activity.end or now) <= MAX_NEWS_AGE
        ]

    def _is_fresh(self, run: Run) -> bool:
        return self._journal.freshly_learned_at(run, self._settings.prompts.fresh_for) is not None
