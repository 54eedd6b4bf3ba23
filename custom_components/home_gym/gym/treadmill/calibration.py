"""Calibration: thresholds of a treadmill, derived from samples of sleep, standing still, walking and running."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

# Shares of the way from the highest level of one state to the lowest of the next.
STOP_AT, START_AT, RUN_AT = 0.3, 0.5, 0.5
# Least ratio of two levels that a noisy plug can distinguish, such as walking and running.
APART = 1.1
# Watts below which any reading means off, and by which a moving belt at least exceeds a still one.
AWAKE = 1.0
# Watts by which electronics that are on at least exceed sleeping ones.
NOT_ASLEEP = 0.5
# Longest seconds between two reports of a fast plug.
FAST = 5.0


class Reporting(StrEnum):
    """Frequency of a plug's reports."""

    FAST = "fast"
    SLOW = "slow"
    ON_CHANGE = "on_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSample:
    """Levels reported while a treadmill was in one state, with their times."""

    levels: tuple[float, ...]
    times: tuple[datetime, ...]

    @property
    def low(self) -> float:
        """The 10th percentile of the levels."""
        return _share(self.levels, 0.1)

    @property
    def high(self) -> float:
        """The 90th percentile of the levels."""
        return _share(self.levels, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdProposal:
    """Proposed thresholds between the states, and their hold times in seconds."""

    standby: float
    start: float
    stop: float
    run: float | None
    start_hold: float
    stop_hold: float
    run_hold: float


def threshold_proposal(
    still: CalibrationSample,
    walk: CalibrationSample | None,
    run: CalibrationSample | None,
    asleep: CalibrationSample | None = None,
) -> ThresholdProposal | None:
    """Return thresholds between the states; None if the moving belt draws no more than a still one.

    A state that was not sampled is None; a sample without levels counts as None.
    """
    walk, run, asleep = (sample if sample and sample.levels else None for sample in (walk, run, asleep))
    slowest = walk or run
    if slowest is None or not still.levels or slowest.low <= max(still.high * APART, still.high + AWAKE):
        return None
    idle, way = still.high, slowest.low - still.high
    stop = _rounded(idle + STOP_AT * way)
    reporting, every = reporting_of([still, *(sample for sample in (walk, run, asleep) if sample)])
    start_hold, stop_hold, run_hold = HOLDS[reporting]
    return ThresholdProposal(
        standby=_standby(still, asleep, stop),
        stop=stop,
        start=_rounded(idle + START_AT * way),
        run=_between(walk, run) if walk and run else None,
        start_hold=start_hold if reporting is not Reporting.SLOW else max(start_hold, _whole(1.5 * every)),
        stop_hold=stop_hold if reporting is not Reporting.SLOW else max(stop_hold, _whole(2.5 * every)),
        run_hold=run_hold if reporting is not Reporting.SLOW else max(run_hold, _whole(1.5 * every)),
    )


def _standby(still: CalibrationSample, asleep: CalibrationSample | None, stop: float) -> float:
    """Return the level from which the electronics are on; where they can't be told from sleep, movement shows it."""
    if asleep is None:
        return _rounded(min(AWAKE, still.high / 2)) or min(AWAKE, stop)
    if still.low < max(asleep.high * APART, asleep.high + NOT_ASLEEP):
        return stop
    return _rounded((asleep.high + still.low) / 2)


def _between(walk: CalibrationSample, run: CalibrationSample) -> float | None:
    """Return the level at which running begins, None if it can't be distinguished from walking."""
    return _rounded(walk.high + RUN_AT * (run.low - walk.high)) if run.low > walk.high * APART else None


def reporting_of(samples: Sequence[CalibrationSample]) -> tuple[Reporting, float]:
    """Return the reporting of a plug, and its median interval in seconds."""
    gaps = [(later - one).total_seconds() for sample in samples for one, later in pairwise(sample.times)]
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
    """Return the level at a quantile, `share` being from 0 to 1."""
    return sorted(levels)[round(share * (len(levels) - 1))]


def _rounded(level: float) -> float:
    return round(level, 1)


def _whole(seconds: float) -> float:
    return float(round(seconds))
