"""Figures of a run beyond distance, time and cadence, flat, as entities, cards and actions show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from .activity import RunningDynamics
from .exertion import Exertion, HeartRateProfile, HeartRateZones
from .run import Run

ZONES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    """Figures of a run that its watch measured or computed, None for unknown ones.

    Heart rates are beats a minute, power is watts, lengths are metres, contact is seconds, shares are per cent. The
    scales of strain are those of `Exertion`; `session_load` is the perceived exertion times the minutes. `zones` are
    the seconds in the five heart-rate zones, empty if unknown.
    """

    heart_rate: float | None = None
    max_heart_rate: float | None = None
    power: float | None = None
    ascent: float | None = None
    descent: float | None = None
    step_length: float | None = None
    vertical_oscillation: float | None = None
    vertical_ratio: float | None = None
    ground_contact_time: float | None = None
    ground_contact_balance: float | None = None
    training_load: float | None = None
    aerobic_effect: float | None = None
    anaerobic_effect: float | None = None
    perceived_exertion: float | None = None
    session_load: float | None = None
    feel: float | None = None
    zones: tuple[float, ...] = ()
    zone_limits: tuple[float, ...] = ()
    runner_resting_heart_rate: float | None = None
    runner_max_heart_rate: float | None = None

    def zone(self, number: int) -> float | None:
        """Return the seconds in a heart-rate zone, counted from 1; None if unknown."""
        return self.zones[number - 1] if self.zones else None


def figures_of(run: Run) -> RunFigures:
    """Return the figures of a run."""
    dynamics, exertion = run.dynamics or RunningDynamics(), run.exertion or Exertion()
    heart_rates = run.heart_rate_profile or HeartRateProfile()
    return RunFigures(
        heart_rate=run.heart_rate,
        max_heart_rate=run.max_heart_rate,
        power=run.power,
        ascent=run.ascent,
        descent=run.descent,
        step_length=run.step_length,
        vertical_oscillation=dynamics.vertical_oscillation,
        vertical_ratio=dynamics.vertical_ratio,
        ground_contact_time=dynamics.ground_contact_time,
        ground_contact_balance=dynamics.ground_contact_balance,
        training_load=exertion.training_load,
        aerobic_effect=exertion.aerobic_effect,
        anaerobic_effect=exertion.anaerobic_effect,
        perceived_exertion=exertion.perceived,
        session_load=session_load(run),
        feel=exertion.feel,
        zones=_five(run.heart_rate_zones) if run.heart_rate_zones else (),
        zone_limits=run.heart_rate_zones.limits if run.heart_rate_zones else (),
        runner_resting_heart_rate=heart_rates.resting,
        runner_max_heart_rate=heart_rates.maximum,
    )


def session_load(run: Run) -> float | None:
    """Return the perceived exertion times the minutes (Foster 2001), None where either is unknown."""
    if run.exertion is None or run.exertion.perceived is None or not run.duration:
        return None
    return run.exertion.perceived * run.duration / 60


def heart_rates_of_watch(runs: Iterable[Run]) -> HeartRateProfile | None:
    """Return the resting and maximum heart rate of the first of some runs with both, or None."""
    for run in runs:
        known = run.heart_rate_profile
        if known and known.resting and known.maximum and known.resting < known.maximum:
            return known
    return None


def _five(zones: HeartRateZones) -> tuple[float, ...]:
    """Return the seconds in five zones, none for a watch with another number of them.

    Watches count the time below the first zone beside them, and some the time above the last, which is part of it.
    """
    match len(zones.seconds):
        case 5:
            return zones.seconds
        case 6:
            return zones.seconds[1:]
        case 7:
            return (*zones.seconds[1:5], zones.seconds[5] + zones.seconds[6])
        case _:
            return ()
