"""Spoken forms of instants, distances and lists."""

from collections.abc import Sequence
from datetime import datetime

from homeassistant.const import UnitOfLength
from homeassistant.util.unit_conversion import DistanceConverter
from homeassistant.util.unit_system import UnitSystem

from .gym.calendar import Calendar
from .gym.habits.habit import Habit
from .gym.prompts.topic import Topic
from .gym.runs.wise_distance import WiseDistance
from .gym.speech.formats import Formats
from .gym.speech.phrases import Phrases, line

# After six days, a weekday's name is ambiguous.
WEEKDAY_FOR = 6
# Distances below this many kilometres or miles are spoken with a decimal.
ROUND_FROM = 10


def say(phrases: Phrases, key: str, **placeholders: str | float) -> str:
    """Return an answer's phrase with its placeholders filled in."""
    return line(phrases, f"assist.{key}", turn=0, **placeholders)


def topic_name(phrases: Phrases, topic: Topic) -> str:
    """Return the name of a topic that the coach asks about."""
    kind = "habit" if isinstance(topic, Habit) else "topic"
    return say(phrases, f"{kind}.{topic}")


def in_words(phrases: Phrases, words: Sequence[str], last: str = "and") -> str:
    """Return a spoken list: one, two and three."""
    *first, final = words
    return say(phrases, last, first=", ".join(first), last=final) if first else final


def when(phrases: Phrases, formats: Formats, instant: datetime, *, now: datetime, calendar: Calendar) -> str:
    """Return the spoken form of a past instant, relative to now."""
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
    """Return a distance in the home's unit, and that unit."""
    unit = UnitOfLength.MILES if units.length_unit == UnitOfLength.MILES else UnitOfLength.KILOMETERS
    return DistanceConverter.convert(metres, UnitOfLength.METERS, unit), unit


def distance(phrases: Phrases, formats: Formats, metres: float, units: UnitSystem) -> str:
    """Return a spoken distance, rounded for the ear."""
    figure, unit = in_unit(metres, units)
    rounded = round(figure) if figure >= ROUND_FROM else round(figure, 1)
    return say(phrases, str(unit), count=rounded, distance=formats.short_number(rounded))


def wise_line(phrases: Phrases, formats: Formats, wise: WiseDistance, units: UnitSystem, *, turn: int = 0) -> str:
    """Return the line with today's wise distance."""
    if not wise.distance:
        return line(phrases, "wise.none", turn=turn)
    spoken = distance(phrases, formats, wise.distance, units)
    return line(phrases, f"wise.{wise.rule}", turn=turn, distance=spoken)
