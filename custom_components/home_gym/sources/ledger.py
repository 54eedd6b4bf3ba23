"""Which files of a folder were read, so that a restart need not read thousands again.

Losing it loses nothing: reading a recording twice is harmless.
"""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from .recordings import Stamp

VERSION = 1
SAVE_DELAY = 5


class Ledger:
    """The files that were read below one folder, and what was wrong with some of them."""

    def __init__(self, hass: HomeAssistant, subentry_id: str) -> None:
        """Name the file after the subentry."""
        self._store = Store[dict[str, Any]](hass, VERSION, f"{DOMAIN}.folder.{subentry_id}", private=True)
        self.known: dict[str, Stamp] = {}
        self.problems: dict[str, str] = {}
        self.looked_before = False

    async def async_load(self) -> None:
        """Remember what an earlier start had read."""
        plain = await self._store.async_load()
        try:
            if plain:
                self.known = {path: Stamp(int(size), int(changed)) for path, (size, changed) in plain["known"].items()}
                self.problems = {str(path): str(problem) for path, problem in plain["problems"].items()}
                self.looked_before = True
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            LOGGER.warning("A list of recordings was unreadable, so all are read again: %r", error)

    def save_soon(self) -> None:
        """Write it within seconds."""
        self._store.async_delay_save(self._plain, SAVE_DELAY)

    async def async_save(self) -> None:
        """Write it now."""
        await self._store.async_save(self._plain())

    async def async_remove(self) -> None:
        """Remove its file."""
        await self._store.async_remove()

    def _plain(self) -> dict[str, Any]:
        return {
            "known": {path: [stamp.size, stamp.modified] for path, stamp in self.known.items()},
            "problems": self.problems,
        }
