"""The entities of a treadmill's device."""

from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..const import CONF_ADDRESS, DOMAIN
from .coordinator import TreadmillCoordinator


class TreadmillEntity(CoordinatorEntity[TreadmillCoordinator]):
    """An entity of a treadmill's device."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: TreadmillCoordinator, description: EntityDescription) -> None:
        """Take name and icon from the description's key, and attach the entity to the treadmill's device."""
        super().__init__(coordinator)
        entry = coordinator.config_entry
        self.entity_description = description
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{entry.entry_id}_{description.key}"
        address = entry.data.get(CONF_ADDRESS)
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            connections={(dr.CONNECTION_BLUETOOTH, address)} if address else set(),
            name=entry.title,
        )
