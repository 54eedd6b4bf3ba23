"""Sports by their names in the recording formats."""

import re

from ..runs.activity import Sport, Surface

VAGUE = frozenset({"generic", "training", "fitness_equipment", "fitness", "workout", "other", "all", ""})
"""Words for a sport that are specified by the sub-sport only."""

SPORT_WORDS: dict[str, Sport] = (
    dict.fromkeys(
        (
            *("run", "running", "jog", "jogging", "9"),
            *("trail_run", "trail_running", "track_run", "track_running", "street_running", "road_running"),
            *("treadmill", "treadmill_run", "treadmill_running", "indoor_run", "indoor_running"),
            *("virtual_run", "virtual_running", "ultra_run", "ultra_running", "obstacle_run"),
        ),
        Sport.RUN,
    )
    | dict.fromkeys(
        (
            *("walk", "walking", "hike", "hiking", "4", "10"),
            *("indoor_walking", "casual_walking", "speed_walking", "treadmill_walking"),
        ),
        Sport.WALK,
    )
    | dict.fromkeys(
        ("strength", "strength_training", "weight_training", "core", "core_training"),
        Sport.STRENGTH,
    )
    | dict.fromkeys(
        (
            *("mobility", "yoga", "pilates", "flexibility", "flexibility_training"),
            *("stretching", "breathing", "breathwork"),
        ),
        Sport.MOBILITY,
    )
)
"""Sports by word, Strava's numbers in GPX files included; any other word is another sport."""

INDOORS = frozenset({"indoor", "treadmill", "virtual"})
TRAILS = frozenset({"trail", "hike", "hiking"})

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAPS = re.compile(r"[\s_-]+")


def normal(word: str | None) -> str:
    """Return a word for a sport in lower case, joined by underscores: "TrailRun" and "Trail run" are "trail_run"."""
    return _GAPS.sub("_", _CAMEL.sub("_", (word or "").strip())).lower()


def classify(sport: str | None, sub_sport: str | None = None) -> Sport:
    """Return the kind of effort; the sub-sport decides if the sport is vague."""
    sport, sub_sport = normal(sport), normal(sub_sport)
    return SPORT_WORDS.get(sub_sport if sport in VAGUE else sport, Sport.OTHER)


def says_indoors(*words: str | None) -> bool:
    """Return whether a word for the sport implies indoors."""
    return not INDOORS.isdisjoint(_parts(words))


def surface(sport: Sport, indoor: bool | None, *words: str | None) -> Surface | None:
    """Guess the surface of a run or walk; None without any hint."""
    if sport not in (Sport.RUN, Sport.WALK):
        return None
    parts = _parts(words)
    if "track" in parts or "indoor_running" in (normal(word) for word in words):
        return Surface.TRACK
    if indoor:
        return Surface.TREADMILL
    if not TRAILS.isdisjoint(parts):
        return Surface.TRAIL
    return None if indoor is None else Surface.ROAD


def _parts(words: tuple[str | None, ...]) -> frozenset[str]:
    """Return all parts of the words."""
    return frozenset(part for word in words for part in normal(word).split("_"))
