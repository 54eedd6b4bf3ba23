"""The question about the effort of an outing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortAsked:
    """The question about a run's effort, at the instant of asking; `activity` is the run's id then."""

    activity: str
    at: datetime
