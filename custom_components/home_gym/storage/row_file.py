"""A SQLite file of rows: kind, key, instant, JSON body and checksum.

Nothing here waits for the event loop: every call belongs in the executor. The file can be opened by the `sqlite3`
command. A row edited by hand is accepted with an empty checksum.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
import json
import os
from pathlib import Path
import sqlite3
from tempfile import TemporaryDirectory
from threading import RLock
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

import orjson

from .curve_rows import NO_CURVES, write_curves

MAJOR, MINOR = 2, 2
"""Version of the files: a newer minor version is read and kept, a newer major one refused."""
IDS_WITH_DEVICES = 2, 1
"""First version with the name of a device in the id of an activity."""
SIDE_FILES = ("-wal", "-shm")
# Pages of 4 kB in the write-ahead log before they go to the file: a change writes little, and no change writes much.
CHECKPOINT_PAGES = 3
SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE facts (
    kind TEXT NOT NULL, key TEXT NOT NULL, at TEXT, body TEXT NOT NULL, checksum INTEGER, UNIQUE (kind, key)
);
CREATE TABLE set_aside (kind TEXT, key TEXT, at TEXT, body TEXT, checksum INTEGER);
"""
CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
SELECT = "SELECT kind, key, at, body, checksum FROM facts"
PUT = """
INSERT INTO facts (kind, key, at, body, checksum) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET at = excluded.at, body = excluded.body, checksum = excluded.checksum
"""
SET_ASIDE = "INSERT INTO set_aside SELECT kind, key, at, body, checksum FROM facts WHERE kind = ? AND key = ?"


class TooNewError(Exception):
    """A file of a newer major version."""


class StoredRow(NamedTuple):
    """A row as it is in the file; `is_intact` is False for one with a wrong checksum."""

    kind: str
    key: str
    at: str | None
    body: bytes
    is_intact: bool


class NewRow(NamedTuple):
    """A row to write."""

    kind: str
    key: str
    at: str | None
    body: bytes


def dumps(value: Any) -> bytes:
    """Return the JSON text of a body."""
    try:
        return orjson.dumps(value)
    except TypeError:
        # A text with half a character, or a number too large: JSON can escape the one and hold the other.
        return json.dumps(value).encode()


def loads(body: bytes) -> Any:
    """Return the value of a body; raises ValueError for anything but JSON."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return json.loads(body)


def checksum_of(kind: bytes, key: bytes, at: bytes | None, body: bytes) -> int:
    """Return the checksum of a row."""
    return crc32(b"\0".join((kind, key, at or b"", body)))


class RowFile:
    """A SQLite file of rows, with one connection, which is opened when it is needed.

    Raises sqlite3.Error for a damaged file or a failed write, OSError for a missing folder, TooNewError.
    """

    def __init__(self, path: Path, *, held: bool = False) -> None:
        """Name the file; `held` keeps it as it is for now: changes go to the write-ahead log alone."""
        self.path = path
        self.minor = MINOR
        self._connection: sqlite3.Connection | None = None
        self._held = held
        self._lock = RLock()

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    def create(
        self, rows: Iterable[NewRow], about: Mapping[str, str], curves: Mapping[str, bytes | None] = NO_CURVES
    ) -> None:
        """Create the file with some rows in one step: a power cut leaves all of it or nothing."""
        with self._lock:
            new = self.path.with_name(f"{self.path.name}.new")
            self.path.parent.mkdir(exist_ok=True)
            new.unlink(missing_ok=True)
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(_connect(new)) as connection, connection:
                connection.executescript(SCHEMA)
                about = {"major": str(MAJOR), "minor": str(MINOR), **about}
                connection.execute("BEGIN")
                connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
                connection.executemany(PUT, map(_stored, rows))
                write_curves(connection, curves)
            replace_durably(new, self.path)

    def rows(self, *, but: Sequence[str] = (), before: str = "") -> Iterator[StoredRow]:
        """Yield the rows in order of their first write, except those of some kinds before an instant."""
        left_out = ", ".join("?" * len(but))
        query = f"{SELECT} WHERE NOT (kind IN ({left_out}) AND at < ?) ORDER BY rowid"
        with self._lock, closing(self._readable().cursor()) as cursor:
            for kind, key, at, body, checksum in cursor.execute(query, (*but, before)):
                yield StoredRow(
                    kind=_text(kind),
                    key=_text(key),
                    at=_text(at) if at is not None else None,
                    body=body,
                    is_intact=checksum is None or checksum == checksum_of(kind, key, at, body),
                )

    def about(self) -> dict[str, str]:
        """Return the notes about the file."""
        with self._lock:
            found = self._readable().execute("SELECT name, value FROM about").fetchall()
        return {_text(name): _text(value) for name, value in found}

    def newest(self, kinds: Sequence[str]) -> str | None:
        """Return the latest instant of the rows of some kinds."""
        query = f"SELECT max(at) FROM facts WHERE kind IN ({', '.join('?' * len(kinds))})"  # noqa: S608
        with self._lock:
            [(found,)] = self._readable().execute(query, kinds).fetchall()
        return _text(found) if found else None

    def body_of(self, kind: str, key: str) -> bytes | None:
        """Return the body of a row, or None."""
        with self._lock:
            row = self._open().execute("SELECT body FROM facts WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return row[0] if row else None

    def read[T](self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Return the result of a query."""
        with self._lock:
            return query(self._readable())

    def write(
        self,
        put: Iterable[NewRow],
        removed: Iterable[tuple[str, str]] = (),
        *,
        about: Mapping[str, str] | None = None,
        set_aside: Iterable[tuple[str, str]] = (),
        curves: Mapping[str, bytes | None] = NO_CURVES,
    ) -> None:
        """Write rows and curves and remove others in one transaction; the former forms of some are set aside."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(SET_ASIDE, set_aside)
                connection.executemany("DELETE FROM facts WHERE kind = ? AND key = ?", removed)
                connection.executemany(PUT, map(_stored, put))
                connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", (about or {}).items())
                write_curves(connection, curves)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def set_minor(self, put: Iterable[NewRow]) -> None:
        """Raise the minor version of a file to this one, with the rows that differ in it, in one transaction."""
        self.write(put, about={"minor": str(MINOR)})
        self.minor = MINOR

    def execute(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Execute a statement in a transaction of its own, and return the number of changed rows."""
        with self._lock:
            return self._open().execute(statement, values).rowcount

    def copy_to(self, path: Path) -> None:
        """Copy the file as of the last transaction, in one step; raises sqlite3.DatabaseError for a damaged one.

        Writes go on meanwhile.
        """
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(_connect(self.path)) as source, closing(_connect(new)) as copy:
            source.backup(copy)
            # A copy is one file, without a log beside it.
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            _check(copy)
        replace_durably(new, path)

    def hold(self, held: bool) -> None:
        """Keep the file itself unchanged while it is copied from outside, or write to it again."""
        with self._lock:
            self._held = held
            if self._connection:
                self._hold(self._connection)
            if self._connection and held:
                # A full disk doesn't matter: the file and its log belong together as they are.
                with suppress(sqlite3.OperationalError):
                    self._connection.execute(CHECKPOINT).fetchall()

    def close(self) -> None:
        """Close the connection, until the next use."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = _connect(self.path)
            try:
                self.minor = _minor_of(connection)
                connection.execute("PRAGMA journal_mode = WAL")
                self._hold(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _readable(self) -> sqlite3.Connection:
        """Return the connection, or one to a copy of a file that can't be opened for writing."""
        try:
            return self._open()
        except sqlite3.OperationalError:
            with TemporaryDirectory() as folder:
                copy = Path(folder) / self.path.name
                for side in ("", "-wal"):
                    source = self.path.with_name(self.path.name + side)
                    if source.exists():
                        copy.with_name(copy.name + side).write_bytes(source.read_bytes())
                return in_memory(copy)

    def _hold(self, connection: sqlite3.Connection) -> None:
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, self._held)
        connection.execute(f"PRAGMA wal_autocheckpoint = {0 if self._held else CHECKPOINT_PAGES}").fetchall()
        if not self._held:
            with suppress(sqlite3.OperationalError):
                connection.execute(CHECKPOINT).fetchall()


def in_memory(path: Path) -> sqlite3.Connection:
    """Return a connection to a copy of a file in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.text_factory = bytes
    with closing(_connect(path)) as source:
        _minor_of(source)
        source.backup(connection)
    return connection


def signature_of(path: Path) -> tuple[Any, ...]:
    """Return a signature of a file's rows, which changes with any of them."""
    with closing(_connect(path)) as connection:
        [found] = connection.execute("SELECT count(*), max(rowid), total(checksum) FROM facts").fetchall()
    return tuple(found)


def check(path: Path) -> None:
    """Raise sqlite3.DatabaseError for a damaged file, TooNewError for one of a newer major version."""
    with closing(_connect(path)) as connection:
        _minor_of(connection)
        _check(connection)


def replace_durably(new: Path, path: Path) -> None:
    """Put a file in the place of another, so that a power cut leaves one of the two."""
    for side in SIDE_FILES:
        path.with_name(path.name + side).unlink(missing_ok=True)
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.text_factory = bytes
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _minor_of(connection: sqlite3.Connection) -> int:
    """Return a file's minor version; raises TooNewError, or sqlite3.DatabaseError for a file of another kind."""
    versions = dict(connection.execute("SELECT name, value FROM about WHERE name IN ('major', 'minor')").fetchall())
    try:
        major, minor = int(versions[b"major"]), int(versions[b"minor"])
    except (KeyError, ValueError) as error:
        raise sqlite3.DatabaseError("no version") from error
    if major > MAJOR:
        raise TooNewError(f"version {major}.{minor}")
    return minor


def _check(connection: sqlite3.Connection) -> None:
    [(outcome,), *_] = connection.execute("PRAGMA quick_check(1)").fetchall()
    if outcome != b"ok":
        raise sqlite3.DatabaseError(_text(outcome))


def _stored(row: NewRow) -> tuple[str, str, str | None, str, int]:
    at = row.at.encode() if row.at is not None else None
    checksum = checksum_of(row.kind.encode(), row.key.encode(), at, row.body)
    return row.kind, row.key, row.at, row.body.decode(), checksum


def _text(value: bytes) -> str:
    return value.decode(errors="replace")
