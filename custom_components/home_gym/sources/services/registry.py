"""The table of services: a row for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.core import HomeAssistant

from ...gym.integrations import intervals_icu
from .client import ServiceClient
from .intervals_icu import IntervalsIcu


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineService:
    """A service: its own name, the same in every language, and the client of a source's data."""

    name: str
    client: Callable[[HomeAssistant, Mapping[str, Any]], ServiceClient]


SERVICES: Mapping[str, OnlineService] = {
    intervals_icu.SERVICE: OnlineService(name="intervals.icu", client=IntervalsIcu)
}
"""The services, by the value of `CONF_ONLINE` in a source's data."""
