"""Dashboards of Home Assistant, to link to the one with a card.

The dashboards and their configurations have no promised interface: cards are found by the types in them, and any
failure to read a dashboard leaves it out.
"""

from typing import Any

from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

__all__ = ["async_dashboards"]


async def async_dashboards(hass: HomeAssistant) -> dict[str, dict[str, Any]]:
    """Return the configuration of each dashboard that has one, by its path; generated ones have no configuration."""
    if LOVELACE_DATA not in hass.data:
        return {}
    found: dict[str, dict[str, Any]] = {}
    for path, dashboard in hass.data[LOVELACE_DATA].dashboards.items():
        try:
            config = await dashboard.async_load(False)
        except HomeAssistantError:
            continue
        found[path or "lovelace"] = config
    return found
