"""What is kept of one treadmill on disk: its log, and what the belt needs to go on after a restart."""

from dataclasses import dataclass
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..gym.belt import BeltMemory
from ..gym.belt_log import BeltLog
from ..gym.belt_log_format import from_plain, to_plain

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was on disk."""

    memory: BeltMemory
    log: BeltLog


class TreadmillStore:
    """Keeps one treadmill's log in a file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file after the config entry."""
        self._store: Store[dict[str, Any]] = Store(
            hass, VERSION, f"{DOMAIN}.{entry_id}", private=True, atomic_writes=True
        )

    @property
    def path(self) -> str:
        """The file, for those who have to repair it."""
        path: str = self._store.path
        return path

    async def async_load(self) -> Kept:
        """Return what is on disk, or a beginning where there is nothing.

        Raises ValueError for what no treadmill wrote, and leaves it as it is.
        """
        plain = await self._store.async_load()
        if plain is None:
            return Kept(memory=BeltMemory(), log=BeltLog())
        if "belt" not in plain or "log" not in plain:
            raise ValueError("no log of a treadmill")
        return Kept(memory=BeltMemory.from_plain(plain["belt"]), log=from_plain(plain["log"]))

    async def async_save(self, memory: BeltMemory, log: BeltLog) -> None:
        """Write it down."""
        await self._store.async_save({"belt": memory.to_plain(), "log": to_plain(log)})

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()
