"""Judgement of a reader's result against the truth about a recording."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from .collection import Recorded, TrueRun


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRun:
    """A reader's result of a run; figures that the reader never gives are left out."""

    start: datetime | None
    distance: float | None
    moving_time: float | None
    elapsed_time: float | None
    cadence: float | None = None
    sub_sport: str | None = None
    indoor: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A reader's result of a recording: run, other_activity, not_activity or corrupt; and the runs in it."""

    kind: str
    runs: tuple[SeenRun, ...] = ()


def deviations(recorded: Recorded, seen: Seen, *, cadence: bool = True) -> list[str]:
    """Return a reader's errors beyond the tolerances of the collection.

    `cadence` is True for a reader that gives steps of both feet at all.
    """
    if seen.kind not in recorded.acceptable:
        return [f"taken for {seen.kind}, not {' or '.join(sorted(recorded.acceptable))}"]
    if seen.kind != recorded.kind or recorded.ambiguous:
        return []
    if len(seen.runs) != len(recorded.runs):
        return [f"{len(seen.runs)} runs, not {len(recorded.runs)}"]
    return [
        wrong
        for true, run in zip(recorded.runs, seen.runs, strict=True)
        for wrong in _deviations(true, run, cadence=cadence)
    ]


def _deviations(true: TrueRun, seen: SeenRun, *, cadence: bool) -> Iterator[str]:
    """Yield each wrong figure of a run; starts may be 1 s off, times 1 s, cadences 2 steps a minute."""
    if true.start is None or seen.start is None:
        if true.start != seen.start:
            yield f"start {seen.start}, not {true.start}"
    elif abs((seen.start - true.start).total_seconds()) > 1:
        yield f"start {seen.start}, not {true.start}"
    for name, figure, truth, tolerance in (
        ("distance", seen.distance, true.distance, true.distance_tolerance),
        ("moving time", seen.moving_time, true.moving_time, 1),
        ("elapsed time", seen.elapsed_time, true.elapsed_time, 1),
        ("cadence", seen.cadence, true.cadence if cadence else None, 2),
    ):
        if truth is not None and (figure is None or abs(figure - truth) > tolerance):
            yield f"{name} {figure}, not {truth}"


def word_deviations(recorded: Recorded, seen: Seen) -> list[str]:
    """Return a reader's wrong sub-sports and guesses at "indoors"."""
    wrong = []
    for true, run in zip(recorded.runs, seen.runs, strict=False):
        if true.sub_sport is not None and run.sub_sport != true.sub_sport:
            wrong.append(f"sub-sport {run.sub_sport}, not {true.sub_sport}")
        if true.indoor is not None and run.indoor != true.indoor:
            wrong.append(f"indoors {run.indoor}, not {true.indoor}")
    return wrong
