"""Conversion of one effort of a service into an activity: sports by the user's list, figures by the common bounds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import TypedDict, Unpack

from ..intake.objection import objection_to
from ..recordings.sports import classify, doubtful, is_named, may_be_run, normal, says_indoors, surface
from ..runs.activity import Activity, Doubt, Origin, RunningDynamics, Sport
from ..runs.validation import believable
from .model import ReadingContext

RUNS = (
    *("run", "running", "*_run", "*_running", "jog", "jogging", "treadmill"),
    *("laufen", "outdoor_lauf", "indoor_lauf", "laufband", "course", "course_à_pied"),
    *("carrera", "correr", "corrida", "corsa", "hardlopen"),
)
"""Default words for sports that count as a run, in the languages of the big watches."""


def sport_of(word: str | None, runs: Iterable[str]) -> Sport:
    """Return the kind of effort of a service's word; with a list of the user's own, only its words are runs."""
    plain = normal(word)
    if any(fnmatchcase(plain, normal(pattern)) for pattern in runs):
        return Sport.RUN
    sport = classify(word)
    return Sport.OTHER if sport is Sport.RUN and tuple(runs) != RUNS else sport


def with_named_sport(recorded: Activity, word: str | None, runs: Iterable[str]) -> Activity:
    """Return a recording without a sport as one of the sport that the service names for it."""
    if recorded.doubt is not Doubt.NO_SPORT or not is_named(word):
        return recorded
    sport = sport_of(word, runs)
    indoor = True if says_indoors(word) else recorded.indoor
    where = surface(sport, indoor, word)
    return replace(recorded, sport=sport, sub_sport=word, indoor=indoor, surface=where, doubt=None, guess=None)


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
    """Return the activity of an effort in a list, empty if it can't be, or lies in the future.

    `word` is the service's own word for the sport, and determines it unless `sport` does. An impossible figure is
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
    if sport is Sport.OTHER and not is_named(word) and may_be_run(activity):
        activity = doubtful(activity, Doubt.NO_SPORT, is_named=False)
    return [believable(activity)] if objection_to(activity, context.now) is None else []


def distinct(activities: Iterable[Activity]) -> list[Activity]:
    """Return the first report of each activity, with the gear that any of its reports names."""
    found: dict[str, Activity] = {}
    for activity in activities:
        known = found.setdefault(activity.id, activity)
        if known.gear is None and activity.gear is not None:
            found[activity.id] = replace(known, gear=activity.gear)
    return list(found.values())
