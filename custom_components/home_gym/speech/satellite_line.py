"""A line on a voice satellite, at the volume of the media player beside it, with an answer if it listens."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import CONF_CHIME, CONF_SATELLITE, LOGGER
from ..gym.speech.queue import UtterancePriority, time_to_say
from ..ha.media_player import MediaPlayerEntityFeature as Feature
from .line import REACTION_TIMEOUT, Line
from .media_player import Timing, features_of
from .media_player.driver import Restore, async_nothing, async_timed
from .media_player.volume import async_restored, async_set_back, async_set_before
from .outputs import QueueTurn
from .satellite import (
    CannotListenError,
    async_announce,
    async_ask,
    async_play_on_satellite,
    async_wait_until_free,
    listens,
)
from .targets import available, volume_on

# Satellites wait about 15 seconds for an answer, and understanding it takes time.
LISTENING = 30

type HindranceListener = Callable[[CannotListenError], None]


def player_beside(hass: HomeAssistant, satellite: str) -> str | None:
    """Return the media player with a volume on the device of a satellite, None without a single one."""
    entities = er.async_get(hass)
    entity = entities.async_get(satellite)
    if entity is None or entity.device_id is None:
        return None
    players = [
        other.entity_id
        for other in er.async_entries_for_device(entities, entity.device_id)
        if other.domain == Platform.MEDIA_PLAYER and Feature.VOLUME_SET in features_of(hass.states.get(other.entity_id))
    ]
    return players[0] if len(players) == 1 else None


async def async_say_on_satellite(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    line: Line,
    *,
    priority: UtterancePriority,
    until: datetime | None,
    on_hindrance: HindranceListener | None,
) -> str | None:
    """Speak a line on a satellite, and return the answer if it listens.

    A satellite that returns early keeps its turn for as long as the line takes.
    """
    satellite = available(hass, speaker[CONF_SATELLITE])
    with QueueTurn(hass, satellite, priority, until, line.is_wanted) as turn:
        # After a spoken "yes", the reply comes before the routine.
        if priority is UtterancePriority.ROUTINE and until:
            await async_wait_until_free(hass, satellite, until)
        await turn.async_wait()
        satellite = available(hass, speaker[CONF_SATELLITE])
        # Between the lines of a routine, chimes would drown the lines.
        has_chime = speaker.get(CONF_CHIME, True) and priority is UtterancePriority.PROMPT
        length = time_to_say(line.text)
        patience = 2 * length.total_seconds() + REACTION_TIMEOUT
        restore = await _async_set_volume(hass, satellite, volume_on(speaker, is_night=line.is_night))
        try:
            if on_hindrance and listens(hass, satellite):
                try:
                    return await async_ask(hass, satellite, line.text, chime=has_chime, patience=patience + LISTENING)
                except CannotListenError as error:
                    on_hindrance(error)
            said = async_announce(
                hass, satellite, line.text, chime=has_chime, interrupts=priority is UtterancePriority.SAFETY
            )
            if remaining := await async_timed(hass, said, length, Timing.HEARD, patience):
                turn.async_hold(remaining, restore)
                restore = async_nothing
        finally:
            await restore()
    return None


async def async_play_sound_on_satellite(
    hass: HomeAssistant, speaker: Mapping[str, Any], url: str, length: timedelta
) -> None:
    """Play a sound on a satellite, and return at its end."""
    satellite = available(hass, speaker[CONF_SATELLITE])
    with QueueTurn(hass, satellite, UtterancePriority.PROMPT, None) as turn:
        await turn.async_wait()
        restore = await _async_set_volume(hass, satellite, volume_on(speaker, is_night=False))
        try:
            async with asyncio.timeout(REACTION_TIMEOUT + length.total_seconds()):
                await async_play_on_satellite(hass, satellite, url)
        finally:
            await restore()


async def _async_set_volume(hass: HomeAssistant, satellite: str, volume: int | None) -> Restore:
    """Set the volume of a satellite for a line, and return the function to restore it.

    One whose volume can't be set speaks at its own.
    """
    player = player_beside(hass, satellite) if volume is not None else None
    loudness = None
    if player:
        try:
            async with asyncio.timeout(REACTION_TIMEOUT):
                loudness = await async_set_before(hass, player, volume)
        except (HomeAssistantError, TimeoutError) as error:
            LOGGER.warning("%s speaks at its own volume: %s", satellite, error)
    if player is None or loudness is None:
        return async_nothing

    async def restore() -> None:
        await async_restored(player, REACTION_TIMEOUT, async_set_back(hass, player, loudness))

    return restore
