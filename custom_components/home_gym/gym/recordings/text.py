"""Numbers and instants as XML writes them; None for any text that isn't one."""

from datetime import UTC, datetime

EARLIEST_CLOCK = datetime(1998, 7, 3, tzinfo=UTC)
"""Earliest believable instant; earlier ones come from devices with an unset clock."""

CLOCK_WRONG = datetime(2200, 1, 1, tzinfo=UTC)
"""First unbelievable instant; it and later ones come from devices with a wrong clock."""

LARGEST = 10_000_000
"""Upper bound for every figure: seconds of four months, metres of a quarter of the way around the world."""


LOWEST, HIGHEST = -500, 9_000
"""Metres above the sea that people run at."""


def number(text: str | None) -> float | None:
    """Return a number from 0 to `LARGEST`, None for any other text."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value <= LARGEST else None


def degrees(text: str | None) -> float | None:
    """Return degrees of latitude or longitude, None for any other text."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if -180 <= value <= 180 else None


def height(text: str | None) -> float | None:
    """Return metres above the sea, on earth; None for any other text."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if LOWEST <= value <= HIGHEST else None


def instant(text: str | None) -> datetime | None:
    """Return an instant in UTC; without an offset it is taken to be in UTC."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError, OverflowError:
        return None
    return moment if EARLIEST_CLOCK <= moment < CLOCK_WRONG else None
