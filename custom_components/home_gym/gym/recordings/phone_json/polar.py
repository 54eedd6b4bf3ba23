"""Training sessions in the export of a Polar account, one document each.

Exports of 2026 have `durationMillis`, `distanceMeters` and the sport as a number; those of earlier years `duration` as
a period, `distance` and the sport's name. Starts are local, with the offset in minutes beside them. A session of
several sports has an exercise for each.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta, timezone, tzinfo
from math import isfinite
import re

from ...runs.activity import Sport
from ..samples import steps
from ..sports import POLAR_NUMBERS, classify, says_indoors, word_of_number
from .build import PostContext, PostedActivity
from .row import Row
from .values import Json

SERVICE = "polar"
EXERCISES = "exercises"
SESSION = "polar_session"

_PERIOD = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_STATISTIC = "STATISTICS_TYPE_"


def is_training_session(document: Mapping[str, Json]) -> bool:
    """Return whether a document is a training session."""
    has_length = any(document.get(name) is not None for name in ("durationMillis", "duration", "stopTime"))
    return isinstance(document.get(EXERCISES), list) and document.get("startTime") is not None and has_length


def exercises_of(document: Mapping[str, Json]) -> Iterator[Json]:
    """Yield the exercises of a session, each with the figures of the session where it has none of its own.

    An only exercise is the session itself.
    """
    listed = document.get(EXERCISES)
    exercises = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    session = {name: value for name, value in document.items() if name != EXERCISES}
    if len(exercises) < 2:
        only: dict[str, Json] = exercises[0] if exercises else {}
        yield {**only, **session, SESSION: ""}
        return
    shared: dict[str, Json] = {name: session[name] for name in ("identifier", "product", "deviceId") if name in session}
    for number, exercise in enumerate(exercises, 1):
        yield {**shared, **exercise, SESSION: f"/{number}"}


def is_exercise(row: Row) -> bool:
    """Return whether a row comes from `exercises_of`."""
    return SESSION in row.values


def read_exercise(row: Row, context: PostContext) -> PostedActivity:
    """Return an exercise; its cadence is of one foot."""
    zone = _zone(row) or context.zone
    start, end = row.instant("startTime", zone=zone), row.instant("stopTime", zone=zone)
    word = _word(row)
    own_id = row.part("identifier").text("id")
    part = row.text(SESSION) or ""
    return PostedActivity(
        service=SERVICE,
        id=f"{own_id}{part}" if own_id else None,
        sport=classify(word),
        word=word,
        start=start,
        end=end,
        moving_time=_duration(row),
        distance=row.number("distanceMeters", "distance"),
        cadence=_cadence(row),
        heart_rate=row.number("hrAvg", "averageHeartRate") or _heart_rate(row, "avg"),
        max_heart_rate=row.number("hrMax", "maximumHeartRate") or _heart_rate(row, "max"),
        power=_statistic(row, "POWER", "avg"),
        indoor=says_indoors(word) or (False if classify(word) is Sport.RUN else None),
        device=row.part("product").text("modelName"),
    )


def _word(row: Row) -> str | None:
    """Return the sport's word: Polar's name, or the name of its number."""
    number = row.part("sport").number("id") if row.part("sport").values else row.number("sport")
    return word_of_number(number, POLAR_NUMBERS) or row.text("sport")


def _zone(row: Row) -> tzinfo | None:
    minutes = row.number("timezoneOffsetMinutes", "timezoneOffset", "timeZoneOffset")
    if minutes is None or not isfinite(minutes) or abs(minutes) >= 24 * 60:
        return None
    return timezone(timedelta(minutes=minutes))


def _duration(row: Row) -> float | None:
    """Return the seconds of recording, pauses excluded."""
    if (milliseconds := row.number("durationMillis")) is not None:
        return milliseconds / 1000
    period = _PERIOD.fullmatch(row.text("duration") or "")
    if period is None or not any(period.groups()):
        return None
    parts = (float(part or 0) for part in period.groups())
    return sum(part * size for part, size in zip(parts, (86400, 3600, 60, 1), strict=True))


def _heart_rate(row: Row, figure: str) -> float | None:
    return row.part("heartRate").number(figure) or _statistic(row, "HEART_RATE", figure)


def _cadence(row: Row) -> float | None:
    return steps(row.part("cadence").number("avg") or _statistic(row, "CADENCE", "avg"))


def _statistic(row: Row, kind: str, figure: str) -> float | None:
    """Return a figure of the statistics of an exercise."""
    for part in row.part("statistics").parts("statistics"):
        if (part.text("type") or "").removeprefix(_STATISTIC) == kind:
            return part.number(figure)
    return None
