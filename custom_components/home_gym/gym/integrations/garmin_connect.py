"""Garmin Connect (cyberjunky): `last_activity`, the list `last_activities`, and a sensor for each pair of shoes.

The state is the activity's name, so that two activities of the same name don't change it; only `activityId`
distinguishes them. At present the list ends with the newest. No activity names its shoes; Garmin's default pair for the
sport counts.
"""

from collections.abc import Iterator, Mapping, Sequence
import re
from typing import Any

from ..recordings.sports import normal
from ..runs.activity import Activity, RunningDynamics, Sport
from .efforts import distinct, effort, sport_of
from .figures import instant, metres, number, seconds, text
from .model import Preset, ReadingContext, RecordingActions, Snapshot, WritingActions

SERVICE = "garmin_connect"
GEAR = "gear_"


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the activities of the sensors; the order of the list does not matter."""
    items = [item for snapshot in snapshots for item in _items(snapshot)]
    return distinct(activity for item in items for activity in _activity(item, snapshots, context))


def gear(snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """Return the names of the shoes and bikes in use."""
    return {f"{SERVICE}:{uuid}": name for uuid, name, _ in _in_use(snapshots)}


def _items(snapshot: Snapshot) -> Iterator[Mapping[str, Any]]:
    if snapshot.key == "lastActivity":
        yield snapshot.attributes
    elif snapshot.key == "lastActivities" and isinstance(items := snapshot.attributes.get("last_activities"), list):
        yield from (item for item in items if isinstance(item, Mapping))


def _activity(item: Mapping[str, Any], snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    word = text(item.get("activityType"))
    own_id = text(item.get("activityId"))
    if own_id is None:
        return []
    return effort(
        context,
        SERVICE,
        word=word,
        start=instant(item.get("startTime"), context.zone),
        own_id=own_id,
        elapsed_time=seconds(item.get("elapsedDuration")) or seconds(item.get("duration")),
        moving_time=seconds(item.get("movingDuration")),
        distance=metres(item.get("distance")),
        cadence=number(item.get("averageRunningCadenceInStepsPerMinute")),
        heart_rate=number(item.get("averageHR")),
        max_heart_rate=number(item.get("maxHR")),
        power=number(item.get("avgPower")),
        dynamics=_dynamics(item),
        gear=_default_gear(word, snapshots, context),
    )


def _dynamics(item: Mapping[str, Any]) -> RunningDynamics:
    centimetres, milliseconds = number(item.get("avgVerticalOscillation")), number(item.get("avgGroundContactTime"))
    return RunningDynamics(
        vertical_oscillation=centimetres / 100 if centimetres else None,
        ground_contact_time=milliseconds / 1000 if milliseconds else None,
    )


def _default_gear(word: str | None, snapshots: Sequence[Snapshot], context: ReadingContext) -> str | None:
    """Return the only default pair for a sport, preferring the more exact word."""
    is_run = sport_of(word, context.runs) is Sport.RUN
    for sport in (normal(word), *(["running"] if is_run else [])):
        found = [uuid for uuid, _, defaults in _in_use(snapshots) if sport in defaults]
        if len(found) == 1:
            return found[0]
    return None


def _in_use(snapshots: Sequence[Snapshot]) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the id, the name and the sports of each gear that is not retired."""
    for snapshot in snapshots:
        shown = snapshot.attributes
        if not snapshot.key.startswith(GEAR) or normal(text(shown.get("gear_status_name"))) not in ("active", ""):
            continue
        uuid = snapshot.key.removeprefix(GEAR)
        made = " ".join(filter(None, (text(shown.get("gear_make_name")), text(shown.get("gear_model_name")))))
        name = text(shown.get("custom_make_model")) or made or text(shown.get("friendly_name")) or uuid
        defaults = shown.get("default_for_activity")
        sports = defaults if isinstance(defaults, list) else []
        yield uuid, name, {normal(text(sport)) for sport in sports}


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>[^_]+)_(?P<key>lastActivity|lastActivities|gear_.+)"),
    anchor=re.compile(r"lastActivity|lastActivities"),
    read=read,
    gear=gear,
    recordings=RecordingActions(name="Garmin Connect", download="download_activity", folder="garmin_activities"),
    writing=WritingActions(
        assign_gear="add_gear_to_activity", create_run="create_activity", upload_run="upload_activity"
    ),
)
