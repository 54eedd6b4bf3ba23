"""Loudspeakers without ears: a line or a sound on a media player, or a text by a notify action."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import CONF_MEDIA_PLAYER, CONF_TTS_ENGINE, DOMAIN
from ..gym.speech.queue import UtterancePriority, time_to_say
from .line import REACTION_TIMEOUT, Line
from .media_player import Utterance, driver_of
from .media_player.driver import async_nothing
from .notify_actions import async_send, key_of
from .outputs import QueueTurn
from .targets import available, volume_on
from .voice import async_render, voice_of_engine


async def async_say_on_player(
    hass: HomeAssistant, speaker: Mapping[str, Any], line: Line, priority: UtterancePriority, until: datetime | None
) -> None:
    """Speak a line on a media player as its platform does."""
    player = available(hass, speaker[CONF_MEDIA_PLAYER])
    takes_text = driver_of(hass, player).traits(hass, player).takes_text
    engine = None if takes_text else available(hass, _engine(speaker))
    with QueueTurn(hass, player, priority, until, line.is_wanted) as turn:
        media_id, length = "", time_to_say(line.text)
        if engine:
            async with asyncio.timeout(REACTION_TIMEOUT):
                sound = await async_render(hass, voice_of_engine(hass, engine, line.language), line.text)
            media_id, length = sound.media_id, time_to_say(line.text, sound.data)
        await turn.async_wait()
        player = available(hass, speaker[CONF_MEDIA_PLAYER])
        utterance = Utterance(
            text=line.text,
            media_id=media_id,
            length=length,
            volume=volume_on(speaker, is_night=line.is_night),
            patience=REACTION_TIMEOUT,
        )
        await _async_say(hass, player, utterance, turn)


async def async_play_on_player(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    url: str,
    length: timedelta,
    on_begin: Callable[[], None],
) -> None:
    """Play a sound on a media player; raises HomeAssistantError for one that only takes text."""
    player = available(hass, speaker[CONF_MEDIA_PLAYER])
    driver = driver_of(hass, player)
    if driver.traits(hass, player).takes_text:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_takes_text",
            translation_placeholders={"entity": player},
        )
    with QueueTurn(hass, player, UtterancePriority.PROMPT, None) as turn:
        await turn.async_wait()
        on_begin()
        volume = volume_on(speaker, is_night=False)
        sound = Utterance(text="", media_id=url, length=length, volume=volume, patience=REACTION_TIMEOUT)
        await _async_say(hass, player, sound, turn)


async def async_say_by_action(
    hass: HomeAssistant, speaker: Mapping[str, Any], line: Line, priority: UtterancePriority, until: datetime | None
) -> None:
    """Speak a line by a notify action, which doesn't report when it is heard."""
    with QueueTurn(hass, key_of(speaker), priority, until, line.is_wanted) as turn:
        await turn.async_wait()
        async with asyncio.timeout(REACTION_TIMEOUT):
            await async_send(hass, speaker, line.text)
        turn.async_hold(time_to_say(line.text), async_nothing)


async def _async_say(hass: HomeAssistant, player: str, utterance: Utterance, turn: QueueTurn) -> None:
    """Speak on a player, and keep its turn for the rest of the line."""
    spoken = await driver_of(hass, player).async_say(hass, player, utterance)
    if spoken.remaining:
        turn.async_hold(spoken.remaining, spoken.restore)
    else:
        await spoken.restore()


def _engine(speaker: Mapping[str, Any]) -> str:
    engine: str | None = speaker.get(CONF_TTS_ENGINE)
    if engine is None:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_without_voice")
    return engine
