"""Rules of the signs in a sentence: classes of words that mean a sign together, in any order, for all languages."""

from collections.abc import Mapping
from enum import StrEnum

from ..pain import Area, PainSide, PainTiming, RedFlag


class SpokenWord(StrEnum):
    """Meaning of a sentence beside the facts of a report."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    CLEARED = "cleared"
    MAY_RUN = "may_run"
    READ = "read"
    MISTAKE = "mistake"
    EXCLAMATION = "exclamation"
    ILL = "ill"
    FEVER = "fever"


type Rule = tuple[RedFlag, frozenset[str], frozenset[str]]


def _rule(flag: RedFlag, wanted: str, unwanted: str = "") -> Rule:
    return flag, frozenset(wanted.split()), frozenset(unwanted.split())


AREAS: Mapping[str, Area | None] = {
    "neck": Area.NECK,
    "upper_back": Area.UPPER_BACK,
    "sacroiliac": Area.SACROILIAC_JOINT,
    "buttock": Area.BUTTOCK,
    "hip": Area.HIP,
    "leg": Area.LEG,
    "legs": Area.LEG,
    "foot": Area.LEG,
    "calf": Area.LEG,
    "sciatica": Area.LEG,
    "lower_back": Area.LOWER_BACK,
    "back": None,
}
"""Area of each class, the one that comes first in a sentence of several."""
SIDES = {"both": PainSide.BOTH, "left": PainSide.LEFT, "right": PainSide.RIGHT}
TIMINGS = {
    "after_run": PainTiming.AFTER_RUN,
    "before_run": PainTiming.BEFORE_RUN,
    "run": PainTiming.DURING_RUN,
    "lying": PainTiming.AT_REST,
    "night": PainTiming.AT_REST,
}
FALLS = ("fall", "crash", "stumble", "old")
# Words of a sensation or a defect; a fall with one of these, or a body part with one, is about one's own body.
WARNING = frozenset(
    {
        *("hurt", "numb", "weak", "give_way", "clumsy", "stiff", "swollen", "cramp", "crooked", "condition", "fever"),
        *("pulsate", "tear", "tight", "dark", "pregnant", "procedure", "sciatica", "incontinent", "retention"),
    }
)
ALONE = frozenset({"aches", "tingle", "incontinent", "retention", "unsteady", "foot_drop", "sciatica"})
"""Classes that are about one's own body without any part of it."""
NEGATABLE = frozenset(
    {
        *(WARNING - {"incontinent", "retention", "give_way"}),
        *("fall", "crash", "stumble", "bleeding", "ill", "growing", "weight_loss"),
    }
)
"""Classes that a negation before them takes back; the others have theirs within."""

RULES: tuple[Rule, ...] = (
    _rule(RedFlag.NUMBNESS, "numb saddle"),
    _rule(RedFlag.NUMBNESS, "numb groin"),
    _rule(RedFlag.NUMBNESS, "numb wipe"),
    _rule(RedFlag.NUMBNESS, "numb buttocks"),
    _rule(RedFlag.BLADDER_OR_BOWEL, "incontinent"),
    _rule(RedFlag.BLADDER_OR_BOWEL, "retention"),
    _rule(RedFlag.BLADDER_OR_BOWEL, "toilet cannot"),
    _rule(RedFlag.BLADDER_OR_BOWEL, "toilet numb"),
    _rule(RedFlag.BLADDER_OR_BOWEL, "toilet control"),
    _rule(RedFlag.SEXUAL_FUNCTION, "sex trouble"),
    _rule(RedFlag.SEXUAL_FUNCTION, "sex cannot"),
    _rule(RedFlag.SEXUAL_FUNCTION, "sex numb"),
    _rule(RedFlag.BOTH_LEGS, "both_legs hurt"),
    _rule(RedFlag.BOTH_LEGS, "both_legs numb"),
    _rule(RedFlag.BOTH_LEGS, "legs numb"),
    _rule(RedFlag.TIRED_LEGS, "both_legs weak"),
    _rule(RedFlag.TIRED_LEGS, "both_legs give_way"),
    _rule(RedFlag.TIRED_LEGS, "legs weak", "after_run"),
    _rule(RedFlag.LEG_WEAKNESS, "foot_drop"),
    _rule(RedFlag.LEG_WEAKNESS, "give_way", "both_legs"),
    _rule(RedFlag.LEG_WEAKNESS, "leg weak", "both_legs legs"),
    _rule(RedFlag.LEG_WEAKNESS, "foot weak"),
    _rule(RedFlag.LEG_WEAKNESS, "leg paralysed"),
    _rule(RedFlag.LEG_WEAKNESS, "legs paralysed"),
    _rule(RedFlag.FOOT_NUMBNESS, "foot numb", "both_legs"),
    _rule(RedFlag.FOOT_NUMBNESS, "leg numb", "both_legs legs"),
    _rule(RedFlag.FOOT_NUMBNESS, "calf numb"),
    _rule(RedFlag.CLUMSINESS, "hand clumsy"),
    _rule(RedFlag.CLUMSINESS, "legs clumsy"),
    _rule(RedFlag.CLUMSINESS, "leg clumsy"),
    _rule(RedFlag.CLUMSINESS, "foot clumsy"),
    _rule(RedFlag.CLUMSINESS, "unsteady"),
    _rule(RedFlag.CLUMSINESS, "hand numb"),
    _rule(RedFlag.STUMBLE, "stumble hurt"),
    _rule(RedFlag.FEVER, "fever hurt"),
    _rule(RedFlag.FEVER, "fever back"),
    _rule(RedFlag.FEVER, "fever leg"),
    _rule(RedFlag.SPINE_PROCEDURE, "procedure spine"),
    _rule(RedFlag.SPINE_PROCEDURE, "procedure back"),
    _rule(RedFlag.BLEEDING_IN_PREGNANCY, "pregnant bleeding"),
    _rule(RedFlag.PREGNANCY, "pregnant hurt", "bleeding"),
    _rule(RedFlag.PREGNANCY, "pregnant back", "bleeding"),
    _rule(RedFlag.CHEST_PAIN, "chest hurt"),
    _rule(RedFlag.CHEST_PAIN, "chest tight"),
    _rule(RedFlag.CHEST_PAIN, "upper_back tight"),
    _rule(RedFlag.PULSATING_BELLY, "belly pulsate"),
    _rule(RedFlag.PULSATING_BELLY, "back tear"),
    _rule(RedFlag.PULSATING_BELLY, "belly tear"),
    _rule(RedFlag.DARK_URINE, "urine dark"),
    _rule(RedFlag.SWOLLEN_CALF, "calf swollen"),
    _rule(RedFlag.SWOLLEN_CALF, "leg swollen"),
    _rule(RedFlag.NIGHT_PAIN, "hurt night"),
    _rule(RedFlag.NIGHT_PAIN, "hurt lying"),
    _rule(RedFlag.NIGHT_PAIN, "hurt wake"),
    _rule(RedFlag.BONE_STRESS, "buttock landing"),
    _rule(RedFlag.BONE_STRESS, "sacroiliac landing"),
    _rule(RedFlag.BONE_STRESS, "back lean_back hurt"),
    _rule(RedFlag.BONE_STRESS, "groin hurt"),
    _rule(RedFlag.BONE_STRESS, "buttock hurt run"),
    _rule(RedFlag.BONE_STRESS, "stress_fracture"),
    _rule(RedFlag.MEDICAL_HISTORY, "condition hurt"),
    _rule(RedFlag.MEDICAL_HISTORY, "condition back"),
    _rule(RedFlag.MEDICAL_HISTORY, "condition fall"),
    _rule(RedFlag.MEDICAL_HISTORY, "periods hurt"),
    _rule(RedFlag.MEDICAL_HISTORY, "periods back"),
    _rule(RedFlag.MEDICAL_HISTORY, "first_time older"),
    _rule(RedFlag.WEIGHT_LOSS, "weight_loss hurt"),
    _rule(RedFlag.WEIGHT_LOSS, "weight_loss back"),
    _rule(RedFlag.FLANK_PAIN, "flank hurt"),
    _rule(RedFlag.FLANK_PAIN, "flank cramp"),
    _rule(RedFlag.FLANK_PAIN, "colic"),
    _rule(RedFlag.FLANK_PAIN, "infection hurt"),
    _rule(RedFlag.FLANK_PAIN, "infection back"),
    _rule(RedFlag.MORNING_STIFFNESS, "stiff morning"),
    _rule(RedFlag.GROWING_PAIN, "hurt growing"),
    _rule(RedFlag.GROWING_PAIN, "back growing"),
    _rule(RedFlag.CROOKED_BACK, "back crooked"),
    _rule(RedFlag.WALKING_PAIN, "leg hurt walk"),
    _rule(RedFlag.WALKING_PAIN, "legs hurt walk"),
    _rule(RedFlag.WALKING_PAIN, "calf hurt walk"),
)
"""Flag, the classes that mean it together, and those that speak against it."""
