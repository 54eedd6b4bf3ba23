"""File of a source's ledger: the memory of taken recordings, so that a restart repeats nothing.

A lost ledger is harmless, so damage only stands in the log.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.json import load_json_object

from ..const import DOMAIN, LOGGER

VERSION = 1


@dataclass(slots=True)
class FileState:
    """State of a file, the same for all ledgers of a subentry: a source that ends may save while it is removed."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_removed: bool = False


STATES: HassKey[dict[str, FileState]] = HassKey(f"{DOMAIN}_ledger_files")
"""The states, by file."""


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
        self._state = hass.data.setdefault(STATES, {}).setdefault(self._store.key, FileState())

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
        """Save the content, unless the file was removed; it must not change meanwhile."""
        async with self._state.lock:
            if not self._state.is_removed:
                await self._store.async_save(plain)

    async def async_remove(self) -> None:
        """Remove the file for good."""
        async with self._state.lock:
            self._state.is_removed = True
            await self._store.async_remove()
