"""Lookup of the runner that a sentence means, and of the runner's nearest speaker."""

from collections.abc import Sequence
from dataclasses import dataclass

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import CONF_SATELLITE, SUBENTRY_SPEAKER
from ..data import RunnerData
from ..entity_references import entity_id_of
from ..gym.voice_commands import spoken
from ..speech.rooms import area_of, areas_of


class AmbiguousRunnerError(Exception):
    """A sentence that may mean any of several runners; `names` lists them."""

    def __init__(self, names: Sequence[str]) -> None:
        """Keep the names of the possible runners."""
        super().__init__(", ".join(names))
        self.names = names


class UnknownRunnerError(Exception):
    """A sentence with a name that belongs to no runner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLocation:
    """Location of a speaking user: a satellite, an area, or neither if unknown."""

    satellite: str | None = None
    area: str | None = None

    def speaker_of(self, hass: HomeAssistant, gym: RunnerData) -> ConfigSubentry | None:
        """Return the runner's speaker that is this satellite, else one in earshot of its area."""
        speakers = list(gym.entry.get_subentries_of_type(SUBENTRY_SPEAKER))
        same = (
            speaker
            for speaker in speakers
            if self.satellite and _entity_of(hass, speaker, CONF_SATELLITE) == self.satellite
        )
        near = (speaker for speaker in speakers if self.area and self.area in areas_of(hass, speaker))
        return next(same, None) or next(near, None)

    def hears(self, hass: HomeAssistant, speaker: ConfigSubentry | None) -> bool | None:
        """Return whether a speaker can be heard here; None if either location is unknown."""
        if speaker is None:
            return None
        if self.satellite and _entity_of(hass, speaker, CONF_SATELLITE) == self.satellite:
            return True
        areas = set(areas_of(hass, speaker))
        return self.area in areas if self.area and areas else None

    def may_hear(self, hass: HomeAssistant, speaker: ConfigSubentry) -> bool:
        """Return whether a speaker without area may be heard here; another satellite than this one isn't."""
        return not any(areas_of(hass, speaker)) and not (self.satellite and CONF_SATELLITE in speaker.data)

    def is_satellite_of(self, hass: HomeAssistant, gym: RunnerData) -> bool:
        """Return whether this satellite is one of a runner's speakers."""
        speaker = self.speaker_of(hass, gym)
        return bool(speaker and self.satellite and _entity_of(hass, speaker, CONF_SATELLITE) == self.satellite)


@callback
def async_voice_location(
    hass: HomeAssistant, *, device_id: str | None, satellite_id: str | None = None
) -> VoiceLocation:
    """Return the location of a device or satellite."""
    entities = er.async_get(hass)
    if satellite_id is None and device_id:
        satellites = er.async_entries_for_device(entities, device_id)
        satellite_id = next(
            (entity.entity_id for entity in satellites if entity.domain == Platform.ASSIST_SATELLITE), None
        )
    area = area_of(hass, satellite_id) if satellite_id else None
    if area is None and device_id and (device := dr.async_get(hass).async_get(device_id)):
        area = dr.async_get_effective_area_id(hass, device)
    return VoiceLocation(satellite=satellite_id, area=area)


@callback
def async_find_runner(
    hass: HomeAssistant, runners: Sequence[RunnerData], *, name: str | None, place: VoiceLocation
) -> RunnerData:
    """Return the named runner, else the one with a speaker at the place, else the only one.

    Raises UnknownRunnerError for an unknown name, and AmbiguousRunnerError for several possible runners.
    """
    if name:
        named = next((gym for gym in runners if spoken(gym.entry.title) == spoken(name)), None)
        if named is None:
            raise UnknownRunnerError(name)
        return named
    nearest = [gym for gym in runners if place.is_satellite_of(hass, gym)]
    near = [gym for gym in runners if place.speaker_of(hass, gym)]
    for candidates in (nearest, near, runners):
        if len(candidates) == 1:
            return candidates[0]
    raise AmbiguousRunnerError([gym.entry.title for gym in nearest or near or runners])


def _entity_of(hass: HomeAssistant, speaker: ConfigSubentry, kind: str) -> str | None:
    return entity_id_of(hass, speaker.data[kind]) if kind in speaker.data else None
