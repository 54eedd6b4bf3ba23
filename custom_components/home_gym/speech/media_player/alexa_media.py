"""Echo by Alexa Media Player, a custom integration: it speaks by a notify action."""

from typing import override

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant

from .driver import Refusal
from .text import TextDriver

ACTION = "alexa_media"


class AlexaMediaDriver(TextDriver):
    """Driver with the integration's action; its media player can play a URL only from a public address."""

    @override
    def refusal(self, hass: HomeAssistant, player: str) -> Refusal | None:
        """Return the reason for a missing action."""
        return None if hass.services.has_service(Platform.NOTIFY, ACTION) else Refusal.ALEXA_MEDIA_WITHOUT_ACTION

    @override
    async def async_send(self, hass: HomeAssistant, player: str, text: str) -> None:
        """Speak by the action."""
        spoken = {"message": text, "target": [player], "data": {"type": "tts"}}
        await hass.services.async_call(Platform.NOTIFY, ACTION, spoken, blocking=True)
