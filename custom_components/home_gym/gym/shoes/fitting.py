"""Hints about a pair's professional fitting, shown until they are read, once for each pair.

Arch support and orthotics are checked at a professional fitting; the hints only say that such a fitting is due, or
might be of use.
"""

from datetime import date, timedelta
from enum import StrEnum

from .shoe import Arch, Shoe

# Feet change; a fitting is out of date after this time.
FITTING_LASTS = timedelta(days=2 * 365)
# Time in which a new pair is worth fitting.
NEW_SHOE_PERIOD = timedelta(days=60)


class FittingHint(StrEnum):
    """Hint about a pair."""

    FITTING_MISSING = "fitting_missing"
    FITTING_OLD = "fitting_old"
    ARCH_SUPPORT = "arch_support"


def fitting_hints(shoe: Shoe, today: date) -> tuple[FittingHint, ...]:
    """Return the unread hints about a pair on a day; none for a pair not in use."""
    if not shoe.in_use_on(today):
        return ()
    found = {
        FittingHint.FITTING_MISSING: shoe.fitted is None and today - shoe.first_used < NEW_SHOE_PERIOD,
        FittingHint.FITTING_OLD: shoe.fitted is not None and today - shoe.fitted > FITTING_LASTS,
        FittingHint.ARCH_SUPPORT: shoe.arch in (Arch.FLAT, Arch.HIGH) and not shoe.orthotics,
    }
    return tuple(hint for hint, applies in found.items() if applies and hint not in shoe.hints_read)
