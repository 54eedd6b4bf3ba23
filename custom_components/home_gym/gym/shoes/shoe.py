"""A pair of shoes: its description and its wear.

Shoes wear out after 300 to 500 miles. That is convention among runners and makers, not proof of injury, so the figures
are defaults and the wording stays a hint.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..runs.activity import Surface

METRES_PER_MILE = 1609.344
WARN_AT = 300 * METRES_PER_MILE
REPLACE_AT = 500 * METRES_PER_MILE


class Arch(StrEnum):
    """Arch of the foot, as assessed by a professional or the runner."""

    NORMAL = "normal"
    FLAT = "flat"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Insoles:
    """Insoles of a pair, which wear out before it: first day of use, and metres until replacement."""

    first_used: date
    replace_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoe:
    """A pair, as described by its owner.

    `initial_distance`, `warn_at` and `replace_at` are metres. Runs before `first_used` or after `retired` were not run
    in it, unless its owner assigns one to it. It is the default for its `surfaces` unless another pair is chosen.
    `price` is in the home's currency, `color` as in CSS: `#00ff7f`. `fitted` is the day of a professional fitting,
    `orthotics` means that the pair is worn with some, `hints_read` are the hints that were read.
    """

    id: str
    name: str
    first_used: date
    initial_distance: float = 0
    warn_at: float = WARN_AT
    replace_at: float = REPLACE_AT
    retired: date | None = None
    surfaces: frozenset[Surface] = frozenset()
    price: float | None = None
    color: str | None = None
    insoles: Insoles | None = None
    fitted: date | None = None
    arch: Arch | None = None
    orthotics: bool = False
    hints_read: frozenset[str] = frozenset()

    def in_use_on(self, day: date) -> bool:
        """Return whether the pair was in use on a day."""
        return self.first_used <= day and (self.retired is None or day <= self.retired)

    def is_retired_on(self, day: date) -> bool:
        """Return whether the pair is retired by a day, on which it may still have been worn."""
        return self.retired is not None and self.retired <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """Wear of a pair: distances in metres, `share` of its life in per cent.

    `cost_per_metre` is in the home's currency, None without a price or a distance. `insoles_due` is None for a pair
    without insoles of its own.
    """

    distance: float
    remaining: float
    share: float
    last_used: datetime | None
    replace_by: date | None
    warning: bool
    replacement_due: bool
    cost_per_metre: float | None
    insoles_due: bool | None


def wear_of(
    shoe: Shoe,
    *,
    distance: float,
    insole_distance: float = 0,
    last_used: datetime | None,
    replace_by: date | None = None,
) -> Wear:
    """Return the wear of a pair after `distance` metres of recorded runs, `insole_distance` of them in its insoles."""
    total = shoe.initial_distance + distance
    remaining = max(0.0, shoe.replace_at - total)
    return Wear(
        distance=total,
        remaining=remaining,
        share=100 * total / shoe.replace_at,
        last_used=last_used,
        replace_by=replace_by,
        warning=total >= shoe.warn_at,
        replacement_due=total >= shoe.replace_at,
        cost_per_metre=shoe.price / total if shoe.price is not None and total else None,
        insoles_due=insole_distance >= shoe.insoles.replace_at if shoe.insoles else None,
    )


def worn_on(
    day: date, shoes: tuple[Shoe, ...], chosen: str | None, *, is_explicit: bool = False, surface: Surface | None = None
) -> str | None:
    """Return the id of the pair that a run on a day counts for.

    That is the pair explicitly chosen for this run, else one worn on the surface, else the one chosen before, else the
    newest, all among those in use. A run in a pair that is no longer in the rack counts for none.
    """
    if chosen is not None and all(shoe.id != chosen for shoe in shoes):
        return None
    candidates = [shoe for shoe in shoes if shoe.in_use_on(day)]
    if len(candidates) == 1:
        return candidates[0].id

    def rank(shoe: Shoe) -> tuple[bool, bool, bool, date, str]:
        is_chosen = shoe.id == chosen
        return is_explicit and is_chosen, surface in shoe.surfaces, is_chosen, shoe.first_used, shoe.id

    best = max(candidates, key=rank, default=None)
    return best.id if best else None
