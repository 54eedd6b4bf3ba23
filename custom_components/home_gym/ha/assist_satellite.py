"""Voice satellites: their states, and the entity behind an entity id."""

from homeassistant.components.assist_satellite import AssistSatelliteEntity
from homeassistant.components.assist_satellite.const import (
    DATA_COMPONENT,  # no state or attribute names a satellite's assistant; its entity does
)
from homeassistant.components.assist_satellite.entity import (
    AssistSatelliteState,  # documented, but the component does not export it
)
from homeassistant.core import HomeAssistant, callback

__all__ = ["AssistSatelliteState", "async_satellite_entity"]


@callback
def async_satellite_entity(hass: HomeAssistant, entity_id: str) -> AssistSatelliteEntity | None:
    """Return a satellite's entity, or None if there is none."""
    component = hass.data.get(DATA_COMPONENT)
    return component.get_entity(entity_id) if component else None
