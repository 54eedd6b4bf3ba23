"""Cadence beat on a runner's speaker: generated here, fetched by the speaker."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from aiohttp.web import Request, Response
import voluptuous as vol

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import ATTR_ENTITY_ID, SERVICE_MEDIA_PAUSE, SERVICE_MEDIA_STOP, Platform
from homeassistant.core import HassJob, HomeAssistant, ServiceResponse, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.http import HomeAssistantView

from ..const import CONF_MEDIA_PLAYER, DOMAIN, LOGGER
from ..data import RunnerData
from ..entity_references import entity_id_of
from ..gym.back.advice import RedFlagError
from ..gym.events import Event, is_red_flag
from ..gym.speech.metronome import MAX_BEAT_SECONDS, QUICKEST, SLOWEST, beats
from ..ha.media_player import MediaPlayerEntityFeature as Feature, async_process_play_media_url
from ..routines.speakers import speakers_named
from ..speech import async_perform_sound
from ..speech.media_player import features_of
from .action import Action

URL = f"/api/{DOMAIN}/cadence/{{cadence}}/{{seconds}}.wav"

ATTR_CADENCE = "cadence"
ATTR_DURATION = "duration"
ATTR_SPEAKER = "speaker"
A_MINUTE = timedelta(minutes=1)


class CadenceView(HomeAssistantView):
    """View with the beat, for speakers with a signed URL."""

    url = URL
    name = f"api:{DOMAIN}:cadence"

    def __init__(self, hass: HomeAssistant) -> None:
        """Serve the speakers of a home."""
        self._hass = hass

    async def get(self, _request: Request, cadence: str, seconds: str) -> Response:
        """Return a beat."""
        try:
            sound = await self._hass.async_add_executor_job(beats, float(cadence), int(seconds))
        except ValueError:
            return Response(status=404)
        return Response(body=sound, content_type="audio/wav")


async def _play_cadence(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    gym.runner.require_no_red_flag()
    band = gym.runner.band
    cadence = data.get(ATTR_CADENCE, min(max((band.low + band.high) / 2, SLOWEST), QUICKEST))
    duration: timedelta = data[ATTR_DURATION]
    speaker = _speaker(gym, data.get(ATTR_SPEAKER))
    path = URL.format(cadence=f"{cadence:g}", seconds=round(duration.total_seconds()))
    url = async_process_play_media_url(gym.coordinator.hass, path)
    await _async_play(gym, speaker.data, url, duration)
    return None


async def _async_play(gym: RunnerData, speaker: Mapping[str, Any], url: str, duration: timedelta) -> None:
    """Play a beat, and stop it after a red flag, since a red flag ends all coaching.

    A satellite cannot stop once it has begun.
    """
    hass = gym.coordinator.hass
    is_stopped = has_begun = False

    @callback
    def note_begin() -> None:
        nonlocal has_begun
        has_begun = True

    playing = hass.async_create_task(async_perform_sound(hass, speaker, url, duration, on_begin=note_begin), "cadence")

    @callback
    def stop_beside_red_flag(event: Event) -> None:
        nonlocal is_stopped
        if is_red_flag(event):
            is_stopped = True
            # A beat still in the queue must not start either.
            playing.cancel()
            if has_begun:
                hass.async_create_task(_async_stop(hass, speaker[CONF_MEDIA_PLAYER]), "cadence")

    forget = gym.coordinator.async_listen(stop_beside_red_flag)

    @callback
    def over(_now: datetime) -> None:
        forget()

    try:
        await playing
    except BaseException as error:
        forget()
        if is_stopped and isinstance(error, asyncio.CancelledError):
            raise RedFlagError from None
        raise
    if CONF_MEDIA_PLAYER in speaker:
        # A media player has only started by now.
        async_call_later(hass, duration, HassJob(over, "end of a cadence", cancel_on_shutdown=True))
    else:
        forget()


async def _async_stop(hass: HomeAssistant, player: str) -> None:
    """Stop a media player, by pausing if it cannot stop."""
    entity_id = entity_id_of(hass, player)
    features = features_of(hass.states.get(entity_id)) if entity_id else Feature(0)
    service = SERVICE_MEDIA_STOP if Feature.STOP in features else SERVICE_MEDIA_PAUSE
    try:
        await hass.services.async_call(Platform.MEDIA_PLAYER, service, {ATTR_ENTITY_ID: entity_id}, blocking=True)
    except HomeAssistantError as error:
        LOGGER.warning("The beat on %s could not be stopped: %s", entity_id, error)


def _speaker(gym: RunnerData, named: str | None) -> ConfigSubentry:
    """Return a speaker by its id or name, else the one in earshot; raises ServiceValidationError."""
    if named is not None:
        return speakers_named(gym.coordinator, named, audible=True)[0]
    entry = gym.entry
    if heard := gym.coordinator.heard:
        return entry.subentries[heard[0]]
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="nothing_heard", translation_placeholders={"runner": entry.title}
    )


CADENCE_ACTIONS: Mapping[str, Action] = {
    "play_cadence": Action(
        fields={
            vol.Optional(ATTR_CADENCE): vol.All(vol.Coerce(float), vol.Range(min=SLOWEST, max=QUICKEST)),
            vol.Optional(ATTR_DURATION, default=A_MINUTE): vol.All(
                cv.positive_time_period, vol.Range(min=timedelta(seconds=1), max=timedelta(seconds=MAX_BEAT_SECONDS))
            ),
            vol.Optional(ATTR_SPEAKER): cv.string,
        },
        handler=_play_cadence,
    )
}
