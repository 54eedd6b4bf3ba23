"""Voice satellites of Assist, which speak with the voice of their own voice assistant."""

from homeassistant.components import tts
from homeassistant.components.assist_pipeline import OPTION_PREFERRED, async_get_pipelines
from homeassistant.components.assist_pipeline.pipeline import async_get_pipeline
from homeassistant.components.assist_satellite import DOMAIN as ASSIST_SATELLITE, SatelliteBusyError
from homeassistant.components.assist_satellite.const import DATA_COMPONENT
from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN
from .voice import Voice

SERVICE_ANNOUNCE = "announce"
ATTR_MEDIA_ID = "media_id"
ATTR_MESSAGE = "message"
ATTR_PREANNOUNCE = "preannounce"
IN_CONVERSATION = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING, AssistSatelliteState.RESPONDING}


async def async_announce(hass: HomeAssistant, satellite: str, text: str, *, chime: bool, interrupts: bool) -> None:
    """Have a satellite say a text, and return when it has; raise HomeAssistantError where it can't.

    `interrupts` says whether whoever is just talking to it may be cut short.
    """
    state = hass.states.get(satellite)
    if state and state.state in IN_CONVERSATION and not interrupts:
        raise _busy(satellite)
    announcement = {ATTR_ENTITY_ID: satellite, ATTR_MESSAGE: text, ATTR_PREANNOUNCE: chime}
    try:
        await hass.services.async_call(ASSIST_SATELLITE, SERVICE_ANNOUNCE, announcement, blocking=True)
    except SatelliteBusyError as error:
        raise _busy(satellite) from error


async def async_play_on_satellite(hass: HomeAssistant, satellite: str, url: str) -> None:
    """Have a satellite play a sound, and return when it has; raise HomeAssistantError where it can't."""
    announcement = {ATTR_ENTITY_ID: satellite, ATTR_MEDIA_ID: url, ATTR_PREANNOUNCE: False}
    try:
        await hass.services.async_call(ASSIST_SATELLITE, SERVICE_ANNOUNCE, announcement, blocking=True)
    except SatelliteBusyError as error:
        raise _busy(satellite) from error


def _busy(satellite: str) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key="satellite_busy", translation_placeholders={"entity": satellite}
    )


def voice_of_satellite(hass: HomeAssistant, satellite: str) -> Voice | None:
    """Return the voice of a satellite's voice assistant, or None where that has none.

    Raises HomeAssistantError where the satellite is not there to tell.
    """
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(satellite) if component else None
    if entity is None:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_unavailable",
            translation_placeholders={"entity": satellite},
        )
    pipeline = async_get_pipeline(hass, _pipeline_chosen_by(hass, entity.pipeline_entity_id))
    # An assistant without a choice of its own speaks with the home's first engine.
    engine = tts.async_resolve_engine(hass, pipeline.tts_engine)
    if engine is None:
        return None
    options = {tts.ATTR_VOICE: pipeline.tts_voice} if pipeline.tts_voice else None
    return Voice(engine=engine, language=pipeline.tts_language, options=options)


def _pipeline_chosen_by(hass: HomeAssistant, select: str | None) -> str | None:
    """Return the id of the voice assistant that an entity chooses by its name, or None for the preferred one."""
    state = hass.states.get(select) if select else None
    if state is None or state.state == OPTION_PREFERRED:
        return None
    return next((pipeline.id for pipeline in async_get_pipelines(hass) if pipeline.name == state.state), None)
