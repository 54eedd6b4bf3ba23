"""The entities of subentries, which follow the changes of their entry."""

from collections.abc import Callable, Sequence

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .data import RunnerData
from .entity import SubentryEntity

type EntitiesOf = Callable[[ConfigSubentry], Sequence[SubentryEntity]]
"""Makes the entities of a subentry."""


@callback
def async_keep_to_subentries(
    gym: RunnerData,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities_of: EntitiesOf,
    *,
    kind: str,
    platform: Platform,
) -> None:
    """Add the entities of all subentries of a type, and of those that come or change later."""
    known: dict[str, set[str]] = {}

    @callback
    def keep() -> None:
        present = {each.subentry_id: each for each in gym.entry.get_subentries_of_type(kind)}
        for gone in known.keys() - present.keys():
            del known[gone]
        for key, subentry in present.items():
            entities = {str(entity.unique_id): entity for entity in entities_of(subentry)}
            before = known.get(key, set())
            _async_remove(gym, platform, before - entities.keys())
            if before and entities:
                _async_rename(gym, next(iter(entities.values())))
            new = [entity for unique_id, entity in entities.items() if unique_id not in before]
            if new:
                async_add_entities(new, config_subentry_id=key)
            known[key] = set(entities)

    async def follow() -> None:
        keep()

    keep()
    gym.entry.async_on_unload(gym.changes.async_listen(follow))


@callback
def _async_remove(gym: RunnerData, platform: Platform, unique_ids: set[str]) -> None:
    """Remove entities that no longer apply."""
    registry = er.async_get(gym.coordinator.hass)
    for unique_id in unique_ids:
        if entity_id := registry.async_get_entity_id(platform, DOMAIN, unique_id):
            registry.async_remove(entity_id)


@callback
def _async_rename(gym: RunnerData, entity: SubentryEntity) -> None:
    """Give the device of an entity the present name, maker and model."""
    if entity.device_info:
        devices = dr.async_get(gym.coordinator.hass)
        devices.async_get_or_create(
            config_entry_id=gym.entry.entry_id, config_subentry_id=entity.subentry, **entity.device_info
        )
