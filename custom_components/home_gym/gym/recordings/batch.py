"""What a recording held, and what of it could not be taken."""

from dataclasses import dataclass

from ..runs.activity import Activity
from .errors import RecordingFault
from .symptom import Symptom


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a batch that could not be taken: its own id, or "#" and its place, counted from 1, and why."""

    which: str
    reason: RecordingFault
    detail: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a recording held: the activities that could be read, what was wrong with others, and pain of the back."""

    activities: tuple[Activity, ...] = ()
    problems: tuple[Problem, ...] = ()
    symptoms: tuple[Symptom, ...] = ()
