"""A treadmill that another integration shows as a device, with reports under the test's control."""

from collections.abc import Mapping

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

# The sensors that qdomyos-zwift announces of a treadmill, and their units.
QDOMYOS: Mapping[str, str] = {
    "speed_current": "km/h",
    "speed_avg": "km/h",
    "distance": "km",
    "elapsed_time": "min",
    "heart_current": "bpm",
    "watts_current": "W",
    "treadmill_inclination": "%",
    "treadmill_cadence": "spm",
}


class BeltDevice:
    """A device with registered sensors, unavailable until their first report."""

    def __init__(
        self, hass: HomeAssistant, platform: str, units: Mapping[str, str], name: str = "QZ Fitness Device (default)"
    ) -> None:
        """Register the device and its sensors, by key and unit."""
        self._hass = hass
        self._units = units
        entry = MockConfigEntry(domain=platform)
        entry.add_to_hass(hass)
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={(platform, name)}, name=name
        )
        self.device_id = device.id
        self._entities = {
            key: er.async_get(hass).async_get_or_create(
                "sensor",
                platform,
                f"qz_default_{key}" if platform == "mqtt" else f"{platform}_{key}",
                config_entry=entry,
                device_id=device.id,
                unit_of_measurement=unit,
            )
            for key, unit in units.items()
        }

    def entity_id(self, key: str) -> str:
        """Return the entity id of a sensor."""
        entity = er.async_get(self._hass).async_get(self._entities[key].id)
        assert entity
        return entity.entity_id

    def reference(self, key: str) -> str:
        """Return the registry id of a sensor."""
        return self._entities[key].id

    def say(self, **figures: float | str) -> None:
        """Report figures, each once."""
        for key, figure in figures.items():
            self._hass.states.async_set(
                self.entity_id(key), str(figure), {"unit_of_measurement": self._units[key]}, force_update=False
            )
