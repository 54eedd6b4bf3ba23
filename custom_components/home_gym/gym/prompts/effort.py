"""The question how hard an outing was."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortAsked:
    """The question how hard a run was, at the instant at which it was asked; `activity` is the run's id then."""

    activity: str
    at: datetime
