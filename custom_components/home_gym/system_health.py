"""Home Gym in Home Assistant's system information: counts and states, nothing about a person."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback

from .const import SUBENTRY_SHOE, SUBENTRY_SOURCE, SUBENTRY_SPEAKER
from .data import async_loaded_runners


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register the information."""
    register.async_register_info(async_system_health, "/config/integrations/integration/home_gym")


async def async_system_health(hass: HomeAssistant) -> dict[str, Any]:
    """Return the number of runners and of their parts, and the figures of their journals."""
    runners = async_loaded_runners(hass)

    def count(kind: str) -> int:
        return sum(len(list(gym.entry.get_subentries_of_type(kind))) for gym in runners)

    return {
        "runners": len(runners),
        "sources": count(SUBENTRY_SOURCE),
        "speakers": count(SUBENTRY_SPEAKER),
        "shoes": count(SUBENTRY_SHOE),
        "runs": sum(len(gym.runner.runs.all()) for gym in runners),
    }
