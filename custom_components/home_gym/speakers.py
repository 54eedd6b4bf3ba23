"""Performs one line: on a media player by way of a text-to-speech engine, or as a notification."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components import tts
from homeassistant.components.media_player.const import (
    ATTR_MEDIA_ANNOUNCE,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    DOMAIN as MEDIA_PLAYER,
    SERVICE_PLAY_MEDIA,
    MediaType,
)
from homeassistant.components.notify.const import ATTR_MESSAGE, ATTR_TITLE, DOMAIN as NOTIFY, SERVICE_SEND_MESSAGE
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .const import CONF_MEDIA_PLAYER, CONF_NOTIFY, CONF_TTS_ENGINE, DOMAIN
from .references import entity_id_of

# An engine or a player that takes longer than this to react is as good as gone.
PATIENCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is to be said, and under what title where it is written."""

    title: str
    text: str


async def async_perform(hass: HomeAssistant, speaker: Mapping[str, Any], line: Line) -> None:
    """Say a line on the speaker that a subentry's data describes.

    Raises HomeAssistantError where that fails.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            if CONF_MEDIA_PLAYER in speaker:
                await _speak(hass, speaker, line)
            else:
                await _notify(hass, speaker, line)
    except TimeoutError as error:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent") from error


async def _speak(hass: HomeAssistant, speaker: Mapping[str, Any], line: Line) -> None:
    engine = _available(hass, speaker[CONF_TTS_ENGINE])
    player = _available(hass, speaker[CONF_MEDIA_PLAYER])
    # Not kept on disk: a line has the runner's name in it.
    media_id = tts.generate_media_source_id(hass, line.text, engine=engine, cache=False)
    # The player would fetch the sound later and hide that there is none. What is made here is kept until it does.
    _, sound = await tts.async_get_media_source_audio(hass, media_id)
    if not sound:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent")
    await hass.services.async_call(
        MEDIA_PLAYER,
        SERVICE_PLAY_MEDIA,
        {
            ATTR_ENTITY_ID: player,
            ATTR_MEDIA_CONTENT_ID: media_id,
            ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC,
            ATTR_MEDIA_ANNOUNCE: True,
        },
        blocking=True,
    )


async def _notify(hass: HomeAssistant, speaker: Mapping[str, Any], line: Line) -> None:
    await hass.services.async_call(
        NOTIFY,
        SERVICE_SEND_MESSAGE,
        {
            ATTR_ENTITY_ID: _available(hass, speaker[CONF_NOTIFY]),
            ATTR_MESSAGE: line.text,
            ATTR_TITLE: line.title,
        },
        blocking=True,
    )


def _available(hass: HomeAssistant, reference: str) -> str:
    """Return the entity id behind a reference if it can be used now."""
    entity_id = entity_id_of(hass, reference)
    state = hass.states.get(entity_id) if entity_id else None
    if entity_id is None or state is None or state.state == STATE_UNAVAILABLE:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_unavailable",
            translation_placeholders={"entity": entity_id or reference},
        )
    return entity_id
