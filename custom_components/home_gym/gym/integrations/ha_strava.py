"""Strava (ha_strava): one sensor for each figure, joined by the attribute `activity_id`.

An activity is read once all its sensors agree on the id, so that no figure of the previous run is mixed in. Times are
local and naive, units are those chosen for the sensor, and the cadence is of one foot. The gear sensor's distance is
wrong in miles and isn't read.
"""

from collections.abc import Mapping, Sequence
import re

from ..runs.activity import Activity, Sport
from .efforts import distinct, effort, sport_of
from .figures import instant, metres, number, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "ha_strava"
METRICS = (
    *("date", "distance", "moving_time", "elapsed_time", "average_cadence"),
    *("average_heartrate", "max_heartrate", "power", "gear_name", "device_info"),
)
UNIT = "unit_of_measurement"
# Steps a minute below any running cadence: a lower figure counts one foot.
ONE_FOOT = 120

_GEAR = re.compile(r"gear_(g\w+?)_name")
_SHOE = re.compile(r"g\w+")


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the activities with the same id in all their sensors."""
    by_key = {snapshot.key: snapshot for snapshot in snapshots}
    return distinct(
        activity
        for snapshot in snapshots
        if "sport_type" in snapshot.attributes
        for activity in _activity(snapshot, by_key, context)
    )


def gear(snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """Return the names of the shoes, from their own sensors and from those of the activities."""
    found: dict[str, str] = {}
    for snapshot in snapshots:
        own = _GEAR.fullmatch(snapshot.key)
        shoe = own[1] if own else _shoe_of(snapshot)
        if shoe:
            found[f"{SERVICE}:{shoe}"] = snapshot.state
    return found


def _activity(main: Snapshot, by_key: Mapping[str, Snapshot], context: ReadingContext) -> list[Activity]:
    own_id = text(main.attributes.get("activity_id"))
    family = main.key.removesuffix("_recent")
    sensors = {metric: by_key[key] for metric in METRICS if (key := f"{family}_{metric}") in by_key}
    ids = {text(snapshot.attributes.get("activity_id", own_id)) for snapshot in sensors.values()}
    if own_id is None or "date" not in sensors or ids != {own_id}:
        return []
    shown = {metric: snapshot.state for metric, snapshot in sensors.items()}
    units = {metric: text(snapshot.attributes.get(UNIT)) for metric, snapshot in sensors.items()}
    word = text(main.attributes.get("sport_type"))
    return effort(
        context,
        SERVICE,
        word=word,
        start=instant(shown["date"], context.zone),
        own_id=own_id,
        elapsed_time=seconds(shown.get("elapsed_time"), units.get("elapsed_time") or "s"),
        moving_time=seconds(shown.get("moving_time"), units.get("moving_time") or "s"),
        distance=metres(shown.get("distance"), units.get("distance")),
        cadence=_both_feet(number(shown.get("average_cadence")), word, context),
        heart_rate=number(shown.get("average_heartrate")),
        max_heart_rate=number(shown.get("max_heartrate")),
        power=number(shown.get("power")),
        device=text(shown.get("device_info")),
        gear=_shoe_of(sensors["gear_name"]) if "gear_name" in sensors else None,
    )


def _both_feet(cadence: float | None, word: str | None, context: ReadingContext) -> float | None:
    on_foot = sport_of(word, context.runs) in (Sport.RUN, Sport.WALK)
    return cadence * 2 if cadence and on_foot and cadence < ONE_FOOT else cadence


def _shoe_of(snapshot: Snapshot) -> str | None:
    """Return the id of a pair of shoes, None for a bike's, which begins with another letter."""
    gear_id = text(snapshot.attributes.get("gear_id"))
    return gear_id if gear_id and _SHOE.fullmatch(gear_id) else None


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>strava_[^_]+)_(?P<key>(?!stats_).+)"),
    anchor=re.compile(r"(?!gear_).+_date"),
    read=read,
    gear=gear,
)
