"""From what a row told to an activity, with the checks that no service does for us."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from ...runs.activity import FURTHEST_ON_FOOT, Activity, Origin, Sport, Surface
from ..errors import RecordingError, RecordingFault
from ..sports import surface
from ..text import LARGEST
from .names import Names

"""Metres that nobody covers in one go."""

FASTEST_ON_FOOT = 12.5
"""Metres a second; no mean of anybody is above the fastest sprint."""

MAX_DURATION = timedelta(days=7).total_seconds()
"""Seconds of the longest effort; a watch that was never stopped is not asked how long the run was."""

MAX_STEP_RATE = 300
MOST_BEATS = 300
MOST_WATTS = 3000

TIME_TOLERANCE = 60
"""Seconds by which a moving time may be longer than the time from start to end, by rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContext:
    """Whose rows are read: the names that are runs, and the zone of times that name none."""

    names: Names
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedActivity:
    """What a service tells of an activity, in SI units; figures may be anything yet.

    `id` is the service's own; where it gives none that lasts, start and end are the identity.
    """

    service: str
    id: str | None
    sport: Sport
    word: str | None
    start: datetime | None
    end: datetime | None = None
    elapsed_time: float | None = None
    moving_time: float | None = None
    distance: float | None = None
    cadence: float | None = None
    heart_rate: float | None = None
    max_heart_rate: float | None = None
    power: float | None = None
    indoor: bool | None = None
    surface: Surface | None = None
    device: str | None = None


def activity_of(told: PostedActivity) -> Activity:
    """Return the activity; raises RecordingError for one without a start, or with a time or distance that can't be."""
    if told.start is None:
        raise RecordingError(RecordingFault.NO_START, "no start that can be read")
    elapsed = told.elapsed_time
    if told.end is not None:
        elapsed = (told.end - told.start).total_seconds()
    elapsed, moving = _time(elapsed, "elapsed time"), _time(told.moving_time, "moving time")
    if elapsed and moving and moving > elapsed + TIME_TOLERANCE:
        moving = None
    elif elapsed and moving:
        moving = min(moving, elapsed)
    on_foot = told.sport in (Sport.RUN, Sport.WALK)
    distance = _figure(told.distance, FURTHEST_ON_FOOT if on_foot else LARGEST, "distance")
    if on_foot and distance and distance > FASTEST_ON_FOOT * (moving or elapsed or MAX_DURATION):
        raise RecordingError(RecordingFault.IMPOSSIBLE, f"{distance:.0f} m in {moving or elapsed} s")
    return Activity(
        sport=told.sport,
        sub_sport=told.word,
        start=told.start,
        elapsed_time=elapsed,
        moving_time=moving,
        distance=distance,
        cadence=_or_none(told.cadence, MAX_STEP_RATE) if on_foot else None,
        heart_rate=_or_none(told.heart_rate, MOST_BEATS),
        max_heart_rate=_or_none(told.max_heart_rate, MOST_BEATS),
        power=_or_none(told.power, MOST_WATTS),
        indoor=told.indoor,
        surface=told.surface or surface(told.sport, told.indoor, told.word),
        device=told.device,
        manufacturer=told.service,
        origin=Origin.CLOUD,
        origin_id=f"{told.service}/{told.id or _span(told)}",
    )


def fullest(activities: list[Activity]) -> list[Activity]:
    """Return one of all activities with the same id: the one that tells most; the first that came keeps the place."""
    best: dict[str, Activity] = {}
    for activity in activities:
        known = best.get(activity.id)
        best[activity.id] = activity if known is None or _told(activity) > _told(known) else known
    return list(best.values())


def _told(activity: Activity) -> int:
    """Return how many figures an activity has."""
    figures = (
        activity.elapsed_time,
        activity.moving_time,
        activity.distance,
        activity.cadence,
        activity.heart_rate,
        activity.max_heart_rate,
        activity.power,
    )
    return sum(figure is not None for figure in figures)


def _span(told: PostedActivity) -> str:
    """Return what tells an activity apart that has no id: when it began and ended."""
    instants = (instant.isoformat(timespec="seconds") if instant else "" for instant in (told.start, told.end))
    return "/".join(instants)


def _time(seconds: float | None, name: str) -> float | None:
    return _figure(seconds, MAX_DURATION, name)


def _figure(figure: float | None, most: float, name: str) -> float | None:
    """Return a figure that decides what a run is; 0 tells nothing, and one that can't be spoils the whole."""
    if figure is not None and not 0 <= figure <= most:
        raise RecordingError(RecordingFault.IMPOSSIBLE, f"{name}: {figure}")
    return figure or None


def _or_none(figure: float | None, most: float) -> float | None:
    """Return a figure beside the point; one that can't be is as good as none."""
    return figure if figure is not None and 0 < figure <= most else None
