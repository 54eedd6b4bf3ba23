"""The runners of a treadmill: its users, their presence, and their coordinators."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant

from ..const import CONF_CLAIM, CONF_RUNNERS
from ..coordinator import HomeGymCoordinator
from ..data import RunnerData, async_loaded_runners
from ..gym.treadmill.log import ClaimMode, presumed_runner


class TreadmillRunners:
    """Runners of one treadmill, looked up on each call, since their entries may be reloaded during a run."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any]) -> None:
        """Look up the runners of a treadmill's entry."""
        self._hass = hass
        self._entry = entry

    @property
    def users(self) -> Mapping[str, str]:
        """The names of the treadmill's users, by entry id."""
        entries = (self._hass.config_entries.async_get_entry(runner) for runner in self._entry.data[CONF_RUNNERS])
        return {entry.entry_id: entry.title for entry in entries if entry and not entry.disabled_by}

    def runner(self, entry_id: str) -> HomeGymCoordinator | None:
        """Return the coordinator of a runner, None while it is not loaded."""
        entry = self._hass.config_entries.async_get_entry(entry_id)
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        gym: RunnerData = entry.runtime_data
        return gym.coordinator

    def all_loaded(self) -> Mapping[str, HomeGymCoordinator]:
        """Return the coordinators of all loaded runners, former users of the treadmill included."""
        return {gym.entry.entry_id: gym.coordinator for gym in async_loaded_runners(self._hass)}

    def presumed(self, *, lately: bool) -> str | None:
        """Return the runner probably on the belt; presence counts for `lately` alone.

        A runner with unknown presence counts as at home.
        """
        at_home = {runner: not lately or (found := self.runner(runner)) is None or found.home for runner in self.users}
        return presumed_runner(ClaimMode(self._entry.data[CONF_CLAIM]), at_home)
