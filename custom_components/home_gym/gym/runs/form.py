"""Running form, as measured by watches: cadence, its fade, and the stride.

170 to 180 steps a minute is a rule of thumb: taller and slower runners take fewer steps. Knees and hips are relieved
by 5 to 10 % more than one's own cadence (Heiderscheit and others, Med Sci Sports Exerc 2011;43:296-302), so a runner
with a baseline is compared with that. None of the thresholds here is a proof of harm: each picks the cue that fits the
measurements.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from statistics import median

from .activity import Lap
from .run import Run
from .run_history import RunHistory

ABOVE_BASELINE = 1.05
# As wide as from 170 to 180.
HALF_A_BAND = 5.0
# As quick as the usual band asks for: a raised target stops here.
QUICK_ENOUGH = 180.0
BASELINE_RUNS = 20
# Runs from which a baseline is known.
FEWEST_BASELINE_RUNS = 10
# Runs in a row with the same cue.
SAME_CUE = 3

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


class CheckedCue(StrEnum):
    """Form cue that no watch can choose, only a form check."""

    HIPS = "hips"
    WIDTH = "width"


type AnyCue = Cue | CheckedCue
"""A form cue of any kind."""


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
    """Return the target band for a runner's baseline cadence: around 5 % more, unless that is quick already."""
    target = max(baseline, min(baseline * ABOVE_BASELINE, QUICK_ENOUGH))
    return Band(low=target - HALF_A_BAND, high=target + HALF_A_BAND)


def own_cadence(runs: Iterable[Run]) -> float | None:
    """Return the median cadence of the runner's first runs with a cadence, as a suggested baseline."""
    known = list(islice((run.cadence for run in runs if run.cadence), BASELINE_RUNS))
    return median(known) if known else None


class CadenceBand:
    """The band of one runner, cached until a run changes."""

    def __init__(self, chosen: Band, runs: RunHistory, *, follows_own: bool) -> None:
        """Watch these runs; `follows_own` prefers the runner's own cadence to the usual band, though not to another."""
        self._chosen = chosen
        self._runs = runs
        self._follows_own = follows_own and chosen == Band()
        self._known: tuple[int, Band] = -1, chosen

    @property
    def current(self) -> Band:
        """The band, around the runner's own cadence once that is known from `FEWEST_BASELINE_RUNS` runs."""
        if self._follows_own and self._known[0] != self._runs.changes:
            known = list(islice((run for run in self._runs.all() if run.cadence), BASELINE_RUNS))
            own = own_cadence(known) if len(known) >= FEWEST_BASELINE_RUNS else None
            self._known = self._runs.changes, self._chosen if own is None else band_around(own)
        return self._known[1]


def form_of(run: Run, band: Band) -> Form:
    """Return the form of a run."""
    dynamics = run.dynamics
    return Form(
        cadence=run.cadence,
        verdict=verdict_of(run.cadence, band),
        in_band=_share_in_band(run, band),
        fade=_fade(run),
        vertical_oscillation=dynamics.vertical_oscillation if dynamics else None,
        ground_contact_time=dynamics.ground_contact_time if dynamics else None,
        ground_contact_balance=dynamics.ground_contact_balance if dynamics else None,
    )


def is_fading(form: Form) -> bool:
    """Return whether the form of a run faded: a cadence below the band, or one that fell by the last third."""
    return form.verdict is CadenceVerdict.BELOW or (form.fade is not None and form.fade >= FADES_FROM)


def next_cue(form: Form, lately: Sequence[AnyCue], chosen: AnyCue | None = None) -> AnyCue:
    """Return the cue for the next run: of those that fit the measurements, or of all if none fits, the next in turn.

    `lately` has the earlier cues, the latest last; `chosen` is that of a form check and comes first. A lone one that
    fits has a break after `SAME_CUE` runs.
    """
    balance = form.ground_contact_balance
    fitting = {
        Cue.CADENCE: form.verdict is CadenceVerdict.BELOW,
        Cue.CHEST: form.fade is not None and form.fade >= FADES_FROM,
        Cue.LANDING: form.ground_contact_time is not None and form.ground_contact_time >= LONG_CONTACT_FROM,
        Cue.LEAN: form.vertical_oscillation is not None and form.vertical_oscillation >= BOUNCES_FROM,
        Cue.SHOULDERS: balance is not None and abs(balance - EVEN) >= UNEVEN_FROM,
    }
    # Above the band, quicker steps are the last thing to ask for.
    suitable = [cue for cue in Cue if not (cue is Cue.CADENCE and form.verdict is CadenceVerdict.ABOVE)]
    cues: list[AnyCue] = [cue for cue, fits in fitting.items() if fits] or [*suitable]
    if chosen is not None and (isinstance(chosen, CheckedCue) or chosen in suitable):
        cues = [chosen]
    if [*lately[-SAME_CUE:]] == cues * SAME_CUE:
        cues = [cue for cue in suitable if cue not in cues]
    return least_recent(cues, lately)


def least_recent(cues: Sequence[AnyCue], lately: Sequence[AnyCue]) -> AnyCue:
    """Return the cue that was given least recently, the first of several that never were."""
    places = {cue: place for place, cue in enumerate(lately)}
    return min(cues, key=lambda cue: places.get(cue, -1))


def verdict_of(cadence: float | None, band: Band) -> CadenceVerdict | None:
    """Return the position of a cadence relative to a band, None for an unknown one."""
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
