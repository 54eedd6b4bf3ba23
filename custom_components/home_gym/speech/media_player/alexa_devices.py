"""Echo by Home Assistant's own integration: its media player searches music, its notify entities speak."""

from typing import override

from homeassistant.const import ATTR_ENTITY_ID, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ...const import DOMAIN
from .driver import Refusal
from .text import TextDriver

# The keys of its notify entities, the best first: an announcement begins with a chime.
SPEAK, ANNOUNCE = "speak", "announce"


class AlexaDevicesDriver(TextDriver):
    """Driver with the notify entity of the same device."""

    @override
    def refusal(self, hass: HomeAssistant, player: str) -> Refusal | None:
        """Return the reason for an Echo without an enabled notify entity."""
        return None if _notify_entity(hass, player) else Refusal.ECHO_WITHOUT_NOTIFY

    @override
    async def async_send(self, hass: HomeAssistant, player: str, text: str) -> None:
        """Speak by the notify entity."""
        entity_id = _notify_entity(hass, player)
        if entity_id is None:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="echo_without_notify",
                translation_placeholders={"entity": player},
            )
        written = {ATTR_ENTITY_ID: entity_id, "message": text}
        await hass.services.async_call(Platform.NOTIFY, "send_message", written, blocking=True)


def _notify_entity(hass: HomeAssistant, player: str) -> str | None:
    """Return the notify entity beside a player that speaks, None without an enabled one."""
    entities = er.async_get(hass)
    entity = entities.async_get(player)
    if entity is None or entity.device_id is None:
        return None
    beside = {
        other.unique_id.rpartition("-")[2]: other.entity_id
        for other in er.async_entries_for_device(entities, entity.device_id)
        if other.domain == Platform.NOTIFY and other.platform == entity.platform
    }
    return beside.get(SPEAK) or beside.get(ANNOUNCE)
