"""Voice satellites of Assist, which speak with the voice of their own voice assistant, and some of which listen."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from homeassistant.components import stt, tts
from homeassistant.components.assist_pipeline import OPTION_PREFERRED, async_get_pipelines
from homeassistant.components.assist_pipeline.pipeline import Pipeline, async_get_pipeline
from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE, SatelliteBusyError
from homeassistant.components.assist_satellite.const import DATA_COMPONENT, AssistSatelliteEntityFeature
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from .outputs import LineDroppedError
from .voice import Voice

SERVICE_ANNOUNCE = "announce"
ATTR_MEDIA_ID = "media_id"
SERVICE_ASK_QUESTION = "ask_question"
ATTR_MESSAGE = "message"
ATTR_QUESTION = "question"
ATTR_SENTENCE = "sentence"
ATTR_PREANNOUNCE = "preannounce"
LISTENING = {AssistSatelliteState.LISTENING}
UNDERSTANDING = {AssistSatelliteState.PROCESSING}
# Satellites wait no longer for the end of one.
SENTENCE = 15
IN_CONVERSATION = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING, AssistSatelliteState.RESPONDING}


class UnaskableError(HomeAssistantError):
    """A satellite can't listen right now; it may still speak."""


def listens(hass: HomeAssistant, satellite: str) -> bool:
    """Tell whether a satellite is of those that listen to what is answered to them."""
    state = hass.states.get(satellite)
    features = AssistSatelliteEntityFeature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) if state else 0)
    return AssistSatelliteEntityFeature.START_CONVERSATION in features


async def async_wait_until_free(hass: HomeAssistant, satellite: str, until: datetime) -> None:
    """Wait until nobody talks to a satellite any more; raise LineDroppedError where that takes longer than `until`."""
    free = asyncio.Event()

    @callback
    def look(_event: Event[EventStateChangedData] | None = None) -> None:
        if not _is_talked_to(hass, satellite):
            free.set()

    stop = async_track_state_change_event(hass, satellite, look)
    try:
        look()
        async with asyncio.timeout((until - dt_util.utcnow()).total_seconds()):
            await free.wait()
    except TimeoutError as error:
        raise LineDroppedError(translation_domain=DOMAIN, translation_key="line_too_late") from error
    finally:
        stop()


async def async_ask(hass: HomeAssistant, satellite: str, text: str, *, chime: bool, patience: float) -> str | None:
    """Have a satellite ask, and return what it heard then; None where it listened and heard nothing.

    Raises UnaskableError where it didn't come to listen, TimeoutError where it did neither in `patience` seconds, and
    HomeAssistantError where somebody is just talking to it.
    """
    if _is_talked_to(hass, satellite):
        raise _busy(satellite)
    pipeline = _pipeline_of(hass, satellite)
    if pipeline.stt_engine is None or stt.async_get_speech_to_text_engine(hass, pipeline.stt_engine) is None:
        raise UnaskableError(
            translation_domain=DOMAIN,
            translation_key="satellite_deaf",
            translation_placeholders={"entity": satellite, "assistant": pipeline.name},
        )
    question = {ATTR_ENTITY_ID: satellite, ATTR_QUESTION: text, ATTR_PREANNOUNCE: chime}
    with _noticing(hass, satellite, LISTENING) as has_listened:
        try:
            async with asyncio.timeout(patience):
                answer = await hass.services.async_call(
                    ASSIST_SATELLITE, SERVICE_ASK_QUESTION, question, blocking=True, return_response=True
                )
        except SatelliteBusyError as error:
            raise _busy(satellite) from error
        # Silence is an error there, too, and not told from others.
        except (HomeAssistantError, TimeoutError) as error:
            if has_listened.is_set():
                return None
            if isinstance(error, TimeoutError):
                raise
            raise UnaskableError(str(error)) from error
    return str(answer[ATTR_SENTENCE]) if answer else None


async def async_announce(hass: HomeAssistant, satellite: str, text: str, *, chime: bool, interrupts: bool) -> None:
    """Have a satellite say a text, and return when it has; raise HomeAssistantError where it can't.

    `interrupts` says whether whoever is just talking to it may be cut short.
    """
    if _is_talked_to(hass, satellite) and not interrupts:
        raise _busy(satellite)
    announcement = {ATTR_ENTITY_ID: satellite, ATTR_MESSAGE: text, ATTR_PREANNOUNCE: chime}
    with (
        _noticing(hass, satellite, LISTENING) as is_talked_to,
        _noticing(hass, satellite, UNDERSTANDING) as has_understood,
    ):
        try:
            await hass.services.async_call(ASSIST_SATELLITE, SERVICE_ANNOUNCE, announcement, blocking=True)
        except SatelliteBusyError as error:
            raise _busy(satellite) from error
        # Who has begun to talk meanwhile isn't shown any more, and the next line would cut the sentence short.
        if is_talked_to.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(SENTENCE):
                    await has_understood.wait()


@contextmanager
def _noticing(hass: HomeAssistant, satellite: str, wanted: set[AssistSatelliteState]) -> Iterator[asyncio.Event]:
    """Notice whether a satellite comes into a state."""
    noticed = asyncio.Event()

    @callback
    def look(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state and state.state in wanted:
            noticed.set()

    stop = async_track_state_change_event(hass, satellite, look)
    try:
        yield noticed
    finally:
        stop()


async def async_play_on_satellite(hass: HomeAssistant, satellite: str, url: str) -> None:
    """Have a satellite play a sound, and return when it has; raise HomeAssistantError where it can't."""
    announcement = {ATTR_ENTITY_ID: satellite, ATTR_MEDIA_ID: url, ATTR_PREANNOUNCE: False}
    try:
        await hass.services.async_call(ASSIST_SATELLITE, SERVICE_ANNOUNCE, announcement, blocking=True)
    except SatelliteBusyError as error:
        raise _busy(satellite) from error


def _is_talked_to(hass: HomeAssistant, satellite: str) -> bool:
    state = hass.states.get(satellite)
    return state is not None and state.state in IN_CONVERSATION


def _busy(satellite: str) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key="satellite_busy", translation_placeholders={"entity": satellite}
    )


def voice_of_satellite(hass: HomeAssistant, satellite: str) -> Voice | None:
    """Return the voice of a satellite's voice assistant, or None where that has none.

    Raises HomeAssistantError where the satellite is not there to tell.
    """
    pipeline = _pipeline_of(hass, satellite)
    # An assistant without a choice of its own speaks with the home's first engine.
    engine = tts.async_resolve_engine(hass, pipeline.tts_engine)
    if engine is None:
        return None
    options = {tts.ATTR_VOICE: pipeline.tts_voice} if pipeline.tts_voice else None
    return Voice(engine=engine, language=pipeline.tts_language, options=options)


def _pipeline_of(hass: HomeAssistant, satellite: str) -> Pipeline:
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(satellite) if component else None
    if entity is None:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_unavailable",
            translation_placeholders={"entity": satellite},
        )
    return async_get_pipeline(hass, _pipeline_chosen_by(hass, entity.pipeline_entity_id))


def _pipeline_chosen_by(hass: HomeAssistant, select: str | None) -> str | None:
    """Return the id of the voice assistant that an entity chooses by its name, or None for the preferred one."""
    state = hass.states.get(select) if select else None
    if state is None or state.state == OPTION_PREFERRED:
        return None
    return next((pipeline.id for pipeline in async_get_pipelines(hass) if pipeline.name == state.state), None)
