"""A full disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import MagicMock, patch

from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError


@contextmanager
def full_disk() -> Iterator[MagicMock]:
    """Fail every write of a journal, and return the mock that counts them."""
    with patch.object(Store, "_async_write_data", side_effect=WriteError("no space left on device")) as write:
        yield write
