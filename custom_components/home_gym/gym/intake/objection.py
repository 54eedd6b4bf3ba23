"""The gate for activities, the same for every source: possible figures pass, impossible activities are refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..bounds import AHEAD
from ..recordings.errors import RecordingFault
from ..runs.activity import Activity
from ..runs.validation import ImpossibleActivityError, believable, check, texts_of
from .budget import MAX_TEXT_LENGTH


@dataclass(frozen=True, slots=True)
class Refusal:
    """An activity that is not counted, and the reason."""

    activity: Activity
    reason: RecordingFault


@dataclass(frozen=True, slots=True)
class Admission:
    """The activities that count, and the refused ones."""

    activities: tuple[Activity, ...]
    refusals: tuple[Refusal, ...]


def admission_of(activities: Iterable[Activity], now: datetime) -> Admission:
    """Return the activities that count at an instant, and the refused ones; all of them come from `believable`."""
    admitted: list[Activity] = []
    refusals: list[Refusal] = []
    for activity in activities:
        if reason := _objection_to_believable(activity, now):
            refusals.append(Refusal(activity, reason))
        else:
            admitted.append(activity)
    return Admission(tuple(admitted), tuple(refusals))


def objection_to(activity: Activity, now: datetime) -> RecordingFault | None:
    """Return the reason against counting an activity at an instant, or None for a countable one."""
    return _objection_to_believable(believable(activity), now)


def _objection_to_believable(activity: Activity, now: datetime) -> RecordingFault | None:
    if activity.start is None:
        return RecordingFault.NO_START
    if any(len(text) > MAX_TEXT_LENGTH for text in texts_of(activity)):
        return RecordingFault.LONG_TEXT
    try:
        end = check(activity)
    except ImpossibleActivityError, OverflowError:
        return RecordingFault.IMPOSSIBLE
    return RecordingFault.FUTURE if end > now + AHEAD else None
