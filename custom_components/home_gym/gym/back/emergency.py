"""Numbers of medical emergency services, by country (ISO 3166-1 alpha-2), in `emergency_numbers.json`.

A country is listed only with a number that its authorities publish; in the European Union 112 works everywhere.
"""

from collections.abc import Mapping
from importlib.resources import files
import json

_NUMBERS: Mapping[str, str] = json.loads(
    files(__package__).joinpath("emergency_numbers.json").read_text(encoding="utf-8")
)


def emergency_number(country: str | None) -> str | None:
    """Return the number to call in a country, None for an unknown one."""
    return _NUMBERS.get(country or "")
