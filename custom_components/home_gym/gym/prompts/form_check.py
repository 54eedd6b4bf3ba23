"""Form checks: eight points of running form, seen on a film or by a professional, which choose the form cue.

Films show a strike and a step rate reliably, but no angles, so each point is a plain question. A healthy runner's form
needs no change: one point at a time is worth a cue, for some weeks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..runs.form import AnyCue, CheckedCue, Cue

# One change takes some weeks, and then it is time for the next check.
COUNTS_FOR = timedelta(weeks=8)


class FormPoint(StrEnum):
    """Points of a form check, in their order: four from the side, one by ear, two from behind, and the steps."""

    POSTURE = "posture"
    ARMS = "arms"
    LEAN = "lean"
    SHIN = "shin"
    LANDING = "landing"
    HIPS = "hips"
    WIDTH = "width"
    STEPS = "steps"


class FormWitness(StrEnum):
    """Witness of a runner's form."""

    FILM = "film"
    COACH = "coach"
    PHYSIOTHERAPIST = "physiotherapist"


CUE_OF: dict[FormPoint, AnyCue] = {
    FormPoint.POSTURE: Cue.CHEST,
    FormPoint.ARMS: Cue.SHOULDERS,
    FormPoint.LEAN: Cue.LEAN,
    FormPoint.SHIN: Cue.CADENCE,
    FormPoint.LANDING: Cue.LANDING,
    FormPoint.HIPS: CheckedCue.HIPS,
    FormPoint.WIDTH: CheckedCue.WIDTH,
    FormPoint.STEPS: Cue.CADENCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """A form check: the points that are good, those to work on, and a note; other points could not be seen."""

    at: datetime
    day: date
    witness: FormWitness = FormWitness.FILM
    good: tuple[FormPoint, ...] = ()
    to_work_on: tuple[FormPoint, ...] = ()
    note: str | None = None

    @property
    def key(self) -> str:
        """Key of the check; a repeated one has the same key."""
        return self.at.isoformat()

    @property
    def cue(self) -> AnyCue | None:
        """The cue of the first point to work on: one change at a time."""
        first = next((point for point in FormPoint if point in self.to_work_on), None)
        return CUE_OF[first] if first else None


def check_form_check(check: FormCheck) -> None:
    """Raise ValueError for a check without a point, or with one that is both good and to work on."""
    if not (check.good or check.to_work_on):
        raise ValueError("a point of the form was expected")
    if set(check.good) & set(check.to_work_on):
        raise ValueError("a point is either good or to work on")


def cue_of_checks(checks: Iterable[FormCheck], now: datetime) -> AnyCue | None:
    """Return the cue of the latest check, None without one that counts."""
    latest = max(checks, key=lambda check: check.at, default=None)
    return latest.cue if latest and now - latest.at <= COUNTS_FOR else None
