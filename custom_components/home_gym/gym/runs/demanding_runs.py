"""Demanding runs: long or hard enough for a check-in on the next morning.

A run is compared with the runner's own last weeks, so that steady runners are not asked. The thresholds are the
product's own choice of when to ask; none of them implies that a run did harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .load import LoadSettings, longest_run_in_per_cent, training_impulse
from .run import Run

# A run of this many times the usual distance or training impulse is long or hard.
DEMANDING_RATIO = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """The week's distance against the weeks before, in per cent, without and with a run; None without a base."""

    without: float | None
    included: float | None


def is_demanding(run: Run, before: Sequence[Run], ramp: Ramp, settings: LoadSettings) -> bool:
    """Return whether a run was long or hard, compared with the runs of the 30 days before it.

    A long run exceeds the longest of these by the threshold of the longest run, or is half as long again as their
    median. A hard run has half as much training impulse again as their median, or takes the week's distance past the
    threshold of the ramp; without heart rates, distance alone decides.
    """
    return _is_long(run, before, settings) or _is_hard(run, before, settings) or _passes(ramp, settings.ramp)


def _is_long(run: Run, before: Sequence[Run], settings: LoadSettings) -> bool:
    beyond = longest_run_in_per_cent(run.distance, before)
    known = [earlier.distance for earlier in before if earlier.distance]
    return (beyond is not None and beyond > settings.longest_run) or _is_demanding_figure(run.distance, known)


def _is_hard(run: Run, before: Sequence[Run], settings: LoadSettings) -> bool:
    known = [impulse for earlier in before if (impulse := training_impulse(earlier, settings))]
    return _is_demanding_figure(training_impulse(run, settings), known)


def _is_demanding_figure(figure: float | None, usual: Sequence[float]) -> bool:
    return figure is not None and bool(usual) and figure >= DEMANDING_RATIO * median(usual)


def _passes(ramp: Ramp, threshold: float) -> bool:
    """Return whether this very run took the week past a threshold: later runs of the week don't count again."""
    return (
        ramp.included is not None and ramp.included > threshold and (ramp.without is None or ramp.without <= threshold)
    )
