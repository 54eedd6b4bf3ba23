"""References to other integrations' entities that survive a renaming."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


def reference_to(hass: HomeAssistant, entity_id: str) -> str:
    """Return what to store of an entity: its registry id, or its entity id where it has none."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


def entity_id_of(hass: HomeAssistant, reference: str) -> str | None:
    """Return the entity id that a stored reference has today, or None where the entity is gone."""
    return er.async_resolve_entity_id(er.async_get(hass), reference)
