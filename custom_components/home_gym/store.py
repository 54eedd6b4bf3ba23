"""The journal on disk: loaded whole, saved whole, and never written over what could not be read."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
import gc
from pathlib import Path
from typing import Any, override

import orjson

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, UnsupportedStorageVersionError
from homeassistant.helpers.storage import Store
from homeassistant.util.json import JsonObjectType, JsonValueType, load_json_object

from .const import DOMAIN
from .gym.journal.codec import JournalError, StoredJournal, from_plain, plain_of, to_plain
from .gym.journal.journal import Journal

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


class _WrittenFact:
    """A fact and the bytes it is written as, under the name that Home Assistant's encoder asks for."""

    __slots__ = ("fact", "json_fragment")

    def __init__(self, fact: StoredJournal, plain: object) -> None:
        """Write a fact."""
        self.fact = fact
        self.json_fragment = orjson.Fragment(orjson.dumps(plain))


class _Written:
    """The facts of a journal as they are written, kept so that a save need not write each anew.

    Facts never change, so the one at hand is what its writing was made of.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._facts: dict[int, _WrittenFact] = {}

    def keep(self, fact: StoredJournal, plain: object) -> None:
        """Take a fact as it was read."""
        self._facts[id(fact)] = _WrittenFact(fact, plain)

    def whole(self, journal: Journal) -> dict[str, Any]:
        """Return a journal to be written, and forget all that is not in it any more."""
        before, now = self._facts, dict[int, _WrittenFact]()

        def write(fact: StoredJournal) -> _WrittenFact:
            known = now[id(fact)] = before.get(id(fact)) or _WrittenFact(fact, plain_of(fact))
            return known

        plain = to_plain(journal, write)
        self._facts = now
        return plain


@contextmanager
def many_facts() -> Iterator[None]:
    """Look for no garbage while a whole journal comes to life: there is none, and it would take as long again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


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
        self._written = _Written()

    @property
    def path(self) -> Path:
        """The file, for those who have to repair it."""
        return Path(self._store.path)

    async def async_load(self) -> Journal:
        """Return the journal, an empty one where there is no file yet.

        Raises JournalUnreadableError or JournalTooNewError.
        """
        try:
            with many_facts():
                # Home Assistant's store moves a damaged file aside and goes on with nothing; a journal is worth more.
                document = await self._hass.async_add_executor_job(load_json_object, self.path)
                plain = self._data_of(document) if document else await self._store.async_load()
                if plain is None:
                    return Journal()
                return await self._hass.async_add_executor_job(from_plain, plain, self._written.keep)
        except UnsupportedStorageVersionError as error:
            raise JournalTooNewError(str(error)) from error
        except (HomeAssistantError, JournalError, KeyError) as error:
            raise JournalUnreadableError(str(error)) from error

    async def async_save(self, journal: Journal) -> None:
        """Write the journal as it is now, or as it will be when an earlier write has ended.

        Raises HomeAssistantError where it did not reach the disk.
        """
        async with self._saving:
            plain = await self._hass.async_add_executor_job(self._written.whole, journal.copy())
            await self._store.async_save(plain)
            if self._store.failure:
                raise self._store.failure

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()

    def _data_of(self, document: JsonObjectType) -> JsonValueType:
        version = document["version"]
        if isinstance(version, int) and version > VERSION:
            raise UnsupportedStorageVersionError(self._store.key, version, VERSION)
        return document["data"]
