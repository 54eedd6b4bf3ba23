"""Topics that the runner wants to be asked about as before, after questions that went unanswered."""

from dataclasses import dataclass
from datetime import datetime

from .topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredTopic:
    """A topic that is asked about as often as before from an instant on; what went unanswered earlier is forgotten."""

    topic: Topic
    at: datetime
