"""The beat of a cadence on a runner's speaker: made here, fetched by the speaker."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp.web import Request, Response
import voluptuous as vol

from homeassistant.components.media_player.browse_media import async_process_play_media_url
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.http import HomeAssistantView

from .action import Action
from .const import CONF_NOTIFY, DOMAIN, SUBENTRY_SPEAKER
from .coordinator import HomeGymCoordinator
from .gym.metronome import LONGEST, QUICKEST, SLOWEST, beats
from .speakers import async_perform_sound

URL = f"/api/{DOMAIN}/cadence/{{cadence}}/{{seconds}}.wav"

ATTR_CADENCE = "cadence"
ATTR_DURATION = "duration"
ATTR_SPEAKER = "speaker"
A_MINUTE = timedelta(minutes=1)


class CadenceView(HomeAssistantView):
    """Serves the beat to speakers, which get its address signed."""

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


async def _play_cadence(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    band = coordinator.runner.settings.band
    cadence = data.get(ATTR_CADENCE, min(max((band.low + band.high) / 2, SLOWEST), QUICKEST))
    duration: timedelta = data[ATTR_DURATION]
    speaker = _speaker(coordinator, data.get(ATTR_SPEAKER))
    path = URL.format(cadence=f"{cadence:g}", seconds=round(duration.total_seconds()))
    await async_perform_sound(
        coordinator.hass, speaker.data, async_process_play_media_url(coordinator.hass, path), duration
    )
    return None


def _speaker(coordinator: HomeGymCoordinator, named: str | None) -> ConfigSubentry:
    """Return a speaker by its id or name, or the one that would be heard; raises ServiceValidationError."""
    entry = coordinator.config_entry
    audible = [one for one in entry.get_subentries_of_type(SUBENTRY_SPEAKER) if CONF_NOTIFY not in one.data]
    if named is None:
        heard = [entry.subentries[speaker] for speaker in coordinator.heard]
        if heard:
            return heard[0]
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="nothing_heard", translation_placeholders={"runner": entry.title}
        )
    for speaker in audible:
        if named.casefold() in {speaker.subentry_id.casefold(), speaker.title.casefold()}:
            return speaker
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="unknown_speaker",
        translation_placeholders={"speaker": named, "runner": entry.title},
    )


METRONOME_ACTIONS: Mapping[str, Action] = {
    "play_cadence": Action(
        fields={
            vol.Optional(ATTR_CADENCE): vol.All(vol.Coerce(float), vol.Range(min=SLOWEST, max=QUICKEST)),
            vol.Optional(ATTR_DURATION, default=A_MINUTE): vol.All(
                cv.positive_time_period, vol.Range(min=timedelta(seconds=1), max=timedelta(seconds=LONGEST))
            ),
            vol.Optional(ATTR_SPEAKER): cv.string,
        },
        handler=_play_cadence,
    )
}
