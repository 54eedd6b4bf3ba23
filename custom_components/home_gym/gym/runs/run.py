"""Runs: efforts fused from all activities that recorded them."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from .activity import Activity, CadenceProfile, Lap, LeftOut, Origin, RunningDynamics, Surface
from .exertion import Exertion, HeartRateProfile, HeartRateZones
from .validation import DYNAMICS

TRUST = {origin: rank for rank, origin in enumerate(Origin)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run, fused from its activities.

    Times are seconds, distance is metres, cadence is steps a minute of both feet. A figure that no activity carries is
    None; `distance_error` is the usual error of an estimated distance. Power is watts, ascent and descent are metres,
    `easy_parts` a warm-up and a cool-down derived from the course. `activities` are the ids of the fused
    activities, and any of them names the run. `day` is its first day on the runner's own calendar. `gear` has the
    sources' names for the pair of shoes, the most trusted first. `left_out` are stretches that the figures don't
    include.
    """

    id: str
    activities: frozenset[str]
    start: datetime
    day: date
    elapsed_time: float | None
    moving_time: float | None
    distance: float | None
    distance_error: float | None = None
    cadence: float | None
    cadence_thirds: tuple[float | None, float | None, float | None] | None = None
    cadence_profile: CadenceProfile | None = None
    dynamics: RunningDynamics | None = None
    heart_rate: float | None
    max_heart_rate: float | None = None
    power: float | None = None
    ascent: float | None = None
    descent: float | None = None
    exertion: Exertion | None = None
    heart_rate_zones: HeartRateZones | None = None
    heart_rate_profile: HeartRateProfile | None = None
    indoor: bool | None
    surface: Surface | None
    laps: tuple[Lap, ...]
    easy_parts: tuple[Lap, ...] = ()
    gear: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def end(self) -> datetime:
        """The end of the run."""
        return self.start + timedelta(seconds=self.elapsed_time or self.moving_time or 0)

    @property
    def duration(self) -> float | None:
        """Moving time in seconds, or the elapsed time if pauses are unknown."""
        return self.elapsed_time if self.moving_time is None else self.moving_time

    @property
    def step_length(self) -> float | None:
        """Metres of a step, as the watch or a pod measured it, else on average by distance, moving time and cadence."""
        if self.dynamics and self.dynamics.step_length:
            return self.dynamics.step_length
        if not (self.distance and self.moving_time and self.cadence):
            return None
        length = self.distance / (self.moving_time / 60 * self.cadence)
        return length if DYNAMICS["step_length"].include(length) else None

    @property
    def distance_in_millimetres(self) -> int:
        """The distance as a whole number, so that sums are exact in any order."""
        return round((self.distance or 0) * 1000)


def with_left_out(run: Run) -> Run:
    """Return a run with the stretches that its figures don't include."""
    if not run.left_out:
        return run
    start = min(run.start, *(stretch.start for stretch in run.left_out))
    end = max(run.end, *(stretch.end for stretch in run.left_out))
    distance = sum(stretch.distance for stretch in run.left_out)
    moving = sum(stretch.moving_time for stretch in run.left_out)
    return replace(
        run,
        start=start,
        elapsed_time=None if run.elapsed_time is None else (end - start).total_seconds(),
        moving_time=None if run.moving_time is None else run.moving_time + moving,
        distance=None if run.distance is None else run.distance + distance,
        left_out=(),
    )


def run_of(activities: list[Activity], day: date) -> Run:
    """Fuse activities into a run: each figure comes from the most trusted whole activity that has it, then from parts.

    A figure that a person edited at a service comes from there. `activities` must not be empty and each must have a
    start; `day` is the runner's calendar day of the most trusted.
    """
    if len(activities) == 1:
        return _seen_by_one(activities[0], day)
    parts = _parts_of(activities)
    in_order = best_first(activities, parts)

    def by_edit(name: str) -> list[Activity]:
        return sorted(in_order, key=lambda activity: name not in activity.edited or activity.id in parts)

    def best[T](figure: Callable[[Activity], T | None], trusted: Iterable[Activity] = in_order) -> T | None:
        for activity in trusted:
            if (value := figure(activity)) is not None:
                return value
        return None

    measured = [activity for activity in by_edit("distance") if activity.distance is not None]

    return Run(
        id=min(activity.id for activity in in_order),
        activities=frozenset(activity.id for activity in in_order),
        start=next(activity.start for activity in in_order if activity.start is not None),
        day=day,
        gear=tuple(dict.fromkeys(activity.gear for activity in in_order if activity.gear)),
        elapsed_time=best(lambda activity: activity.elapsed_time, by_edit("elapsed_time")),
        moving_time=best(lambda activity: activity.moving_time, by_edit("moving_time")),
        distance=best(lambda activity: activity.distance, measured),
        distance_error=next((each.distance_error for each in measured), None),
        cadence=best(lambda activity: activity.cadence),
        cadence_thirds=best(lambda activity: activity.cadence_thirds),
        cadence_profile=best(lambda activity: activity.cadence_profile),
        dynamics=_joined([activity.dynamics for activity in in_order]),
        heart_rate=best(lambda activity: activity.heart_rate),
        max_heart_rate=best(lambda activity: activity.max_heart_rate),
        power=best(lambda activity: activity.power),
        ascent=best(lambda activity: activity.ascent),
        descent=best(lambda activity: activity.descent),
        exertion=_joined([activity.exertion for activity in in_order]),
        heart_rate_zones=best(lambda activity: activity.heart_rate_zones),
        heart_rate_profile=_joined([activity.heart_rate_profile for activity in in_order]),
        indoor=best(lambda activity: activity.indoor),
        surface=best(lambda activity: activity.surface),
        laps=best(lambda activity: activity.laps or None) or (),
        easy_parts=best(lambda activity: activity.easy_parts or None) or (),
        left_out=next((each.left_out for each in measured), ()),
    )


def best_first(activities: list[Activity], parts: Container[str] | None = None) -> list[Activity]:
    """Return the activities of a run, the one with the best figures first: whole ones by trust, then parts.

    `parts` are the ids of those that are parts, if known.
    """
    # A part has the figures of a part only, however much it is trusted.
    found = _parts_of(activities) if parts is None else parts
    return sorted(ranked(activities), key=lambda activity: activity.id in found)


def _parts_of(activities: list[Activity]) -> set[str]:
    return {activity.id for activity in activities if _is_part(activity, activities)}


def _joined[T: (RunningDynamics, Exertion, HeartRateProfile)](given: Iterable[T | None]) -> T | None:
    """Return figures that stand together, each from the first that has it; None without any."""
    known = [part for part in given if part is not None]
    if len(known) < 2:
        return known[0] if known else None
    first = known[0]
    lacking = [field.name for field in fields(first) if getattr(first, field.name) is None]
    found = {
        name: next((figure for part in known if (figure := getattr(part, name)) is not None), None) for name in lacking
    }
    return replace(first, **found)


def _is_part(activity: Activity, activities: list[Activity]) -> bool:
    """Return whether another activity of the run happened at another time."""
    if activity.start is None:
        return False
    start, end = activity.span
    others = (other.span for other in activities if other is not activity and other.start is not None)
    return any(begin >= end or over <= start for begin, over in others)


def start_of(activity: Activity) -> datetime:
    """Return the start of an activity; raises ValueError for an undated one."""
    if activity.start is None:
        raise ValueError("an activity without a start cannot be fused")
    return activity.start


def _seen_by_one(activity: Activity, day: date) -> Run:
    """Return the run of a single activity, the most frequent case."""
    return Run(
        id=activity.id,
        activities=frozenset((activity.id,)),
        start=start_of(activity),
        day=day,
        gear=(activity.gear,) if activity.gear else (),
        elapsed_time=activity.elapsed_time,
        moving_time=activity.moving_time,
        distance=activity.distance,
        distance_error=activity.distance_error,
        cadence=activity.cadence,
        cadence_thirds=activity.cadence_thirds,
        cadence_profile=activity.cadence_profile,
        dynamics=activity.dynamics,
        heart_rate=activity.heart_rate,
        max_heart_rate=activity.max_heart_rate,
        power=activity.power,
        ascent=activity.ascent,
        descent=activity.descent,
        exertion=activity.exertion,
        heart_rate_zones=activity.heart_rate_zones,
        heart_rate_profile=activity.heart_rate_profile,
        indoor=activity.indoor,
        surface=activity.surface,
        laps=activity.laps,
        easy_parts=activity.easy_parts,
        left_out=activity.left_out,
    )


def ranked(activities: Iterable[Activity]) -> list[Activity]:
    """Return activities with the most trusted first."""
    found = list(activities)
    # Most runs have a single activity.
    return found if len(found) == 1 else sorted(found, key=trust)


def trust(activity: Activity) -> tuple[int, bool, str, str]:
    """Return the sort key of an activity: the most trusted first, in an order that is always the same."""
    start = activity.start.isoformat() if activity.start else ""
    return TRUST[activity.origin], activity.incomplete, start, activity.id
