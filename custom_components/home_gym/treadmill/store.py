"""The stored state of one treadmill: its log, and the memory of detector and odometer for a restart."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
import sqlite3
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..gym.codec.json_values import Plain, text_of
from ..gym.treadmill.codecs import BELT_LOG, BELT_MEMORY
from ..gym.treadmill.log import BeltLog
from ..gym.treadmill.memory import BeltMemory
from ..storage.files import files_of, is_held
from ..storage.json_file import MIGRATED, is_outlived, read_json
from ..storage.row_file import NewRow, RowFile, StoredRow, TooNewError, dumps, loads
from .odometer import Odometer

BELT, ODOMETER, LOG, RECORD = "belt", "odometer", "log", "record"
"""Kinds of rows: a session is a row, and so is each other part of the log."""
RECORDS = "records"

type RowKey = tuple[str, str]


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
        self._files = files_of(hass, entry_id)
        self._rows = RowFile(self._files.rows, held=is_held(hass))
        self._written: dict[RowKey, bytes] = {}
        self._saving = asyncio.Lock()
        self._source = self._files.rows

    @property
    def path(self) -> str:
        """The path of the file, for manual repair."""
        return str(self._source)

    async def async_load(self) -> StoredTreadmill:
        """Return the stored state, an empty one without a file.

        Raises ValueError for anything but this version's data, and leaves the file alone.
        """
        return await self._hass.async_add_executor_job(self._load)

    async def async_save(self, stored: StoredTreadmill) -> None:
        """Save the state; raises HomeAssistantError for a failed write."""
        # The caller may be cancelled, but two writes of the file must not overlap.
        await asyncio.shield(self._async_save(_parts_of(stored)))

    async def async_close(self) -> None:
        """Close the file, until the next use."""
        await self._hass.async_add_executor_job(self._rows.close)

    async def async_hold(self, held: bool) -> None:
        """Keep the file as it is while it is copied from outside, or stop that."""
        await self._hass.async_add_executor_job(self._rows.hold, held)

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._hass.async_add_executor_job(self._files.unlink)

    async def _async_save(self, parts: Mapping[RowKey, Any]) -> None:
        async with self._saving:
            try:
                await self._hass.async_add_executor_job(self._write, parts)
            except (sqlite3.Error, OSError) as error:
                raise HomeAssistantError(str(error)) from error

    def _write(self, parts: Mapping[RowKey, Any]) -> None:
        """Write the parts that changed since the last write, in one transaction."""
        now = {key: dumps(value) for key, value in parts.items()}
        changed = {key: body for key, body in now.items() if self._written.get(key) != body}
        removed = self._written.keys() - now.keys()
        put = [NewRow(kind, key, None, body) for (kind, key), body in changed.items()]
        if not self._rows.exists():
            self._rows.create(put, {})
        elif put or removed:
            self._rows.write(put, removed)
        self._written = now

    def _load(self) -> StoredTreadmill:
        try:
            if not self._rows.exists():
                if not self._files.json.exists():
                    return StoredTreadmill()
                self._migrate()
            stored = self._read()
            if is_outlived(self._rows.about().get(MIGRATED), dt_util.utcnow()):
                self._files.json.unlink(missing_ok=True)
        except (sqlite3.Error, OSError, TooNewError) as error:
            raise ValueError(str(error)) from error
        return stored

    def _migrate(self) -> None:
        """Turn a file of an earlier version into rows; it stays beside them for a while."""
        self._source = self._files.json
        plain = read_json(self._files.json)
        if not isinstance(plain, dict) or not {"belt", "log"} <= plain.keys():
            raise ValueError("no log of a treadmill")
        parts = _parts_of(
            StoredTreadmill(
                memory=BELT_MEMORY.read(plain["belt"]),
                log=BELT_LOG.read(plain["log"]),
                odometer=Odometer.from_plain(plain.get("odometer", {})),
            )
        )
        self._rows.create(
            (NewRow(kind, key, None, dumps(value)) for (kind, key), value in parts.items()),
            {MIGRATED: text_of(dt_util.utcnow())},
        )
        self._source = self._files.rows

    def _read(self) -> StoredTreadmill:
        """Return the state from its rows; a part that can't be read is left out."""
        rows = list(self._rows.rows())
        self._written = {(row.kind, row.key): row.body for row in rows}
        log: Plain = {RECORDS: [], "samples": {}, "withdrawals": {}}
        memory, odometer = BeltMemory(), Odometer()
        for row in rows:
            try:
                value = _value_of(row)
                if row.kind == BELT:
                    memory = BELT_MEMORY.read(value)
                elif row.kind == ODOMETER:
                    odometer = Odometer.from_plain(value)
                elif row.kind in (LOG, RECORD):
                    log = _checked_log(log, row, value)
            except ValueError as error:
                LOGGER.warning("%s: a row of %s can't be read: %s", self._files.rows, row.kind, error)
        return StoredTreadmill(memory=memory, log=BELT_LOG.read(log), odometer=odometer)


def _parts_of(stored: StoredTreadmill) -> dict[RowKey, Any]:
    """Return the JSON values of a treadmill's state, by kind and key."""
    log = BELT_LOG.write(stored.log)
    return {
        (BELT, ""): BELT_MEMORY.write(stored.memory),
        (ODOMETER, ""): stored.odometer.to_plain(),
        **{(RECORD, key): plain for key, plain in zip(stored.log.records, log.pop(RECORDS), strict=True)},
        **{(LOG, name): plain for name, plain in log.items()},
    }


def _value_of(row: StoredRow) -> Any:
    if not row.is_intact:
        raise ValueError("its checksum is wrong")
    return loads(row.body)


def _checked_log(log: Plain, row: StoredRow, value: Any) -> Plain:
    """Return a log with one more part; raises ValueError for an invalid one."""
    empty: Plain = {RECORDS: [], "samples": {}, "withdrawals": {}}
    part = {RECORDS: [value]} if row.kind == RECORD else {row.key: value}
    BELT_LOG.read(empty | part)
    return log | ({RECORDS: [*log[RECORDS], value]} if row.kind == RECORD else part)
