"""Adaptation of the newest pytest-homeassistant-custom-component to newer Home Assistant releases.

A pytest plugin that comes before all others (`-p` in pyproject.toml), for two reasons: Home Assistant replaces httpx
and voluptuous when it is imported, so it has to be imported before plugins that import those; and the test plugin
imports a name that 2026.11 keeps in an inner module only. Remove the parts that a newer test plugin no longer needs.
"""

from typing import Any

from homeassistant.components import logger, persistent_notification
from homeassistant.components.logger import helpers
from homeassistant.const import MAJOR_VERSION, MINOR_VERSION
from homeassistant.core import HomeAssistant

# A component's setup function returns this after success: nothing in 2026.11, True in 2026.10.
SET_UP: Any = None if (MAJOR_VERSION, MINOR_VERSION) >= (2026, 11) else True


def notifications(hass: HomeAssistant) -> dict[str, Any]:
    """Return the notifications in the sidebar, by id; releases have them in different modules."""
    found: dict[str, Any] = vars(persistent_notification)["_async_get_or_create_notifications"](hass)
    return found


def lend(name: str) -> None:
    """Copy a name of the logger component's inner module to the component, its place in 2026.10."""
    if not hasattr(logger, name):
        setattr(logger, name, getattr(helpers, name))


lend("_clear_logger_overwrites")
