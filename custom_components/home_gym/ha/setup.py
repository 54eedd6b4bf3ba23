"""Waiting for optional components."""

from homeassistant.setup import (
    async_when_setup,  # runs at once or as soon as the component is loaded, without depending on it
)

__all__ = ["async_when_setup"]
