"""Files of journals and treadmills, read as the next start would."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
import sqlite3
from threading import Event
from typing import Any
from unittest.mock import patch

import orjson

from custom_components.home_gym.gym.journal.codec import to_plain
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.storage.files import EntryFiles, files_of
from custom_components.home_gym.storage.journal_file import JournalFile
from custom_components.home_gym.storage.row_file import RowFile
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID


def stored_journal(hass: HomeAssistant, entry_id: str = ENTRY_ID) -> Journal:
    """Return the journal on disk."""
    return journal_in(files_of(hass, entry_id))


def journal_in(files: EntryFiles) -> Journal:
    """Return the journal in an entry's files."""
    file = JournalFile(files)
    with closing(file.rows):
        return file.load(dt_util.utcnow()).journal


def stored_plain(hass: HomeAssistant, entry_id: str = ENTRY_ID) -> dict[str, Any]:
    """Return the journal on disk as JSON values."""
    return to_plain(stored_journal(hass, entry_id))


def write_json(files: EntryFiles, document: Any) -> None:
    """Write a file as earlier versions did."""
    files.folder.mkdir(exist_ok=True)
    files.json.write_bytes(orjson.dumps(document))


def first_form(entry_id: str, data: Any, version: Any = 1) -> dict[str, Any]:
    """Return the document of a file as earlier versions wrote it."""
    return {"version": version, "minor_version": 1, "key": f"home_gym.{entry_id}", "data": data}


def rows_in(files: EntryFiles) -> dict[tuple[str, str], Any]:
    """Return the bodies of all rows in a file, by kind and key."""
    with closing(sqlite3.connect(files.rows)) as connection:
        return {
            (kind, key): orjson.loads(body)
            for kind, key, body in connection.execute("SELECT kind, key, body FROM facts ORDER BY rowid")
        }


@contextmanager
def slow_disk() -> Iterator[Event]:
    """Hold every write of a file until the event is set."""
    answers, write, create = Event(), RowFile.write, RowFile.create

    def write_slowly(rows: RowFile, *args: Any, **kwargs: Any) -> None:
        answers.wait(10)
        write(rows, *args, **kwargs)

    def create_slowly(rows: RowFile, *args: Any, **kwargs: Any) -> None:
        answers.wait(10)
        create(rows, *args, **kwargs)

    with patch.object(RowFile, "write", write_slowly), patch.object(RowFile, "create", create_slowly):
        try:
            yield answers
        finally:
            answers.set()
