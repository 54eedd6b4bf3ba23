"""Volume of a player for one line: set before it, also on a sleeping player, and set back if the user left it."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, replace

from homeassistant.const import SERVICE_VOLUME_SET, STATE_OFF, STATE_STANDBY
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event

from ...const import LOGGER
from ...ha.media_player import MediaPlayerEntityFeature as Feature, async_volume_of
from .driver import async_call, features_of

ATTR_MEDIA_VOLUME_LEVEL = "volume_level"

# Players round volumes.
TOLERANCE = 0.03
# Seconds in which a player that starts to play reports its volume.
WAKING = 3
ASLEEP = {STATE_OFF, STATE_STANDBY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """The volume before a line, None if a sleeping player hides it, and the one wanted for it; from 0 to 1."""

    before: float | None
    wanted: float


async def async_set_before(hass: HomeAssistant, player: str, volume: int | None) -> Loudness | None:
    """Set the volume for a line, in per cent, and return it with the one before.

    Returns None where no other is wanted, where the player has no volume, and where one that is awake doesn't report
    its own, which couldn't be restored. Raises HomeAssistantError, but not for a player that sleeps.
    """
    state = hass.states.get(player)
    if volume is None or state is None or Feature.VOLUME_SET not in features_of(state):
        return None
    before = _level(state)
    is_asleep = state.state in ASLEEP
    if before is None and is_asleep:
        # Home Assistant hides the attributes of a player that is off, not what its integration knows.
        before = async_volume_of(hass, player)
    loudness = Loudness(before=before, wanted=volume / 100)
    if before is not None:
        await _async_set(hass, player, loudness.wanted)
        return loudness
    return loudness if is_asleep else None


async def async_set_after_waking(hass: HomeAssistant, player: str, loudness: Loudness) -> Loudness | None:
    """Set the volume of a player that slept as soon as it reports its own; None if it never does.

    Raises HomeAssistantError.
    """
    before = await _async_level_when_awake(hass, player)
    if before is None:
        return None
    await _async_set(hass, player, loudness.wanted)
    return replace(loudness, before=before)


async def async_set_back(hass: HomeAssistant, player: str, loudness: Loudness | None) -> None:
    """Set the volume from before the line, unless the user changed it since; raises HomeAssistantError."""
    if loudness is None or loudness.before is None:
        return
    level = _level(hass.states.get(player))
    # A slow player still reports the volume from before the line.
    if level is None or any(abs(level - known) < TOLERANCE for known in (loudness.wanted, loudness.before)):
        await _async_set(hass, player, loudness.before)


async def async_restored(player: str, patience: float, restoring: Awaitable[None]) -> None:
    """Await the restoration of a player; one that fails, or takes longer than `patience` seconds, is logged."""
    try:
        async with asyncio.timeout(patience):
            await restoring
    except (HomeAssistantError, TimeoutError) as error:
        LOGGER.warning("%s is not as it was before a line was spoken: %s", player, error)


async def _async_level_when_awake(hass: HomeAssistant, player: str) -> float | None:
    found: asyncio.Future[float] = hass.loop.create_future()

    @callback
    def look(event: Event[EventStateChangedData]) -> None:
        level = _level(event.data["new_state"])
        if level is not None and not found.done():
            found.set_result(level)

    stop = async_track_state_change_event(hass, player, look)
    try:
        if (level := _level(hass.states.get(player))) is not None:
            return level
        with suppress(TimeoutError):
            async with asyncio.timeout(WAKING):
                return await found
        return None
    finally:
        stop()


def _level(state: State | None) -> float | None:
    level: float | None = state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL) if state else None
    return level


async def _async_set(hass: HomeAssistant, player: str, level: float) -> None:
    await async_call(hass, player, SERVICE_VOLUME_SET, **{ATTR_MEDIA_VOLUME_LEVEL: level})
