"""Objections to counting an activity, the same for every source."""

from datetime import datetime, timedelta

from ..journal.journal import valid_end
from ..recordings.errors import RecordingFault
from ..runs.activity import FURTHEST_ON_FOOT, Activity, Sport

# A clock in the wrong zone is at most this far ahead; fusion recognises such runs.
AHEAD = timedelta(hours=15)


def objection_to(activity: Activity, now: datetime) -> RecordingFault | None:
    """Return the reason against counting an activity at an instant, or None for a countable one."""
    if activity.start is None:
        return RecordingFault.NO_START
    try:
        end = valid_end(activity)
    except ValueError, OverflowError:
        return RecordingFault.IMPOSSIBLE
    if activity.sport is Sport.RUN and (activity.distance or 0) > FURTHEST_ON_FOOT:
        return RecordingFault.IMPOSSIBLE
    return RecordingFault.FUTURE if end > now + AHEAD else None
