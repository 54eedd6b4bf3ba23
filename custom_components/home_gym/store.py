"""Store of a runner's journal: loaded and saved whole, and never written over an unreadable file."""

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


class _FailureAwareStore(Store[dict[str, Any]]):
    """Store that remembers the failure of its latest write."""

    failure: HomeAssistantError | None = None

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        self.failure = None
        try:
            await super()._async_write_data(data)
        except HomeAssistantError as error:
            self.failure = error
            raise


class _SerializedFact:
    """A fact and its serialized form, with the method that Home Assistant's encoder calls."""

    __slots__ = ("fact", "json_fragment")

    def __init__(self, fact: StoredJournal, plain: object) -> None:
        """Serialize a fact."""
        self.fact = fact
        self.json_fragment = orjson.Fragment(orjson.dumps(plain))


class _SerializedFacts:
    """The serialized facts of a journal, reused by the next save.

    Facts are immutable, so the same fact has the same serialized form.
    """

    def __init__(self) -> None:
        """Start without facts."""
        self._facts: dict[int, _SerializedFact] = {}

    def keep(self, fact: StoredJournal, plain: object) -> None:
        """Keep a fact's form as read."""
        self._facts[id(fact)] = _SerializedFact(fact, plain)

    def whole(self, journal: Journal) -> dict[str, Any]:
        """Return a whole journal for writing, and drop the facts no longer in it."""
        before, now = self._facts, dict[int, _SerializedFact]()

        def write(fact: StoredJournal) -> _SerializedFact:
            known = now[id(fact)] = before.get(id(fact)) or _SerializedFact(fact, plain_of(fact))
            return known

        plain = to_plain(journal, write)
        self._facts = now
        return plain


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Pause garbage collection while a journal loads: it would find nothing and double the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class JournalStore:
    """Store of one runner's journal, in a file of its own."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file after the config entry."""
        self._hass = hass
        self._store = _FailureAwareStore(
            hass,
            VERSION,
            f"{DOMAIN}.{entry_id}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._saving = asyncio.Lock()
        self._written = _SerializedFacts()

    @property
    def path(self) -> Path:
        """The path of the file, for manual repair."""
        return Path(self._store.path)

    async def async_load(self) -> Journal:
        """Return the journal, an empty one without a file.

        Raises JournalUnreadableError or JournalTooNewError.
        """
        try:
            with garbage_collection_paused():
                # Home Assistant's store would move a damaged file aside and start empty; a journal is worth more.
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
        """Write the journal in its current state, or in its state after an earlier write.

        Raises HomeAssistantError for a failed write.
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
