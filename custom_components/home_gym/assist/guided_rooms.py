"""Guided rooms: the rooms in which routines are guided, to which their short words belong."""

from collections.abc import Iterable

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from ..data import RunnerData
from .runner_lookup import VoiceLocation


@callback
def async_guided_at(hass: HomeAssistant, runners: Iterable[RunnerData], place: VoiceLocation) -> list[RunnerData]:
    """Return the runners with a routine guided at a place.

    From a place without satellite and area, such as the runner's phone, it is the only runner with a routine. So it is
    from everywhere for a speaker without area.
    """
    guided = [gym for gym in runners if gym.routines.player is not None]
    if here := [gym for gym in guided if is_in_guided_room(hass, gym, place)]:
        return here
    return guided if len(guided) == 1 and _may_be(hass, place, _speaker_of(guided[0])) else []


def is_in_guided_room(hass: HomeAssistant, gym: RunnerData, place: VoiceLocation) -> bool:
    """Return whether a place is certainly the room in which a runner's routine is guided."""
    return bool(place.hears(hass, _speaker_of(gym)))


def _may_be(hass: HomeAssistant, place: VoiceLocation, speaker: ConfigSubentry | None) -> bool:
    """Return whether a place may be the room of a speaker, as one of the two is unknown."""
    if place.satellite is None and place.area is None:
        return True
    return speaker is not None and place.may_hear(hass, speaker)


def _speaker_of(gym: RunnerData) -> ConfigSubentry | None:
    """Return the speaker of a routine; after a restart its voice isn't in use yet."""
    player = gym.routines.player
    return gym.routines.speaker or (gym.entry.subentries.get(player.speaker or "") if player else None)
