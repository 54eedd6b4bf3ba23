"""Snapshots of Home Gym's entities, without Home Assistant's own additions."""

from typing import Any, override

from pytest_homeassistant_custom_component.syrupy import (
    EntityRegistryEntrySnapshot,
    HomeAssistantSnapshotExtension,
    HomeAssistantSnapshotSerializer,
)

from homeassistant.helpers import entity_registry as er

# The fields set by an integration; releases of Home Assistant add fields of their own to its registry.
OURS = (
    "capabilities",
    "disabled_by",
    "domain",
    "entity_category",
    "entity_id",
    "has_entity_name",
    "hidden_by",
    "original_device_class",
    "original_icon",
    "original_name",
    "platform",
    "supported_features",
    "translation_key",
    "unique_id",
    "unit_of_measurement",
)


class SnapshotSerializer(HomeAssistantSnapshotSerializer):
    """Serializes registry entries by the fields that are ours."""

    @classmethod
    @override
    def _serializable_entity_registry_entry(cls, data: er.RegistryEntry) -> Any:
        options = {domain: dict(values) for domain, values in data.options.items()}
        return EntityRegistryEntrySnapshot({name: getattr(data, name) for name in OURS} | {"options": options})


class SnapshotExtension(HomeAssistantSnapshotExtension):
    """Writes snapshots as Home Assistant's own tests do."""

    serializer_class = SnapshotSerializer
