"""Withings: the calendar of workouts, which has to be queried, and the sensors of the last one.

The calendar has start, end and kind but no distance, and the sensors have a distance but no start; they belong to the
same workout if kind and duration agree. There is no id.
"""

from collections.abc import Mapping, Sequence
import re
from typing import Any

from ..recordings.sports import normal
from ..runs.activity import Activity
from .efforts import distinct, effort
from .figures import instant, metres, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "withings"
UNIT = "unit_of_measurement"
# Seconds; sensors may be rounded to minutes.
SAME = 60


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the workouts in the calendar, the last one with its distance."""
    by_key = {snapshot.key: snapshot for snapshot in snapshots}
    events = by_key["workout"].attributes.get("events") if "workout" in by_key else None
    items = [item for item in events if isinstance(item, Mapping)] if isinstance(events, list) else []
    return distinct(activity for item in items for activity in _activity(item, by_key, context))


def _activity(item: Mapping[str, Any], by_key: Mapping[str, Snapshot], context: ReadingContext) -> list[Activity]:
    start, end = instant(item.get("start"), context.zone), instant(item.get("end"), context.zone)
    duration = (end - start).total_seconds() if start and end else None
    word = text(item.get("summary"))
    return effort(
        context,
        SERVICE,
        word=word,
        start=start,
        elapsed_time=duration,
        distance=_distance(word, duration, by_key),
    )


def _distance(word: str | None, duration: float | None, by_key: Mapping[str, Snapshot]) -> float | None:
    """Return the distance of a workout if the sensors show the same one."""
    kind, length, distance = (by_key.get(f"workout_{key}") for key in ("type", "duration", "distance"))
    if kind is None or length is None or distance is None or duration is None:
        return None
    shown = seconds(length.state, text(length.attributes.get(UNIT)))
    if normal(kind.state) != normal(word) or shown is None or abs(shown - duration) > SAME:
        return None
    return metres(distance.state, text(distance.attributes.get(UNIT)))


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>withings_.+?)_(?P<key>workout|workout_(?:type|duration|distance))"),
    anchor=re.compile("workout"),
    read=read,
    calendar="workout",
)
