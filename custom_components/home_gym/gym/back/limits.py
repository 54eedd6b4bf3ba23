"""Limits of exercise, by the state of the back, the area and side of the pain, and the medical history.

The exercises that each limit leaves out stand in the catalogue of `gym/routines`. Where facts disagree, the more
careful one wins. Facts are gathered by reading, not by a clinician.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .history import AgeBand, Condition, MedicalHistory
from .pain import Area, PainReport, PainSide, PainTiming, RedFlag
from .signs import has_bone_stress
from .state import SORE_FOR, SORE_FROM, BackState, BackStatus


class Limit(StrEnum):
    """Limit of exercise."""

    DOCTOR = "doctor"
    SORE = "sore"
    LEG_PAIN = "leg_pain"
    LEANING_BACK = "leaning_back"
    ONE_SIDED = "one_sided"
    BONE_STRESS = "bone_stress"
    HIP = "hip"
    KNEE = "knee"
    SOLE = "sole"
    CALF = "calf"
    SIT_BONE = "sit_bone"
    UPPER_BODY = "upper_body"
    RETURNING = "returning"
    VESSELS = "vessels"
    NUMB_SKIN = "numb_skin"
    BRITTLE_BONES = "brittle_bones"
    PREGNANT = "pregnant"
    AFTER_BIRTH = "after_birth"
    UNSTEADY = "unsteady"
    BLOOD_PRESSURE = "blood_pressure"


LIMITS_OF_CONDITIONS: Mapping[Condition, Limit] = {
    Condition.CLOT: Limit.VESSELS,
    Condition.BLOOD_THINNERS: Limit.VESSELS,
    Condition.DIABETES: Limit.NUMB_SKIN,
    Condition.OSTEOPOROSIS: Limit.BRITTLE_BONES,
    Condition.STEROIDS: Limit.BRITTLE_BONES,
    Condition.PREGNANCY: Limit.PREGNANT,
    Condition.AFTER_BIRTH: Limit.AFTER_BIRTH,
    Condition.HIGH_BLOOD_PRESSURE: Limit.BLOOD_PRESSURE,
}
LEG_SIGNS = frozenset({RedFlag.FOOT_NUMBNESS, RedFlag.WALKING_PAIN, RedFlag.BOTH_LEGS, RedFlag.LEG_WEAKNESS})
PAIN_LIMITS = frozenset(
    {
        *(Limit.DOCTOR, Limit.SORE, Limit.LEG_PAIN, Limit.LEANING_BACK, Limit.ONE_SIDED, Limit.BONE_STRESS),
        *(Limit.HIP, Limit.UPPER_BODY, Limit.RETURNING),
    }
)
"""Limits from a pain of these days; beside one, no harder form is chosen."""
SPARABLE = (
    *(Limit.KNEE, Limit.SOLE, Limit.CALF, Limit.SIT_BONE, Limit.HIP, Limit.UPPER_BODY, Limit.LEANING_BACK),
    Limit.VESSELS,
)
"""Limits that a runner may choose, in the order of the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a day, and the week of the return to training after a clearance, 1 to 4."""

    present: frozenset[Limit] = frozenset()
    week: int | None = None

    def __contains__(self, limit: Limit) -> bool:
        """Return whether a limit is present."""
        return limit in self.present

    def adding(self, limits: Iterable[Limit]) -> Limits:
        """Return these limits and some more."""
        return replace(self, present=self.present.union(limits))

    @property
    def spare_the_back(self) -> bool:
        """Whether pain of these days is among them."""
        return bool(self.present & PAIN_LIMITS)


NO_LIMITS = Limits()


def limits_of(status: BackStatus, reports: Iterable[PainReport], history: MedicalHistory, today: date) -> Limits:
    """Return the limits of a day, from the state of the back, the recent reports and the history."""
    limits = {*_of_state(status), *_of_history(history)}
    for report in reports:
        limits.update(_of_report(report))
        if report.points >= SORE_FROM and (today - report.day).days < SORE_FOR:
            limits.add(Limit.SORE)
    if Limit.BONE_STRESS in limits:
        # A bone that may be stressed is spared like a back that waits for a doctor.
        limits.add(Limit.DOCTOR)
    return Limits(present=frozenset(limits), week=status.step if status.state is BackState.CLEARED else None)


def _of_state(status: BackStatus) -> Iterator[Limit]:
    match status.state:
        # An emergency plays nothing; whatever asks beside it meets the strictest limit.
        case BackState.EMERGENCY | BackState.DOCTOR:
            yield Limit.DOCTOR
        case BackState.CLEARED:
            yield Limit.RETURNING
        case BackState.SORE:
            yield Limit.SORE
        case _:
            pass
    if RedFlag.BONE_STRESS in status.reasons:
        yield from (Limit.BONE_STRESS, Limit.LEANING_BACK)


def _of_history(history: MedicalHistory) -> Iterator[Limit]:
    yield from (LIMITS_OF_CONDITIONS[each] for each in history.conditions if each in LIMITS_OF_CONDITIONS)
    if history.age is AgeBand.OVER_65:
        yield Limit.UNSTEADY


def _of_report(report: PainReport) -> Iterator[Limit]:
    if LEG_SIGNS.intersection(report.red_flags):
        yield Limit.LEG_PAIN
    if RedFlag.BONE_STRESS in report.red_flags:
        yield from (Limit.BONE_STRESS, Limit.LEANING_BACK)
    if not report.hurts:
        return
    match report.area:
        case Area.LEG:
            yield Limit.LEG_PAIN
        case Area.SACROILIAC_JOINT:
            yield Limit.ONE_SIDED
        case Area.BUTTOCK if report.side in {PainSide.LEFT, PainSide.RIGHT}:
            yield Limit.ONE_SIDED
        case Area.HIP if report.points >= SORE_FROM:
            yield Limit.HIP
            if report.moment is PainTiming.DURING_RUN:
                yield Limit.BONE_STRESS
        case Area.NECK:
            yield Limit.UPPER_BODY
        case _:
            pass
    if has_bone_stress(report):
        yield Limit.BONE_STRESS
