"""The table of services: a row for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.core import HomeAssistant

from ...gym.integrations import intervals_icu, polar_accesslink
from .client import ServiceClient
from .intervals_icu import IntervalsIcu
from .polar_accesslink import PolarAccessLink


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineService:
    """A service: its own name, the same in every language, and the client of a source's data.

    `has_sign_in` is whether its accounts are connected by a sign-in there, not by a key.
    """

    name: str
    client: Callable[[HomeAssistant, Mapping[str, Any]], ServiceClient]
    has_sign_in: bool = False


SERVICES: Mapping[str, OnlineService] = {
    intervals_icu.SERVICE: OnlineService(name="intervals.icu", client=IntervalsIcu),
    polar_accesslink.SERVICE: OnlineService(name="Polar", client=PolarAccessLink, has_sign_in=True),
}
"""The services, by the value of `CONF_ONLINE` in a source's data."""
