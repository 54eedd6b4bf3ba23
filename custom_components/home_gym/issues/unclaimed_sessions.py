"""Repair issue for treadmill sessions unclaimed for a day."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .repair_issue import UNCLAIMED_SESSIONS


@callback
def async_report_unclaimed(hass: HomeAssistant, entry: ConfigEntry[Any], count: int) -> None:
    """Raise the issue of a treadmill with unclaimed sessions, clear it without any."""
    if not count:
        UNCLAIMED_SESSIONS.async_clear(hass, entry.entry_id)
        return
    UNCLAIMED_SESSIONS.async_raise(
        hass,
        entry.entry_id,
        {"treadmill": entry.title, "count": str(count)},
        data={"entry_id": entry.entry_id},
    )
