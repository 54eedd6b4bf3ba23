"""A pair of shoes: what is known of it, and how worn it is.

Shoes wear out after 300 to 500 miles. That is convention among runners and makers, not proof of injury, so the figures
are defaults and the wording stays a hint.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

METRES_PER_MILE = 1609.344
WARN_AT = 300 * METRES_PER_MILE
REPLACE_AT = 500 * METRES_PER_MILE
# How far back the forecast looks for the pace at which a pair wears.
FORECAST_WINDOW = timedelta(weeks=6)
# The first runs in a new pair say little of the weeks to come.
SHORTEST_OBSERVATION = timedelta(weeks=1)
# Beyond this a forecast is a joke.
FURTHEST_FORECAST = timedelta(days=3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoe:
    """A pair, as its owner described it.

    `initial_distance`, `warn_at` and `replace_at` are metres. Runs before `first_used` or after `retired` were not run
    in it, unless its owner says so of one.
    """

    id: str
    name: str
    first_used: date
    initial_distance: float = 0
    warn_at: float = WARN_AT
    replace_at: float = REPLACE_AT
    retired: date | None = None

    def in_use_on(self, day: date) -> bool:
        """Tell whether the pair could have been worn on that day."""
        return self.first_used <= day and (self.retired is None or day <= self.retired)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """How worn a pair is: distances in metres, `share` of its life in per cent."""

    distance: float
    remaining: float
    share: float
    last_used: datetime | None
    replace_by: date | None
    warning: bool
    replacement_due: bool


def wear_of(shoe: Shoe, *, distance: float, recent_distance: float, last_used: datetime | None, today: date) -> Wear:
    """Return how worn a pair is after `distance` metres of recorded runs.

    `recent_distance` is what it ran within the forecast window; the forecast carries on at that pace, and there is
    none for a pair that rested or is worn out.
    """
    total = shoe.initial_distance + distance
    remaining = max(0.0, shoe.replace_at - total)
    return Wear(
        distance=total,
        remaining=remaining,
        share=100 * total / shoe.replace_at,
        last_used=last_used,
        replace_by=_forecast(shoe, remaining, recent_distance, today),
        warning=total >= shoe.warn_at,
        replacement_due=total >= shoe.replace_at,
    )


def _forecast(shoe: Shoe, remaining: float, recent_distance: float, today: date) -> date | None:
    if not remaining or not recent_distance:
        return None
    days_observed = min(FORECAST_WINDOW, max(SHORTEST_OBSERVATION, today - shoe.first_used)).days
    days_left = remaining / recent_distance * days_observed
    return today + timedelta(days=round(days_left)) if days_left < FURTHEST_FORECAST.days else None


def worn_on(day: date, shoes: tuple[Shoe, ...], chosen: str | None) -> str | None:
    """Return the id of the pair that a run of that day counts for.

    That is the chosen pair if it was in use, else the newest that was. A run in a pair that is no longer in the rack
    counts for none.
    """
    if chosen is not None and all(shoe.id != chosen for shoe in shoes):
        return None
    candidates = [shoe for shoe in shoes if shoe.in_use_on(day)]
    best = max(candidates, key=lambda shoe: (shoe.id == chosen, shoe.first_used, shoe.id), default=None)
    return best.id if best else None
