"""Deliveries from sources: added to the journal, and reported as events if recent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..events import Event, RunChanged, RunFinished, RunRecorded, changed
from ..journal.facts import Delivery
from ..journal.journal import Journal
from ..projections import Projections
from ..runs.activity import Activity
from ..runs.run import Run, start_of
from ..runs.run_history import Change
from ..runs.validation import believable, check
from ..settings import Settings

MAX_NEWS_AGE = timedelta(days=7)
"""Age limit of news: an older run counts when it becomes known, but no event reports it."""


MAX_SLICE = 50
"""Activities that are added in one go; the event loop waits for no more."""

type Dated = tuple[Activity, date]
"""An activity, and the day of its end on the runner's calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Circumstances of a delivery: its instant, whether it is live, and the pair chosen then."""

    now: datetime
    live: bool
    chosen_shoe: str | None
    explicitly_chosen: bool

    def delivery(self, activity: Activity, day: date) -> Delivery:
        """Return an activity that was delivered under these circumstances."""
        return Delivery(
            activity=activity,
            learned_at=self.now,
            day=day,
            live=self.live,
            chosen_shoe=self.chosen_shoe,
            explicitly_chosen=self.explicitly_chosen,
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

    def learn(self, activities: Iterable[Activity], *, now: datetime, live: bool) -> list[Event]:
        """Add activities to the journal.

        `live` is False for history, which changes figures but causes no event. Impossible figures are dropped; raises
        ValueError before anything is kept if one of the activities can't be.
        """
        prepared = self.prepared(activities)
        circumstances = self.circumstances(now, live=live)
        return [event for part in slices(prepared, circumstances) for event in self.take(part, circumstances)]

    def prepared(self, activities: Iterable[Activity]) -> list[Dated]:
        """Return activities with the days of their ends, in order of time; raises ValueError for an invalid one.

        Versions of one activity keep their order.
        """
        return in_order([self.dated(activity) for activity in activities])

    def dated(self, activity: Activity) -> Dated:
        """Return an activity without impossible figures, and the day of its end; raises ValueError if it can't be.

        The day is that of the place of the activity, if the recording knows it.
        """
        activity = believable(activity)
        return activity, self._settings.calendar.day_of(check(activity), activity.utc_offset)

    def circumstances(self, now: datetime, *, live: bool) -> Circumstances:
        """Return the circumstances of a delivery that arrives now, the same for all of its activities."""
        return Circumstances(
            now=now,
            live=live,
            chosen_shoe=self._projections.chosen_shoe(now) if live else None,
            explicitly_chosen=live and self._journal.explicitly_chosen,
        )

    def take(self, part: Iterable[Dated], circumstances: Circumstances) -> list[Event]:
        """Add a part of a delivery to the journal; the second half of `learn`."""
        known = self._journal.deliveries
        changed_ids = dict.fromkeys(
            activity.id for activity, day in part if self._journal.deliver(circumstances.delivery(activity, day))
        )
        if not changed_ids:
            return []
        change = self._projections.take(known[key] for key in changed_ids)
        events = self._news(change, circumstances.now) if circumstances.live else []
        if any(isinstance(event, RunFinished) for event in events):
            self._journal.explicitly_chosen = False
        return events

    def withdraw(self, activity: str) -> list[Event]:
        """Remove an activity that its source withdrew; its run stays if another activity recorded it too."""
        if not self._journal.withdraw(activity):
            return []
        return changed(self._projections.withdraw(activity))

    def _news(self, change: Change, now: datetime) -> list[Event]:
        events: list[Event] = []
        for run in (run for run in change.added if now - run.end <= MAX_NEWS_AGE):
            before = [former for former in change.removed if former.activities & run.activities]
            was_fresh = any(self._is_fresh(former) for former in before)
            if self._is_fresh(run) and not was_fresh:
                events.append(RunFinished(run=run))
            events.append(RunChanged(run=run) if before else RunRecorded(run=run))
        return events

    def _is_fresh(self, run: Run) -> bool:
        return self._journal.freshly_learned_at(run, self._settings.prompts.fresh_for) is not None
