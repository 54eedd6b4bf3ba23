"""A runner's medical history, given once if at all: it lowers the thresholds of triage.

It is private: neither diagnostics nor a log shows it.
"""

from dataclasses import dataclass
from enum import StrEnum


class AgeBand(StrEnum):
    """Age of the runner, in bands with different meanings of pain."""

    UNDER_18 = "under_18"
    FROM_18_TO_50 = "from_18_to_50"
    FROM_51_TO_65 = "from_51_to_65"
    OVER_65 = "over_65"


class Condition(StrEnum):
    """Condition or treatment, now or earlier."""

    OSTEOPOROSIS = "osteoporosis"
    STEROIDS = "steroids"
    CANCER = "cancer"
    IMMUNE_SUPPRESSION = "immune_suppression"
    BLOOD_THINNERS = "blood_thinners"
    CLOT = "clot"
    PREGNANCY = "pregnancy"
    AFTER_BIRTH = "after_birth"
    HIGH_BLOOD_PRESSURE = "high_blood_pressure"
    DIABETES = "diabetes"
    TB_CONTACT = "tb_contact"
    INJECTED_DRUGS = "injected_drugs"
    PSORIASIS_OR_UVEITIS = "psoriasis_or_uveitis"


BRITTLE_BONES = frozenset({Condition.OSTEOPOROSIS, Condition.STEROIDS})
# A fall with one of these needs an examination whatever its age.
FALL_RISKS = BRITTLE_BONES | {Condition.BLOOD_THINNERS}
# Back pain with one of these is for a doctor, from `PAIN_WITH_HISTORY` on.
SERIOUS = BRITTLE_BONES | {
    Condition.CANCER,
    Condition.IMMUNE_SUPPRESSION,
    Condition.TB_CONTACT,
    Condition.INJECTED_DRUGS,
    Condition.PSORIASIS_OR_UVEITIS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalHistory:
    """Age and conditions of a runner; empty by default."""

    age: AgeBand | None = None
    conditions: frozenset[Condition] = frozenset()

    @property
    def is_given(self) -> bool:
        """Whether there is anything that lowers thresholds."""
        return bool(self.conditions) or self.age in {AgeBand.UNDER_18, AgeBand.OVER_65}

    @property
    def makes_falls_serious(self) -> bool:
        """Whether a fall of any age needs an examination today."""
        return self.age is AgeBand.OVER_65 or bool(self.conditions & FALL_RISKS)

    @property
    def makes_pain_serious(self) -> bool:
        """Whether back pain in itself is for a doctor."""
        return bool(self.conditions & SERIOUS)

    @property
    def makes_first_pain_serious(self) -> bool:
        """Whether the first back pain of a life is for a doctor."""
        return self.age in {AgeBand.FROM_51_TO_65, AgeBand.OVER_65}
