"""Views of doubtful recordings, with the known figures and the doubt of each."""

from dataclasses import dataclass
from datetime import datetime

from ..runner import Runner
from ..runs.activity import Activity, Doubt, Sport
from ..runs.run import start_of

SHOWN = 3
"""Doubtful recordings in the document of the cards; the others follow as these are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulView:
    """A doubtful recording as shown: metres and seconds; `guess` is the sport that it looks like."""

    id: str
    start: datetime
    end: datetime
    distance: float | None
    duration: float | None
    doubt: Doubt | None
    guess: Sport | None
    title: str | None
    device: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRuns:
    """The doubtful recordings that wait for a decision: their number, and the latest of them."""

    total: int
    latest: tuple[DoubtfulView, ...]


def doubtful_view(activity: Activity) -> DoubtfulView:
    """Return the view of a doubtful recording."""
    start = start_of(activity)
    return DoubtfulView(
        id=activity.id,
        start=start,
        end=activity.end or start,
        distance=activity.distance,
        duration=activity.duration,
        doubt=activity.doubt,
        guess=activity.guess,
        title=activity.title,
        device=activity.device,
    )


def doubtful_runs(runner: Runner) -> DoubtfulRuns:
    """Return the doubtful recordings of a runner."""
    found = runner.projections.doubts.open()
    return DoubtfulRuns(total=len(found), latest=tuple(map(doubtful_view, found[:SHOWN])))
