"""What is kept of one treadmill on disk: its log, and what belt and odometer need to go on after a restart."""

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
class Kept:
    """What is on disk, or to be."""

    memory: BeltMemory = field(default_factory=BeltMemory)
    log: BeltLog = field(default_factory=BeltLog)
    odometer: Odometer = field(default_factory=Odometer)


class TreadmillStore:
    """Keeps one treadmill's log in a file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file after the config entry."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(
            hass, VERSION, f"{DOMAIN}.{entry_id}", private=True, atomic_writes=True, serialize_in_event_loop=False
        )

    @property
    def path(self) -> str:
        """The file, for those who have to repair it."""
        path: str = self._store.path
        return path

    async def async_load(self) -> Kept:
        """Return what is on disk, or a beginning where there is nothing.

        Raises ValueError or HomeAssistantError for what no treadmill of this version wrote, and leaves it as it is.
        """
        # Home Assistant's store would move a damaged file aside and go on with nothing.
        document = await self._hass.async_add_executor_job(load_json_object, self.path)
        if document and not {"version", "data"} <= document.keys():
            raise ValueError("no log of a treadmill")
        plain = await self._store.async_load()
        if plain is None:
            return Kept()
        if not isinstance(plain, dict) or not {"belt", "log"} <= plain.keys():
            raise ValueError("no log of a treadmill")
        return Kept(
            memory=BELT_MEMORY.read(plain["belt"]),
            log=BELT_LOG.read(plain["log"]),
            odometer=Odometer.from_plain(plain.get("odometer", {})),
        )

    async def async_save(self, kept: Kept) -> None:
        """Write it down."""
        plain = {
            "belt": BELT_MEMORY.write(kept.memory),
            "log": BELT_LOG.write(kept.log),
            "odometer": kept.odometer.to_plain(),
        }
        # Whoever asked for it may be cancelled, but a file that is being written must not overtake the next.
        await asyncio.shield(self._store.async_save(plain))

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()
