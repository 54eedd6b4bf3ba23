"""Room for the bodies of uploads: a number of them at once, and of their bytes.

A slow upload keeps no other waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class NoRoomError(Exception):
    """Too many uploads, or too many bytes of them, at once."""


@dataclass(slots=True)
class Bodies:
    """The uploads to one address that are under way."""

    max_uploads: int
    max_bytes: int
    uploads: int = 0
    bytes: int = 0

    @contextmanager
    def upload(self) -> Iterator[UploadRoom]:
        """Give an upload its room until it is read; raises NoRoomError for one too many."""
        if self.uploads >= self.max_uploads:
            raise NoRoomError
        room = UploadRoom(self)
        self.uploads += 1
        try:
            yield room
        finally:
            self.uploads -= 1
            self.bytes -= room.bytes


@dataclass(slots=True)
class UploadRoom:
    """The room of one upload."""

    bodies: Bodies
    bytes: int = 0

    def take(self, number: int) -> None:
        """Take room for more bytes; raises NoRoomError if all uploads have too many."""
        if self.bodies.bytes + number > self.bodies.max_bytes:
            raise NoRoomError
        self.bodies.bytes += number
        self.bytes += number
