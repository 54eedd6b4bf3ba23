"""What a runner reports of the back: how much it hurts, where and when, and what a doctor has to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypedDict

from ..codec.schema import Within

WORST = 10.0


class Area(StrEnum):
    """Where it hurts: the back, and where a back's pain travels to."""

    NECK = "neck"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    SACROILIAC_JOINT = "sacroiliac_joint"
    BUTTOCK = "buttock"
    HIP = "hip"
    LEG = "leg"


class PainSide(StrEnum):
    """On which side it hurts."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class PainTiming(StrEnum):
    """When it hurts."""

    BEFORE_RUN = "before_run"
    DURING_RUN = "during_run"
    AFTER_RUN = "after_run"
    AT_REST = "at_rest"


class RedFlag(StrEnum):
    """What a doctor has to look at today, whatever else is or isn't felt."""

    NUMBNESS = "numbness"
    BLADDER_OR_BOWEL = "bladder_or_bowel"
    LEG_WEAKNESS = "leg_weakness"
    FEVER = "fever"
    AFTER_FALL = "after_fall"
    NIGHT_PAIN = "night_pain"


@dataclass(frozen=True, slots=True, kw_only=True)
class PainReport:
    """How much the back hurt, from 0 to 10.

    `at` is when, `day` the day on the runner's own calendar then, `said` when somebody said so. `source` is what told
    of it where no person did, `note` what the person added in own words.
    """

    score: Annotated[float, Within(low=0, high=WORST)]
    at: datetime
    day: date
    said: datetime
    area: Area | None = None
    side: PainSide | None = None
    moment: PainTiming | None = None
    red_flags: tuple[RedFlag, ...] = ()
    note: str | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """What makes telling it twice harmless: a person's words are all meant, a source's own instant is told once."""
        return f"{self.source}@{self.at.isoformat()}" if self.source else self.said.isoformat()

    @property
    def hurts(self) -> bool:
        """Whether there was any pain."""
        return self.score > 0


class PainDetails(TypedDict, total=False):
    """What else may be said of a pain; see `PainReport`."""

    at: datetime | None
    area: Area | None
    side: PainSide | None
    moment: PainTiming | None
    red_flags: Iterable[RedFlag]
    note: str | None
    source: str | None


def reportable(report: PainReport, now: datetime) -> None:
    """Raise ValueError for a report that can't be: of no score, of what is yet to come, or in what are no letters."""
    if not 0 <= report.score <= WORST:
        raise ValueError(f"a score from 0 to 10 was expected, not {report.score}")
    if report.at > now:
        raise ValueError(f"pain was expected that is felt, not at {report.at}")
    # A template can make half a letter, with which nothing could be written any more; this raises ValueError for it.
    (report.note or "").encode()
