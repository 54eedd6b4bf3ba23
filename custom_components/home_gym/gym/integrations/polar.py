"""Polar (Aohzan): the last exercise, with its start as the state and the rest as attributes.

The start is the watch's local time, durations are ISO 8601 periods, the heart rate is an object, and there is no id.
"""

from collections.abc import Mapping, Sequence
import re

from ..runs.activity import Activity
from .efforts import distinct, effort
from .figures import instant, metres, number, seconds, text
from .model import Preset, ReadingContext, Snapshot

SERVICE = "polar"


def read(snapshots: Sequence[Snapshot], context: ReadingContext) -> list[Activity]:
    """Return the last exercise."""
    return distinct(activity for snapshot in snapshots for activity in _activity(snapshot, context))


def _activity(snapshot: Snapshot, context: ReadingContext) -> list[Activity]:
    shown = snapshot.attributes
    heart = shown.get("heart_rate")
    rates = heart if isinstance(heart, Mapping) else {"average": heart}
    return effort(
        context,
        SERVICE,
        word=text(shown.get("sport")),
        start=instant(snapshot.state, context.zone),
        elapsed_time=seconds(shown.get("duration")),
        distance=metres(shown.get("distance")),
        heart_rate=number(rates.get("average")),
        max_heart_rate=number(rates.get("maximum")),
        device=text(shown.get("device")),
    )


PRESET = Preset(
    service=SERVICE,
    unique_ids=re.compile(r"(?P<account>[^_]+)_(?P<key>last_exercise)"),
    anchor=re.compile("last_exercise"),
    read=read,
)
