"""A short score of how much the back limits a runner: three questions from 0 to 10, asked once a month.

The three are those of the PEG scale (Krebs and others, J Gen Intern Med 2009;24:733-8) in words of our own: pain on
average, enjoyment of life, and general activity. The score is their mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated

from ..codec.schema import Within, stored

WORST = 10.0
DUE_EVERY = timedelta(days=30)

type Part = Annotated[float, Within(low=0, high=WORST)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionScore:
    """Answers to the three questions, about the week before a day."""

    pain: Part
    enjoyment: Part
    activity: Part
    day: date
    recorded_at: datetime = field(metadata=stored("said"))

    @property
    def key(self) -> str:
        """Key of the score."""
        return self.recorded_at.isoformat()

    @property
    def mean(self) -> float:
        """The score: the mean of the three."""
        return (self.pain + self.enjoyment + self.activity) / 3


def check_function_score(score: FunctionScore) -> None:
    """Raise ValueError for an answer out of range."""
    for answer in (score.pain, score.enjoyment, score.activity):
        if not 0 <= answer <= WORST:
            raise ValueError(f"an answer from 0 to 10 was expected, not {answer}")


def latest_of(scores: Iterable[FunctionScore]) -> FunctionScore | None:
    """Return the latest score."""
    return max(scores, key=lambda score: score.recorded_at, default=None)
