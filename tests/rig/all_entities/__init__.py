"""An integration of the rig that enables all entities of Home Gym's new runners, as their user can by a click each."""

from custom_components.home_gym.entity import RunnerEntity, SubentryEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

DOMAIN = "all_entities"
CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)


class Everything:
    """A container of all keys."""

    def __contains__(self, key: object) -> bool:
        """Contain a key."""
        return True


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Enable the entities that a new runner, pair or speaker has disabled at first."""
    for kind in (RunnerEntity, SubentryEntity):
        kind._enabled_at_first = Everything()
    return True
