"""A run: what happened, as far as all that saw it can tell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .activity import Activity, CadenceProfile, Lap, Origin, RunningDynamics, Surface

TRUST = {origin: rank for rank, origin in enumerate(Origin)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, fused from the activities that saw it.

    Times are seconds, distance is metres, cadence is steps a minute of both feet. A figure that no activity carried is
    None; `distance_error` is what an estimated distance is usually off by. `activities` are the ids of what it was
    fused from, and any of them names the run. `day` is the day on the runner's own calendar on which it ended. `gear`
    is what the sources call the pair of shoes, the most trusted first.
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
    indoor: bool | None
    surface: Surface | None
    laps: tuple[Lap, ...]
    gear: tuple[str, ...] = ()

    @property
    def end(self) -> datetime:
        """The instant at which the run was over."""
        return self.start + timedelta(seconds=self.elapsed_time or self.moving_time or 0)

    @property
    def duration(self) -> float | None:
        """How long the runner ran, in seconds; pauses count only where nothing tells them apart."""
        return self.elapsed_time if self.moving_time is None else self.moving_time

    @property
    def distance_in_millimetres(self) -> int:
        """The distance as a whole number, so that sums of it are exact in any order."""
        return round((self.distance or 0) * 1000)


def run_of(activities: list[Activity], day: date) -> Run:
    """Return the run that these activities saw: each figure from the most trusted one that has it.

    The activities must not be empty and each must have a start; `day` is the runner's calendar day of the most trusted.
    """
    if len(activities) == 1:
        return _seen_by_one(activities[0], day)
    in_order = ranked(activities)

    def best[T](figure: Callable[[Activity], T | None]) -> T | None:
        for activity in in_order:
            if (value := figure(activity)) is not None:
                return value
        return None

    return Run(
        id=min(activity.id for activity in in_order),
        activities=frozenset(activity.id for activity in in_order),
        start=next(activity.start for activity in in_order if activity.start is not None),
        day=day,
        gear=tuple(dict.fromkeys(activity.gear for activity in in_order if activity.gear)),
        elapsed_time=best(lambda activity: activity.elapsed_time),
        moving_time=best(lambda activity: activity.moving_time),
        distance=best(lambda activity: activity.distance),
        distance_error=next((each.distance_error for each in in_order if each.distance is not None), None),
        cadence=best(lambda activity: activity.cadence),
        cadence_thirds=best(lambda activity: activity.cadence_thirds),
        cadence_profile=best(lambda activity: activity.cadence_profile),
        dynamics=best(lambda activity: activity.dynamics),
        heart_rate=best(lambda activity: activity.heart_rate),
        max_heart_rate=best(lambda activity: activity.max_heart_rate),
        indoor=best(lambda activity: activity.indoor),
        surface=best(lambda activity: activity.surface),
        laps=best(lambda activity: activity.laps or None) or (),
    )


def start_of(activity: Activity) -> datetime:
    """Return when an activity began; raises ValueError for one that is not dated."""
    if activity.start is None:
        raise ValueError("an activity without a start cannot be fused")
    return activity.start


def _seen_by_one(activity: Activity, day: date) -> Run:
    """Return the run of a lone activity, as most are."""
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
        indoor=activity.indoor,
        surface=activity.surface,
        laps=activity.laps,
    )


def ranked(activities: Iterable[Activity]) -> list[Activity]:
    """Return activities with the most trusted first."""
    found = list(activities)
    # Most runs were seen by one alone.
    return found if len(found) == 1 else sorted(found, key=trust)


def trust(activity: Activity) -> tuple[int, bool, str, str]:
    """Return a sort key that puts the most trusted activity first and leaves no order to chance."""
    start = activity.start.isoformat() if activity.start else ""
    return TRUST[activity.origin], activity.incomplete, start, activity.id
