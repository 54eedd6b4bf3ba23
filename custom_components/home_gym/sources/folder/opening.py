"""Opening of files in folders that other programs write to."""

from errno import EINVAL
import os
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO


def opened(path: Path) -> BinaryIO:
    """Open a file for reading; raises OSError for anything but a regular file, such as a pipe that never ends."""
    return open(path, "rb", opener=_regular)


def _regular(path: str, flags: int) -> int:
    # Without this flag, opening a pipe waits for its writer.
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(EINVAL, "not a regular file", path)
    return descriptor
