"""Activities of Strava and of intervals.icu, which uses Strava's words: seconds, metres, the steps of one foot."""

from datetime import datetime

from ..samples import steps
from ..sports import classify, says_indoors
from .build import PostContext, PostedActivity
from .row import Row


def is_strava(row: Row) -> bool:
    """Recognise an activity of Strava's, summary or detail."""
    return row.has("type", "start_date", "elapsed_time") or row.has("sport_type", "start_date")


def read_strava(row: Row, _: PostContext) -> PostedActivity:
    """Return what an activity tells; its local start says UTC and isn't, so only the other one counts."""
    return _told(row, "strava", row.instant("start_date"))


def is_intervals(row: Row) -> bool:
    """Recognise an activity of intervals.icu."""
    if not row.has("type", "start_date_local"):
        return False
    return (row.text("id") or "").startswith("i") or any(name.startswith("icu_") for name in row.values)


def read_intervals(row: Row, context: PostContext) -> PostedActivity:
    """Return what an activity tells; some have a local start only."""
    start = row.instant("start_date") or row.instant("start_date_local", zone=context.zone)
    return _told(row, "intervals_icu", start)


def _told(row: Row, service: str, start: datetime | None) -> PostedActivity:
    kind = row.text("sport_type", "type")
    indoor = row.flag("trainer") is True or says_indoors(kind)
    return PostedActivity(
        service=service,
        id=row.text("id"),
        sport=classify(kind),
        word=kind,
        start=start,
        elapsed_time=row.number("elapsed_time"),
        moving_time=row.number("moving_time"),
        distance=row.number("distance"),
        cadence=steps(row.number("average_cadence")),
        heart_rate=row.number("average_heartrate"),
        max_heart_rate=row.number("max_heartrate"),
        power=row.number("average_watts"),
        indoor=indoor,
        device=row.text("device_name"),
    )
