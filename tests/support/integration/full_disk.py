"""A full disk."""

from collections.abc import Iterator
from contextlib import contextmanager
import sqlite3
from typing import Any
from unittest.mock import MagicMock, patch

from custom_components.home_gym.storage.row_file import RowFile


@contextmanager
def full_disk() -> Iterator[MagicMock]:
    """Fail every write of a journal or treadmill, and return the mock that counts them."""
    attempt = MagicMock(side_effect=sqlite3.OperationalError("no space left on device"))
    write, create = RowFile.write, RowFile.create

    def try_to_write(rows: RowFile, *args: Any, **kwargs: Any) -> None:
        attempt()
        write(rows, *args, **kwargs)

    def try_to_create(rows: RowFile, *args: Any, **kwargs: Any) -> None:
        attempt()
        create(rows, *args, **kwargs)

    with patch.object(RowFile, "write", try_to_write), patch.object(RowFile, "create", try_to_create):
        yield attempt
