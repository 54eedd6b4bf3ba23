"""The integration itself, as its manifest describes it."""

from homeassistant.loader import (
    async_get_loaded_integration,  # the developer documentation leaves it out
)

__all__ = ["async_get_loaded_integration"]
