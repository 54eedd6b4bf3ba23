"""intervals.icu: its list of activities, and its calendar of planned workouts.

Distances are metres, times seconds, cadence is of one foot. Activities that came by Strava are stubs: by Strava's
terms the service names their id and start and nothing else.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from hashlib import blake2b
import json
from typing import Any

from ..recordings.sports import classify, normal, says_indoors, surface
from ..runs.activity import Activity, Origin, Sport
from ..runs.exertion import EASIEST, HARDEST, Exertion
from ..runs.validation import believable
from .figures import instant, metres, number, seconds, text
from .service_model import AnswerError, Listed, PlannedWorkout

SERVICE = "intervals_icu"
FIELDS = (
    *("id", "type", "name", "start_date", "start_date_local", "source", "gear", "file_type"),
    *("distance", "moving_time", "elapsed_time", "average_cadence", "average_heartrate", "max_heartrate"),
    *("average_watts", "total_elevation_gain", "icu_rpe", "feel", "trainer", "device_name"),
)
"""The fields to ask for; a whole row has about 180."""

STRAVA = "STRAVA"
ONE_FOOT = 120
# Steps from 1, strong, to 5, weak.
FEELINGS: Mapping[float, float] = {1: 100, 2: 75, 3: 50, 4: 25, 5: 0}
LONGEST_ID, LONGEST_TITLE = 40, 200


def account_of(answer: Any) -> tuple[str, str]:
    """Return the id and the name of the owner of a key; raises AnswerError."""
    shown = answer.get("athlete", answer) if isinstance(answer, Mapping) else None
    own_id = text(shown.get("id")) if isinstance(shown, Mapping) else None
    if own_id is None or not isinstance(shown, Mapping):
        raise AnswerError("an athlete was expected")
    return own_id, text(shown.get("name")) or own_id


def listed(answer: Any, zone: tzinfo) -> list[Listed]:
    """Return the activities of a list, without those that name no id or start; raises AnswerError."""
    return [found for row in _rows(answer) if (found := _listed(row, zone))]


def gear(answer: Any) -> dict[str, str]:
    """Return the names of the pairs that a list mentions, by their ids here; raises AnswerError."""
    shown = [row["gear"] for row in _rows(answer) if isinstance(row.get("gear"), Mapping)]
    return {
        f"{SERVICE}:{own_id}": text(each.get("name")) or own_id for each in shown if (own_id := text(each.get("id")))
    }


def planned(answer: Any, zone: tzinfo) -> list[PlannedWorkout]:
    """Return the planned runs of a calendar; raises AnswerError."""
    runs = (row for row in _rows(answer) if normal(text(row.get("category"))) == "workout")
    return [found for row in runs if classify(text(row.get("type"))) is Sport.RUN if (found := _planned(row, zone))]


def _rows(answer: Any) -> Sequence[Mapping[str, Any]]:
    if not isinstance(answer, list):
        raise AnswerError("a list was expected")
    return [row for row in answer if isinstance(row, Mapping)]


def _listed(row: Mapping[str, Any], zone: tzinfo) -> Listed | None:
    own_id = text(row.get("id"))
    start = instant(row.get("start_date"), UTC) or instant(row.get("start_date_local"), zone)
    if own_id is None or not own_id.isalnum() or len(own_id) > LONGEST_ID or start is None:
        return None
    is_stub = text(row.get("source")) == STRAVA and row.get("type") is None
    fields = json.dumps([row.get(name) for name in FIELDS], sort_keys=True, default=str)
    return Listed(
        id=own_id,
        start=start,
        stamp=blake2b(fields.encode(), digest_size=8).hexdigest(),
        activity=None if is_stub else _activity(row, own_id, start),
        is_stub=is_stub,
    )


def _activity(row: Mapping[str, Any], own_id: str, start: datetime) -> Activity:
    word = text(row.get("type"))
    sport = classify(word)
    indoor = True if row.get("trainer") is True or says_indoors(word) or normal(word) == "virtual_run" else None
    pair = row.get("gear")
    pair_id = text(pair.get("id")) if isinstance(pair, Mapping) else None
    cadence = number(row.get("average_cadence"))
    return believable(
        Activity(
            sport=sport,
            sub_sport=word,
            start=start,
            elapsed_time=seconds(row.get("elapsed_time")),
            moving_time=seconds(row.get("moving_time")),
            distance=metres(row.get("distance")),
            cadence=cadence * 2 if cadence and sport is Sport.RUN and cadence < ONE_FOOT else cadence,
            heart_rate=number(row.get("average_heartrate")),
            max_heart_rate=number(row.get("max_heartrate")),
            power=number(row.get("average_watts")) if sport is Sport.RUN else None,
            ascent=number(row.get("total_elevation_gain")),
            exertion=_exertion(row),
            indoor=indoor,
            surface=surface(sport, indoor, word),
            utc_offset=_offset(row, start),
            device=_short(row.get("device_name")),
            manufacturer=SERVICE,
            origin=Origin.CLOUD,
            origin_id=f"{SERVICE}:{own_id}",
            gear=f"{SERVICE}:{pair_id}" if pair_id else None,
            title=_short(row.get("name")),
        )
    )


def _exertion(row: Mapping[str, Any]) -> Exertion | None:
    perceived, feel = number(row.get("icu_rpe")), number(row.get("feel"))
    rated = perceived if perceived is not None and EASIEST <= perceived <= HARDEST else None
    felt = FEELINGS.get(feel) if feel is not None else None
    return Exertion(perceived=rated, feel=felt) if rated is not None or felt is not None else None


def _offset(row: Mapping[str, Any], start: datetime) -> int | None:
    """Return the seconds by which the place of an activity is ahead of UTC."""
    local = instant(row.get("start_date_local"), UTC) if instant(row.get("start_date"), UTC) else None
    return round((local - start).total_seconds()) if local else None


def _short(value: Any) -> str | None:
    named = text(value)
    return named[:LONGEST_TITLE] if named else None


def _planned(row: Mapping[str, Any], zone: tzinfo) -> PlannedWorkout | None:
    start = instant(row.get("start_date_local"), zone)
    if start is None:
        return None
    local = start.astimezone(zone)
    # The service has no days without a time: they begin at midnight.
    is_of_day = local.time() == time.min
    return PlannedWorkout(title=_short(row.get("name")) or "", start=local, is_of_day=is_of_day)
