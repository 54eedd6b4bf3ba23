"""Repair issues of treadmills: sessions unclaimed for a day, and a log that can't be written."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .repair_issue import LOG_NOT_WRITTEN, UNCLAIMED_SESSIONS


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


@callback
def async_report_unwritten(hass: HomeAssistant, entry: ConfigEntry[Any], error: Exception | None) -> None:
    """Raise the issue of a treadmill with a log that can't be written, clear it without an error."""
    if error is None:
        LOG_NOT_WRITTEN.async_clear(hass, entry.entry_id)
        return
    LOG_NOT_WRITTEN.async_raise(hass, entry.entry_id, {"treadmill": entry.title, "error": str(error)})
