"""Media players: features, states, and URLs that a player can open."""

from homeassistant.components.media_player.browse_media import (
    async_process_play_media_url,  # documented, but not exported to type checkers
)
from homeassistant.components.media_player.const import (
    MediaPlayerEntityFeature,  # documented, but not exported to type checkers
    MediaPlayerState,
    MediaType,
)

__all__ = ["MediaPlayerEntityFeature", "MediaPlayerState", "MediaType", "async_process_play_media_url"]
