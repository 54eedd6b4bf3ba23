"""Puts figures into words: instants, distances and lists as people say them."""

from collections.abc import Sequence
from datetime import datetime

from homeassistant.const import UnitOfLength
from homeassistant.util.unit_conversion import DistanceConverter
from homeassistant.util.unit_system import UnitSystem

from .gym.calendar import Calendar
from .gym.speech.formats import Formats
from .gym.speech.phrases import Phrases, line

# After six days the name of a weekday would mean another one.
WEEKDAY_FOR = 6
# Below this many kilometres or miles a decimal is of use.
ROUND_FROM = 10


def say(phrases: Phrases, key: str, **placeholders: str | int) -> str:
    """Return an answer with its placeholders filled in."""
    return line(phrases, f"assist.{key}", turn=0, **placeholders)


def in_words(phrases: Phrases, words: Sequence[str], last: str = "and") -> str:
    """Return a list as it is said: one, two and three."""
    *first, final = words
    return say(phrases, last, first=", ".join(first), last=final) if first else final


def when(phrases: Phrases, formats: Formats, instant: datetime, *, now: datetime, calendar: Calendar) -> str:
    """Return an instant of the past as it is said at another."""
    day, time = calendar.day_of(instant), formats.spoken_time(calendar.time_of(instant))
    days = (calendar.day_of(now) - day).days
    if days <= 0:
        return say(phrases, "when.today", time=time)
    if days == 1:
        return say(phrases, "when.yesterday", time=time)
    if days <= WEEKDAY_FOR:
        return say(phrases, f"when.weekday_{day.weekday()}")
    return say(phrases, "when.days", days=days)


def in_unit(metres: float, units: UnitSystem) -> tuple[float, UnitOfLength]:
    """Return a distance in what a home measures roads in, and that unit."""
    told = UnitOfLength.MILES if units.length_unit == UnitOfLength.MILES else UnitOfLength.KILOMETERS
    return DistanceConverter.convert(metres, UnitOfLength.METERS, told), told


def distance(phrases: Phrases, formats: Formats, metres: float, units: UnitSystem) -> str:
    """Return a distance as precisely as anybody wants to hear it."""
    figure, told = in_unit(metres, units)
    rounded = round(figure) if figure >= ROUND_FROM else round(figure, 1)
    if rounded == 1:
        return say(phrases, f"{told}_one")
    return say(phrases, str(told), distance=formats.short_number(rounded))
