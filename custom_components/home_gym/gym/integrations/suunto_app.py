"""Suunto (ha-suunto): the event of a new workout, the sensors of the last one, and the list of the recent ones.

The sensors have no id, so the start, to the second, is the id of all three. The list rounds its figures, so it never
replaces those of the sensors or the event. Cadence is of one foot.
"""

from collections.abc import Iterator, Mapping, Sequence
import re
from typing import Any

from ..runs.activity import Activity, Sport
from .efforts import distinct, effort, sport_of
from .figures import instant, metres, number, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "suunto_app"
UNIT = "unit_of_measurement"
ONE_FOOT = 120


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the last workout, those of events, and the recent ones."""
    return distinct([*_last(snapshots, context), *_from_events(snapshots, context), *_recent(snapshots, context)])


def _last(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    shown = {snapshot.key: snapshot.state for snapshot in snapshots}
    units = {snapshot.key: text(snapshot.attributes.get(UNIT)) for snapshot in snapshots}
    word = text(shown.get("last_activity"))
    cadence = number(shown.get("last_cadence"))
    is_run = sport_of(word, context.runs) is Sport.RUN
    return effort(
        context,
        SERVICE,
        word=word,
        start=instant(shown.get("last_workout_start"), context.zone),
        elapsed_time=seconds(shown.get("last_duration"), units.get("last_duration") or "min"),
        distance=metres(shown.get("last_distance"), units.get("last_distance")),
        cadence=cadence * 2 if cadence and is_run and cadence < ONE_FOOT else cadence,
        heart_rate=number(shown.get("last_avg_hr")),
        max_heart_rate=number(shown.get("last_max_hr")),
    )


def _from_events(snapshots: Sequence[Snapshot], context: ReadingContext) -> Iterator[Activity]:
    for snapshot in snapshots:
        if snapshot.key == "event":
            yield from _item(snapshot.attributes, context, incomplete=False)


def _recent(snapshots: Sequence[Snapshot], context: ReadingContext) -> Iterator[Activity]:
    for snapshot in snapshots:
        items = snapshot.attributes.get("workouts") if snapshot.key == "workouts_recent" else None
        for item in items if isinstance(items, list) else ():
            if isinstance(item, Mapping):
                yield from _item(item, context, incomplete=True)


def _item(item: Mapping[str, Any], context: ReadingContext, *, incomplete: bool) -> list[Activity]:
    def first(*names: str) -> Any:
        return next((item[name] for name in names if item.get(name) is not None), None)

    return effort(
        context,
        SERVICE,
        word=text(first("activity", "type")),
        start=instant(first("start_time", "start", "date"), context.zone),
        elapsed_time=seconds(first("duration_minutes", "duration_min"), "min"),
        distance=metres(first("distance_meters")) or metres(first("distance_km"), "km"),
        heart_rate=number(first("avg_hr_bpm", "avg_hr")),
        max_heart_rate=number(first("max_hr_bpm", "max_hr")),
        incomplete=incomplete,
    )


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>[^_]+)_(?P<key>last_.+|workouts_recent)"),
    anchor=re.compile(r"last_workout_start|workouts_recent"),
    read=read,
    event="suunto_app_new_workout",
)
