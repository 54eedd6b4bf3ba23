"""Written and spoken formats of numbers, dates and times of day, by language; the table is in `formats.json`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
import json
from typing import NotRequired, TypedDict, cast

from .phrases import FALLBACK_LANGUAGE

TWELVE = 12


class _Table(TypedDict):
    """The row of one language. `country` is assumed where neither the language nor the home names one."""

    country: str
    decimal_point: str
    countries_with_other_decimal_point: NotRequired[list[str]]
    twelve_hour_countries: NotRequired[list[str]]
    month_first_countries: NotRequired[list[str]]
    spoken_clock: int
    spoken_hour: str
    spoken_minutes: str
    spoken_parts: NotRequired[dict[str, str]]
    written_12: NotRequired[str]
    written_24: str
    written_parts: NotRequired[dict[str, str]]
    singular_hours: NotRequired[list[int]]
    hour_words: NotRequired[list[str]]
    date: str
    short_date: str
    month_first_date: NotRequired[str]
    month_first_short_date: NotRequired[str]
    moment: str
    months: list[str]


_TABLES: Mapping[str, _Table] = json.loads(files(__package__).joinpath("formats.json").read_text(encoding="utf-8"))
_OTHER_POINT = {",": ".", ".": ","}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The formats of a language in a country."""

    table: _Table
    country: str

    def spoken_time(self, wall: time) -> str:
        """Return a time of day for a voice to read: 6:30 PM, 18 Uhr 30."""
        template = self.table["spoken_minutes"] if wall.minute else self.table["spoken_hour"]
        return self._time(template, wall, self.table["spoken_clock"], self.table.get("spoken_parts"))

    def written_time(self, wall: time) -> str:
        """Return a time of day for the eye: 6:30 PM, 18:30 Uhr."""
        if "written_12" in self.table and self.country in self.table.get("twelve_hour_countries", ()):
            return self._time(self.table["written_12"], wall, TWELVE, self.table.get("written_parts"))
        return self._time(self.table["written_24"], wall, 24, None)

    def written_date(self, day: date) -> str:
        """Return a date with the name of its month."""
        return self._date(day, "date", "month_first_date")

    def short_date(self, day: date) -> str:
        """Return a date for tables and lists."""
        return self._date(day, "short_date", "month_first_short_date")

    def moment(self, local: datetime) -> str:
        """Return a date and a time of day, both of the local clock."""
        return self.table["moment"].format(date=self.written_date(local.date()), time=self.written_time(local.time()))

    def number(self, figure: float, digits: int) -> str:
        """Return a number with its decimals."""
        return f"{figure:.{digits}f}".replace(".", self._decimal_point)

    def short_number(self, figure: float) -> str:
        """Return a number with the decimals that it has."""
        return f"{figure:g}".replace(".", self._decimal_point)

    @property
    def _decimal_point(self) -> str:
        point = self.table["decimal_point"]
        return (
            _OTHER_POINT[point] if self.country in self.table.get("countries_with_other_decimal_point", ()) else point
        )

    def _time(self, template: str, wall: time, clock: int, parts: Mapping[str, str] | None) -> str:
        hour = (wall.hour % TWELVE or TWELVE) if clock == TWELVE else wall.hour
        singular, plural = self.table.get("hour_words", ["", ""])
        return template.format(
            hour=hour,
            minute=wall.minute,
            part=_part(parts, wall.hour),
            word=singular if hour in self.table.get("singular_hours", ()) else plural,
        )

    def _date(self, day: date, usual: str, month_first: str) -> str:
        is_month_first = self.country in self.table.get("month_first_countries", ())
        template = cast("Mapping[str, str]", self.table)[month_first if is_month_first else usual]
        month = self.table["months"][day.month - 1]
        return template.format(day=day.day, month=month, number=day.month, year=day.year)


@cache
def formats_for(language: str, country: str | None = None) -> Formats:
    """Return the formats of a language such as `es` or `es-MX`, in the country of the language's tag or of the home."""
    primary, *rest = language.replace("_", "-").split("-")
    table = _TABLES.get(primary.lower(), _TABLES[FALLBACK_LANGUAGE])
    region = next((part.upper() for part in rest if _is_region(part)), None)
    return Formats(table=table, country=region or country or table["country"])


def _is_region(part: str) -> bool:
    """Return whether a part of a language tag is a country, such as MX, or a region, such as 419."""
    return (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit())


def _part(parts: Mapping[str, str] | None, hour: int) -> str:
    """Return the part of the day in which an hour lies."""
    begun = [name for start, name in (parts or {}).items() if int(start) <= hour]
    return begun[-1] if begun else ""
