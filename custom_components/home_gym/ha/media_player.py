"""Media players: features, states, volumes, and URLs that a player can open."""

from homeassistant.components.media_player.browse_media import (
    async_process_play_media_url,  # documented, but not exported to type checkers
)
from homeassistant.components.media_player.const import (
    DATA_COMPONENT,
    MediaPlayerEntityFeature,  # documented, but not exported to type checkers
    MediaPlayerState,
    MediaType,
)
from homeassistant.core import HomeAssistant

__all__ = [
    "MediaPlayerEntityFeature",
    "MediaPlayerState",
    "MediaType",
    "async_process_play_media_url",
    "async_volume_of",
]


def async_volume_of(hass: HomeAssistant, player: str) -> float | None:
    """Return the volume that a player's integration knows, also while the player is off; None if unknown."""
    entity = hass.data[DATA_COMPONENT].get_entity(player) if DATA_COMPONENT in hass.data else None
    return entity.volume_level if entity else None
