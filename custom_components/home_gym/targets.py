"""Home Gym's entities in the target of a trigger or condition."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

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
