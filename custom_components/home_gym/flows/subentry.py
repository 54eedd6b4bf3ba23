"""Subentry flow of a runner or of a runner's draft: the base of the screens for sources, speakers and shoes."""

import asyncio
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigSubentryFlow
from homeassistant.core import HomeAssistant, callback

DASHBOARDS = "/config/lovelace/dashboards"
"""Home Assistant's page of dashboards, which adds the one of Home Gym."""

# Seconds that a screen waits for a runner who is being loaded again.
LOADING_TIMEOUT = 10
BETWEEN = {
    ConfigEntryState.NOT_LOADED,
    ConfigEntryState.SETUP_IN_PROGRESS,
    ConfigEntryState.UNLOAD_IN_PROGRESS,
}
"""The states of an entry on its way to the next set-up."""


class RunnerSubentryFlow(ConfigSubentryFlow):
    """Subentry flow of a runner; `draft` is the entry of a runner during set-up."""

    draft: ConfigEntry | None = None

    @callback
    @override
    def _get_entry(self) -> ConfigEntry:
        """Return the runner's entry."""
        return self.draft or super()._get_entry()


async def async_is_loaded(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
    """Return whether an entry is loaded, after waiting for one that is being loaded again."""
    moved = asyncio.Event()
    unsubscribe = entry.async_on_state_change(moved.set)
    try:
        async with asyncio.timeout(LOADING_TIMEOUT):
            while entry.state in BETWEEN and not entry.disabled_by:
                moved.clear()
                await moved.wait()
    except TimeoutError:
        pass
    finally:
        unsubscribe()
    return entry.state is ConfigEntryState.LOADED
