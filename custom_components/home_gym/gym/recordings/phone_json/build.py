"""Conversion of posted rows into activities, with the checks that services don't make."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from ...runs.activity import FURTHEST_ON_FOOT, Activity, Origin, Sport, Surface
from ..errors import RecordingError, RecordingFault
from ..sports import surface
from ..text import LARGEST
from .names import Names

FASTEST_ON_FOOT = 12.5
"""Metres a second; the fastest sprint, which no mean speed exceeds."""

MAX_DURATION = timedelta(days=7).total_seconds()
"""Seconds of the longest effort; a longer one is a watch that was never stopped."""

MAX_STEP_RATE = 300
MOST_BEATS = 300
MOST_WATTS = 3000

TIME_TOLERANCE = 60
"""Seconds that rounding may add to a moving time beyond the time from start to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContext:
    """Settings for reading rows: the names of runs, and the zone of times without an offset."""

    names: Names
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedActivity:
    """An activity as posted by a service, in SI units, with unchecked figures.

    `id` is the service's own; without a lasting one, start and end are the identity.
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


def activity_of(posted: PostedActivity) -> Activity:
    """Return the activity; raises RecordingError for a missing start or an impossible time or distance."""
    if posted.start is None:
        raise RecordingError(RecordingFault.NO_START, "no start that can be read")
    elapsed = posted.elapsed_time
    if posted.end is not None:
        elapsed = (posted.end - posted.start).total_seconds()
    elapsed, moving = _time(elapsed, "elapsed time"), _time(posted.moving_time, "moving time")
    if elapsed and moving and moving > elapsed + TIME_TOLERANCE:
        moving = None
    elif elapsed and moving:
        moving = min(moving, elapsed)
    on_foot = posted.sport in (Sport.RUN, Sport.WALK)
    distance = _figure(posted.distance, FURTHEST_ON_FOOT if on_foot else LARGEST, "distance")
    if on_foot and distance and distance > FASTEST_ON_FOOT * (moving or elapsed or MAX_DURATION):
        raise RecordingError(RecordingFault.IMPOSSIBLE, f"{distance:.0f} m in {moving or elapsed} s")
    return Activity(
        sport=posted.sport,
        sub_sport=posted.word,
        start=posted.start,
        elapsed_time=elapsed,
        moving_time=moving,
        distance=distance,
        cadence=_or_none(posted.cadence, MAX_STEP_RATE) if on_foot else None,
        heart_rate=_or_none(posted.heart_rate, MOST_BEATS),
        max_heart_rate=_or_none(posted.max_heart_rate, MOST_BEATS),
        power=_or_none(posted.power, MOST_WATTS),
        indoor=posted.indoor,
        surface=posted.surface or surface(posted.sport, posted.indoor, posted.word),
        device=posted.device,
        manufacturer=posted.service,
        origin=Origin.CLOUD,
        origin_id=f"{posted.service}/{posted.id or _span(posted)}",
    )


def fullest(activities: list[Activity]) -> list[Activity]:
    """Return one of all activities with the same id: the one with the most figures, at the place of the first."""
    best: dict[str, Activity] = {}
    for activity in activities:
        known = best.get(activity.id)
        best[activity.id] = activity if known is None or _figure_count(activity) > _figure_count(known) else known
    return list(best.values())


def _figure_count(activity: Activity) -> int:
    """Return the number of figures of an activity."""
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


def _span(posted: PostedActivity) -> str:
    """Return the identity of an activity without an id: its start and end."""
    instants = (instant.isoformat(timespec="seconds") if instant else "" for instant in (posted.start, posted.end))
    return "/".join(instants)


def _time(seconds: float | None, name: str) -> float | None:
    return _figure(seconds, MAX_DURATION, name)


def _figure(figure: float | None, most: float, name: str) -> float | None:
    """Return an essential figure, None for 0; an impossible one rejects the whole activity."""
    if figure is not None and not 0 <= figure <= most:
        raise RecordingError(RecordingFault.IMPOSSIBLE, f"{name}: {figure}")
    return figure or None


def _or_none(figure: float | None, most: float) -> float | None:
    """Return an optional figure, None for an impossible one."""
    return figure if figure is not None and 0 < figure <= most else None
