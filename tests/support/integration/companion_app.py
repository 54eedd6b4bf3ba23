"""Phones in the companion app's own register, without its push service."""

from collections.abc import Callable, Coroutine
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.components.mobile_app.const import DATA_CONFIG_ENTRIES, DATA_NOTIFY, DOMAIN
from homeassistant.components.mobile_app.notify import MobileAppNotificationService
from homeassistant.core import HomeAssistant, ServiceCall


def register_phone(
    hass: HomeAssistant, app: MockConfigEntry, action: str, handle: Callable[[ServiceCall], Coroutine[Any, Any, None]]
) -> None:
    """Register the action of a phone as the companion app does."""
    about: dict[str, Any] = hass.data.setdefault(DOMAIN, {DATA_CONFIG_ENTRIES: {}})
    sender = about.setdefault(DATA_NOTIFY, MobileAppNotificationService())
    webhook = app.data["webhook_id"]
    about[DATA_CONFIG_ENTRIES][webhook] = app
    sender.registered_targets = {**getattr(sender, "registered_targets", {}), action: webhook}
    hass.services.async_register("notify", action, handle)


def forget_phone(hass: HomeAssistant, app: MockConfigEntry, action: str) -> None:
    """Remove a phone, as on the removal of its config entry."""
    about: dict[str, Any] = hass.data[DOMAIN]
    del about[DATA_CONFIG_ENTRIES][app.data["webhook_id"]]
    del about[DATA_NOTIFY].registered_targets[action]
    hass.services.async_remove("notify", action)
