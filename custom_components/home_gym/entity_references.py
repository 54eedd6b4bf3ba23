"""References to other integrations' entities that survive a renaming."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


def reference_to(hass: HomeAssistant, entity_id: str) -> str:
    """Return a storable reference to an entity: its registry id, or its entity id without one."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


def entity_id_of(hass: HomeAssistant, reference: str) -> str | None:
    """Return the current entity id of a stored reference, None for a removed entity."""
    return er.async_resolve_entity_id(er.async_get(hass), reference)
