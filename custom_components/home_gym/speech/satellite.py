"""Voice satellites of Assist: announcements in their assistant's voice, and questions on those that listen."""

import asyncio
from datetime import datetime

from homeassistant.components import stt
from homeassistant.components.assist_pipeline import OPTION_PREFERRED, Pipeline, async_get_pipelines
from homeassistant.components.assist_satellite import AssistSatelliteEntityFeature, SatelliteBusyError
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..ha.assist_pipeline import async_get_pipeline
from ..ha.assist_satellite import async_satellite_entity
from ..ha.tts import ATTR_VOICE, async_resolve_engine
from .conversation import Conversation, is_talked_to
from .outputs import LineDroppedError
from .voice import Voice

SERVICE_ANNOUNCE = "announce"
ATTR_MEDIA_ID = "media_id"
SERVICE_ASK_QUESTION = "ask_question"
ATTR_MESSAGE = "message"
ATTR_QUESTION = "question"
ATTR_SENTENCE = "sentence"
ATTR_PREANNOUNCE = "preannounce"


class CannotListenError(HomeAssistantError):
    """A satellite can't listen at the moment; it may still speak."""


def listens(hass: HomeAssistant, satellite: str) -> bool:
    """Return whether a satellite can listen for an answer."""
    state = hass.states.get(satellite)
    features = AssistSatelliteEntityFeature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) if state else 0)
    return AssistSatelliteEntityFeature.START_CONVERSATION in features


async def async_wait_until_free(hass: HomeAssistant, satellite: str, until: datetime) -> None:
    """Wait for the end of a conversation; raise LineDroppedError if it takes longer than `until`."""
    try:
        with Conversation(hass, satellite) as conversation:
            async with asyncio.timeout((until - dt_util.utcnow()).total_seconds()):
                await conversation.async_wait_for_end()
    except TimeoutError as error:
        raise LineDroppedError(translation_domain=DOMAIN, translation_key="line_too_late") from error


async def async_ask(hass: HomeAssistant, satellite: str, text: str, *, chime: bool, patience: float) -> str | None:
    """Ask on a satellite, and return the answer; None after silence.

    Raises CannotListenError if it didn't start listening, TimeoutError without either in `patience` seconds, and
    HomeAssistantError during a conversation.
    """
    if is_talked_to(hass, satellite):
        raise _busy(satellite)
    pipeline = _pipeline_of(hass, satellite)
    if pipeline.stt_engine is None or stt.async_get_speech_to_text_engine(hass, pipeline.stt_engine) is None:
        raise CannotListenError(
            translation_domain=DOMAIN,
            translation_key="satellite_deaf",
            translation_placeholders={"entity": satellite, "assistant": pipeline.name},
        )
    question = {ATTR_ENTITY_ID: satellite, ATTR_QUESTION: text, ATTR_PREANNOUNCE: chime}
    with Conversation(hass, satellite) as conversation:
        try:
            async with asyncio.timeout(patience):
                answer = await hass.services.async_call(
                    Platform.ASSIST_SATELLITE, SERVICE_ASK_QUESTION, question, blocking=True, return_response=True
                )
        except SatelliteBusyError as error:
            raise _busy(satellite) from error
        # Silence is an error there, too, and looks like any other.
        except (HomeAssistantError, TimeoutError) as error:
            if conversation.has_begun:
                return None
            if isinstance(error, TimeoutError):
                raise
            raise CannotListenError(str(error)) from error
    return str(answer[ATTR_SENTENCE]) if answer else None


async def async_announce(hass: HomeAssistant, satellite: str, text: str, *, chime: bool, interrupts: bool) -> None:
    """Speak a text on a satellite, and return at its end; raise HomeAssistantError after a failure.

    `interrupts` allows interrupting a conversation.
    """
    if is_talked_to(hass, satellite) and not interrupts:
        raise _busy(satellite)
    announcement = {ATTR_ENTITY_ID: satellite, ATTR_MESSAGE: text, ATTR_PREANNOUNCE: chime}
    with Conversation(hass, satellite) as conversation:
        try:
            await hass.services.async_call(Platform.ASSIST_SATELLITE, SERVICE_ANNOUNCE, announcement, blocking=True)
        except SatelliteBusyError as error:
            raise _busy(satellite) from error
        # A sentence begun meanwhile doesn't show in the state, and the next line would interrupt it.
        await conversation.async_wait_for_sentence()


async def async_play_on_satellite(hass: HomeAssistant, satellite: str, url: str) -> None:
    """Play a sound on a satellite, and return at its end; raise HomeAssistantError after a failure."""
    announcement = {ATTR_ENTITY_ID: satellite, ATTR_MEDIA_ID: url, ATTR_PREANNOUNCE: False}
    try:
        await hass.services.async_call(Platform.ASSIST_SATELLITE, SERVICE_ANNOUNCE, announcement, blocking=True)
    except SatelliteBusyError as error:
        raise _busy(satellite) from error


def _busy(satellite: str) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key="satellite_busy", translation_placeholders={"entity": satellite}
    )


def voice_of_satellite(hass: HomeAssistant, satellite: str) -> Voice | None:
    """Return the voice of a satellite's voice assistant, None for an assistant without one.

    Raises HomeAssistantError for an unavailable satellite.
    """
    pipeline = _pipeline_of(hass, satellite)
    # An assistant without an engine of its own uses the home's first one.
    engine = async_resolve_engine(hass, pipeline.tts_engine)
    if engine is None:
        return None
    options = {ATTR_VOICE: pipeline.tts_voice} if pipeline.tts_voice else None
    return Voice(engine=engine, language=pipeline.tts_language, options=options)


def _pipeline_of(hass: HomeAssistant, satellite: str) -> Pipeline:
    entity = async_satellite_entity(hass, satellite)
    if entity is None:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_unavailable",
            translation_placeholders={"entity": satellite},
        )
    return async_get_pipeline(hass, _pipeline_chosen_by(hass, entity.pipeline_entity_id))


def _pipeline_chosen_by(hass: HomeAssistant, select: str | None) -> str | None:
    """Return the voice assistant's id selected by an entity, None for the preferred one."""
    state = hass.states.get(select) if select else None
    if state is None or state.state == OPTION_PREFERRED:
        return None
    return next((pipeline.id for pipeline in async_get_pipelines(hass) if pipeline.name == state.state), None)
