"""The repair issue that asks whose sessions on a treadmill were, once nobody has said so for a day."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN


def issue_id(entry_id: str) -> str:
    """Return the id of the issue of a treadmill."""
    return f"unclaimed_{entry_id}"


def report(hass: HomeAssistant, entry: ConfigEntry[Any], count: int) -> None:
    """Keep an issue as long as there are sessions that waited for too long."""
    if not count:
        forget(hass, entry)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(entry.entry_id),
        is_fixable=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key="unclaimed",
        translation_placeholders={"treadmill": entry.title, "count": str(count)},
        data={"entry_id": entry.entry_id},
    )


def forget(hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
    """Keep no issue."""
    ir.async_delete_issue(hass, DOMAIN, issue_id(entry.entry_id))
