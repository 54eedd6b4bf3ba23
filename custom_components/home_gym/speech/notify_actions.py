"""Notify actions without an entity: broadcasts to loudspeakers, groups, and other integrations' messages."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import CONF_NOTIFY_ACTION, CONF_ROOMS, DOMAIN


async def async_send(hass: HomeAssistant, speaker: Mapping[str, Any], text: str, *, title: str | None = None) -> None:
    """Send a text by a speaker's notify action, to its rooms if it has some; raises HomeAssistantError."""
    action, rooms = speaker[CONF_NOTIFY_ACTION], speaker.get(CONF_ROOMS, ())
    if not hass.services.has_service(Platform.NOTIFY, action):
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="notify_action_missing",
            translation_placeholders={"action": f"{Platform.NOTIFY}.{action}"},
        )
    written = {"message": text} | ({"title": title} if title else {}) | ({"target": list(rooms)} if rooms else {})
    await hass.services.async_call(Platform.NOTIFY, action, written, blocking=True)


def key_of(speaker: Mapping[str, Any]) -> str:
    """Return the key of the output behind a speaker's notify action."""
    rooms: Sequence[str] = speaker.get(CONF_ROOMS, ())
    return "/".join((f"{Platform.NOTIFY}.{speaker[CONF_NOTIFY_ACTION]}", *sorted(rooms)))
