"""Speech: one line on a voice satellite, on a media player, or as a notification, with an answer if possible."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import (
    CONF_CHIME,
    CONF_MEDIA_PLAYER,
    CONF_NOTIFY,
    CONF_SATELLITE,
    CONF_TTS_ENGINE,
    CONF_VOLUME,
    DOMAIN,
)
from ..entity_references import entity_id_of
from ..gym.speech.queue import UtterancePriority, time_to_say
from .outputs import AnnouncementCancelledError, LineDroppedError, QueueTurn, async_restore_after
from .phones import Notification, async_notify
from .player import async_play, goes_on_under_lines
from .rooms import async_occupied
from .satellite import (
    CannotListenError,
    async_announce,
    async_ask as async_ask_satellite,
    async_play_on_satellite,
    async_wait_until_free,
    listens,
)
from .voice import async_render, voice_of_engine

# Seconds without a reaction before an engine, a player or a phone counts as failed.
REACTION_TIMEOUT = 20
# Satellites wait about 15 seconds for an answer, and understanding it takes time.
LISTENING = 30

__all__ = [
    "AnnouncementCancelledError",
    "Line",
    "LineDroppedError",
    "UtterancePriority",
    "async_ask",
    "async_occupied",
    "async_perform",
    "async_perform_sound",
]

type HindranceListener = Callable[[CannotListenError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line to speak, with a title for its written form.

    `language` is the text's BCP 47 tag, if other than the home's. `buttons`, `reply`, `more_buttons`, `link` and `tag`
    are those of the `Notification` on a phone. `is_wanted` is called at the line's turn: a line no longer wanted is
    dropped.
    """

    title: str
    text: str
    language: str | None = None
    buttons: Mapping[str, str] = field(default_factory=dict)
    reply: Mapping[str, str] = field(default_factory=dict)
    more_buttons: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None
    tag: str | None = None
    is_wanted: Callable[[], bool] = lambda: True

    @property
    def as_notification(self) -> Notification:
        """The line as a notification on a phone."""
        return Notification(
            title=self.title,
            message=self.text,
            tag=self.tag,
            buttons=self.buttons,
            reply=self.reply,
            more_buttons=self.more_buttons,
            link=self.link,
        )


async def async_perform(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    line: Line,
    *,
    priority: UtterancePriority = UtterancePriority.PROMPT,
    until: datetime | None = None,
) -> None:
    """Speak a line on a subentry's speaker as soon as it is free, but not after `until`.

    Returns when a satellite has spoken it, when a media player has started, or when a notification is sent. Raises
    LineDroppedError if its turn doesn't come in time, AnnouncementCancelledError if it is no longer wanted then, and
    HomeAssistantError if speaking fails.
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
            return await _say_on_satellite(
                hass, speaker, line, priority=priority, until=until, on_hindrance=on_hindrance
            )
        if CONF_MEDIA_PLAYER in speaker:
            await _say_on_player(hass, speaker, line, priority, until)
            return None
        async with asyncio.timeout(REACTION_TIMEOUT):
            phone = _available(hass, speaker[CONF_NOTIFY])
            await async_notify(hass, phone, line.as_notification)
    except TimeoutError as error:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent") from error
    return None


async def async_perform_sound(hass: HomeAssistant, speaker: Mapping[str, Any], url: str, length: timedelta) -> None:
    """Play a sound of a known length on a subentry's speaker as soon as it is free.

    On a player that ducks it goes on under the lines of a routine. Returns when a satellite has played it, or when a
    media player has started; raises HomeAssistantError.
    """
    patience = REACTION_TIMEOUT + length.total_seconds()
    try:
        if CONF_SATELLITE in speaker:
            satellite = _available(hass, speaker[CONF_SATELLITE])
            with QueueTurn(hass, satellite, UtterancePriority.PROMPT, None) as turn:
                await turn.async_wait()
                async with asyncio.timeout(patience):
                    await async_play_on_satellite(hass, satellite, url)
            return
        player = _available(hass, speaker[CONF_MEDIA_PLAYER])
        with QueueTurn(hass, player, UtterancePriority.PROMPT, None) as turn:
            await turn.async_wait()
            is_under = goes_on_under_lines(hass, player)
            volume = speaker.get(CONF_VOLUME)
            restore = await async_play(
                hass, player, url, volume=volume, patience=REACTION_TIMEOUT, announce=not is_under
            )
            if is_under:
                async_restore_after(hass, length, restore)
            else:
                turn.async_hold(length, restore)
    except TimeoutError as error:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent") from error


async def _say_on_satellite(
    hass: HomeAssistant,
    speaker: Mapping[str, Any],
    line: Line,
    *,
    priority: UtterancePriority,
    until: datetime | None,
    on_hindrance: HindranceListener | None,
) -> str | None:
    satellite = _available(hass, speaker[CONF_SATELLITE])
    with QueueTurn(hass, satellite, priority, until, line.is_wanted) as turn:
        # After a spoken "yes", the reply comes before the routine.
        if priority is UtterancePriority.ROUTINE and until:
            await async_wait_until_free(hass, satellite, until)
        await turn.async_wait()
        satellite = _available(hass, speaker[CONF_SATELLITE])
        # Between the lines of a routine, chimes would drown the lines.
        has_chime = speaker.get(CONF_CHIME, True) and priority is UtterancePriority.PROMPT
        patience = 2 * time_to_say(line.text).total_seconds() + REACTION_TIMEOUT
        if on_hindrance and listens(hass, satellite):
            try:
                return await async_ask_satellite(
                    hass, satellite, line.text, chime=has_chime, patience=patience + LISTENING
                )
            except CannotListenError as error:
                on_hindrance(error)
        async with asyncio.timeout(patience):
            await async_announce(
                hass, satellite, line.text, chime=has_chime, interrupts=priority is UtterancePriority.SAFETY
            )
    return None


async def _say_on_player(
    hass: HomeAssistant, speaker: Mapping[str, Any], line: Line, priority: UtterancePriority, until: datetime | None
) -> None:
    engine = _available(hass, speaker[CONF_TTS_ENGINE])
    player = _available(hass, speaker[CONF_MEDIA_PLAYER])
    with QueueTurn(hass, player, priority, until, line.is_wanted) as turn:
        async with asyncio.timeout(REACTION_TIMEOUT):
            sound = await async_render(hass, voice_of_engine(hass, engine, line.language), line.text)
        await turn.async_wait()
        player = _available(hass, speaker[CONF_MEDIA_PLAYER])
        restore = await async_play(
            hass, player, sound.media_id, volume=speaker.get(CONF_VOLUME), patience=REACTION_TIMEOUT
        )
        turn.async_hold(time_to_say(line.text, sound.data), restore)


def _available(hass: HomeAssistant, reference: str) -> str:
    """Return the entity id behind a reference; raises HomeAssistantError for a missing or unavailable entity."""
    entity_id = entity_id_of(hass, reference)
    state = hass.states.get(entity_id) if entity_id else None
    if entity_id is None or state is None or state.state == STATE_UNAVAILABLE:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_unavailable",
            translation_placeholders={"entity": entity_id or reference},
        )
    return entity_id
