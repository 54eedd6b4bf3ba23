"""Result of reading a recording: activities, pain reports, and the problems of unreadable parts."""

from dataclasses import dataclass

from ..runs.activity import Activity
from .errors import RecordingFault
from .symptom import Symptom


@dataclass(frozen=True, slots=True)
class Problem:
    """Unreadable part of a batch: its own id, or "#" and its number counted from 1, and the reason."""

    which: str
    reason: RecordingFault
    detail: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Content of a recording: readable activities, problems of the others, and reports of back pain."""

    activities: tuple[Activity, ...] = ()
    problems: tuple[Problem, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
