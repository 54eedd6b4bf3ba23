"""Oura (louispires): today's workouts and the last one.

They are attributes of `workouts_today` and `last_workout_type`; the sensors beside them are in miles and without a
start, and aren't read.
"""

from collections.abc import Iterator, Mapping, Sequence
import re
from typing import Any

from ..runs.activity import Activity
from .efforts import distinct, effort
from .figures import instant, metres, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "oura"


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return today's workouts and the last one."""
    return distinct(
        activity for snapshot in snapshots for item in _items(snapshot) for activity in _activity(item, context)
    )


def _items(snapshot: Snapshot) -> Iterator[Mapping[str, Any]]:
    several = snapshot.attributes.get("workouts")
    for item in (*(several if isinstance(several, list) else ()), snapshot.attributes.get("workout")):
        if isinstance(item, Mapping):
            yield item


def _activity(item: Mapping[str, Any], context: ReadingContext) -> list[Activity]:
    start = instant(item.get("start_datetime"), context.zone)
    end = instant(item.get("end_datetime"), context.zone)
    return effort(
        context,
        SERVICE,
        word=text(item.get("activity")),
        start=start,
        own_id=text(item.get("id")),
        elapsed_time=(end - start).total_seconds() if start and end else None,
        distance=metres(item.get("distance")),
    )


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>.+?)_(?P<key>workouts_today|last_workout_type)"),
    anchor=re.compile("workouts_today|last_workout_type"),
    read=read,
)
