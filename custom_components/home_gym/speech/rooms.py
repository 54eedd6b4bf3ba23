"""The rooms with speakers: their areas, and their occupancy."""

from collections.abc import Iterable, Iterator

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import CONF_AREA, CONF_MEDIA_PLAYER, CONF_PRESENCE, CONF_SATELLITE
from ..entity_references import entity_id_of
from ..ha.entities import BinarySensorDeviceClass

# Motion sensors turn off while a person sits or lies still, so they don't prove an empty room.
OCCUPANCY_CLASSES = {BinarySensorDeviceClass.OCCUPANCY, BinarySensorDeviceClass.PRESENCE}


@callback
def async_occupied(hass: HomeAssistant, speaker: ConfigSubentry) -> bool | None:
    """Return whether a speaker's room is occupied, by its own sensor, else by its area's; None if unknown."""
    reference = speaker.data.get(CONF_PRESENCE)
    sensor = entity_id_of(hass, reference) if reference else None
    occupied = _detected_by(hass, [sensor] if sensor else [])
    if occupied is None and CONF_AREA in speaker.data:
        occupied = _detected_by(hass, _sensors_in(hass, speaker.data[CONF_AREA]))
    return occupied


def _detected_by(hass: HomeAssistant, sensors: Iterable[str]) -> bool | None:
    """Return whether any sensor detects a person; None without a reliable answer."""
    states = {state.state if (state := hass.states.get(sensor)) else None for sensor in sensors}
    if STATE_ON in states:
        return True
    return False if states == {STATE_OFF} else None


def _sensors_in(hass: HomeAssistant, area: str) -> Iterator[str]:
    entities = er.async_get(hass)
    found = er.async_entries_for_area(entities, area)
    for device in dr.async_entries_for_area(dr.async_get(hass), area):
        # An entity with its own area may be elsewhere than its device.
        found += [entity for entity in er.async_entries_for_device(entities, device.id) if entity.area_id is None]
    for entity in found:
        if (
            entity.domain == Platform.BINARY_SENSOR
            and (entity.device_class or entity.original_device_class) in OCCUPANCY_CLASSES
        ):
            yield entity.entity_id


def areas_of(hass: HomeAssistant, speaker: ConfigSubentry) -> Iterator[str]:
    """Yield the areas of a speaker: the chosen one, and that of its entity."""
    if CONF_AREA in speaker.data:
        yield speaker.data[CONF_AREA]
    for kind in (CONF_SATELLITE, CONF_MEDIA_PLAYER):
        entity_id = entity_id_of(hass, speaker.data[kind]) if kind in speaker.data else None
        if entity_id and (area := area_of(hass, entity_id)):
            yield area


def area_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the area of an entity, or that of its device."""
    entity = er.async_get(hass).async_get(entity_id)
    return er.async_get_effective_area_id(hass, entity) if entity else None
