"""Text-to-speech: text rendered to sound before any player fetches it."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components import tts
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import language as language_util

from ..const import DOMAIN
from ..ha.assist_pipeline import async_get_pipeline
from ..ha.tts import async_create_stream, async_engine_entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An engine, its language, and its voice option; None for the engine's default."""

    engine: str
    language: str | None = None
    options: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A rendered text, and its media id for players."""

    media_id: str
    data: bytes


def voice_of_engine(hass: HomeAssistant, engine: str, language: str | None = None) -> Voice:
    """Return an engine's voice for a language, the home's by default.

    An engine without the language uses its own.
    """
    entity = async_engine_entity(hass, engine)
    spoken = entity.supported_languages if entity else ()
    fitting = language_util.matches(language or hass.config.language, spoken, country=hass.config.country)
    return Voice(engine=engine, language=fitting[0] if fitting else None)


def preferred_engine(hass: HomeAssistant) -> str | None:
    """Return the entity of the preferred voice assistant's engine, else the only one of the home; None without."""
    engines = hass.states.async_entity_ids(Platform.TTS)
    preferred = async_get_pipeline(hass).tts_engine if engines else None
    if preferred in engines:
        return preferred
    return engines[0] if len(engines) == 1 else None


async def async_render(hass: HomeAssistant, voice: Voice, text: str) -> Sound:
    """Render a text; raise HomeAssistantError after a failure."""
    # Without the disk cache, since a line contains the runner's name.
    media_id = tts.generate_media_source_id(
        hass, text, engine=voice.engine, language=voice.language, options=_options(voice), cache=False
    )
    # The player would fetch the sound later and hide a failure. The rendered sound is kept in memory until then.
    _, data = await tts.async_get_media_source_audio(hass, media_id)
    return Sound(media_id=media_id, data=_audible(data))


async def async_try_out(hass: HomeAssistant, voice: Voice, text: str) -> None:
    """Render a text without the cache; raise HomeAssistantError after a failure."""

    async def words() -> AsyncGenerator[str]:
        yield text

    stream = async_create_stream(hass, voice.engine, voice.language, _options(voice))
    # Home Assistant caches the sound of a whole text, but not that of a streamed one.
    stream.async_set_message_stream(words())
    _audible(b"".join([chunk async for chunk in stream.async_stream_result()]))


def _options(voice: Voice) -> dict[str, Any] | None:
    return dict(voice.options) if voice.options else None


def _audible(data: bytes) -> bytes:
    if not data:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="speaker_silent")
    return data
