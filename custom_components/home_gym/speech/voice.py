"""Text made sound by a text-to-speech engine, before anything plays it."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components import tts
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import language as language_util

from ..const import DOMAIN
from ..ha.tts import async_create_stream, async_engine_entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An engine, the language in which it speaks, and what else it is told; None is the engine's own choice."""

    engine: str
    language: str | None = None
    options: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a voice made of a text, and the id by which media players get it."""

    media_id: str
    data: bytes


def voice_of_engine(hass: HomeAssistant, engine: str, language: str | None = None) -> Voice:
    """Return the voice in which an engine speaks a language, the home's by default.

    An engine that lacks the language speaks its own.
    """
    entity = async_engine_entity(hass, engine)
    spoken = entity.supported_languages if entity else ()
    fitting = language_util.matches(language or hass.config.language, spoken, country=hass.config.country)
    return Voice(engine=engine, language=fitting[0] if fitting else None)


async def async_render(hass: HomeAssistant, voice: Voice, text: str) -> Sound:
    """Make the sound of a text; raise HomeAssistantError where there is none."""
    # Not kept on disk: a line has the runner's name in it.
    media_id = tts.generate_media_source_id(
        hass, text, engine=voice.engine, language=voice.language, options=_options(voice), cache=False
    )
    # The player would fetch the sound later and hide that there is none. What is made here is kept until it does.
    _, data = await tts.async_get_media_source_audio(hass, media_id)
    return Sound(media_id=media_id, data=_heard(data))


async def async_try_out(hass: HomeAssistant, voice: Voice, text: str) -> None:
    """Make the sound of a text anew, even if it was just made; raise HomeAssistantError where there is none."""

    async def words() -> AsyncGenerator[str]:
        yield text

    stream = async_create_stream(hass, voice.engine, voice.language, _options(voice))
    # Home Assistant keeps the sound of a text in memory, but not that of a text which comes in pieces.
    stream.async_set_message_stream(words())
    _heard(b"".join([chunk async for chunk in stream.async_stream_result()]))


def _options(voice: Voice) -> dict[str, Any] | None:
    return dict(voice.options) if voice.options else None


def _heard(data: bytes) -> bytes:
    if not data:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent")
    return data
