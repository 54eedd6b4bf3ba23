"""HAE ingest (Health Auto Export): the last workout, and the last one of each name, as flattened attributes.

Names are in the phone's language; the list of words that count as a run selects the runs. Version 1 of the export has a
cadence but neither id nor duration; version 2 has no cadence.
"""

from collections.abc import Sequence
import re

from ..runs.activity import Activity
from .efforts import distinct, effort
from .figures import instant, metres, number, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "hae_ingest"


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the last workout, and the last of each name."""
    return distinct(activity for snapshot in snapshots for activity in _activity(snapshot, context))


def _activity(snapshot: Snapshot, context: ReadingContext) -> list[Activity]:
    shown = snapshot.attributes
    start, end = instant(shown.get("start"), context.zone), instant(shown.get("end"), context.zone)
    duration = seconds(shown.get("duration"))
    if duration is None and start and end:
        duration = (end - start).total_seconds()
    steps = number(shown.get("stepcount"))
    return effort(
        context,
        SERVICE,
        word=text(shown.get("name")),
        start=start,
        own_id=text(shown.get("id")),
        elapsed_time=duration,
        distance=metres(shown.get("distance"), text(shown.get("distance_units")) or "km"),
        cadence=number(shown.get("stepcadence")) or (steps * 60 / duration if steps and duration else None),
        heart_rate=number(shown.get("avgheartrate")) or number(shown.get("heartrate_avg")),
        max_heart_rate=number(shown.get("maxheartrate")) or number(shown.get("heartrate_max")),
    )


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>[^_]+)_(?P<key>last_workout|workout_.+)"),
    anchor=re.compile("last_workout"),
    read=read,
)
