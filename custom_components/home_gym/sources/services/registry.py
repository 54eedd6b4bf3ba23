"""The table of services: a row for each."""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from .client import ServiceClient
from .intervals_icu import IntervalsIcu

SERVICES: Mapping[str, Callable[[HomeAssistant, Mapping[str, Any]], ServiceClient]] = {"intervals_icu": IntervalsIcu}
"""The clients of services, by the value of `CONF_ONLINE` in a source's data."""

NAMES: Mapping[str, str] = {"intervals_icu": "intervals.icu"}
"""The services' own names, the same in every language."""
