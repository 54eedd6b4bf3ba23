"""Files of removed runners: kept for a month, so that adding the runner again brings everything back."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
import re
import sqlite3
from typing import Any, NamedTuple

from ..const import DOMAIN
from ..gym.journal.rows import STATE
from .files import EntryFiles
from .row_file import RowFile, TooNewError, dumps, loads, replace_durably

DELETED_KEPT = timedelta(days=30)
NAME, ENTRY = "name", "entry"
"""Notes in a file of rows: the runner's name, and the snapshot of the entry."""
PATTERN = re.compile(rf"{DOMAIN}\.deleted\.(\d{{4}}-\d\d-\d\d)\..+")


class DeletedFile(NamedTuple):
    """The file of a removed runner, and the day of the removal."""

    path: Path
    day: date


def keep_deleted(files: EntryFiles, rows: RowFile, snapshot: Mapping[str, Any], today: date) -> bool:
    """Keep a runner's file as deleted, remove all others of the entry, and return whether there was one."""
    source, suffix = (files.rows, "db") if rows.exists() else (files.json, "json")
    found = source.exists()
    if rows.exists():
        # A damaged file is kept, too, but can't be found by its name.
        with suppress(sqlite3.Error, TooNewError):
            found = any(row.kind != STATE for row in rows.rows())
            rows.write([], about={NAME: snapshot["name"], ENTRY: dumps(snapshot).decode()})
        rows.close()
    if found:
        source.replace(files.folder / f"{DOMAIN}.deleted.{today.isoformat()}.{files.entry_id}.{suffix}")
    files.unlink()
    return found


def deleted_files(folder: Path) -> list[DeletedFile]:
    """Return the files of removed runners, the latest removal first."""
    found = ((path, PATTERN.fullmatch(path.name)) for path in folder.glob(f"{DOMAIN}.deleted.*"))
    files = [DeletedFile(path=path, day=date.fromisoformat(match[1])) for path, match in found if match]
    return sorted(files, key=lambda file: (file.day, file.path), reverse=True)


def adopt_deleted(files: EntryFiles, name: str) -> Any:
    """Give a new runner the file of the removed one with its name; return the snapshot of that entry, or None."""
    if files.rows.exists() or files.json.exists():
        return None
    for path, about in _readable(files.folder):
        if about.get(NAME, "").casefold() == name.casefold():
            replace_durably(path, files.rows)
            return loads(about[ENTRY].encode())
    return None


def erase_deleted(folder: Path, name: str | None) -> int:
    """Remove the files of removed runners at once, of all or of those with a name; return their number."""
    if name is None:
        paths = [file.path for file in deleted_files(folder)]
    else:
        paths = [path for path, about in _readable(folder) if about.get(NAME, "").casefold() == name.casefold()]
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def erase_outlived(folder: Path, now: datetime) -> None:
    """Remove the files of runners that were removed a month ago."""
    for file in deleted_files(folder):
        if now.date() - file.day >= DELETED_KEPT:
            file.path.unlink(missing_ok=True)


def _readable(folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield the files of removed runners that can be read, and the notes about each."""
    for file in deleted_files(folder):
        rows = RowFile(file.path)
        try:
            about = rows.about()
        except sqlite3.Error, TooNewError, OSError:
            continue
        finally:
            rows.close()
        yield file.path, about
