"""Deliveries from sources: added to the journal, and reported as events if recent."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..events import Event, RunChanged, RunFinished, RunRecorded, changed
from ..journal.facts import Delivery
from ..journal.journal import Journal, valid_end
from ..projections import Projections
from ..runs.activity import Activity
from ..runs.run import Run
from ..runs.run_history import Change
from ..settings import Settings

MAX_NEWS_AGE = timedelta(days=7)
"""Age limit of news: an older run counts when it becomes known, but no event reports it."""


class Deliveries:
    """The door for activities from sources, which are added, updated and withdrawn."""

    def __init__(self, settings: Settings, journal: Journal, *, projections: Projections) -> None:
        """Keep the journal and its projections consistent."""
        self._settings = settings
        self._journal = journal
        self._projections = projections

    def learn(self, activities: Iterable[Activity], *, now: datetime, live: bool) -> list[Event]:
        """Add activities to the journal.

        `live` is False for history, which changes figures but causes no event. Every activity must have a start, in
        UTC, and possible figures; raises ValueError before anything is kept if one of them lacks either.
        """
        deliveries = [self.delivery(activity, now=now, live=live) for activity in activities]
        return [event for delivery in deliveries for event in self.take(delivery)]

    def delivery(self, activity: Activity, *, now: datetime, live: bool) -> Delivery:
        """Return an activity as a delivery for `take`; the first half of `learn`.

        Raises ValueError for an invalid activity.
        """
        return Delivery(
            activity=activity,
            learned_at=now,
            day=self._settings.calendar.day_of(valid_end(activity)),
            live=live,
            chosen_shoe=self._projections.chosen_shoe(now) if live else None,
            explicitly_chosen=live and self._journal.explicitly_chosen,
        )

    def take(self, delivery: Delivery) -> list[Event]:
        """Add a delivery to the journal; the second half of `learn`."""
        if not self._journal.deliver(delivery):
            return []
        change = self._projections.take(self._journal.deliveries[delivery.activity.id])
        events = self._news(change, delivery.learned_at) if delivery.live else []
        if any(isinstance(event, RunFinished) for event in events):
            self._journal.explicitly_chosen = False
        return events

    def withdraw(self, activity: str) -> list[Event]:
        """Remove an activity that its source withdrew; its run stays if another activity recorded it too."""
        if self._journal.deliveries.pop(activity, None) is None:
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
