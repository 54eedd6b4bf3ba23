"""Any other player: the line at the player's volume, and the music restored afterwards."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import override

from homeassistant.const import SERVICE_MEDIA_PAUSE, SERVICE_MEDIA_PLAY, SERVICE_MEDIA_SEEK
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util

from ...ha.media_player import MediaPlayerEntityFeature as Feature, MediaPlayerState, MediaType
from .driver import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    SERVICE_PLAY_MEDIA,
    Driver,
    Spoken,
    Timing,
    Traits,
    Utterance,
    VolumeOf,
    async_announce,
    async_call,
    async_timed,
    features_of,
)
from .volume import Loudness, async_restored, async_set_after_waking, async_set_back, async_set_before

ATTR_MEDIA_POSITION = "media_position"
ATTR_MEDIA_POSITION_UPDATED_AT = "media_position_updated_at"
ATTR_MEDIA_SEEK_POSITION = "seek_position"

# The path of Home Assistant's rendered speech; a player with such a URL plays a line.
SPEECH = "/api/tts_proxy/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """The media before a line, and its position in seconds if it can be resumed."""

    content_id: str
    content_type: str
    position: float | None
    can_pause: bool


class GeneralDriver(Driver):
    """Driver with the actions of all media players."""

    timing = Timing.STARTED

    @override
    def traits(self, hass: HomeAssistant, player: str) -> Traits:
        """Return the abilities; a player may have a fixed volume."""
        has_volume = Feature.VOLUME_SET in features_of(hass.states.get(player))
        return Traits(timing=self.timing, volume=VolumeOf.PLAYER if has_volume else VolumeOf.FIXED)

    @override
    async def async_say(self, hass: HomeAssistant, player: str, utterance: Utterance) -> Spoken:
        """Play the line in place of the music, which goes on afterwards where the player doesn't do that by itself."""
        patience = utterance.patience
        music = _music(hass.states.get(player), dt_util.utcnow())
        loudness: Loudness | None = None

        async def restore(loudness: Loudness | None) -> None:
            await async_restored(player, patience, _async_restore(hass, player, loudness, music))

        try:
            async with asyncio.timeout(patience):
                if music and music.can_pause:
                    await async_call(hass, player, SERVICE_MEDIA_PAUSE)
                loudness = await async_set_before(hass, player, utterance.volume)
            said = async_announce(hass, player, utterance)
            whole = utterance.patience_for(self.timing)
            remaining = await async_timed(hass, said, utterance.length, self.timing, whole)
            if loudness and loudness.before is None and remaining:
                loudness = await async_set_after_waking(hass, player, loudness)
        except BaseException:
            await restore(loudness)
            raise
        return Spoken(remaining=remaining, restore=partial(restore, loudness))


def _music(state: State | None, now: datetime) -> Music | None:
    """Return the current media, None if the player resumes it by itself, or doesn't report it."""
    features = features_of(state)
    if state is None or state.state != MediaPlayerState.PLAYING or Feature.MEDIA_ANNOUNCE in features:
        return None
    content_id = state.attributes.get(ATTR_MEDIA_CONTENT_ID)
    if not content_id or SPEECH in content_id:
        return None
    return Music(
        content_id=content_id,
        content_type=state.attributes.get(ATTR_MEDIA_CONTENT_TYPE, MediaType.MUSIC),
        position=_position(state, now) if Feature.SEEK in features else None,
        can_pause=Feature.PAUSE | Feature.PLAY in features,
    )


def _position(state: State, now: datetime) -> float | None:
    """Return the current position in seconds, None if unknown."""
    position: float | None = state.attributes.get(ATTR_MEDIA_POSITION)
    updated: datetime | None = state.attributes.get(ATTR_MEDIA_POSITION_UPDATED_AT)
    if position is None or updated is None:
        return None
    return position + (now - updated).total_seconds()


async def _async_restore(hass: HomeAssistant, player: str, loudness: Loudness | None, music: Music | None) -> None:
    """Restore the player, but nothing that the user changed since."""
    await async_set_back(hass, player, loudness)
    if music:
        await _async_go_on(hass, player, music)


async def _async_go_on(hass: HomeAssistant, player: str, music: Music) -> None:
    state = hass.states.get(player)
    # A user who switches a player off wants silence.
    if state is None or state.state == MediaPlayerState.OFF:
        return
    shown = state.attributes.get(ATTR_MEDIA_CONTENT_ID)
    if state.state == MediaPlayerState.PLAYING and shown and SPEECH not in shown:
        return
    if state.state == MediaPlayerState.PAUSED and shown == music.content_id:
        await async_call(hass, player, SERVICE_MEDIA_PLAY)
        return
    # The line has replaced the media.
    content = {ATTR_MEDIA_CONTENT_ID: music.content_id, ATTR_MEDIA_CONTENT_TYPE: music.content_type}
    await async_call(hass, player, SERVICE_PLAY_MEDIA, **content)
    if music.position is not None:
        await async_call(hass, player, SERVICE_MEDIA_SEEK, **{ATTR_MEDIA_SEEK_POSITION: music.position})
