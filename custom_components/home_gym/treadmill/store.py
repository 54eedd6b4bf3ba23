"""The stored state of one treadmill: its log, and the memory of detector and odometer for a restart."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util.json import load_json_object

from ..const import DOMAIN
from ..gym.treadmill.codecs import BELT_LOG, BELT_MEMORY
from ..gym.treadmill.log import BeltLog
from ..gym.treadmill.memory import BeltMemory
from .odometer import Odometer

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTreadmill:
    """Stored state of a treadmill."""

    memory: BeltMemory = field(default_factory=BeltMemory)
    log: BeltLog = field(default_factory=BeltLog)
    odometer: Odometer = field(default_factory=Odometer)


class TreadmillStore:
    """Store of one treadmill's state, in a file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file after the config entry."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(
            hass, VERSION, f"{DOMAIN}.{entry_id}", private=True, atomic_writes=True, serialize_in_event_loop=False
        )

    @property
    def path(self) -> str:
        """The path of the file, for manual repair."""
        path: str = self._store.path
        return path

    async def async_load(self) -> StoredTreadmill:
        """Return the stored state, an empty one without a file.

        Raises ValueError or HomeAssistantError for anything but this version's data, and leaves the file alone.
        """
        # Home Assistant's store would move a damaged file aside and start with an empty one.
        document = await self._hass.async_add_executor_job(load_json_object, self.path)
        if document and not {"version", "data"} <= document.keys():
            raise ValueError("no log of a treadmill")
        plain = await self._store.async_load()
        if plain is None:
            return StoredTreadmill()
        if not isinstance(plain, dict) or not {"belt", "log"} <= plain.keys():
            raise ValueError("no log of a treadmill")
        return StoredTreadmill(
            memory=BELT_MEMORY.read(plain["belt"]),
            log=BELT_LOG.read(plain["log"]),
            odometer=Odometer.from_plain(plain.get("odometer", {})),
        )

    async def async_save(self, stored: StoredTreadmill) -> None:
        """Save the state."""
        plain = {
            "belt": BELT_MEMORY.write(stored.memory),
            "log": BELT_LOG.write(stored.log),
            "odometer": stored.odometer.to_plain(),
        }
        # The caller may be cancelled, but two writes of the file must not overlap.
        await asyncio.shield(self._store.async_save(plain))

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()
