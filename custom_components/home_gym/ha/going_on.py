"""Timers and exposed names: what an unclear sentence may mean to Home Assistant."""

from collections.abc import Iterator

from homeassistant.components.homeassistant.exposed_entities import (
    async_should_expose,  # the component does not export it
)
from homeassistant.components.intent.const import (
    TIMER_DATA,  # timers have no entities
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

__all__ = ["async_exposed_names", "async_has_timer"]

ASSISTANT = "conversation"


@callback
def async_has_timer(hass: HomeAssistant, *, device_id: str | None, area_id: str | None) -> bool:
    """Return whether a voice timer runs on a device or in an area."""
    timers = getattr(hass.data.get(TIMER_DATA), "timers", {})
    return any(
        (device_id is not None and timer.device_id == device_id) or (area_id is not None and timer.area_id == area_id)
        for timer in timers.values()
    )


@callback
def async_exposed_names(hass: HomeAssistant) -> Iterator[str]:
    """Yield the names and aliases of the scripts and scenes that are exposed to the built-in agent."""
    entities = er.async_get(hass)
    for state in hass.states.async_all(("script", "scene")):
        if async_should_expose(hass, ASSISTANT, state.entity_id):
            yield state.name
            entry = entities.async_get(state.entity_id)
            yield from (alias for alias in (entry.aliases if entry else ()) if isinstance(alias, str))
