"""Reports of back pain: score, area, side and timing, and red flags for a doctor."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypedDict

from ..codec.schema import Within, stored

WORST = 10.0


class Area(StrEnum):
    """Area of the pain: the back, and the areas that its pain travels to."""

    NECK = "neck"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    SACROILIAC_JOINT = "sacroiliac_joint"
    BUTTOCK = "buttock"
    HIP = "hip"
    LEG = "leg"


class PainSide(StrEnum):
    """Side of the pain."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class PainTiming(StrEnum):
    """Timing of the pain."""

    BEFORE_RUN = "before_run"
    DURING_RUN = "during_run"
    AFTER_RUN = "after_run"
    AT_REST = "at_rest"


class RedFlag(StrEnum):
    """Warning sign, with or without pain; `signs` sorts them by their urgency."""

    NUMBNESS = "numbness"
    BLADDER_OR_BOWEL = "bladder_or_bowel"
    LEG_WEAKNESS = "leg_weakness"
    FEVER = "fever"
    AFTER_FALL = "after_fall"
    NIGHT_PAIN = "night_pain"
    BOTH_LEGS = "both_legs"
    SEXUAL_FUNCTION = "sexual_function"
    CLUMSINESS = "clumsiness"
    TIRED_LEGS = "tired_legs"
    CHEST_PAIN = "chest_pain"
    PULSATING_BELLY = "pulsating_belly"
    DARK_URINE = "dark_urine"
    SWOLLEN_CALF = "swollen_calf"
    BLEEDING_IN_PREGNANCY = "bleeding_in_pregnancy"
    STUMBLE = "stumble"
    SPINE_PROCEDURE = "spine_procedure"
    PREGNANCY = "pregnancy"
    OLD_FALL = "old_fall"
    FOOT_NUMBNESS = "foot_numbness"
    WALKING_PAIN = "walking_pain"
    BONE_STRESS = "bone_stress"
    WEIGHT_LOSS = "weight_loss"
    FLANK_PAIN = "flank_pain"
    MORNING_STIFFNESS = "morning_stiffness"
    GROWING_PAIN = "growing_pain"
    CROOKED_BACK = "crooked_back"
    MEDICAL_HISTORY = "medical_history"
    ILLNESS = "illness"


@dataclass(frozen=True, slots=True, kw_only=True)
class PainReport:
    """A report of back pain, from 0 to 10, or of warning signs without a score.

    `at` is the instant of the pain, `day` its day on the runner's own calendar, `recorded_at` the instant of
    the report. `source` is the reporting source, None for a person; `note` is the person's own comment.
    """

    score: Annotated[float, Within(low=0, high=WORST)] | None = None
    at: datetime
    day: date
    recorded_at: datetime = field(metadata=stored("said"))
    area: Area | None = None
    side: PainSide | None = None
    moment: PainTiming | None = None
    red_flags: tuple[RedFlag, ...] = ()
    note: str | None = None
    source: str | None = None

    @property
    def key(self) -> str:
        """Key of the report: each report of a person counts, and a source's report counts once for its instant."""
        return f"{self.source}@{self.at.isoformat()}" if self.source else self.recorded_at.isoformat()

    @property
    def hurts(self) -> bool:
        """Whether there was any pain."""
        return self.points > 0

    @property
    def points(self) -> float:
        """The score for thresholds: that of a sign alone reaches none."""
        return self.score or 0.0


class PainDetails(TypedDict, total=False):
    """Optional details of a pain report; see `PainReport`."""

    at: datetime | None
    area: Area | None
    side: PainSide | None
    moment: PainTiming | None
    red_flags: Iterable[RedFlag]
    note: str | None
    source: str | None


def check_report(report: PainReport, now: datetime) -> None:
    """Raise ValueError for an invalid report.

    It has neither score nor sign, a score out of range, a future instant, or an unencodable note.
    """
    if report.score is None and not report.red_flags:
        raise ValueError("a score or a sign was expected")
    if not 0 <= report.points <= WORST:
        raise ValueError(f"a score from 0 to 10 was expected, not {report.score}")
    if report.at > now:
        raise ValueError(f"pain already felt was expected, not at {report.at}")
    # A template can produce half a surrogate pair, which no file can store; encoding raises ValueError for it.
    (report.note or "").encode()
