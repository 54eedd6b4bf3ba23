"""Store of a runner's journal: a change writes only what it changed, and never over an unreadable file."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
import gc
from pathlib import Path
import sqlite3
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .gym.journal.journal import Journal
from .gym.journal.rows import SetAside, state_rows
from .gym.runs.curve import Curve
from .storage.deleted import adopt_deleted, erase_outlived, keep_deleted
from .storage.files import files_of, is_held
from .storage.generations import go_back, keep_generation
from .storage.journal_file import JournalFile, UnreadableError
from .storage.row_file import TooNewError


class JournalUnreadableError(Exception):
    """The file of a journal is damaged; it was left as it is."""


class JournalTooNewError(Exception):
    """The file of a journal was written by a newer version; it was left as it is."""


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
        self._file = JournalFile(files_of(hass, entry_id), held=is_held(hass))
        self._saving, self._caring = asyncio.Lock(), asyncio.Lock()
        self.set_aside: Sequence[SetAside] = ()
        """The rows that couldn't be read."""

    @property
    def path(self) -> Path:
        """The path of the file, for manual repair."""
        return self._file.source

    async def async_load(self) -> Journal:
        """Return the journal, an empty one without a file.

        Raises JournalUnreadableError or JournalTooNewError.
        """
        try:
            with garbage_collection_paused():
                read = await self._hass.async_add_executor_job(self._file.load, dt_util.utcnow())
        except TooNewError as error:
            raise JournalTooNewError(str(error)) from error
        except UnreadableError as error:
            raise JournalUnreadableError(str(error)) from error
        self.set_aside = read.set_aside
        return read.journal

    async def async_save(self, journal: Journal) -> None:
        """Write the changes of a journal, in their current state or in that after an earlier write.

        Raises HomeAssistantError for a failed write.
        """
        async with self._saving:
            changes, states, curves = journal.unsaved.all(), state_rows(journal), journal.unsaved.curves()
            try:
                await self._hass.async_add_executor_job(self._file.write, changes, states, curves)
            except (sqlite3.Error, OSError) as error:
                raise HomeAssistantError(str(error)) from error
            journal.unsaved.settle(changes)
            journal.unsaved.settle_curves(curves)

    async def async_curve(self, journal: Journal, activities: Sequence[str]) -> Curve | None:
        """Return the curve of the first activity that has one, saved or not; None without any.

        Raises HomeAssistantError for a file that can't be read.
        """
        unsaved = journal.unsaved.curves()
        try:
            return await self._hass.async_add_executor_job(self._first_curve, unsaved, activities)
        except (sqlite3.Error, OSError) as error:
            raise HomeAssistantError(str(error)) from error

    def _first_curve(self, unsaved: Mapping[str, bytes | None], activities: Sequence[str]) -> Curve | None:
        for activity in activities:
            if packed := unsaved[activity] if activity in unsaved else self._file.curve(activity):
                # Of another version.
                with suppress(ValueError):
                    return Curve.unpacked(packed)
        return None

    async def async_curves(self, journal: Journal) -> dict[str, bytes]:
        """Return all packed curves by the ids of their activities; raises HomeAssistantError."""
        try:
            saved = await self._hass.async_add_executor_job(self._file.curves)
        except (sqlite3.Error, OSError) as error:
            raise HomeAssistantError(str(error)) from error
        known: dict[str, bytes | None] = {**saved, **journal.unsaved.curves()}
        return {activity: curve for activity, curve in known.items() if curve is not None}

    async def async_close(self) -> None:
        """Close the file, until the next use."""
        await self._hass.async_add_executor_job(self._file.rows.close)

    async def async_look_after(self) -> None:
        """Prune the file, keep a copy of the day, and remove outlived files."""
        async with self._caring:
            await self._hass.async_add_executor_job(self._look_after)

    async def async_hold(self, held: bool) -> None:
        """Keep the file as it is while it is copied from outside, with later changes in a log beside it; or stop that.

        Raises HomeAssistantError for a failed write.
        """
        try:
            await self._hass.async_add_executor_job(self._file.rows.hold, held)
        except (sqlite3.Error, OSError) as error:
            raise HomeAssistantError(str(error)) from error

    async def async_generations(self) -> Mapping[date, Path]:
        """Return the daily copies of the file, the latest first."""
        return await self._hass.async_add_executor_job(self._file.files.generations)

    async def async_go_back(self, day: date) -> None:
        """Replace the file by its copy of a day; raises HomeAssistantError for one that can't be read."""
        try:
            await self._hass.async_add_executor_job(go_back, self._file.files, day, dt_util.utcnow())
        except (sqlite3.Error, TooNewError, OSError) as error:
            raise HomeAssistantError(str(error)) from error

    async def async_remove(self, snapshot: Mapping[str, Any]) -> bool:
        """Keep the file as that of a removed runner, with a snapshot of the entry; return whether there was one."""
        file, today = self._file, dt_util.now().date()
        return await self._hass.async_add_executor_job(keep_deleted, file.files, file.rows, snapshot, today)

    async def async_adopt(self, name: str) -> Any:
        """Take over the file of a removed runner with this name; return the snapshot of that entry, or None."""
        return await self._hass.async_add_executor_job(adopt_deleted, self._file.files, name)

    def _look_after(self) -> None:
        try:
            self._file.prune(dt_util.utcnow())
            keep_generation(self._file.files, self._file.rows, dt_util.now().date())
            self._file.unlink_outlived_json(dt_util.utcnow())
            erase_outlived(self._file.files.folder, dt_util.utcnow())
        except (sqlite3.Error, OSError) as error:
            LOGGER.warning("%s can't be copied: %s", self.path, error)
