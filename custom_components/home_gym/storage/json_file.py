"""The JSON files of earlier versions: read once, kept for a month as the way back, then removed."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from .row_file import TooNewError

JSON_VERSION = 1
JSON_KEPT = timedelta(days=30)
MIGRATED = "migrated"
"""Note in a file of rows: the instant of its migration."""


def read_json(path: Path) -> Any:
    """Return the data of a file of an earlier version.

    Raises TooNewError, ValueError for another kind of file, OSError for an unreadable one.
    """
    document = orjson.loads(path.read_bytes())
    if not isinstance(document, dict) or not {"version", "data"} <= document.keys():
        raise ValueError("no file of Home Gym")
    version = document["version"]
    if isinstance(version, int) and version > JSON_VERSION:
        raise TooNewError(f"version {version}")
    if version != JSON_VERSION:
        raise ValueError(f"version {version!r:.40}")
    return document["data"]


def stamp_of(path: Path) -> str:
    """Return a stamp of a file: its time, and the checksum of its content."""
    return f"{path.stat().st_mtime_ns}/{sha256(path.read_bytes()).hexdigest()}"


def is_changed(path: Path, stamp: str) -> bool:
    """Return whether a file has another content than at a stamp; its time alone may change in a backup."""
    time, _, _ = stamp.partition("/")
    return str(path.stat().st_mtime_ns) != time and stamp_of(path).partition("/")[2] != stamp.partition("/")[2]


def is_outlived(migrated: str | None, now: datetime) -> bool:
    """Return whether a file has been kept long enough since its migration at an instant in ISO 8601."""
    return migrated is not None and now - datetime.fromisoformat(migrated) >= JSON_KEPT
