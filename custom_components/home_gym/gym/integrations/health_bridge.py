"""Health Bridge: the last workout of an iPhone, with its end instead of its start, in minutes and kilometres.

There is no id, so the start computed from the end serves as one. Only the last workout is ever shown.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
import re

from ..runs.activity import Activity
from .efforts import distinct, effort
from .figures import instant, metres, number, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "health_bridge"


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the last workout."""
    return distinct(activity for snapshot in snapshots for activity in _activity(snapshot, context))


def _activity(snapshot: Snapshot, context: ReadingContext) -> list[Activity]:
    shown = snapshot.attributes
    end = instant(shown.get("end_time"), context.zone)
    duration = seconds(shown.get("duration_min"), "min")
    if end is None or duration is None:
        return []
    return effort(
        context,
        SERVICE,
        word=text(shown.get("workout_type")),
        start=_before(end, duration),
        elapsed_time=duration,
        distance=metres(shown.get("distance_km"), "km"),
        heart_rate=number(shown.get("average_heart_rate_bpm")),
    )


def _before(end: datetime, duration: float) -> datetime | None:
    try:
        return end - timedelta(seconds=duration)
    except OverflowError:
        return None


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"health_bridge_(?P<key>last_apple_workout)_(?P<account>.+)"),
    anchor=re.compile("last_apple_workout"),
    read=read,
)
