"""Habits of treadmills that their names show, where their data can't."""

from enum import StrEnum


class Quirk(StrEnum):
    """A deviation of a treadmill's data from the Fitness Machine Service."""

    ALWAYS_HAS_SPEED = "always_has_speed"
    CLOCK_SHOWS_RUNNER = "clock_shows_runner"
    IN_MILES = "in_miles"


class SpeedUnit(StrEnum):
    """Unit of the speed that a treadmill sends: the one that it names, or miles an hour under another name."""

    AS_SENT = "as_sent"
    MILES = "miles"


# Beginnings of advertised names. The clock of a Mobvoi rests while nobody runs on its belt; a Bowflex T9 sends miles
# an hour. Every other deviation is recognised in the data.
QUIRKS: tuple[tuple[str, Quirk], ...] = (
    ("PH4", Quirk.ALWAYS_HAS_SPEED),
    ("MOBVOI TMP", Quirk.CLOCK_SHOWS_RUNNER),
    ("BOWFLEX T9", Quirk.IN_MILES),
)


def quirks_of(name: str) -> frozenset[Quirk]:
    """Return the quirks of the treadmill with an advertised name."""
    return frozenset(quirk for beginning, quirk in QUIRKS if name.strip().upper().startswith(beginning))
