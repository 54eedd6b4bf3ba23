"""The companion app: messages to a phone, found by its config entry and never by its name."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.mobile_app.const import (
    ATTR_APP_DATA,  # the app's capabilities, in its config entry
    ATTR_OS_VERSION,  # in the config entry
    ATTR_START_LIVE_ACTIVITY_TOKEN,  # there while live activities are switched on
    DATA_CONFIG_ENTRIES,  # phones by webhook
    DATA_NOTIFY,  # the sender of all phones
    DOMAIN,  # not documented
)
from homeassistant.components.mobile_app.notify import (
    MobileAppNotificationService,  # reaches a phone whose name another one has
)
from homeassistant.components.mobile_app.util import (
    get_notify_service,  # the action of a phone, by its webhook
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_MANUFACTURER, CONF_WEBHOOK_ID, Platform
from homeassistant.core import HomeAssistant, callback

__all__ = ["async_message_phone", "can_start_live_activity", "is_apple", "is_phone_known", "os_version_of"]

APPLE = "apple"


@callback
def is_phone_known(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
    """Return whether the companion app can send to the phone of a config entry."""
    about: Mapping[str, Any] = hass.data.get(DOMAIN, {})
    return DATA_NOTIFY in about and entry.data.get(CONF_WEBHOOK_ID) in about.get(DATA_CONFIG_ENTRIES, {})


def is_apple(entry: ConfigEntry[Any]) -> bool:
    """Return whether the phone of a config entry is an iPhone or iPad."""
    return str(entry.data.get(ATTR_MANUFACTURER, "")).lower() == APPLE


def can_start_live_activity(entry: ConfigEntry[Any]) -> bool:
    """Return whether the app on an iPhone or iPad reports that it shows live activities."""
    return bool(entry.data.get(ATTR_APP_DATA, {}).get(ATTR_START_LIVE_ACTIVITY_TOKEN))


def os_version_of(entry: ConfigEntry[Any]) -> int:
    """Return the first number of a phone's system version, 0 for an unknown one."""
    first = str(entry.data.get(ATTR_OS_VERSION, "")).partition(".")[0]
    return int(first) if first.isdecimal() else 0


async def async_message_phone(
    hass: HomeAssistant, entry: ConfigEntry[Any], message: str, *, title: str | None, data: Mapping[str, Any]
) -> None:
    """Send a message to the phone of a config entry; raises HomeAssistantError.

    Of two phones with one name, only one has an action; the other is reached through the sender of that action.
    """
    webhook: str = entry.data[CONF_WEBHOOK_ID]
    written: dict[str, Any] = {"message": message, "data": dict(data)} | ({"title": title} if title else {})
    if action := get_notify_service(hass, webhook):
        await hass.services.async_call(Platform.NOTIFY, action, written, blocking=True)
        return
    sender: MobileAppNotificationService = hass.data[DOMAIN][DATA_NOTIFY]
    await sender.async_send_message(**written, target=[webhook])
