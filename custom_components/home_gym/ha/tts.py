"""Text-to-speech engines."""

from homeassistant.components.tts import (
    ATTR_VOICE,  # the option that assistants pass on to the engine
    TextToSpeechEntity,
    async_create_stream,  # renders without Home Assistant's cache, which would hide an engine that is down
    async_resolve_engine,  # the engine of an assistant that chose none
)
from homeassistant.components.tts.const import (
    DATA_COMPONENT,  # no state or attribute lists an engine's languages; its entity does
)
from homeassistant.core import HomeAssistant, callback

__all__ = ["ATTR_VOICE", "async_create_stream", "async_engine_entity", "async_resolve_engine"]


@callback
def async_engine_entity(hass: HomeAssistant, entity_id: str) -> TextToSpeechEntity | None:
    """Return an engine's entity, or None if there is none."""
    component = hass.data.get(DATA_COMPONENT)
    return component.get_entity(entity_id) if component else None
