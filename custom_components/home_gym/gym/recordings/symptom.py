"""Reports of back pain in recordings."""

from dataclasses import dataclass
from datetime import datetime

from ..back.pain import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """A report of pain by a source: score from 0 to 10, time and area."""

    score: float
    at: datetime
    area: Area
    source: str
