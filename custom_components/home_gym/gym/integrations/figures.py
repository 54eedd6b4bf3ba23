"""Values of entities turned into figures: numbers, texts with units, and times in every notation."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from math import isfinite
import re
from typing import Any

METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "miles": 1609.344, "ft": 0.3048, "yd": 0.9144}
SECONDS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "min": 60.0, "mins": 60.0, "h": 3600.0, "hr": 3600.0, "d": 86400.0}
# Seconds since the epoch have as many digits from 2001 until 2286; more of them are milliseconds.
LARGEST_EPOCH = 1e10

_QUANTITY = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*([^\W\d_]*)")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d(?:[.,]\d+)?)")
_PERIOD = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_TWELVE_HOURS = re.compile(r"(.* )(\d{1,2})(:\d\d(?::\d\d)?)\s*([AP])M\b(.*)", re.IGNORECASE)
_SPACE_BEFORE_OFFSET = re.compile(r"\s+(?=(?:[+-]\d\d:?\d\d|Z)$)")


def number(value: Any) -> float | None:
    """Return a number, also one in a text, None for other values."""
    return _quantity(value, "", {"": 1.0})


def metres(value: Any, unit: str | None = "m") -> float | None:
    """Return a distance in metres; a unit in the value itself, as in "11.4 km", takes precedence over `unit`."""
    return _quantity(value, unit or "", METRES)


def seconds(value: Any, unit: str | None = "s") -> float | None:
    """Return a duration in seconds from a number, "32 min", "43:11", "1:02:03" or "PT1H2M3S"."""
    if isinstance(value, str):
        if match := _CLOCK.fullmatch(value.strip()):
            hours, minutes, rest = match.groups()
            return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
        if (match := _PERIOD.fullmatch(value.strip())) and any(match.groups()):
            parts = [float(part or 0) for part in match.groups()]
            return sum(part * size for part, size in zip(parts, (86400, 3600, 60, 1), strict=True))
    return _quantity(value, unit or "", SECONDS)


def instant(value: Any, zone: tzinfo) -> datetime | None:
    """Return an instant in UTC; a time without a zone is local, and a day without a time is no instant.

    Takes a datetime, ISO 8601, "2026-07-06 07:00:00 -0300", the same with AM or PM, and seconds or milliseconds since
    1970.
    """
    try:
        if isinstance(value, datetime):
            moment = value
        elif (epoch := number(value)) is not None:
            moment = datetime.fromtimestamp(epoch / 1000 if epoch >= LARGEST_EPOCH else epoch, UTC)
        else:
            moment = datetime.fromisoformat(_iso(value))
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except ValueError, OverflowError, OSError:
        return None


def text(value: Any) -> str | None:
    """Return a text, or a whole number as text, None for an empty or other value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _iso(value: Any) -> str:
    """Return a time in ISO 8601; raises ValueError for a value without a time of day."""
    if not isinstance(value, str) or ":" not in value:
        raise ValueError("a time was expected")
    plain = _SPACE_BEFORE_OFFSET.sub("", " ".join(value.split()))
    if match := _TWELVE_HOURS.fullmatch(plain):
        day, hour, rest, half, offset = match.groups()
        plain = f"{day}{int(hour) % 12 + 12 * (half.upper() == 'P'):02}{rest}{offset.strip()}"
    return plain


def _quantity(value: Any, unit: str, factors: Mapping[str, float]) -> float | None:
    """Return a value in the unit with the factor 1."""
    if isinstance(value, str) and (match := _QUANTITY.fullmatch(value.strip())):
        value, unit = float(match[1].replace(",", ".")), match[2] or unit
    factor = factors.get(unit.lower())
    if factor is None or not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        figure = value * factor
    except OverflowError:
        return None
    return figure if isfinite(figure) else None
