"""What a professional set-up of a pair may lack, mentioned once for each pair.

That arch support and orthotics fit the foot is what professionals look at in a fitting; what is said here is only that
such a look is due, or that it might be of use.
"""

from datetime import date, timedelta
from enum import StrEnum

from .shoe import Arch, Shoe

# Feet change; a fitting is news for so long.
FITTING_LASTS = timedelta(days=2 * 365)
# After so many days in a pair nobody has it fitted any more.
NEW_SHOE_PERIOD = timedelta(days=60)


class FittingHint(StrEnum):
    """What is mentioned of a pair."""

    FITTING_MISSING = "fitting_missing"
    FITTING_OLD = "fitting_old"
    ARCH_SUPPORT = "arch_support"


def fitting_hints(shoe: Shoe, today: date) -> frozenset[FittingHint]:
    """Return what there is to mention of a pair on a day: nothing of one that isn't worn."""
    if not shoe.in_use_on(today):
        return frozenset()
    found = {
        FittingHint.FITTING_MISSING: shoe.fitted is None and today - shoe.first_used < NEW_SHOE_PERIOD,
        FittingHint.FITTING_OLD: shoe.fitted is not None and today - shoe.fitted > FITTING_LASTS,
        FittingHint.ARCH_SUPPORT: shoe.arch in (Arch.FLAT, Arch.HIGH) and not shoe.orthotics,
    }
    return frozenset(mention for mention, applies in found.items() if applies)
