"""Pain of the back that a recording tells of."""

from dataclasses import dataclass
from datetime import datetime

from ..back.pain import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """Pain that a source was told of: how much from 0 to 10, when, and where."""

    score: float
    at: datetime
    area: Area
    source: str
