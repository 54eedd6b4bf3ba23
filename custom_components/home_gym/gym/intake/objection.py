"""Why an activity cannot be counted, whatever source it came from."""

from datetime import datetime, timedelta

from ..journal.journal import countable_end
from ..recordings.errors import RecordingFault
from ..runs.activity import FURTHEST_ON_FOOT, Activity, Sport

# A clock in the wrong zone is up to so far ahead; fusion knows such runs.
AHEAD = timedelta(hours=15)


def objection_to(activity: Activity, now: datetime) -> RecordingFault | None:
    """Return why an activity can't be counted at an instant, or None where it can."""
    if activity.start is None:
        return RecordingFault.NO_START
    try:
        end = countable_end(activity)
    except ValueError, OverflowError:
        return RecordingFault.IMPOSSIBLE
    if activity.sport is Sport.RUN and (activity.distance or 0) > FURTHEST_ON_FOOT:
        return RecordingFault.IMPOSSIBLE
    return RecordingFault.FUTURE if end > now + AHEAD else None
