"""Projections of the journal: runs, sessions and shoe distances.

The journal holds the facts; the projections are derived from them and updated as facts arrive, change and go.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from .habits.easy_efforts import EasyEfforts
from .habits.habit import session_of, sessions_within
from .habits.session_history import SessionHistory
from .journal.facts import Delivery
from .journal.journal import Journal
from .runs.activity import Activity, Sport
from .runs.corrections import Corrections
from .runs.doubts import Doubts
from .runs.run import Run
from .runs.run_history import Change, RunHistory
from .settings import Settings
from .shoes.rack import Rack
from .shoes.shoe import Shoe, worn_on


class Projections:
    """The runs of one runner, the sessions of the runner's habits, and the rack of pairs with their runs."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        """Derive everything from the journal's facts."""
        self._settings = settings
        self._journal = journal
        self.corrections = Corrections()
        self.runs = RunHistory(self.corrections)
        self.doubts = Doubts(self.corrections, self.runs, settings.unnamed_runs)
        self.sessions = SessionHistory()
        self.rack = Rack(settings.shoes)
        self._easy_efforts = EasyEfforts(self.runs, self.sessions)
        self.revision = 0
        """Number of changes to the runs or their pairs, as shown."""
        for correction in journal.corrections.values():
            self.corrections.put(correction)
        counted = [self._counted(delivery) for delivery in journal.deliveries.values()]
        recorded = {activity.id: session for activity, day in counted if (session := session_of(activity, day))}
        self.sessions.fill({key: [session] for key, session in (recorded | journal.sessions).items()})
        self._follow(self.runs.fill((activity, day) for activity, day in counted if activity.sport is Sport.RUN))
        for activity, day in counted:
            if activity.sport is Sport.WALK:
                self._easy_efforts.put(activity, day)

    def take(self, deliveries: Iterable[Delivery]) -> Change:
        """Add or update activities of different ids, and return the change of runs."""
        runs: list[tuple[Activity, date]] = []
        others: list[str] = []
        for activity, day in map(self._counted, deliveries):
            session = session_of(activity, day)
            self._easy_efforts.drop(activity.id)
            self.sessions.put(activity.id, [session] if session else [])
            if activity.sport is Sport.WALK:
                self._easy_efforts.put(activity, day)
            if activity.sport is Sport.RUN:
                runs.append((activity, day))
            else:
                others.append(activity.id)
        return self._follow(self.runs.update(runs, others))

    def withdraw(self, activity: str) -> Change:
        """Remove an activity, and return the change of runs."""
        self.sessions.drop(activity)
        self._easy_efforts.drop(activity)
        self.doubts.drop(activity)
        return self._follow(self.runs.drop(activity))

    def refresh(self, activity: str) -> Change:
        """Update a run after a change of its corrections, and return the change of runs."""
        change = self.runs.refresh(activity)
        if change.removed or change.added:
            return self._follow(change)
        run = self.runs.of_activity(activity)
        if run is None:
            return change
        # The correction may have changed the pair alone.
        self.revision += 1
        self.rack.remove(run)
        self.rack.add(run, self._shoe_worn(run))
        return replace(change, added=(run,))

    def chosen_shoe(self, now: datetime) -> str | None:
        """Return the id of the pair that the next run counts for."""
        chosen = self._journal.chosen_shoe
        in_rack = any(shoe.id == chosen for shoe in self._settings.shoes)
        return worn_on(self._settings.calendar.day_of(now), self._settings.shoes, chosen if in_rack else None)

    def possible_shoes(self, run: Run) -> list[Shoe]:
        """Return the pairs in use if a run's pair is only a guess by habit, none if it is certain."""
        worn = [shoe for shoe in self._settings.shoes if shoe.in_use_on(run.day)]
        is_assigned = self.corrections.shoe_of(run) is not None or self._linked_shoe(run) is not None
        is_chosen = self._journal.first_delivery_of(run).explicitly_chosen
        suits_surface = any(run.surface in shoe.surfaces for shoe in worn)
        return [] if is_assigned or is_chosen or suits_surface or len(worn) < 2 else worn

    def _counted(self, delivery: Delivery) -> tuple[Activity, date]:
        """Return an activity as it counts, and its day."""
        return self.doubts.put(delivery.activity, delivery.sources), delivery.day

    def _follow(self, change: Change) -> Change:
        """Update rack and sessions after a change of runs."""
        self.revision += 1
        for run in change.removed:
            self.rack.remove(run)
            self.sessions.drop(_laps_of(run))
        for run in change.added:
            self.rack.add(run, self._shoe_worn(run))
            self.sessions.put(_laps_of(run), sessions_within(run))
        self._easy_efforts.follow(change)
        return change

    def _shoe_worn(self, run: Run) -> str | None:
        assigned = self.corrections.shoe_of(run)
        if assigned is not None:
            return assigned if any(shoe.id == assigned for shoe in self._settings.shoes) else None
        if linked := self._linked_shoe(run):
            return linked
        first = self._journal.first_delivery_of(run)
        within = self._settings.prompts.fresh_for
        is_explicit = first.explicitly_chosen and self._journal.freshly_learned_at(run, within) is not None
        return worn_on(run.day, self._settings.shoes, first.chosen_shoe, is_explicit=is_explicit, surface=run.surface)

    def _linked_shoe(self, run: Run) -> str | None:
        """Return the pair in the rack that is linked to a run's gear at a service."""
        if not run.gear:
            return None
        linked = next((self._settings.gear[gear] for gear in run.gear if gear in self._settings.gear), None)
        return linked if any(shoe.id == linked for shoe in self._settings.shoes) else None


def _laps_of(run: Run) -> str:
    """Return the key of a run's laps, distinct from that of the activity with the run's id."""
    return f"{run.id}/laps"
