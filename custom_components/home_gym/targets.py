"""Home Gym's runners and entities in the target of a trigger or condition."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.target import TargetSelection, async_extract_referenced_entity_ids

from .const import DOMAIN
from .gym.habits.habit import Habit

# The habits with a due sensor and prompts.
PROMPTED_HABITS = (Habit.WARM_UP, Habit.COOL_DOWN, Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE)


def of_home_gym(hass: HomeAssistant, entities: set[str], *, domain: str, key: str) -> set[str]:
    """Return Home Gym's entities in a target, of a domain and with a key.

    An area holds all kinds of entities, and other integrations have a `running` or a `run` too.
    """
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id))
        and entry.platform == DOMAIN
        and entry.domain == domain
        and entry.translation_key == key
    }


@callback
def runner_device_id(hass: HomeAssistant, config_entry_id: str) -> str | None:
    """Return the id of a runner's device, None before its first entity."""
    device = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, config_entry_id), config_entry_id)
    return device.id if device else None


@callback
def runner_in(hass: HomeAssistant, target: TargetSelection, config_entry_id: str) -> str | None:
    """Return the device of a runner that a target has: by itself, its area or label, or by one of its entities."""
    device = runner_device_id(hass, config_entry_id)
    if device is None:
        return None
    selected = async_extract_referenced_entity_ids(hass, target, primary_entities_only=False)
    registry = er.async_get(hass)
    devices = {
        entry.device_id
        for entity_id in selected.referenced | selected.indirectly_referenced
        if (entry := registry.async_get(entity_id)) and entry.platform == DOMAIN
    }
    return device if device in devices | selected.referenced_devices else None


@callback
def entity_of(hass: HomeAssistant, config_entry_id: str, key: str) -> str | None:
    """Return the event entity for a kind of news of a runner, also a disabled one; None without one."""
    return er.async_get(hass).async_get_entity_id(Platform.EVENT, DOMAIN, f"{config_entry_id}_{key}")


@callback
def subentry_of(hass: HomeAssistant, config_entry_id: str, chosen: str) -> str:
    """Return the id of a subentry by its device or one of its entities; any other text, such as a name, as it is."""
    if entity := er.async_get(hass).async_get(chosen):
        is_ours = entity.config_entry_id == config_entry_id and entity.config_subentry_id
        return entity.config_subentry_id or chosen if is_ours else chosen
    device = dr.async_get(hass).async_get(chosen)
    owners = [owner for domain, owner in device.identifiers if domain == DOMAIN] if device else []
    prefix = f"{config_entry_id}_"
    return next((owner.removeprefix(prefix) for owner in owners if owner.startswith(prefix)), chosen)


@callback
def beside(hass: HomeAssistant, entities: set[str]) -> set[str]:
    """Return all entities of the pairs and speakers that some entities belong to."""
    registry = er.async_get(hass)
    owners = {
        entry.config_subentry_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id)) and entry.platform == DOMAIN and entry.config_subentry_id
    }
    return {entry.entity_id for entry in registry.entities.values() if entry.config_subentry_id in owners}
