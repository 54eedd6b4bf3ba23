"""Gzip streams and ZIP archives around recordings, opened in memory within bounds.

Nothing is ever written to disk, and the names of an archive's members are used for messages only.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EINVAL
from gzip import BadGzipFile, GzipFile
from io import BytesIO
import struct
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
import zlib

from ..runs.activity import Activity
from .errors import RecordingError, RecordingFault, parser_errors
from .memory import Memory

MEBIBYTE = 1 << 20

MAX_RECORDING_SIZE = 46 * MEBIBYTE
"""Bytes of one recording; a day's TCX with a point each second has 45 million."""

MAX_TOTAL = 256 * MEBIBYTE
"""Bytes that all content of one file may inflate to."""

MAX_RATIO = 200
"""Greatest ratio of inflated to compressed size beyond the first mebibyte; recordings reach 40."""

MAX_NESTING = 3
"""Wrappings around a recording: an archive in an archive, with gzipped members."""

MAX_MEMBERS = 20_000
"""Files in an archive; a site's export of ten years has a few thousand."""

MAX_STREAMS = 1000
"""Gzip streams in sequence."""

METHODS = (ZIP_STORED, ZIP_DEFLATED)
"""Compression methods that sites use; others may need gigabytes before their first byte."""

GZIP_MARK = b"\x1f\x8b\x08"
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_DIRECTORY_MARK = b"PK\x01\x02"

MAX_DIRECTORY = 16 * MEBIBYTE
"""Bytes of an archive's list of members; a list of 60,000 files has 6 million."""

_PIECE = 1 << 16
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_REACH = 66_000
# Memory for a list of members: copies of its bytes, and bytes for each entry.
_COPIES, _ENTRY = 3, 600


@dataclass(slots=True)
class Budget:
    """Number of bytes that may still be inflated."""

    left: int = MAX_TOTAL

    def spend(self, size: int) -> None:
        """Deduct inflated bytes; raises RecordingError once the budget is exceeded."""
        self.left -= size
        if self.left < 0:
            raise RecordingError(RecordingFault.HOSTILE, f"inflates to more than {MAX_TOTAL} bytes")


@dataclass(frozen=True, slots=True)
class Inflated:
    """Content of a gzip stream; `complete` unless the stream was truncated or its own checksum failed."""

    data: bytes
    complete: bool


def is_gzip(data: bytes) -> bool:
    """Return whether bytes are a gzip stream."""
    return data.startswith(GZIP_MARK)


def is_zip(data: bytes) -> bool:
    """Return whether bytes are a ZIP archive."""
    return data.startswith(ZIP_MARKS)


def inflate(data: bytes, budget: Budget, memory: Memory) -> Inflated:
    """Return the content of one or several concatenated gzip streams, up to the first damage.

    Raises RecordingError if the content exceeds a limit, or if none of it can be read.
    """
    if data.count(GZIP_MARK) > MAX_STREAMS:
        raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_STREAMS} gzip streams")
    # A stream of more than 4 GiB, or one of several, has another size than its last four bytes say.
    declared = int.from_bytes(data[-4:], "little")
    inflated, complete = buffer(declared if declared <= MAX_RATIO * len(data) else 0, memory), True
    try:
        with GzipFile(fileobj=BytesIO(data)) as stream:
            while piece := stream.read1(_PIECE):
                inflated.write(piece)
                budget.spend(len(piece))
                _check_growth(len(data), inflated.tell(), memory)
    except zlib.error, EOFError, BadGzipFile:
        complete = False
    if not inflated.tell():
        raise RecordingError(RecordingFault.DAMAGED, "nothing could be inflated")
    return Inflated(content_of(inflated), complete)


type ReadThrough = Callable[[bytes, IO[bytes], Memory], list[Activity] | None]
"""Reader of a file too large to be held, from its first bytes and the rest; None for a file of another kind."""


def members(
    data: bytes, budget: Budget, memory: Memory, read_through: ReadThrough
) -> Iterator[tuple[str, bytes | list[Activity] | RecordingError]]:
    """Yield the name and content, or the error, of each file in an archive, folders excluded.

    A file that `read_through` takes comes as its activities.

    Raises RecordingError if the archive can't be opened or exceeds a limit.
    """
    if data.count(ZIP_DIRECTORY_MARK) > MAX_MEMBERS:
        raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_MEMBERS} members")
    with opened_zip(BytesIO(data), memory) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, _member(archive, info, budget, memory, read_through)


@contextmanager
def opened_zip(stream: IO[bytes], memory: Memory) -> Iterator[ZipFile]:
    """Open an archive; its list of members is counted in the memory until it is closed.

    Raises RecordingError for a list beyond the memory, and for bytes without an archive.
    """
    with zip_errors():
        size, number = _directory_of(stream)
    if size > MAX_DIRECTORY:
        raise RecordingError(RecordingFault.HOSTILE, f"a list of members of more than {MAX_DIRECTORY} bytes")
    with memory.held(_COPIES * size + _ENTRY * number):
        with zip_errors():
            archive = ZipFile(stream)
        with archive:
            yield archive


@contextmanager
def zip_errors() -> Iterator[None]:
    """Raise RecordingError for any fault of an archive; errors of the drive pass unchanged."""
    try:
        with parser_errors("ZIP archive"):
            yield
    except OSError as error:
        # EINVAL: the archive points before the beginning of the file.
        if error.errno != EINVAL:
            raise
        raise RecordingError(RecordingFault.DAMAGED, f"ZIP archive: {error}") from error


def _directory_of(stream: IO[bytes]) -> tuple[int, int]:
    """Return the declared bytes of an archive's list of members, all of which is read into memory, and its entries."""
    end = stream.seek(0, 2)
    start = max(0, end - _END_REACH)
    stream.seek(start)
    tail = stream.read(_END_REACH)
    at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
    if at < 0:
        raise BadZipFile("no list of members")
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    size_64: int = struct.unpack_from("<Q", tail, at_64 + 40)[0] if at_64 >= 0 else 0
    size = max(size if size != 0xFFFFFFFF else 0, size_64)
    if start and size <= MAX_DIRECTORY:
        stream.seek(max(0, start - size))
        tail = stream.read(size + _END_REACH)
    stream.seek(0)
    return size, tail.count(ZIP_DIRECTORY_MARK)


def _member(
    archive: ZipFile, info: ZipInfo, budget: Budget, memory: Memory, read_through: ReadThrough
) -> bytes | list[Activity] | RecordingError:
    """Return a member's content, or its error; raises RecordingError for a hostile one."""
    if info.compress_type not in METHODS:
        return RecordingError(RecordingFault.DAMAGED, f"{info.filename}: packed by method {info.compress_type}")
    content = buffer(info.file_size if info.file_size <= MAX_RATIO * info.compress_size else 0, memory)
    try:
        with zip_errors(), archive.open(info) as stream:
            piece = stream.read(_PIECE)
            if (found := read_through(piece, stream, memory)) is not None:
                return found
            while piece:
                content.write(piece)
                budget.spend(len(piece))
                _check_growth(info.compress_size, content.tell(), memory)
                piece = stream.read(_PIECE)
    except RecordingError as error:
        if error.reason is RecordingFault.HOSTILE:
            raise
        # Without its traceback, which would keep the bytes so far.
        return RecordingError(error.reason, error.detail)
    return content_of(content)


def buffer(size: int, memory: Memory) -> BytesIO:
    """Return an empty buffer with room for so many bytes, if they may be read at all: growing would copy them."""
    room = BytesIO()
    if 0 < size <= min(MAX_RECORDING_SIZE, memory.left):
        room.seek(size - 1)
        room.write(b"\0")
        room.seek(0)
    return room


def content_of(filled: BytesIO) -> bytes:
    """Return the bytes of a buffer up to its position, without a copy."""
    filled.truncate()
    return filled.getvalue()


def _check_growth(size: int, inflated: int, memory: Memory) -> None:
    """Raise RecordingError for content that inflates beyond the limits for recordings."""
    if inflated > MAX_RECORDING_SIZE:
        raise RecordingError(RecordingFault.TOO_LARGE, f"inflates to more than {MAX_RECORDING_SIZE} bytes")
    memory.need(inflated)
    if inflated > MEBIBYTE and inflated > MAX_RATIO * size:
        raise RecordingError(RecordingFault.HOSTILE, f"inflates to more than {MAX_RATIO} times its size")
