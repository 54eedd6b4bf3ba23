"""Single JSON values: numbers, quantities with their units, and instants in all known spellings."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from math import inf, isnan
import re

from ..text import CLOCK_WRONG, EARLIEST_CLOCK

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

LONGEST_TEXT = 200
"""Characters of a name or an id that are kept."""

METRES = {
    "cm": 0.01,
    "m": 1.0,
    "meter": 1.0,
    "meters": 1.0,
    "metres": 1.0,
    "km": 1000.0,
    "kilometer": 1000.0,
    "kilometers": 1000.0,
    "kilometres": 1000.0,
    "mi": 1609.344,
    "mile": 1609.344,
    "miles": 1609.344,
    "yd": 0.9144,
    "yards": 0.9144,
    "ft": 0.3048,
}
"""Metres in one of each unit of length."""

MILLISECONDS_FROM = 1e11
"""Smallest epoch in milliseconds: in seconds, it is the year 5138."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMBER = re.compile(r"^([-+]?[\d., ]*\d)\s*([^\W\d]*)$")
_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:\.(?P<fraction>\d+))?)?"
    r"\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?$"
)
_DATES = tuple(
    re.compile(date + _TIME)
    for date in (
        r"^(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[T\s]\s*",
        r"^(?P<day>\d{1,2})\.?\s+(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4}),?\s+(?:at\s+)?",
        r"^(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4}),?\s+(?:at\s+)?",
    )
)


def text_of(value: Json) -> str | None:
    """Return a text, or a whole number as text, that can be written to disk; None for an empty or other value."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**LONGEST_TEXT else None
    if not isinstance(value, str):
        return None
    # Unpaired surrogates, which JSON can spell, can't be encoded.
    return value.strip()[:LONGEST_TEXT].encode(errors="replace").decode() or None


def number_of(value: Json) -> float | None:
    """Return a number, written as such or as text; infinity for one too large, None for other values."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except OverflowError:
        return inf
    except ValueError:
        return None
    return None if isnan(number) else number


def metres_of(value: Json, unit: str = "m") -> float | None:
    """Return a length in metres: a number in `unit`, a text like "11.4 km", or an object of `qty` and `units`."""
    if isinstance(value, dict):
        unit = text_of(value.get("units")) or unit
        value = value.get("qty")
    number = number_of(value)
    if number is None and (found := _NUMBER.match((text_of(value) or "").replace("\u202f", " ").replace("\xa0", " "))):
        unit = found[2] or unit
        number = number_of(_plain(found[1], unit.lower()))
    factor = METRES.get(unit.lower())
    return None if number is None or factor is None else number * factor


def instant_of(value: Json, zone: tzinfo = UTC) -> datetime | None:
    """Return an instant in UTC: an epoch in seconds or milliseconds, or a text; one without an offset is in `zone`."""
    number = number_of(value)
    try:
        if number is not None:
            seconds = number / 1000 if abs(number) >= MILLISECONDS_FROM else number
            moment = datetime.fromtimestamp(seconds, UTC)
        else:
            moment = _instant_in(text_of(value) or "", zone).astimezone(UTC)
    except ValueError, OverflowError, OSError:
        return None
    return moment if EARLIEST_CLOCK <= moment < CLOCK_WRONG else None


def _plain(digits: str, unit: str) -> str:
    """Return digits in Python's notation: the last sign is the decimal one, except in metres grouped by three."""
    digits = digits.replace(" ", "")
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return digits
    whole, rest = re.sub(r"[.,]", "", digits[:last]), digits[last + 1 :]
    is_group = digits[last] == "," and len(rest) == 3 and unit in {"m", "meters", "metres", "ft", "yd"}
    return whole + rest if is_group else f"{whole}.{rest}"


def _instant_in(text: str, zone: tzinfo) -> datetime:
    """Return the instant in a text; raises ValueError."""
    text = re.sub(r"\s+", " ", text)
    found = next((match for pattern in _DATES if (match := pattern.match(text))), None)
    if found is None:
        raise ValueError("no instant")
    parts = found.groupdict()
    hour = int(parts["hour"])
    if half := parts["half"]:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return datetime(
        int(parts["year"]),
        int(parts["month"]) if "month" in parts else MONTHS.index(parts["name"][:3].lower()) + 1,
        int(parts["day"]),
        hour,
        int(parts["minute"]),
        int(parts["second"] or 0),
        int((parts["fraction"] or "0")[:6].ljust(6, "0")),
        tzinfo=_zone(parts["zone"], zone),
    )


def _zone(text: str | None, default: tzinfo) -> tzinfo:
    """Return the offset in a text; raises ValueError for one of a day or more."""
    if text is None:
        return default
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)
