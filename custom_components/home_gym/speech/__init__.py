"""Speech: one line on a voice satellite, on a media player, by a notify action or as a notification."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import CONF_MEDIA_PLAYER, CONF_NOTIFY, CONF_NOTIFY_ACTION, CONF_SATELLITE, DOMAIN
from ..entity_references import entity_id_of
from ..gym.speech.queue import UtterancePriority
from ..options.speaker import is_written
from .line import REACTION_TIMEOUT, Line, coach_line
from .loudspeaker import async_play_on_player, async_say_by_action, async_say_on_player
from .media_player import Timing, driver_of
from .notify_actions import async_send
from .outputs import AnnouncementCancelledError, LineDroppedError
from .phones import async_notify
from .rooms import async_occupied
from .satellite_line import HindranceListener, async_play_sound_on_satellite, async_say_on_satellite
from .targets import available

__all__ = [
    "AnnouncementCancelledError",
    "Line",
    "LineDroppedError",
    "UtterancePriority",
    "async_ask",
    "async_occupied",
    "async_perform",
    "async_perform_sound",
    "coach_line",
    "tells_time",
]


def tells_time(hass: HomeAssistant, speaker: Mapping[str, Any]) -> bool:
    """Return whether a line begins on a subentry's speaker within a second of its turn, as a countdown must."""
    if CONF_MEDIA_PLAYER not in speaker:
        return CONF_SATELLITE in speaker
    player = entity_id_of(hass, speaker[CONF_MEDIA_PLAYER])
    return player is not None and driver_of(hass, player).traits(hass, player).timing is not Timing.UNKNOWN


async def async_perform(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    line: Line,
    *,
    priority: UtterancePriority = UtterancePriority.PROMPT,
    until: datetime | None = None,
) -> None:
    """Speak a line on a subentry's speaker as soon as it is free, but not after `until`.

    Returns when a satellite has spoken it, when a media player has started or spoken it, as its platform reports, or
    when a message is sent. Raises LineDroppedError if its turn doesn't come in time, AnnouncementCancelledError if it
    is no longer wanted then, and HomeAssistantError if speaking fails.
    """
    await _perform(hass, speaker, line, priority=priority, until=until)


async def async_ask(
    hass: HomeAssistant, speaker: Mapping[str, Any], line: Line, *, on_hindrance: HindranceListener
) -> str | None:
    """Speak a line as `async_perform` does, and return the immediate answer from a speaker that listens.

    If a satellite cannot listen at the moment, `on_hindrance` receives the reason, and the line is only spoken.
    """
    return await _perform(hass, speaker, line, priority=UtterancePriority.PROMPT, until=None, on_hindrance=on_hindrance)


async def _perform(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    line: Line,
    *,
    priority: UtterancePriority,
    until: datetime | None,
    on_hindrance: HindranceListener | None = None,
) -> str | None:
    try:
        if CONF_SATELLITE in speaker:
            return await async_say_on_satellite(
                hass, speaker, line, priority=priority, until=until, on_hindrance=on_hindrance
            )
        if CONF_MEDIA_PLAYER in speaker:
            await async_say_on_player(hass, speaker, line, priority, until)
        elif not is_written(speaker):
            await async_say_by_action(hass, speaker, line, priority, until)
        else:
            async with asyncio.timeout(REACTION_TIMEOUT):
                await _async_write(hass, speaker, line)
    except TimeoutError as error:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent") from error
    return None


async def _async_write(hass: HomeAssistant, speaker: Mapping[str, Any], line: Line) -> None:
    if CONF_NOTIFY_ACTION in speaker:
        await async_send(hass, speaker, line.text, title=line.title)
        return
    await async_notify(hass, available(hass, speaker[CONF_NOTIFY]), line.as_notification)


async def async_perform_sound(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    url: str,
    length: timedelta,
    *,
    on_begin: Callable[[], None] = lambda: None,
) -> None:
    """Play a sound of a known length on a subentry's speaker as soon as it is free.

    `on_begin` is called as a media player begins. Returns when a satellite has played it, or when a media player has
    started or played it, as its platform reports; raises HomeAssistantError, also for a speaker that only takes text.
    """
    try:
        if CONF_SATELLITE in speaker:
            await async_play_sound_on_satellite(hass, speaker, url, length)
        elif CONF_MEDIA_PLAYER in speaker:
            await async_play_on_player(hass, speaker, url, length, on_begin)
        else:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="speaker_takes_text",
                translation_placeholders={"entity": speaker.get(CONF_NOTIFY_ACTION, "")},
            )
    except TimeoutError as error:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent") from error
