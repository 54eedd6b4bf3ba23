"""Typed access to one JSON object that describes an activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from .values import Json, instant_of, metres_of, number_of, text_of


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object with untyped values; of several names, the first with a value of the wanted type counts."""

    values: Mapping[str, Json]

    def has(self, *names: str) -> bool:
        """Return whether all of these values are present and not null."""
        return all(self.values.get(name) is not None for name in names)

    def text(self, *names: str) -> str | None:
        """Return a text or a whole number as text."""
        return next((text for name in names if (text := text_of(self.values.get(name)))), None)

    def number(self, *names: str) -> float | None:
        """Return any number but NaN."""
        return next((found for name in names if (found := number_of(self.values.get(name))) is not None), None)

    def metres(self, *names: str, unit: str = "m") -> float | None:
        """Return a length in metres."""
        return next((found for name in names if (found := metres_of(self.values.get(name), unit)) is not None), None)

    def instant(self, *names: str, zone: tzinfo = UTC) -> datetime | None:
        """Return an instant in UTC; one without an offset is in `zone`."""
        return next((found for name in names if (found := instant_of(self.values.get(name), zone))), None)

    def flag(self, name: str) -> bool | None:
        """Return a boolean."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else None

    def part(self, name: str) -> Row:
        """Return an inner object, or an empty one if there is none."""
        value = self.values.get(name)
        return Row(value if isinstance(value, dict) else {})

    def parts(self, name: str) -> list[Row]:
        """Return the objects of a list, or of one object."""
        value = self.values.get(name)
        values = value if isinstance(value, list) else [value]
        return [Row(part) for part in values if isinstance(part, dict)]
