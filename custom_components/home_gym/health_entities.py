"""Health entities: opt-in in a home of several people, because Home Assistant shows them to every user."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import EntityDescription

from .permissions import async_is_shared_home


async def async_opt_in[DescriptionT: EntityDescription](hass: HomeAssistant, description: DescriptionT) -> DescriptionT:
    """Return a description that is disabled by default where more than one person uses the home.

    The entity registry asks once, when an entity is new: known entities stay as they are.
    """
    return (
        replace(description, entity_registry_enabled_default=False) if await async_is_shared_home(hass) else description
    )
