"""Which entities of a target are Home Gym's: what triggers and conditions share."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .gym.habits.habit import Habit

# The habits that a day can call for, and that somebody can be asked for.
PROMPTED_HABITS = (Habit.WARM_UP, Habit.COOL_DOWN, Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE)


def of_home_gym(hass: HomeAssistant, entities: set[str], *, domain: str, key: str) -> set[str]:
    """Return those entities that are Home Gym's own, of a domain and with a key.

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
