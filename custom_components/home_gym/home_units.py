"""Figures in the units of the home, as text."""

from homeassistant.const import UnitOfLength
from homeassistant.core import HomeAssistant
from homeassistant.util.unit_conversion import DistanceConverter


def distance_in_home_unit(hass: HomeAssistant, metres: float) -> str:
    """Return a distance in whole kilometres or miles, with its unit."""
    unit = hass.config.units.length_unit
    return f"{DistanceConverter.convert(metres, UnitOfLength.METERS, unit):.0f} {unit}"
