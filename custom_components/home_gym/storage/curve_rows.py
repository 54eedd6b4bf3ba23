"""Curves of recordings: one row each in a table of their own, so that loading a journal reads none of them."""

from collections.abc import Mapping
import sqlite3
from types import MappingProxyType
from zlib import crc32

NO_CURVES: Mapping[str, bytes | None] = MappingProxyType({})

_CREATE = "CREATE TABLE IF NOT EXISTS curves (activity TEXT PRIMARY KEY, body BLOB NOT NULL, checksum INTEGER)"
_PUT = "INSERT OR REPLACE INTO curves VALUES (?, ?, ?)"
_REMOVE = "DELETE FROM curves WHERE activity = ?"
_IS_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'curves'"


def write_curves(connection: sqlite3.Connection, curves: Mapping[str, bytes | None]) -> None:
    """Write packed curves by the ids of their activities, and remove those that are None."""
    if not curves:
        return
    # A file of an earlier version has no such table.
    connection.execute(_CREATE)
    connection.executemany(_REMOVE, [(activity,) for activity, body in curves.items() if body is None])
    connection.executemany(
        _PUT, [(activity, body, crc32(body)) for activity, body in curves.items() if body is not None]
    )


def read_curve(connection: sqlite3.Connection, activity: str) -> bytes | None:
    """Return the packed curve of an activity, None without one or for a damaged one."""
    if not connection.execute(_IS_THERE).fetchone():
        return None
    row = connection.execute("SELECT body, checksum FROM curves WHERE activity = ?", (activity,)).fetchone()
    return row[0] if row and crc32(row[0]) == row[1] else None


def read_curves(connection: sqlite3.Connection) -> dict[str, bytes]:
    """Return all intact packed curves by the ids of their activities."""
    if not connection.execute(_IS_THERE).fetchone():
        return {}
    rows = connection.execute("SELECT activity, body, checksum FROM curves")
    return {activity.decode(): body for activity, body, checksum in rows if crc32(body) == checksum}
