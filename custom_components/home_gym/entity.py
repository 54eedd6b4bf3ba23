"""Base classes of Home Gym's entities: device, unique id, and coordinator."""

from collections.abc import Container
from typing import ClassVar, override

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import CONF_BRAND, CONF_MODEL, DOMAIN
from .coordinator import HomeGymCoordinator
from .entity_defaults import OF_RUNNER, OF_SUBENTRY
from .ha.integration import async_get_loaded_integration

# Home Assistant translates no model of a device.
RUNNER = "Runner"


class HomeGymEntity(CoordinatorEntity[HomeGymCoordinator]):
    """An entity of Home Gym."""

    _attr_has_entity_name = True
    _enabled_at_first: ClassVar[Container[str]]

    def __init__(self, coordinator: HomeGymCoordinator, description: EntityDescription, *, owner: str) -> None:
        """Take name and icon from the description's key; `owner` is the id of the device within the domain."""
        super().__init__(coordinator)
        self.entity_description = description
        self._attr_translation_key = description.translation_key or description.key
        self._attr_unique_id = f"{owner}_{description.key}"

    @property
    @override
    def entity_registry_enabled_default(self) -> bool:
        """Return whether the entity is enabled when it is new."""
        kind = f"{self.platform.domain}.{self.entity_description.key}"
        return super().entity_registry_enabled_default and kind in self._enabled_at_first


class RunnerEntity(HomeGymEntity):
    """An entity of the runner's device."""

    _enabled_at_first: ClassVar[Container[str]] = OF_RUNNER

    def __init__(self, coordinator: HomeGymCoordinator, description: EntityDescription) -> None:
        """Attach the entity to the runner's device."""
        entry = coordinator.config_entry
        super().__init__(coordinator, description, owner=entry.entry_id)
        self._attr_device_info = runner_device(coordinator)


class SubentryEntity(HomeGymEntity):
    """An entity of the device of a subentry: of a pair, or of a speaker."""

    _enabled_at_first: ClassVar[Container[str]] = OF_SUBENTRY

    def __init__(
        self, coordinator: HomeGymCoordinator, description: EntityDescription, subentry: ConfigSubentry
    ) -> None:
        """Attach the entity to the device of a subentry."""
        entry = coordinator.config_entry
        owner = f"{entry.entry_id}_{subentry.subentry_id}"
        super().__init__(coordinator, description, owner=owner)
        self.subentry = subentry.subentry_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, owner)},
            name=subentry.title,
            manufacturer=subentry.data.get(CONF_BRAND),
            model=subentry.data.get(CONF_MODEL),
            entry_type=DeviceEntryType.SERVICE,
            via_device_id=dr.async_get_device_id_by_identifier(
                coordinator.hass, (DOMAIN, entry.entry_id), config_entry_id=entry.entry_id
            ),
        )

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Show the published state; an entity of a removed subentry is about to go."""
        if self.subentry in self.coordinator.config_entry.subentries:
            super()._handle_coordinator_update()


def runner_device(coordinator: HomeGymCoordinator) -> DeviceInfo:
    """Return the device info of a runner."""
    entry = coordinator.config_entry
    integration = async_get_loaded_integration(coordinator.hass, DOMAIN)
    return DeviceInfo(
        identifiers={(DOMAIN, entry.entry_id)},
        name=entry.title,
        manufacturer=integration.name,
        model=RUNNER,
        sw_version=str(integration.version),
        configuration_url=integration.documentation,
        entry_type=DeviceEntryType.SERVICE,
    )
