"""Conversion of posted rows into activities, by the bounds that hold for every source."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from ...runs.activity import Activity, Doubt, Origin, Sport, Surface, device_suffix
from ...runs.validation import ON_FOOT, ImpossibleActivityError, believable, check
from ..errors import RecordingError, RecordingFault
from ..sports import doubtful, is_named, may_be_run, surface
from .names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class PostContext:
    """Settings for reading rows: the names of runs, and the zone of times without an offset."""

    names: Names
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedActivity:
    """An activity as posted by a service, in SI units, with unchecked figures.

    `id` is the service's own; without a lasting one, start and end are the identity, and the device of a service for
    `several_devices`.
    """

    service: str
    id: str | None
    sport: Sport
    word: str | None
    title: str | None = None
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
    several_devices: bool = False


def activity_of(posted: PostedActivity) -> Activity:
    """Return the activity; raises RecordingError for a missing start or an impossible time or distance."""
    if posted.start is None:
        raise RecordingError(RecordingFault.NO_START, "no start that can be read")
    elapsed = posted.elapsed_time
    if posted.end is not None:
        elapsed = (posted.end - posted.start).total_seconds()
    activity = believable(_unchecked(posted, elapsed))
    if activity.sport is Sport.OTHER and not is_named(posted.word) and may_be_run(activity):
        activity = doubtful(activity, Doubt.NO_SPORT, posted.title, is_named=False)
    try:
        check(activity)
    except ImpossibleActivityError as error:
        raise RecordingError(RecordingFault.IMPOSSIBLE, str(error)) from error
    return activity


def _unchecked(posted: PostedActivity, elapsed: float | None) -> Activity:
    on_foot = posted.sport in ON_FOOT or not is_named(posted.word)
    return Activity(
        sport=posted.sport,
        sub_sport=posted.word,
        start=posted.start,
        elapsed_time=elapsed,
        moving_time=posted.moving_time,
        distance=posted.distance,
        cadence=posted.cadence if on_foot else None,
        heart_rate=posted.heart_rate,
        max_heart_rate=posted.max_heart_rate,
        power=posted.power,
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
    """Return the identity of an activity without an id: its start and end, and its device."""
    instants = (instant.isoformat(timespec="seconds") if instant else "" for instant in (posted.start, posted.end))
    span = "/".join(instants)
    return f"{span}{device_suffix(posted.device)}" if posted.several_devices else span
