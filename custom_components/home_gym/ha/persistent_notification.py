"""Notifications in Home Assistant's sidebar."""

from homeassistant.components.persistent_notification import (
    async_create,  # immediate, also while Home Assistant starts and actions are not registered yet
    async_dismiss,
)

__all__ = ["async_create", "async_dismiss"]
