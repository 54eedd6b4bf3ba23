"""What the levels of a treadmill mean, found out by watching it stand still, walk and run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

# Shares of the way from the highest level of one state to the lowest of the next.
STOP_AT, START_AT, RUN_AT = 0.3, 0.5, 0.5
# Levels that are nearer than this are one to a noisy plug: walking and running can't be told apart.
APART = 1.1
# Watts below which nothing is switched on, whatever a plug measures, and by which a moving belt takes more than a still
# one.
AWAKE = 1.0
# A plug that reports less often than this is slow.
FAST = 5.0


class Reporting(StrEnum):
    """How a plug reports."""

    FAST = "fast"
    SLOW = "slow"
    ON_CHANGE = "on_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSample:
    """What was reported while a treadmill was in one state: levels, and when."""

    levels: tuple[float, ...]
    times: tuple[datetime, ...]

    @property
    def low(self) -> float:
        """The level that it seldom falls below."""
        return _share(self.levels, 0.1)

    @property
    def high(self) -> float:
        """The level that it seldom rises above."""
        return _share(self.levels, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdProposal:
    """Levels that tell the states apart, and how long each must last: in seconds."""

    standby: float
    start: float
    stop: float
    run: float | None
    start_hold: float
    stop_hold: float
    run_hold: float


def threshold_proposal(
    still: CalibrationSample, walk: CalibrationSample | None, run: CalibrationSample | None
) -> ThresholdProposal | None:
    """Return what tells the states apart; None where the moving belt draws no more than one that stands still.

    A state that was not watched is None, and one in which nothing was reported is as good as that.
    """
    walk, run = (watched if watched and watched.levels else None for watched in (walk, run))
    slowest = walk or run
    if slowest is None or not still.levels or slowest.low <= max(still.high * APART, still.high + AWAKE):
        return None
    idle, way = still.high, slowest.low - still.high
    stop = _rounded(idle + STOP_AT * way)
    reporting, every = kind_of([still, *(watched for watched in (walk, run) if watched)])
    start_hold, stop_hold, run_hold = HOLDS[reporting]
    return ThresholdProposal(
        # Where the electronics draw too little to be measured, only movement tells that they are on.
        standby=_rounded(min(AWAKE, idle / 2)) or min(AWAKE, stop),
        stop=stop,
        start=_rounded(idle + START_AT * way),
        run=_between(walk, run) if walk and run else None,
        start_hold=start_hold if reporting is not Reporting.SLOW else max(start_hold, _whole(1.5 * every)),
        stop_hold=stop_hold if reporting is not Reporting.SLOW else max(stop_hold, _whole(2.5 * every)),
        run_hold=run_hold if reporting is not Reporting.SLOW else max(run_hold, _whole(1.5 * every)),
    )


def _between(walk: CalibrationSample, run: CalibrationSample) -> float | None:
    """Return the level at which running begins, None where it can't be told from walking."""
    return _rounded(walk.high + RUN_AT * (run.low - walk.high)) if run.low > walk.high * APART else None


def kind_of(watched: Sequence[CalibrationSample]) -> tuple[Reporting, float]:
    """Return how a plug reports, and every how many seconds it usually does."""
    gaps = [(later - one).total_seconds() for part in watched for one, later in pairwise(part.times)]
    if not gaps:
        return Reporting.ON_CHANGE, 0.0
    usual = sorted(gaps)[len(gaps) // 2]
    return (Reporting.FAST if usual <= FAST else Reporting.SLOW), usual


HOLDS = {
    Reporting.FAST: (5.0, 20.0, 10.0),
    Reporting.SLOW: (10.0, 45.0, 20.0),
    Reporting.ON_CHANGE: (10.0, 30.0, 15.0),
}


def _share(levels: Sequence[float], share: float) -> float:
    """Return the level below which a share of all lie."""
    return sorted(levels)[round(share * (len(levels) - 1))]


def _rounded(level: float) -> float:
    return round(level, 1)


def _whole(seconds: float) -> float:
    return float(round(seconds))
