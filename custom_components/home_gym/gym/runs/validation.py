"""Validation of activities: the bounds of their figures, the same for every source.

A figure beyond its bounds is dropped and the rest is kept. An activity with an impossible start, duration, distance or
speed is refused whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any

from ..bounds import is_instant
from .activity import Activity, CadenceProfile, Lap, LeftOut, Sport
from .exertion import HeartRateZones

ON_FOOT = frozenset({Sport.RUN, Sport.WALK})


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest possible value of a figure, both included."""

    least: float
    most: float

    def include(self, figure: float) -> bool:
        """Return whether a figure is possible; NaN never is."""
        return self.least <= figure <= self.most


LONGEST = timedelta(days=7).total_seconds()
"""Seconds of the longest effort; a longer one is a watch that was never stopped."""

FURTHEST_ON_FOOT = 500_000
"""Metres in one activity that no runner exceeds; six-day races are longer, in many stages."""

FURTHEST = 10_000_000
"""Metres in any activity: a quarter of the way around the world."""

MOST_ASCENT = 50_000
"""Metres of ascent or descent in one activity; a day's record is 27,000."""

CADENCE = Bounds(20, 300)
HEART_RATE = Bounds(25, 250)
POWER = Bounds(1, 3000)

FIGURES: Mapping[str, Bounds] = {
    "cadence": CADENCE,
    "heart_rate": HEART_RATE,
    "max_heart_rate": HEART_RATE,
    "power": POWER,
    "ascent": Bounds(0, MOST_ASCENT),
    "descent": Bounds(0, MOST_ASCENT),
    "utc_offset": Bounds(-12 * 3600, 14 * 3600),
    "distance_error": Bounds(0, FURTHEST_ON_FOOT),
}
"""Bounds of the figures that an activity can do without: steps and beats a minute, watts, metres, seconds."""

DYNAMICS: Mapping[str, Bounds] = {
    "vertical_oscillation": Bounds(0.01, 0.5),
    "ground_contact_time": Bounds(0.05, 1.0),
    "ground_contact_balance": Bounds(10, 90),
    "vertical_ratio": Bounds(1, 50),
    "step_length": Bounds(0.1, 3),
}
"""Bounds of stride figures: metres, seconds, per cent."""

EXERTION: Mapping[str, Bounds] = {
    "training_load": Bounds(0.1, 10_000),
    "aerobic_effect": Bounds(0, 5),
    "anaerobic_effect": Bounds(0, 5),
    "perceived": Bounds(0, 10),
    "feel": Bounds(0, 100),
}
"""Bounds of the figures of strain, on the scales of `Exertion`."""

HEART_RATE_PROFILE: Mapping[str, Bounds] = {"resting": Bounds(25, 120), "maximum": Bounds(100, 240)}
"""Bounds of the wearer's own heart rates, those of the options, in beats a minute."""

NESTED: Mapping[str, Mapping[str, Bounds]] = {
    "dynamics": DYNAMICS,
    "exertion": EXERTION,
    "heart_rate_profile": HEART_RATE_PROFILE,
}
"""Bounds of the figures that stand together in one attribute of an activity."""

FASTEST_ON_FOOT: tuple[tuple[float, float], ...] = ((0, 15.0), (100, 12.5), (1_000, 7.7), (5_000, 6.7))
"""Metres, and the speed in metres a second that no runner exceeds over as many or more.

World records and a margin, so that a bus at 40 km/h is no run.
"""

MOVING_TOLERANCE = 60
"""Seconds that rounding may add to a moving time beyond the elapsed time."""

LAP_TOLERANCE = 60
"""Seconds that a lap may begin before its session, or end after it."""

_LAP_FIGURES = attrgetter("elapsed_time", "moving_time", "distance", "cadence")
_OPTIONAL = attrgetter(*FIGURES)
_TEXTS = attrgetter("sub_sport", "device", "manufacturer", "serial_number", "origin_id", "gear")


class ImpossibleActivityError(ValueError):
    """An activity that can't have happened as recorded."""


def reach(seconds: float) -> float:
    """Return the metres that a runner can cover in some seconds; less than one second counts as one."""
    seconds = max(seconds, 1.0)
    limits = (*(metres for metres, _ in FASTEST_ON_FOOT[1:]), FURTHEST_ON_FOOT)
    return max(min(speed * seconds, limit) for (_, speed), limit in zip(FASTEST_ON_FOOT, limits, strict=True))


def is_possible_on_foot(metres: float, seconds: float | None) -> bool:
    """Return whether a runner can cover a distance in a time, None for an unknown one."""
    if not 0 <= metres <= FURTHEST_ON_FOOT:
        return False
    fastest = next(speed for least, speed in reversed(FASTEST_ON_FOOT) if metres >= least)
    return not seconds or metres <= fastest * seconds


def texts_of(activity: Activity) -> list[str]:
    """Return the texts of an activity: names, serial numbers, ids."""
    return [text for text in _TEXTS(activity) if text]


def believable(activity: Activity) -> Activity:
    """Return an activity without impossible figures and laps; the same one if all of them are possible.

    A distance that is too far, or too far for its time, stays: it makes the activity an impossible one.
    """
    changes = _figures(activity) | _times(activity)
    if activity.laps:
        changed = replace(activity, **changes) if changes else activity
        laps = tuple(lap for each in activity.laps if (lap := _lap(each, changed)) is not None)
        if laps != activity.laps:
            changes["laps"] = laps
    return replace(activity, **changes) if changes else activity


def check(activity: Activity) -> datetime:
    """Return the end of an activity; raises ImpossibleActivityError for an activity that can't be.

    The activity comes from `believable`.
    """
    if not is_instant(activity.start):
        raise ImpossibleActivityError(f"an instant in UTC was expected, not {activity.start}")
    if activity.distance is not None:
        _check_distance(activity, activity.distance)
    end = activity.end
    if end is None or not is_instant(end):
        raise ImpossibleActivityError(f"an end at {end}")
    return end


def _check_distance(activity: Activity, metres: float) -> None:
    if metres > FURTHEST:
        raise ImpossibleActivityError(f"a distance of {metres} m")
    seconds = activity.moving_time or activity.elapsed_time
    if activity.sport in ON_FOOT and not is_possible_on_foot(metres, seconds):
        raise ImpossibleActivityError(f"{metres:.0f} m in {seconds} s")


def _figures(activity: Activity) -> dict[str, Any]:
    """Return None for each optional figure that can't be."""
    changes: dict[str, Any] = {
        name: None
        for (name, bounds), figure in zip(FIGURES.items(), _OPTIONAL(activity), strict=True)
        if figure is not None and not bounds.include(figure)
    }
    if activity.distance is not None and not activity.distance > 0:
        changes["distance"] = None
    if (thirds := activity.cadence_thirds) and not all(third is None or CADENCE.include(third) for third in thirds):
        early, middle, late = (third if third is not None and CADENCE.include(third) else None for third in thirds)
        known = any(third is not None for third in (early, middle, late))
        changes["cadence_thirds"] = (early, middle, late) if known else None
    if (profile := activity.cadence_profile) and not _is_profile(profile):
        changes["cadence_profile"] = None
    for name, table in NESTED.items():
        if (part := getattr(activity, name)) is not None and (possible := _possible(part, table)) != part:
            changes[name] = possible
    if activity.heart_rate_zones and not _are_zones(activity.heart_rate_zones):
        changes["heart_rate_zones"] = None
    if activity.left_out and not all(map(_is_left_out, activity.left_out)):
        changes["left_out"] = ()
    return changes


def _possible[T](part: T, table: Mapping[str, Bounds]) -> T | None:
    """Return figures that stand together without the impossible ones, None if none is left."""
    figures = {name: getattr(part, name) for name in table}
    possible = {name: figure for name, figure in figures.items() if figure is not None and table[name].include(figure)}
    return type(part)(**possible) if possible else None


def _times(activity: Activity) -> dict[str, Any]:
    """Return the times that differ from the recorded ones: 0 is none, and moving is never longer than elapsed."""
    elapsed = activity.elapsed_time if _is_time(activity.elapsed_time) else None
    moving = activity.moving_time if _is_time(activity.moving_time) else None
    if elapsed and moving and moving > elapsed:
        moving = elapsed if moving <= elapsed + MOVING_TOLERANCE else None
    changes: dict[str, Any] = {}
    if elapsed != activity.elapsed_time:
        changes["elapsed_time"] = elapsed
    if moving != activity.moving_time:
        changes["moving_time"] = moving
    return changes


def _is_time(seconds: float | None) -> bool:
    return seconds is not None and 0 < seconds <= LONGEST


def _is_profile(profile: CadenceProfile) -> bool:
    return CADENCE.include(profile.lowest) and all(0 <= seconds <= LONGEST for seconds in profile.seconds)


def _are_zones(zones: HeartRateZones) -> bool:
    limits = zones.limits
    ascending = all(before < after for before, after in pairwise(limits))
    return ascending and all(map(HEART_RATE.include, limits)) and all(0 <= time <= LONGEST for time in zones.seconds)


def _is_left_out(stretch: LeftOut) -> bool:
    figures = (stretch.elapsed_time, stretch.moving_time, stretch.distance)
    return is_instant(stretch.start) and all(0 <= figure <= FURTHEST for figure in figures)


def _lap(lap: Lap, activity: Activity) -> Lap | None:
    """Return a lap without its impossible figures, or None for one outside its session."""
    elapsed, moving, distance, cadence = _LAP_FIGURES(lap)
    elapsed = elapsed if _is_time(elapsed) else None
    moving = moving if _is_time(moving) else None
    if distance is not None and not _is_lap_distance(activity, distance, moving or elapsed):
        distance = None
    cadence = cadence if cadence is not None and CADENCE.include(cadence) else None
    found = (elapsed, moving, distance, cadence)
    if found != _LAP_FIGURES(lap):
        lap = replace(lap, elapsed_time=elapsed, moving_time=moving, distance=distance, cadence=cadence)
    return lap if _is_inside(lap, activity) else None


def _is_lap_distance(activity: Activity, metres: float, seconds: float | None) -> bool:
    if not 0 < metres <= FURTHEST:
        return False
    return activity.sport not in ON_FOOT or is_possible_on_foot(metres, seconds)


def _is_inside(lap: Lap, activity: Activity) -> bool:
    """Return whether a lap lies in its session, as far as the session's times are known."""
    if activity.start is None or not is_instant(lap.start) or not is_instant(activity.start):
        return is_instant(lap.start)
    before = (activity.start - lap.start).total_seconds()
    if before > LAP_TOLERANCE:
        return False
    length = activity.elapsed_time or activity.moving_time
    if length is None or not 0 < length <= LONGEST:
        return True
    return (lap.elapsed_time or lap.moving_time or 0) - before <= length + LAP_TOLERANCE
