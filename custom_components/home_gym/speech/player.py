"""Media players: a line at its own volume, with the music restored afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_SUPPORTED_FEATURES,
    SERVICE_MEDIA_PAUSE,
    SERVICE_MEDIA_PLAY,
    SERVICE_MEDIA_SEEK,
    SERVICE_VOLUME_SET,
    Platform,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..ha.media_player import MediaPlayerEntityFeature as Feature, MediaPlayerState, MediaType

SERVICE_PLAY_MEDIA = "play_media"
ATTR_MEDIA_ANNOUNCE = "announce"
ATTR_MEDIA_CONTENT_ID = "media_content_id"
ATTR_MEDIA_CONTENT_TYPE = "media_content_type"
ATTR_MEDIA_POSITION = "media_position"
ATTR_MEDIA_POSITION_UPDATED_AT = "media_position_updated_at"
ATTR_MEDIA_SEEK_POSITION = "seek_position"
ATTR_MEDIA_VOLUME_LEVEL = "volume_level"

# Players round volumes.
VOLUME_TOLERANCE = 0.03
# The path of Home Assistant's rendered speech; a player with such a URL plays a line.
SPEECH = "/api/tts_proxy/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """The volume before a line and the one wanted for it, from 0 to 1."""

    before: float
    wanted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """The media before a line, and its position in seconds if it can be resumed."""

    content_id: str
    content_type: str
    position: float | None
    can_pause: bool


def goes_on_under_lines(hass: HomeAssistant, player: str) -> bool:
    """Return whether a sound can go on while lines are spoken: a player that ducks, and plays nothing else now."""
    state = hass.states.get(player)
    is_playing = state is not None and state.state == MediaPlayerState.PLAYING
    return Feature.MEDIA_ANNOUNCE in features_of(state) and not is_playing


async def async_play(
    hass: HomeAssistant, player: str, media_id: str, *, volume: int | None, patience: float, announce: bool = True
) -> Callable[[], Awaitable[None]]:
    """Play a sound, at a volume in per cent if one is given, and return the function to restore the player.

    With `announce` it interrupts or ducks other media; otherwise it is media itself. Raises HomeAssistantError for a
    failed player, which is then restored, and TimeoutError after `patience` seconds.
    """
    state = hass.states.get(player)
    loudness = _loudness(state, volume)
    music = _music(state, dt_util.utcnow())
    restore = partial(_async_restore, hass, player, loudness, music, patience)
    try:
        async with asyncio.timeout(patience):
            if music and music.can_pause:
                await _async_call(hass, player, SERVICE_MEDIA_PAUSE)
            if loudness:
                await _async_set_volume(hass, player, loudness.wanted)
            sound = {ATTR_MEDIA_CONTENT_ID: media_id, ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC}
            await _async_call(hass, player, SERVICE_PLAY_MEDIA, **sound, **{ATTR_MEDIA_ANNOUNCE: announce})
    except BaseException:
        await restore()
        raise
    return restore


def features_of(state: State | None) -> Feature:
    """Return the features of a media player."""
    return Feature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) if state else 0)


def _loudness(state: State | None, volume: int | None) -> Loudness | None:
    """Return the volumes, None if no other is wanted, or if it couldn't be restored."""
    before = state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL) if state else None
    if volume is None or before is None or Feature.VOLUME_SET not in features_of(state):
        return None
    return Loudness(before=before, wanted=volume / 100)


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


async def _async_restore(
    hass: HomeAssistant, player: str, loudness: Loudness | None, music: Music | None, patience: float
) -> None:
    """Restore the player, but nothing that the user changed since."""
    try:
        async with asyncio.timeout(patience):
            if loudness and _is_ours(hass.states.get(player), loudness):
                await _async_set_volume(hass, player, loudness.before)
            if music:
                await _async_go_on(hass, player, music)
    except (HomeAssistantError, TimeoutError) as error:
        LOGGER.warning("%s is not as it was before a line was spoken: %s", player, error)


def _is_ours(state: State | None, loudness: Loudness) -> bool:
    """Return whether the volume is the line's; a slow player still reports the one before it."""
    level = state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL) if state else None
    return level is None or any(abs(level - known) < VOLUME_TOLERANCE for known in (loudness.wanted, loudness.before))


async def _async_go_on(hass: HomeAssistant, player: str, music: Music) -> None:
    state = hass.states.get(player)
    # A user who switches a player off wants silence.
    if state is None or state.state == MediaPlayerState.OFF:
        return
    shown = state.attributes.get(ATTR_MEDIA_CONTENT_ID)
    if state.state == MediaPlayerState.PLAYING and shown and SPEECH not in shown:
        return
    if state.state == MediaPlayerState.PAUSED and shown == music.content_id:
        await _async_call(hass, player, SERVICE_MEDIA_PLAY)
        return
    # The line has replaced the media.
    content = {ATTR_MEDIA_CONTENT_ID: music.content_id, ATTR_MEDIA_CONTENT_TYPE: music.content_type}
    await _async_call(hass, player, SERVICE_PLAY_MEDIA, **content)
    if music.position is not None:
        await _async_call(hass, player, SERVICE_MEDIA_SEEK, **{ATTR_MEDIA_SEEK_POSITION: music.position})


async def _async_set_volume(hass: HomeAssistant, player: str, level: float) -> None:
    await _async_call(hass, player, SERVICE_VOLUME_SET, **{ATTR_MEDIA_VOLUME_LEVEL: level})


async def _async_call(hass: HomeAssistant, player: str, service: str, **data: Any) -> None:
    await hass.services.async_call(Platform.MEDIA_PLAYER, service, {ATTR_ENTITY_ID: player, **data}, blocking=True)
