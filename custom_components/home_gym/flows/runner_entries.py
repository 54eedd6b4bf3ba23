"""Entries of runners, for the screens that choose among them."""

from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.helpers.selector import SelectOptionDict

from ..treadmill import is_treadmill


class RunnerEntries(ConfigFlow):
    """Part of a flow with the runners at home."""

    def _runner_entries(self) -> list[ConfigEntry]:
        """Return the entries of runners, without ignored discoveries of treadmills."""
        entries = self._async_current_entries(include_ignore=False)
        return [entry for entry in entries if not is_treadmill(entry)]

    def _runner_options(self) -> list[SelectOptionDict]:
        return [SelectOptionDict(value=entry.entry_id, label=entry.title) for entry in self._runner_entries()]
