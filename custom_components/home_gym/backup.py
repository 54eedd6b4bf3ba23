"""Backups of Home Assistant: the files of journals and treadmills are consistent in them, while writes go on."""

from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .data import RunnerData
from .storage.files import HELD
from .store import JournalStore
from .treadmill.coordinator import TreadmillCoordinator
from .treadmill.store import TreadmillStore


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Keep all files as they are: changes go to logs beside them, which a copy may cut off anywhere."""
    hass.data[HELD] = True
    for store in _stores(hass):
        await store.async_hold(True)


async def async_post_backup(hass: HomeAssistant) -> None:
    """Write to the files again."""
    hass.data[HELD] = False
    for store in _stores(hass):
        await store.async_hold(False)


def _stores(hass: HomeAssistant) -> list[JournalStore | TreadmillStore]:
    """Return the stores of all loaded entries."""
    data = (entry.runtime_data for entry in hass.config_entries.async_loaded_entries(DOMAIN))
    return [
        one.coordinator.store if isinstance(one, RunnerData) else one.store
        for one in data
        if isinstance(one, RunnerData | TreadmillCoordinator)
    ]
