"""Activities of Strava, and of intervals.icu in the same format: seconds, metres, the steps of one foot."""

from datetime import datetime

from ..samples import steps
from ..sports import classify, says_indoors
from .build import PostContext, PostedActivity
from .row import Row


def is_strava(row: Row) -> bool:
    """Return whether a row is an activity of Strava, summary or detail."""
    return row.has("type", "start_date", "elapsed_time") or row.has("sport_type", "start_date")


def read_strava(row: Row, _: PostContext) -> PostedActivity:
    """Return an activity of Strava; only its UTC start counts, as the local one wrongly claims UTC."""
    return _posted(row, "strava", row.instant("start_date"))


def is_intervals(row: Row) -> bool:
    """Return whether a row is an activity of intervals.icu."""
    if not row.has("type", "start_date_local"):
        return False
    return (row.text("id") or "").startswith("i") or any(name.startswith("icu_") for name in row.values)


def read_intervals(row: Row, context: PostContext) -> PostedActivity:
    """Return an activity of intervals.icu; some have a local start only."""
    start = row.instant("start_date") or row.instant("start_date_local", zone=context.zone)
    return _posted(row, "intervals_icu", start)


def _posted(row: Row, service: str, start: datetime | None) -> PostedActivity:
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
