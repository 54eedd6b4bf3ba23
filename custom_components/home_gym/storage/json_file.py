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
    """Return a stamp of a file's content."""
    return sha256(path.read_bytes()).hexdigest()


def is_outlived(migrated: str | None, now: datetime) -> bool:
    """Return whether a file has been kept long enough since its migration at an instant in ISO 8601."""
    return migrated is not None and now - datetime.fromisoformat(migrated) >= JSON_KEPT
