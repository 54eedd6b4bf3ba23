"""Running form, as measured by watches: cadence, its fade, and the stride.

170 to 180 steps a minute is a rule of thumb: taller and slower runners take fewer steps. Knees and hips are relieved
by 5 to 10 % more than one's own cadence (Heiderscheit and others, Med Sci Sports Exerc 2011;43:296-302), so a runner
with a baseline is compared with that. None of the thresholds here is a proof of harm: each picks the cue that fits the
measurements.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from .activity import Lap
from .run import Run

ABOVE_BASELINE = 1.05
# As wide as from 170 to 180.
HALF_A_BAND = 5.0
BASELINE_RUNS = 20

# Loss of a tired stride, in per cent of the first third's cadence.
FADES_FROM = 3.0
# Metres, seconds, and per cent of both feet: high, long and uneven by the standards of coaches and watch makers.
BOUNCES_FROM = 0.10
LONG_CONTACT_FROM = 0.300
UNEVEN_FROM = 1.5
EVEN = 50.0


class CadenceVerdict(StrEnum):
    """Position of a run's cadence relative to the runner's band."""

    BELOW = "below"
    IN_BAND = "in_band"
    ABOVE = "above"


class Cue(StrEnum):
    """Form cue for the next run."""

    CADENCE = "cadence"
    CHEST = "chest"
    LEAN = "lean"
    LANDING = "landing"
    SHOULDERS = "shoulders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Target range of the cadence, in steps a minute, both ends included."""

    low: float = 170
    high: float = 180

    def covers(self, cadence: float) -> bool:
        """Return whether a cadence lies in the band."""
        return self.low <= cadence <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of one run.

    `in_band` is the share of the time in the band, in per cent; `fade` is the loss of cadence from the first to the
    last third, in per cent, negative for a run that got quicker. Vertical oscillation is metres, ground contact
    seconds, its balance the left foot's share in per cent. A figure that was not measured is None.
    """

    cadence: float | None = None
    verdict: CadenceVerdict | None = None
    in_band: float | None = None
    fade: float | None = None
    vertical_oscillation: float | None = None
    ground_contact_time: float | None = None
    ground_contact_balance: float | None = None


def band_around(baseline: float) -> Band:
    """Return the target band for a runner's baseline cadence."""
    target = baseline * ABOVE_BASELINE
    return Band(low=target - HALF_A_BAND, high=target + HALF_A_BAND)


def own_cadence(runs: Iterable[Run]) -> float | None:
    """Return the median cadence of the runner's first runs with a cadence, as a suggested baseline."""
    known = [run.cadence for run in runs if run.cadence][:BASELINE_RUNS]
    return median(known) if known else None


def form_of(run: Run, band: Band) -> Form:
    """Return the form of a run."""
    dynamics = run.dynamics
    return Form(
        cadence=run.cadence,
        verdict=_verdict(run.cadence, band),
        in_band=_share_in_band(run, band),
        fade=_fade(run),
        vertical_oscillation=dynamics.vertical_oscillation if dynamics else None,
        ground_contact_time=dynamics.ground_contact_time if dynamics else None,
        ground_contact_balance=dynamics.ground_contact_balance if dynamics else None,
    )


def cue_after(form: Form, turn: int) -> Cue:
    """Return the cue for the next run: the `turn`-th of those that fit the measurements, or of all if none fits."""
    balance = form.ground_contact_balance
    fitting = {
        Cue.CADENCE: form.verdict is CadenceVerdict.BELOW,
        Cue.CHEST: form.fade is not None and form.fade >= FADES_FROM,
        Cue.LANDING: form.ground_contact_time is not None and form.ground_contact_time >= LONG_CONTACT_FROM,
        Cue.LEAN: form.vertical_oscillation is not None and form.vertical_oscillation >= BOUNCES_FROM,
        Cue.SHOULDERS: balance is not None and abs(balance - EVEN) >= UNEVEN_FROM,
    }
    cues = [cue for cue, fits in fitting.items() if fits] or list(Cue)
    return cues[turn % len(cues)]


def _verdict(cadence: float | None, band: Band) -> CadenceVerdict | None:
    if cadence is None:
        return None
    if cadence < band.low:
        return CadenceVerdict.BELOW
    return CadenceVerdict.ABOVE if cadence > band.high else CadenceVerdict.IN_BAND


def _share_in_band(run: Run, band: Band) -> float | None:
    """Return the share of the time in the band, in per cent, by the recording's points or else by its laps."""
    if run.cadence_profile:
        return run.cadence_profile.share_between(band.low, band.high)
    timed = [(cadence, time) for lap in run.laps if (cadence := lap.cadence) and (time := _time_of(lap))]
    total = sum(time for _, time in timed)
    return 100 * sum(time for cadence, time in timed if band.covers(cadence)) / total if total else None


def _time_of(lap: Lap) -> float:
    return lap.moving_time or lap.elapsed_time or 0


def _fade(run: Run) -> float | None:
    first, _, last = run.cadence_thirds or (None, None, None)
    if not first or last is None:
        return None
    return 100 * (first - last) / first
