"""The journal on disk: loaded whole, saved whole, and never written over what could not be read."""

import asyncio
from pathlib import Path
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, UnsupportedStorageVersionError
from homeassistant.helpers.storage import Store
from homeassistant.util.json import load_json_object

from .const import DOMAIN
from .gym.journal import Journal
from .gym.journal_format import JournalError, from_plain, to_plain

VERSION = 1


class JournalUnreadableError(Exception):
    """The file of a journal is damaged; it was left as it is."""


class JournalTooNewError(Exception):
    """The file of a journal was written by a newer version; it was left as it is."""


class _TellingStore(Store[dict[str, Any]]):
    """A store that doesn't keep it to itself when nothing reached the disk."""

    failure: HomeAssistantError | None = None

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        self.failure = None
        try:
            await super()._async_write_data(data)
        except HomeAssistantError as error:
            self.failure = error
            raise


class JournalStore:
    """Keeps one runner's journal in a file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file after the config entry."""
        self._hass = hass
        self._store = _TellingStore(
            hass,
            VERSION,
            f"{DOMAIN}.{entry_id}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._saving = asyncio.Lock()

    @property
    def path(self) -> Path:
        """The file, for those who have to repair it."""
        return Path(self._store.path)

    async def async_load(self) -> Journal:
        """Return the journal, an empty one where there is no file yet.

        Raises JournalUnreadableError or JournalTooNewError.
        """
        try:
            # Home Assistant's store moves a damaged file aside and goes on with nothing; a journal is worth more.
            await self._hass.async_add_executor_job(load_json_object, self.path)
            plain = await self._store.async_load()
            return await self._hass.async_add_executor_job(from_plain, plain) if plain is not None else Journal()
        except UnsupportedStorageVersionError as error:
            raise JournalTooNewError(str(error)) from error
        except (HomeAssistantError, JournalError, KeyError) as error:
            raise JournalUnreadableError(str(error)) from error

    async def async_save(self, journal: Journal) -> None:
        """Write the journal as it is now, or as it will be when an earlier write has ended.

        Raises HomeAssistantError where it did not reach the disk.
        """
        async with self._saving:
            plain = await self._hass.async_add_executor_job(to_plain, journal.copy())
            await self._store.async_save(plain)
            if self._store.failure:
                raise self._store.failure

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()
