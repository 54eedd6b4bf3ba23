"""Repair issue for sources with an older address, a webhook."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..const import CONF_SECRET, CONF_WEBHOOK, SUBENTRY_SOURCE
from .repair_issue import OLD_ADDRESS


@callback
def async_report_old_addresses(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Raise the issue for each source of a runner without an address of its own, clear it for the others."""
    for source in entry.get_subentries_of_type(SUBENTRY_SOURCE):
        if CONF_WEBHOOK not in source.data or CONF_SECRET in source.data:
            OLD_ADDRESS.async_clear(hass, source.subentry_id)
            continue
        OLD_ADDRESS.async_raise(
            hass,
            source.subentry_id,
            {"source": source.title, "runner": entry.title},
            data={"entry_id": entry.entry_id, "subentry_id": source.subentry_id},
        )
