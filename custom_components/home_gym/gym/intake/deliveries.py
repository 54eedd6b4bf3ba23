"""What sources tell: taken into the journal, and told on as far as it is news."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..events import Event, RunChanged, RunFinished, RunRecorded, changed
from ..journal.facts import Delivery
from ..journal.journal import Journal, countable_end
from ..projections import Projections
from ..runs.activity import Activity
from ..runs.run import Run
from ..runs.run_history import Change
from ..settings import Settings

MAX_NEWS_AGE = timedelta(days=7)
"""A run that ended longer ago is history when it becomes known: it counts, and no event tells of it."""


class Deliveries:
    """Takes in activities as they come, come anew and are taken back."""

    def __init__(self, settings: Settings, journal: Journal, *, projections: Projections) -> None:
        """Keep the journal, and the training that follows from it, true."""
        self._settings = settings
        self._journal = journal
        self._projections = projections

    def learn(self, activities: Iterable[Activity], *, now: datetime, live: bool) -> list[Event]:
        """Take activities into the journal.

        `live` is False for history, which changes figures but causes no event. Every activity must have a start, in
        UTC, and figures that can be; one that doesn't raises ValueError before anything is kept.
        """
        deliveries = [self.delivery(activity, now=now, live=live) for activity in activities]
        return [event for delivery in deliveries for event in self.take(delivery)]

    def delivery(self, activity: Activity, *, now: datetime, live: bool) -> Delivery:
        """Return an activity with all that is known of its coming, for `take`; the first half of `learn`.

        Raises ValueError for an activity that a journal can't keep.
        """
        return Delivery(
            activity=activity,
            learned=now,
            day=self._settings.calendar.day_of(countable_end(activity)),
            live=live,
            chosen_shoe=self._projections.chosen_shoe(now) if live else None,
            chosen_firmly=live and self._journal.chosen_firmly,
        )

    def take(self, delivery: Delivery) -> list[Event]:
        """Take an activity into the journal; the second half of `learn`."""
        if not self._journal.deliver(delivery):
            return []
        change = self._projections.take(self._journal.deliveries[delivery.activity.id])
        events = self._news(change, delivery.learned) if delivery.live else []
        if any(isinstance(event, RunFinished) for event in events):
            self._journal.chosen_firmly = False
        return events

    def withdraw(self, activity: str) -> list[Event]:
        """Forget an activity that its source took back; the run stays where another one saw it too."""
        if self._journal.deliveries.pop(activity, None) is None:
            return []
        return changed(self._projections.withdraw(activity))

    def _news(self, change: Change, now: datetime) -> list[Event]:
        events: list[Event] = []
        for run in (run for run in change.come if now - run.end <= MAX_NEWS_AGE):
            before = [gone for gone in change.gone if gone.activities & run.activities]
            was_fresh = any(self._learned_fresh(gone) for gone in before)
            if self._learned_fresh(run) and not was_fresh:
                events.append(RunFinished(run=run))
            events.append(RunChanged(run=run) if before else RunRecorded(run=run))
        return events

    def _learned_fresh(self, run: Run) -> bool:
        return self._journal.learned_fresh(run, self._settings.prompts.fresh_for) is not None
