"""Notifications with buttons on the runners' phones."""

from collections.abc import Iterable, Mapping

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE, DOMAIN as NOTIFY
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import slugify

from .const import CONF_NOTIFY, LOGGER, SUBENTRY_SPEAKER
from .references import entity_id_of

# What the companion app fires when a button of a notification is touched.
ANSWERED = "mobile_app_notification_action"
COMPANION = "mobile_app"
# As many buttons as every phone shows.
MOST = 3


def phones_of(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the actions that send notifications with buttons to the phones of a runner."""
    entities, devices = er.async_get(hass), dr.async_get(hass)
    found = []
    for speaker in entry.get_subentries_of_type(SUBENTRY_SPEAKER):
        entity_id = entity_id_of(hass, speaker.data[CONF_NOTIFY]) if CONF_NOTIFY in speaker.data else None
        entity = entities.async_get(entity_id) if entity_id else None
        device = devices.async_get(entity.device_id) if entity and entity.device_id else None
        # Entities that notify take no buttons; the companion app's own action, named after the device, does.
        if entity and device and device.name and entity.platform == COMPANION:
            found.append(f"{COMPANION}_{slugify(device.name)}")
    return [action for action in found if hass.services.has_service(NOTIFY, action)]


async def async_ask(
    hass: HomeAssistant, phones: Iterable[str], *, title: str, message: str, tag: str, buttons: Mapping[str, str]
) -> None:
    """Ask on phones; `buttons` are what is written on each, by what touching it answers. A later `tag` replaces it."""
    data = {"tag": tag, "actions": [{"action": answer, "title": text} for answer, text in buttons.items()]}
    for action in phones:
        try:
            await hass.services.async_call(
                NOTIFY, action, {ATTR_TITLE: title, ATTR_MESSAGE: message, ATTR_DATA: data}, blocking=True
            )
        except HomeAssistantError as error:
            LOGGER.warning("%s could not be asked: %s", action, error)
