"""Lights: brightness, changes that take time, and a former state."""

from homeassistant.components.light.const import (
    LightEntityFeature,  # documented, but not exported to type checkers
)
from homeassistant.components.light.helper import (
    brightness_supported,  # the developer documentation leaves it out
)
from homeassistant.core import State, callback
from homeassistant.helpers.state import async_reproduce_state

__all__ = ["async_reproduce_state", "can_change_slowly", "can_dim"]


@callback
def can_dim(light: State) -> bool:
    """Return whether a light has brightness."""
    return brightness_supported(light.attributes.get("supported_color_modes"))


@callback
def can_change_slowly(light: State) -> bool:
    """Return whether a light can change over a time given to it."""
    return bool(LightEntityFeature(light.attributes.get("supported_features", 0)) & LightEntityFeature.TRANSITION)
