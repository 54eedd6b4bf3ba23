"""Zepp2Hass: the last workout of an Amazfit watch: its sport as the state, its start in local time, whole minutes.

It has neither a distance nor an id. Its names of sports can be wrong, as it cuts a digit from their numbers; the list
of words that count as a run can include any name.
"""

from collections.abc import Sequence
import re

from ..runs.activity import Activity
from .efforts import distinct, effort
from .figures import instant, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "zepp2hass"


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the last workout."""
    return distinct(activity for snapshot in snapshots for activity in _activity(snapshot, context))


def _activity(snapshot: Snapshot, context: ReadingContext) -> list[Activity]:
    return effort(
        context,
        SERVICE,
        word=text(snapshot.state),
        start=instant(snapshot.attributes.get("start_time"), context.zone),
        elapsed_time=seconds(snapshot.attributes.get("duration_minutes"), "min"),
    )


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"zepp2hass_(?P<account>.+)_(?P<key>last_workout)"),
    anchor=re.compile("last_workout"),
    read=read,
)
