"""File of a source's ledger: the memory of taken recordings, so that a restart repeats nothing.

A lost ledger is harmless, so damage only stands in the log.
"""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util.json import load_json_object

from ..const import DOMAIN, LOGGER

VERSION = 1


class LedgerFile:
    """The file of one kind of ledger of one subentry."""

    def __init__(self, hass: HomeAssistant, kind: str, subentry_id: str) -> None:
        """Name the file after the subentry."""
        self._hass = hass
        self._store = Store[dict[str, Any]](
            hass,
            VERSION,
            f"{DOMAIN}.{kind}.{subentry_id}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )

    async def async_load(self, recall: Callable[[dict[str, Any]], None], damage: str) -> bool:
        """Recall the content of the file, and return whether it was undamaged; `damage` is the log's line otherwise."""
        try:
            # The store would report a file of broken JSON as a problem.
            await self._hass.async_add_executor_job(load_json_object, self._store.path)
            if plain := await self._store.async_load():
                recall(plain)
        except (HomeAssistantError, AttributeError, KeyError, TypeError, ValueError) as error:
            LOGGER.warning("%s: %r", damage, error)
            return False
        return True

    async def async_save(self, plain: dict[str, Any]) -> None:
        """Save the content; it must not change meanwhile."""
        await self._store.async_save(plain)

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()
