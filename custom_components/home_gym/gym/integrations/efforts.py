"""Conversion of one effort of a service into an activity: sports by the user's list, implausible figures dropped."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import TypedDict, Unpack

from ..intake.objection import objection_to
from ..recordings.sports import classify, normal, says_indoors, surface
from ..runs.activity import Activity, Origin, RunningDynamics, Sport
from .model import ReadingContext

RUNS = (
    *("run", "running", "*_run", "*_running", "jog", "jogging", "treadmill"),
    *("laufen", "outdoor_lauf", "indoor_lauf", "laufband", "course", "course_à_pied"),
    *("carrera", "correr", "corrida", "corsa", "hardlopen"),
)
"""Default words for sports that count as a run, in the languages of the big watches."""

OTHERS = {
    Sport.WALK: frozenset({"walk", "walking", "hike", "hiking"}),
    Sport.STRENGTH: frozenset({"strength", "core", "weight", "weights", "lift"}),
    Sport.MOBILITY: frozenset({"yoga", "pilates", "flexibility", "stretching", "mobility"}),
}
MAX_DURATION = timedelta(days=3).total_seconds()
MAX_DISTANCE = 400_000
# Metres a second; the world's fastest sprinters are slower.
FASTEST = 12.5
CADENCE = (20, 300)
HEART_RATE = (25, 250)
STRONGEST = 3000
# Metres, and seconds: far beyond any runner's stride.
BOUNCE = (0.01, 0.5)
CONTACT = (0.05, 1.0)


def sport_of(word: str | None, runs: Iterable[str]) -> Sport:
    """Return the kind of effort of a service's word; only the words in the list are runs."""
    plain = normal(word)
    if any(fnmatchcase(plain, normal(pattern)) for pattern in runs):
        return Sport.RUN
    sport = classify(word)
    if sport not in (Sport.RUN, Sport.OTHER):
        return sport
    parts = set(plain.split("_"))
    return next((sport for sport, words in OTHERS.items() if words & parts), Sport.OTHER)


class EffortFigures(TypedDict, total=False):
    """Optional figures of an effort; see `Activity`."""

    elapsed_time: float | None
    moving_time: float | None
    distance: float | None
    cadence: float | None
    heart_rate: float | None
    max_heart_rate: float | None
    power: float | None
    dynamics: RunningDynamics | None
    device: str | None
    incomplete: bool


def effort(
    context: ReadingContext,
    service: str,
    *,
    word: str | None,
    start: datetime | None,
    sport: Sport | None = None,
    own_id: str | None = None,
    gear: str | None = None,
    **figures: Unpack[EffortFigures],
) -> list[Activity]:
    """Return the activity of an effort in a list, empty if its time is unknown or in the future.

    `word` is the service's own word for the sport, and determines it unless `sport` does. An implausible figure is
    dropped. Without an id of the service's own, the start is the id. `incomplete` marks an activity that must never
    replace a fuller report of the same effort.
    """
    if start is None:
        return []
    sport = sport or sport_of(word, context.runs)
    indoor = True if says_indoors(word) else None
    activity = Activity(
        sport=sport,
        sub_sport=word,
        start=start,
        indoor=indoor,
        surface=surface(sport, indoor, word),
        manufacturer=service,
        origin=Origin.ENTITY,
        origin_id=f"{service}:{own_id or start.isoformat(timespec='seconds')}",
        gear=f"{service}:{gear}" if gear else None,
        **figures,
    )
    believable = _believable(activity)
    return [believable] if objection_to(believable, context.now) is None else []


def distinct(activities: Iterable[Activity]) -> list[Activity]:
    """Return the first report of each activity, with the gear that any of its reports names."""
    found: dict[str, Activity] = {}
    for activity in activities:
        known = found.setdefault(activity.id, activity)
        if known.gear is None and activity.gear is not None:
            found[activity.id] = replace(known, gear=activity.gear)
    return list(found.values())


def _believable(activity: Activity) -> Activity:
    """Return an activity without its implausible figures."""
    elapsed_time, moving_time = (
        _within(activity.elapsed_time, 0, MAX_DURATION),
        _within(activity.moving_time, 0, MAX_DURATION),
    )
    time = moving_time or elapsed_time
    return replace(
        activity,
        elapsed_time=elapsed_time,
        moving_time=moving_time,
        distance=_within(activity.distance, 0, min(MAX_DISTANCE, time * FASTEST) if time else MAX_DISTANCE),
        cadence=_within(activity.cadence, *CADENCE),
        heart_rate=_within(activity.heart_rate, *HEART_RATE),
        max_heart_rate=_within(activity.max_heart_rate, *HEART_RATE),
        power=_within(activity.power, 0, STRONGEST),
        dynamics=_believable_stride(activity.dynamics),
    )


def _believable_stride(dynamics: RunningDynamics | None) -> RunningDynamics | None:
    if dynamics is None:
        return None
    stride = RunningDynamics(
        vertical_oscillation=_within(dynamics.vertical_oscillation, *BOUNCE),
        ground_contact_time=_within(dynamics.ground_contact_time, *CONTACT),
    )
    return None if stride == RunningDynamics() else stride


def _within(figure: float | None, least: float, most: float) -> float | None:
    """Return a figure within bounds, None for any other, 0 included."""
    return figure if figure and least <= figure <= most else None
