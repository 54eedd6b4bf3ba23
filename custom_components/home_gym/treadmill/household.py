"""The runners as a treadmill sees them: who uses it, who is at home, and whose journals can be written in."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant

from ..const import CONF_CLAIM, CONF_RUNNERS
from ..coordinator import HomeGymCoordinator
from ..data import RunnerData, async_loaded_runners
from ..gym.treadmill.log import ClaimMode, presumed_runner


class TreadmillRunners:
    """Looks the runners up anew each time, for they come, go, and are set up anew while somebody runs."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Know the runners of a treadmill's entry."""
        self._hass = hass
        self._entry = entry

    @property
    def users(self) -> Mapping[str, str]:
        """The names of the runners who use the treadmill, by the ids of their entries."""
        entries = (self._hass.config_entries.async_get_entry(runner) for runner in self._entry.data[CONF_RUNNERS])
        return {entry.entry_id: entry.title for entry in entries if entry and not entry.disabled_by}

    def runner(self, entry_id: str) -> HomeGymCoordinator | None:
        """Return the coordinator of a runner, None while there is none."""
        entry = self._hass.config_entries.async_get_entry(entry_id)
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        gym: RunnerData = entry.runtime_data
        return gym.coordinator

    def everyone(self) -> Mapping[str, HomeGymCoordinator]:
        """Return all runners who can be told something, also those who don't use the treadmill any more."""
        return {gym.entry.entry_id: gym.coordinator for gym in async_loaded_runners(self._hass)}

    def presumed(self, *, lately: bool) -> str | None:
        """Return who is likely to be on the belt; who is at home now says nothing of what wasn't `lately`.

        A runner of whom nothing is known at the moment may be at home.
        """
        at_home = {runner: not lately or (found := self.runner(runner)) is None or found.home for runner in self.users}
        return presumed_runner(ClaimMode(self._entry.data[CONF_CLAIM]), at_home)
