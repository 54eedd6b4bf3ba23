"""Whether somebody is in the room where a speaker is heard."""

from collections.abc import Iterable, Iterator

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import CONF_AREA, CONF_PRESENCE
from ..entity_references import entity_id_of
from ..ha.entities import BinarySensorDeviceClass

# Motion alone ends while somebody sits or lies still, so a room isn't empty for want of it.
TELLING = {BinarySensorDeviceClass.OCCUPANCY, BinarySensorDeviceClass.PRESENCE}


@callback
def async_occupied(hass: HomeAssistant, speaker: ConfigSubentry) -> bool | None:
    """Tell whether somebody is where a speaker is: by its sensor, else by those in its area; None if nothing tells."""
    reference = speaker.data.get(CONF_PRESENCE)
    sensor = entity_id_of(hass, reference) if reference else None
    told = _told_by(hass, [sensor] if sensor else [])
    if told is None and CONF_AREA in speaker.data:
        told = _told_by(hass, _sensors_in(hass, speaker.data[CONF_AREA]))
    return told


def _told_by(hass: HomeAssistant, sensors: Iterable[str]) -> bool | None:
    """Tell whether any sensor sees somebody; one that tells nothing may be the one that would."""
    states = {state.state if (state := hass.states.get(sensor)) else None for sensor in sensors}
    if STATE_ON in states:
        return True
    return False if states == {STATE_OFF} else None


def _sensors_in(hass: HomeAssistant, area: str) -> Iterator[str]:
    entities = er.async_get(hass)
    found = er.async_entries_for_area(entities, area)
    for device in dr.async_entries_for_area(dr.async_get(hass), area):
        # An entity that has an area of its own is not where its device is.
        found += [entity for entity in er.async_entries_for_device(entities, device.id) if entity.area_id is None]
    for entity in found:
        if entity.domain == Platform.BINARY_SENSOR and (entity.device_class or entity.original_device_class) in TELLING:
            yield entity.entity_id
