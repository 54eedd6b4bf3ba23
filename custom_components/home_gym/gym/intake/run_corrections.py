"""A person's words about runs: corrections, decisions about doubtful recordings, and their undoing."""

from dataclasses import replace
from datetime import datetime, timedelta

from ..events import Event, changed
from ..journal.journal import Journal, check_correction
from ..projections import Projections
from ..runs.corrections import Correction
from ..runs.doubts import as_run
from ..runs.run import Run, run_of
from ..runs.run_history import UnknownRunError
from ..runs.validation import ImpossibleActivityError, is_possible_on_foot
from ..settings import Settings
from .deliveries import Deliveries

CLOCK_RESOLUTION = timedelta(microseconds=1)


class RunCorrections:
    """The door for corrections of runs, and for decisions about doubtful activities."""

    def __init__(
        self, settings: Settings, journal: Journal, *, projections: Projections, deliveries: Deliveries
    ) -> None:
        """Keep the journal and its projections consistent."""
        self._settings = settings
        self._journal = journal
        self._projections = projections
        self._deliveries = deliveries

    def correct(self, correction: Correction) -> list[Event]:
        """Correct a run.

        Raises UnknownRunError, UnknownShoeError, or ValueError for an impossible figure, before anything is kept.
        """
        run = self._projections.runs.named(correction.activity)
        check_correction(correction)
        if correction.distance is not None or correction.moving_time is not None:
            _require_possible(correction.applied_to(run))
        if correction.shoe:
            self._settings.shoe(correction.shoe)
        self._add(correction)
        return changed(self._projections.refresh(correction.activity))

    def decide(self, correction: Correction, *, now: datetime) -> list[Event]:
        """Take a doubtful activity as a run, with corrected figures if any, or refuse it.

        Raises UnknownRunError for another activity, or ValueError for a run that can't be, before anything is kept.
        """
        delivery = self._journal.deliveries.get(correction.activity)
        if delivery is None or delivery.activity.doubt is None:
            raise UnknownRunError(correction.activity)
        check_correction(correction)
        if correction.taken:
            _require_possible(correction.applied_to(run_of([as_run(delivery.activity)], delivery.day)))
        self._add(correction)
        change = self._projections.take([delivery])
        return self._deliveries.news(change, now) if delivery.live and correction.taken else changed(change)

    def undo(self, correction: Correction) -> list[Event]:
        """Undo a correction that was removed from the journal; a decision or rating with all of the same instant."""
        self._projections.corrections.drop(correction)
        others = self._entered_with(correction)
        for each in others:
            self._journal.remove(each)
            self._projections.corrections.drop(each)
        if correction.taken is None:
            undone = [correction, *others]
            return [event for each in undone for event in changed(self._projections.refresh(each.activity))]
        decided = (self._journal.deliveries.get(each.activity) for each in (correction, *others))
        return changed(self._projections.take([delivery for delivery in decided if delivery]))

    def _entered_with(self, correction: Correction) -> list[Correction]:
        """Return the other decisions of a decision's instant, or the other ratings of a rating's."""
        same = [each for each in self._journal.corrections.values() if each.at == correction.at]
        if correction.taken is not None:
            return [each for each in same if each.taken is not None]
        return [each for each in same if each.perceived is not None] if correction.perceived is not None else []

    def _add(self, correction: Correction) -> None:
        # Two corrections may have the same instant.
        while correction.key in self._journal.corrections:
            correction = replace(correction, at=correction.at + CLOCK_RESOLUTION)
        self._journal.add(correction)
        self._projections.corrections.put(correction)


def _require_possible(run: Run) -> None:
    """Raise ImpossibleActivityError for a run at an impossible speed."""
    if not is_possible_on_foot(run.distance or 0, run.duration):
        raise ImpossibleActivityError(f"{run.distance} m in {run.duration} s")
