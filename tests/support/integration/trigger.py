"""Triggers by device."""

from homeassistant.core import HomeAssistant
from tests.support.integration.automations import Plain, device_of


def by_device(hass: HomeAssistant, entity_id: str) -> Plain:
    """Target its device."""
    return {"device_id": device_of(hass, entity_id)}
