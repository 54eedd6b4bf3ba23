"""Corrections of runs by hand; they override every recording, whenever it arrives."""

from bisect import insort
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict

from .exertion import Exertion
from .run import Run, with_left_out

# Marks a run that counts for no pair.
NO_SHOE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of a run, and its instant.

    `activity` names the run by one of its activities. Distance is metres, `moving_time` seconds, cadence steps a minute
    of both feet; `day` is the runner's calendar day of a corrected start. `shoe` is the id of a pair, or `NO_SHOE`.
    `leave_out` is False to count the stretches that were left out of the figures. `taken` decides about a doubtful
    activity: True for a run, False for none. `perceived` is the rate of perceived exertion. Fields that are None are
    not corrected.
    """

    activity: str
    at: datetime
    start: datetime | None = None
    day: date | None = None
    distance: float | None = None
    moving_time: float | None = None
    cadence: float | None = None
    shoe: str | None = None
    removed: bool = False
    leave_out: bool | None = None
    taken: bool | None = None
    perceived: float | None = None

    @property
    def key(self) -> str:
        """Key of the correction; a repeated correction has the same key."""
        return f"{self.activity}@{self.at.isoformat()}"

    @property
    def corrects(self) -> bool:
        """Whether the correction changes a run, rather than only deciding about a doubtful activity."""
        figures = (self.start, self.distance, self.moving_time, self.cadence, self.shoe, self.leave_out, self.perceived)
        return self.taken is None or any(figure is not None for figure in figures)

    def applied_to(self, run: Run) -> Run:
        """Return the run with this correction applied."""
        corrected: dict[str, Any] = {
            name: value
            for name in ("start", "day", "distance", "cadence")
            if (value := getattr(self, name)) is not None
        }
        if self.distance is not None:
            corrected["distance_error"] = None
        if self.moving_time is not None:
            elapsed_time = max(run.elapsed_time or 0, self.moving_time)
            corrected |= {"moving_time": self.moving_time, "elapsed_time": elapsed_time}
        if self.perceived is not None:
            corrected["exertion"] = replace(run.exertion or Exertion(), perceived=self.perceived)
        return replace(run, **corrected)


class CorrectionDetails(TypedDict, total=False):
    """The corrected fields of a run; see `Correction`."""

    distance: float | None
    moving_time: float | None
    cadence: float | None
    shoe: str | None
    removed: bool
    leave_out: bool | None
    perceived: float | None


class Corrections:
    """All corrections of runs; a later correction overrides an earlier one of the same field."""

    def __init__(self) -> None:
        """Start without corrections."""
        self._of: dict[str, list[Correction]] = {}

    def put(self, correction: Correction) -> None:
        """Add a correction."""
        insort(self._of.setdefault(correction.activity, []), correction, key=lambda known: known.at)

    def drop(self, correction: Correction) -> None:
        """Remove a correction."""
        self._of[correction.activity].remove(correction)

    def is_taken(self, activity: str) -> bool | None:
        """Return the latest decision about a doubtful activity, None without one."""
        latest_first = reversed(self._of.get(activity, ()))
        return next((correction.taken for correction in latest_first if correction.taken is not None), None)

    def corrected(self, run: Run) -> Run | None:
        """Return a run with all its corrections applied, or None for a removed run."""
        corrections = self.about(run)
        # A figure by hand is that of the whole run, whichever came first.
        if next((each.leave_out for each in reversed(corrections) if each.leave_out is not None), None) is False:
            run = with_left_out(run)
        for correction in corrections:
            if correction.removed:
                return None
            run = correction.applied_to(run)
        return run

    def shoe_of(self, run: Run) -> str | None:
        """Return the pair that a run was assigned to by hand, `NO_SHOE` for none, or None without such a correction."""
        latest_first = reversed(self.about(run))
        return next((correction.shoe for correction in latest_first if correction.shoe is not None), None)

    def about(self, run: Run) -> list[Correction]:
        """Return all corrections of a run, the earliest first."""
        # Most runs have no corrections.
        if self._of.keys().isdisjoint(run.activities):
            return []
        found = (correction for activity in run.activities for correction in self._of.get(activity, ()))
        return sorted(found, key=lambda correction: (correction.at, correction.key))
