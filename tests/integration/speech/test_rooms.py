"""Occupancy of a speaker's room, by real sensors in real rooms."""

from types import MappingProxyType
from typing import Any

import pytest

from custom_components.home_gym.speech import async_occupied
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er

from ...support.integration.voice_home import VoiceHome


@pytest.fixture(autouse=True)
def _gym(hass: HomeAssistant, home: VoiceHome) -> None:
    """Create an area called Gym."""
    ar.async_get(hass).async_create("Gym")


def speaker(**data: Any) -> ConfigSubentry:
    """Return a speaker."""
    return ConfigSubentry(data=MappingProxyType(data), subentry_type="speaker", title="", unique_id=None)


@pytest.mark.parametrize("kind", ["occupancy", "presence", "motion"])
@pytest.mark.parametrize("seen", [True, False, None])
async def test_chosen_sensor_decides(hass: HomeAssistant, home: VoiceHome, kind: str, seen: bool | None) -> None:
    sensor = next(sensor for of, sensor in home.sensors.items() if of == kind)
    sensor.see(seen)
    entry = er.async_get(hass).async_get(sensor.entity_id)
    assert entry
    assert async_occupied(hass, speaker(presence=entry.id)) is seen
    assert async_occupied(hass, speaker(presence=sensor.entity_id)) is seen


@pytest.mark.parametrize(
    ("seen", "occupied"),
    [
        # occupancy, presence, motion; motion misses a person who lies still
        ((True, False, False), True),
        ((False, True, False), True),
        ((False, False, True), False),
        ((False, False, False), False),
        ((None, True, False), True),
        ((None, False, False), None),
        ((None, None, True), None),
    ],
)
@pytest.mark.parametrize("by_device", [False, True])
async def test_the_sensors_of_a_room(
    hass: HomeAssistant, home: VoiceHome, seen: tuple[bool | None, ...], occupied: bool | None, by_device: bool
) -> None:
    entities, devices = er.async_get(hass), dr.async_get(hass)
    device = devices.async_get_or_create(config_entry_id=home.entry.entry_id, identifiers={("test", "1")})
    devices.async_update_device(device.id, area_id="gym")
    for sensor, somebody in zip(home.sensors.values(), seen, strict=True):
        if by_device:
            entities.async_update_entity(sensor.entity_id, device_id=device.id)
        else:
            entities.async_update_entity(sensor.entity_id, area_id="gym")
        await hass.async_block_till_done()
        sensor.see(somebody)
    assert async_occupied(hass, speaker(area="gym")) is occupied
    assert async_occupied(hass, speaker()) is None


async def test_a_sensor_elsewhere(hass: HomeAssistant, home: VoiceHome) -> None:
    """One entity of the gym's device is in the hall."""
    entities, devices = er.async_get(hass), dr.async_get(hass)
    hall = ar.async_get(hass).async_create("Hall").id
    device = devices.async_get_or_create(config_entry_id=home.entry.entry_id, identifiers={("test", "1")})
    devices.async_update_device(device.id, area_id="gym")
    sensor = next(iter(home.sensors.values()))
    entities.async_update_entity(sensor.entity_id, device_id=device.id, area_id=hall)
    await hass.async_block_till_done()
    sensor.see(True)
    assert async_occupied(hass, speaker(area="gym")) is None
    assert async_occupied(hass, speaker(area=hall)) is True


async def test_the_chosen_sensor_is_asked_first(hass: HomeAssistant, home: VoiceHome) -> None:
    chosen, other, _ = home.sensors.values()
    er.async_get(hass).async_update_entity(other.entity_id, area_id="gym")
    await hass.async_block_till_done()
    both = speaker(presence=chosen.entity_id, area="gym")
    other.see(True)
    chosen.see(False)
    assert async_occupied(hass, both) is False
    chosen.see(None)
    assert async_occupied(hass, both) is True


@pytest.mark.parametrize("data", [{}, {"presence": "0" * 32}, {"presence": "binary_sensor.gone"}, {"area": "gone"}])
async def test_occupancy_is_unknown_without_sensors(hass: HomeAssistant, home: VoiceHome, data: dict[str, str]) -> None:
    assert async_occupied(hass, speaker(**data)) is None
