"""Gzip streams and ZIP archives around recordings, opened in memory within bounds.

Nothing is ever written to disk, and the names of an archive's members are used for messages only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from gzip import BadGzipFile, GzipFile
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
import zlib

from .errors import RecordingError, RecordingFault

MEBIBYTE = 1 << 20

MAX_RECORDING_SIZE = 64 * MEBIBYTE
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

_PIECE = 1 << 16


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


def inflate(data: bytes, budget: Budget) -> Inflated:
    """Return the content of one or several concatenated gzip streams, up to the first damage.

    Raises RecordingError if the content exceeds a limit, or if none of it can be read.
    """
    if data.count(GZIP_MARK) > MAX_STREAMS:
        raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_STREAMS} gzip streams")
    inflated, complete = bytearray(), True
    try:
        with GzipFile(fileobj=BytesIO(data)) as stream:
            while piece := stream.read1(_PIECE):
                inflated += piece
                budget.spend(len(piece))
                _check_growth(len(data), len(inflated))
    except zlib.error, EOFError, BadGzipFile:
        complete = False
    if not inflated:
        raise RecordingError(RecordingFault.DAMAGED, "nothing could be inflated")
    return Inflated(bytes(inflated), complete)


def members(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | RecordingError]]:
    """Yield the name and content, or the error, of each file in an archive, folders excluded.

    Raises RecordingError if the archive can't be opened or exceeds a limit.
    """
    if data.count(ZIP_DIRECTORY_MARK) > MAX_MEMBERS:
        raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_MEMBERS} members")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RecordingError(RecordingFault.DAMAGED, f"ZIP archive: {error}") from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, _member(archive, info, budget)


def _member(archive: ZipFile, info: ZipInfo, budget: Budget) -> bytes | RecordingError:
    """Return a member's content, or its error."""
    if info.compress_type not in METHODS:
        return RecordingError(RecordingFault.DAMAGED, f"{info.filename}: packed by method {info.compress_type}")
    content = bytearray()
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                content += piece
                budget.spend(len(piece))
                _check_growth(info.compress_size, len(content))
    except (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError) as error:
        return RecordingError(RecordingFault.DAMAGED, f"{info.filename}: {error}")
    return bytes(content)


def _check_growth(size: int, inflated: int) -> None:
    """Raise RecordingError for content that inflates beyond the limits for recordings."""
    if inflated > MAX_RECORDING_SIZE:
        raise RecordingError(RecordingFault.TOO_LARGE, f"inflates to more than {MAX_RECORDING_SIZE} bytes")
    if inflated > MEBIBYTE and inflated > MAX_RATIO * size:
        raise RecordingError(RecordingFault.HOSTILE, f"inflates to more than {MAX_RATIO} times its size")
