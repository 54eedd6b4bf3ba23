"""Polar AccessLink: its list of exercises, and its description of a user.

Distances are metres, durations periods such as `PT44M10S`, starts local times beside the offset from UTC in minutes.
Words of a field's name are joined by underscores in the list, by hyphens in the description of a user.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b
import json
from typing import Any

from ..recordings.sports import classify, says_indoors, surface
from ..runs.activity import Activity, Origin, Sport
from ..runs.exertion import Exertion
from ..runs.validation import believable
from .figures import instant, metres, number, seconds, text
from .service_model import AnswerError, Listed

SERVICE = "polar_accesslink"
LISTED_FOR = timedelta(days=30)
"""Time after its upload for which an exercise is in the list."""

FIELDS = (
    *("id", "start_time", "start_time_utc_offset", "duration", "distance", "heart_rate", "device"),
    *("sport", "detailed_sport_info", "training_load_pro"),
)
"""The fields that count here."""

EXERTIONS = (
    *("RPE_NONE", "RPE_EASY", "RPE_LIGHT", "RPE_FAIRLY_BRISK", "RPE_BRISK"),
    *("RPE_MODERATE", "RPE_FAIRLY_HARD", "RPE_HARD", "RPE_EXHAUSTING", "RPE_EXTREME"),
)
"""Polar's words for the ratings from 1 to 10."""

LONGEST_ID, LONGEST_NAME = 40, 200
FARTHEST_OFFSET = 24 * 60


def account_of(answer: Any) -> tuple[str, str, datetime | None]:
    """Return the id, the name and the registration of a user; raises AnswerError."""
    own_id = text(answer.get("polar-user-id")) if isinstance(answer, Mapping) else None
    if own_id is None:
        raise AnswerError("a user was expected")
    names = (text(answer.get("first-name")), text(answer.get("last-name")))
    name = " ".join(filter(None, names))[:LONGEST_NAME]
    return own_id, name or own_id, instant(answer.get("registration-date"), UTC)


def listed(answer: Any) -> list[Listed]:
    """Return the exercises of a list, without those that name no id or start; raises AnswerError."""
    return [found for row in _rows(answer) if (found := _listed(row))]


def _rows(answer: Any) -> Sequence[Mapping[str, Any]]:
    if answer is None:
        # An empty answer stands for an empty list.
        return ()
    if not isinstance(answer, list):
        raise AnswerError("a list was expected")
    return [row for row in answer if isinstance(row, Mapping)]


def _listed(row: Mapping[str, Any]) -> Listed | None:
    own_id = text(row.get("id"))
    offset = _offset(row)
    start = instant(row.get("start_time"), timezone(timedelta(minutes=offset or 0)))
    if own_id is None or not _is_id(own_id) or start is None:
        return None
    fields = json.dumps([row.get(name) for name in FIELDS], sort_keys=True, default=str)
    return Listed(
        id=own_id,
        start=start,
        stamp=blake2b(fields.encode(), digest_size=8).hexdigest(),
        activity=_activity(row, own_id, start, offset),
    )


def _is_id(own_id: str) -> bool:
    """Return whether an id is safe in an address."""
    return own_id.replace("_", "").replace("-", "").isalnum() and own_id.isascii() and len(own_id) <= LONGEST_ID


def _offset(row: Mapping[str, Any]) -> int | None:
    """Return the minutes by which the place of an exercise is ahead of UTC."""
    minutes = number(row.get("start_time_utc_offset"))
    return round(minutes) if minutes is not None and abs(minutes) < FARTHEST_OFFSET else None


def _activity(row: Mapping[str, Any], own_id: str, start: datetime, offset: int | None) -> Activity:
    word = _word(text(row.get("sport")), text(row.get("detailed_sport_info")))
    sport = classify(word)
    indoor = True if says_indoors(word) else None
    heart = row.get("heart_rate")
    beats = heart if isinstance(heart, Mapping) else {}
    return believable(
        Activity(
            sport=sport,
            sub_sport=word,
            start=start,
            # The watch's own clock of the exercise, which stands still in pauses.
            moving_time=seconds(row.get("duration")),
            distance=metres(row.get("distance")),
            heart_rate=number(beats.get("average")),
            max_heart_rate=number(beats.get("maximum")),
            exertion=_exertion(row),
            indoor=indoor,
            surface=surface(sport, indoor, word) if sport is Sport.RUN else None,
            utc_offset=offset * 60 if offset is not None else None,
            device=_short(row.get("device")),
            manufacturer=SERVICE,
            origin=Origin.CLOUD,
            origin_id=f"{SERVICE}:{own_id}",
        )
    )


def _word(broad: str | None, detailed: str | None) -> str | None:
    """Return the more telling word for a sport: "RUNNING" for a race on a track, "TRAIL_RUNNING" for a trail."""
    return broad if detailed is None or classify(detailed) is Sport.OTHER is not classify(broad) else detailed


def _exertion(row: Mapping[str, Any]) -> Exertion | None:
    load = row.get("training_load_pro")
    rated = text(load.get("user-rpe")) if isinstance(load, Mapping) else None
    return Exertion(perceived=EXERTIONS.index(rated) + 1) if rated in EXERTIONS else None


def _short(value: Any) -> str | None:
    named = text(value)
    return named[:LONGEST_NAME] if named else None
