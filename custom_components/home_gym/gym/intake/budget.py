"""Budget of a delivery: how much one post or one file may bring. A delivery that exceeds it is refused whole."""

from collections.abc import Sequence

from ..recordings.errors import RecordingFault
from ..runs.activity import Activity
from ..runs.validation import texts_of

MAX_ACTIVITIES = 20_000
"""Activities of one post or file."""

MAX_ACTIVITIES_OF_ARCHIVE = 200_000
"""Activities of one archive that is imported, over all of its recordings."""

MAX_LAPS = 2_000
"""Laps of one activity."""

MAX_TEXT_LENGTH = 200
"""Characters of each text of an activity: names, serial numbers, ids."""

MAX_BYTES = 32 << 20
"""Bytes that a delivery may add to the journal, by estimate."""

# An activity and a lap with all figures, as they are written.
_BYTES_OF_ACTIVITY = 1000
_BYTES_OF_LAP = 220


def excess_of(activities: Sequence[Activity]) -> RecordingFault | None:
    """Return the reason to refuse a delivery that exceeds its budget, or None within it."""
    if len(activities) > MAX_ACTIVITIES or any(len(activity.laps) > MAX_LAPS for activity in activities):
        return RecordingFault.TOO_MANY
    if any(len(text) > MAX_TEXT_LENGTH for activity in activities for text in texts_of(activity)):
        return RecordingFault.LONG_TEXT
    laps = sum(len(activity.laps) for activity in activities)
    if len(activities) * _BYTES_OF_ACTIVITY + laps * _BYTES_OF_LAP > MAX_BYTES:
        return RecordingFault.TOO_LARGE
    return None
