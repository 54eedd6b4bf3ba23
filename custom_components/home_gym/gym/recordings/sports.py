"""Sports by their names, in all formats and languages, and by the numbers of each sender.

The words themselves are data, in `sport_words.json`: the names of each kind of effort, and the words that only qualify
one ("outdoor", "trail", "auf dem Laufband"). A recording without such a name is doubtful, with a guess by its pace and
its title.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
import json
import re
from unicodedata import normalize

from ..runs.activity import Activity, Doubt, Sport, Surface
from ..runs.validation import is_possible_on_foot
from .errors import RecordingError, RecordingFault

VAGUE = frozenset({"generic", "training", "fitness_equipment", "fitness", "workout", "other", "all", ""})
"""Words for a sport that are specified by the sub-sport only."""

_TREADMILL, _QUALIFIERS = "treadmill", "qualifiers"
_MORE_RUNS, _MORE_TREADMILLS = "more_runs", "more_treadmills"
_INDOORS, _TRAILS, _TRACKS, _NOT_INDOORS = "indoors", "trails", "tracks", "outdoors"
_OTHERS, _UNNAMED = "others", "unnamed"

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAPS = re.compile(r"[\s_\-–—/.,;:()\[\]]+")  # noqa: RUF001


def normal(word: str | None) -> str:
    """Return a word for a sport in lower case, joined by underscores: "TrailRun" and "Trail run" are "trail_run"."""
    plain = normalize("NFC", word or "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip()
    return _GAPS.sub("_", _CAMEL.sub("_", plain)).strip("_").casefold()


def _shipped() -> Mapping[str, tuple[str, ...]]:
    """Return the built-in words by meaning; they are part of the code, and read with it."""
    plain = json.loads(files(__package__).joinpath("sport_words.json").read_text(encoding="utf-8"))
    return {meaning: tuple(words) for meaning, words in plain.items()}


SHIPPED = _shipped()
RUN_NAMES = (*SHIPPED[Sport.RUN], *SHIPPED[_TREADMILL])
"""Names of runs, indoors and outdoors, that phones use; a runner can choose others."""

TREADMILLS = frozenset(map(normal, (*SHIPPED[_TREADMILL], *SHIPPED[_MORE_TREADMILLS])))
SPORT_OF_NAME: Mapping[str, Sport] = {
    normal(name): sport for sport in (Sport.MOBILITY, Sport.STRENGTH, Sport.WALK, Sport.RUN) for name in SHIPPED[sport]
} | dict.fromkeys((*map(normal, SHIPPED[_MORE_RUNS]), *TREADMILLS), Sport.RUN)
QUALIFIERS = frozenset(map(normal, SHIPPED[_QUALIFIERS]))
INDOORS, TRAILS, TRACKS, OUTDOORS = (
    frozenset(map(normal, SHIPPED[meaning])) for meaning in (_INDOORS, _TRAILS, _TRACKS, _NOT_INDOORS)
)
OTHERS = frozenset(map(normal, SHIPPED[_OTHERS]))
UNNAMED = frozenset({"", *map(normal, SHIPPED[_UNNAMED])})
"""Words in place of a name."""
# The longest first, so that "treadmillrunning" is not read as "tread".
_ATOMS = sorted(
    {word for word in (*SPORT_OF_NAME, *QUALIFIERS) if "_" not in word and len(word) > 2}, key=len, reverse=True
)
_COMPOUND = re.compile(f"(?:{'|'.join(map(re.escape, _ATOMS))})+")
_ATOM = re.compile("|".join(map(re.escape, _ATOMS)))

HEALTH_CONNECT_NUMBERS: Mapping[int, str] = {
    13: "calisthenics",
    33: "guided_breathing",
    37: "hiking",
    48: "pilates",
    56: "running",
    57: "treadmill_running",
    70: "strength_training",
    71: "stretching",
    79: "walking",
    81: "weight_training",
    83: "yoga",
}
"""Android's numbers for the exercises used here; `OTHER_NUMBER` stands for all others."""

POLAR_NUMBERS: Mapping[int, str] = {
    1: "running",
    3: "walking",
    4: "jogging",
    9: "nordic_walking",
    11: "hiking",
    15: "strength_training",
    17: "treadmill_running",
    19: "road_running",
    27: "trail_running",
    33: "yoga",
    65: "pilates",
    66: "stretching",
}
"""Polar's numbers for the sports used here."""

STRAVA_NUMBERS: Mapping[int, str] = {4: "hike", 9: "run", 10: "walk"}
"""Strava's numbers in GPX files, for the sports used here."""

OTHER_NUMBER = "other"

SLOWEST_RUN, FASTEST_GUESS = 1.9, 4.5
"""Metres a second of a recording that is probably a run: slower is a walk, faster may be a ride."""

SLOWEST_WALK = 0.5
"""Metres a second of a walk; slower is standing about."""

LONGEST_TITLE = 200
"""Characters kept of a title."""

FAULTS: Mapping[Doubt | None, RecordingFault] = {
    Doubt.BROKEN_OFF: RecordingFault.DAMAGED,
    Doubt.NO_SPORT: RecordingFault.NO_SPORT,
}
"""Faults of recordings in place of a question about them."""


def word_of_number(number: str | float | None, words: Mapping[int, str]) -> str | None:
    """Return a sender's word for its number of a sport, `OTHER_NUMBER` for another number, None for no number."""
    try:
        found = -1 if number is None else int(number)
    except ValueError, OverflowError:
        return None
    return words.get(found, OTHER_NUMBER) if 0 <= found < 1000 else None


def classify(sport: str | None, sub_sport: str | None = None) -> Sport:
    """Return the kind of effort; the sub-sport decides if the sport is vague."""
    if normal(sport) not in VAGUE:
        return _classified(sport)
    # As a sub-sport, a trail may be hiked or cycled.
    return Sport.OTHER if normal(sub_sport) == "trail" else _classified(sub_sport)


@lru_cache(maxsize=512)
def _classified(word: str | None) -> Sport:
    key = normal(word)
    return SPORT_OF_NAME.get(key) or _qualified(key)


def _qualified(key: str) -> Sport:
    """Return the one sport that a name's words mean, apart from those that qualify it; another sport without one."""
    found: set[Sport] = set()
    for part in _parts_of(key):
        if sport := SPORT_OF_NAME.get(part):
            # The belt says where; "walking on a treadmill" is a walk.
            found |= {sport} - ({Sport.RUN} if part in TREADMILLS else set())
        elif part not in QUALIFIERS:
            return Sport.OTHER
    if not found and any(part in TREADMILLS for part in _parts_of(key)):
        return Sport.RUN
    return found.pop() if len(found) == 1 else Sport.OTHER


@lru_cache(maxsize=512)
def _parts_of(key: str) -> tuple[str, ...]:
    """Return the known words in a name, compound ones taken apart, and its other parts as they are."""
    parts: list[str] = []
    for part in key.split("_"):
        is_compound = part not in SPORT_OF_NAME and part not in QUALIFIERS and _COMPOUND.fullmatch(part)
        parts += _ATOM.findall(part) if is_compound else [part]
    return tuple(parts)


def is_named(word: str | None) -> bool:
    """Return whether a word names a sport, known or not."""
    return normal(word) not in UNNAMED


def sport_in(title: str | None) -> Sport | None:
    """Return the one sport that a title mentions, as in "Morning run by the river"; None without one."""
    words = f"_{normal(title)}_"
    found = {sport for name, sport in SPORT_OF_NAME.items() if f"_{name}_" in words}
    found |= {sport for part in _parts_of(normal(title)) if (sport := SPORT_OF_NAME.get(part))}
    if any(f"_{name}_" in words for name in OTHERS):
        found.add(Sport.OTHER)
    return found.pop() if len(found) == 1 else None


def says_indoors(*words: str | None) -> bool:
    """Return whether a word for the sport implies indoors."""
    return any(_is_of(word, INDOORS) or normal(word) in TREADMILLS for word in words)


def says_outdoors(word: str | None) -> bool:
    """Return whether a word for the sport implies outdoors."""
    return _is_of(word, OUTDOORS)


def surface(sport: Sport, indoor: bool | None, *words: str | None) -> Surface | None:
    """Guess the surface of a run or walk; None without any hint."""
    if sport not in (Sport.RUN, Sport.WALK):
        return None
    if any(_is_of(word, TRACKS) for word in words) or "indoor_running" in map(normal, words):
        return Surface.TRACK
    if indoor:
        return Surface.TREADMILL
    if any(_is_of(word, TRAILS) for word in words):
        return Surface.TRAIL
    return None if indoor is None else Surface.ROAD


def _is_of(word: str | None, meanings: frozenset[str]) -> bool:
    key = normal(word)
    return key in meanings or not meanings.isdisjoint(_parts_of(key))


def doubtful(activity: Activity, doubt: Doubt, title: str | None = None, *, is_named: bool = True) -> Activity:
    """Return an activity as a doubtful one: of no sport, with a guess; `is_named` means that it was named a run.

    The activity has the figures of a run, if it can be one.
    """
    title = (title or "").strip()[:LONGEST_TITLE] or None
    return replace(
        activity,
        sport=Sport.OTHER,
        sub_sport=None,
        doubt=doubt,
        guess=Sport.RUN if is_named else guess(activity, title),
        title=title,
        incomplete=activity.incomplete or doubt is not Doubt.NO_SPORT,
    )


def without_sport(read: Callable[[Sport], Activity], title: str | None = None) -> Activity:
    """Return the activity of a recording that names no sport: a doubtful one, unless nobody can have run it.

    `read` reads its figures as those of a sport.
    """
    activity = read(Sport.RUN)
    return doubtful(activity, Doubt.NO_SPORT, title, is_named=False) if may_be_run(activity) else read(Sport.OTHER)


def may_be_run(activity: Activity) -> bool:
    """Return whether a runner can have covered most of an activity that was read as a run."""
    ridden = sum(stretch.distance for stretch in activity.left_out)
    metres = activity.distance or 0
    return is_possible_on_foot(metres, activity.duration) and ridden <= metres


def broken_off(activities: Iterable[Activity]) -> list[Activity]:
    """Return the runs of a document that ends in the middle, and its activities of no sport, as doubtful activities."""
    return [
        replace(each, doubt=Doubt.BROKEN_OFF, incomplete=True) if each.doubt else doubtful(each, Doubt.BROKEN_OFF)
        for each in activities
        if each.doubt or each.sport is Sport.RUN
    ]


def certain(activities: Sequence[Activity]) -> list[Activity]:
    """Return the activities of a whole recording; raises RecordingError if only doubtful ones of a part are left."""
    found = [activity for activity in activities if not (activity.doubt and activity.incomplete)]
    if not found:
        for activity in activities:
            if fault := FAULTS.get(activity.doubt):
                raise RecordingError(fault, f"doubtful: {activity.doubt}")
    return found


def guess(activity: Activity, title: str | None = None) -> Sport | None:
    """Return the sport that a recording's pace and title suggest, None where they say nothing."""
    metres, seconds = activity.distance, activity.duration
    if named := sport_in(title):
        return named
    if not metres or not seconds:
        return None
    speed = metres / seconds
    if speed > FASTEST_GUESS or speed < SLOWEST_WALK:
        return None
    return Sport.RUN if speed >= SLOWEST_RUN else Sport.WALK
