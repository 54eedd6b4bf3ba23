"""Export archives of services: thousands of recordings, read in place, member by member.

An archive may be larger than memory and may hold archives itself. Nothing is unpacked but the recording being read, and
no member's name is ever used as a path. The stream belongs to the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from stat import S_ISLNK
from typing import IO
from zipfile import ZipFile, ZipInfo

from ..runs.activity import Activity
from ..runs.validation import believable
from .apple_health import is_export, read_export
from .containers import (
    MAX_NESTING,
    MAX_RATIO,
    MAX_RECORDING_SIZE,
    MEBIBYTE,
    METHODS,
    buffer,
    content_of,
    is_gzip,
    is_zip,
    opened_zip,
    zip_errors,
)
from .errors import RecordingError, RecordingFault
from .fit.parser import is_fit
from .memory import Memory
from .phone_json import is_json
from .xml import is_xml

MAX_EXPORT = 64 << 30
"""Bytes of all recordings in one export; those of a lifetime have 10 billion."""

FORMATS = (is_fit, is_gzip, is_xml, is_json)

_HEAD = 1024
_ENCRYPTED = 1
_PIECE = 1 << 18
_SMALL = 1 << 17
"""Bytes of a member that is unpacked at once, before it is known to be a recording."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive or a nested archive, with its bytes or the fault that makes them unreadable.

    The content of a file too large to be held is the activities in it. `content` is None for a file that is no
    recording by its first bytes, and for a skipped file.
    """

    name: str
    content: bytes | tuple[Activity, ...] | RecordingFault | None


def walk(
    archive: IO[bytes], memory: Memory | None = None, *, passing: int = 0, exports: bool = True
) -> Iterator[Member]:
    """Yield every file in an archive, always in the same order; the first `passing` files come without content.

    A fault of one file does not stop the others. Without `exports` the files too large to be held come without their
    activities, which take minutes to read. `memory` holds the lists of members meanwhile, and has room for each
    content. Raises RecordingError if the archive itself can't be opened.
    """
    return _Walk(memory or Memory(), passing, exports=exports).inside(archive, "", MAX_NESTING)


def find(
    archive: IO[bytes], name: str, memory: Memory | None = None, *, most: int = MAX_RECORDING_SIZE
) -> Member | None:
    """Return the first file of this name in any folder of an archive, or None if there is none of up to `most` bytes.

    Nested archives are not searched. Raises RecordingError if the archive can't be opened or the file can't be read.
    """
    memory = memory or Memory()
    with opened_zip(archive, memory) as opened:
        for info in opened.infolist():
            if info.filename.rpartition("/")[2] == name and info.file_size <= most:
                with _member_opened(opened, info) as stream:
                    return Member(info.filename, _read(stream, info, memory))
    return None


class _Walk:
    """One pass through an archive."""

    def __init__(self, memory: Memory, passing: int, *, exports: bool) -> None:
        """Begin before the first member."""
        self._memory = memory
        self._exports = exports
        self._passing = passing
        self._left = MAX_EXPORT

    def inside(self, stream: IO[bytes], prefix: str, depth: int) -> Iterator[Member]:
        """Yield the files in an archive in the order of their bytes, so that a stream is read forwards."""
        with opened_zip(stream, self._memory) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
                if not info.is_dir():
                    yield from self._member(archive, info, prefix + info.filename, depth)

    def _member(self, archive: ZipFile, info: ZipInfo, name: str, depth: int) -> Iterator[Member]:
        content: bytes | tuple[Activity, ...] | RecordingFault | None
        try:
            # Opened once: seeking back in a compressed nested archive would restart its decompression.
            with _member_opened(archive, info) as stream:
                start = _start(stream, info)
                if is_zip(start):
                    yield from self._archive(stream, name, depth)
                    return
                content = self._content(stream, info, start)
        except RecordingError as error:
            content = error.reason
        self._passing = max(0, self._passing - 1)
        yield Member(name, content)

    def _archive(self, stream: IO[bytes], name: str, depth: int) -> Iterator[Member]:
        """Yield the files in a nested archive."""
        if not depth:
            raise RecordingError(RecordingFault.HOSTILE, f"archives in archives, more than {MAX_NESTING} deep")
        yield from self.inside(stream, f"{name}/", depth - 1)

    def _content(self, stream: IO[bytes], info: ZipInfo, start: bytes) -> bytes | tuple[Activity, ...] | None:
        head = start[:_HEAD]
        if self._passing or not any(is_format(head) for is_format in FORMATS):
            return None
        if is_export(head):
            return self._export(start, stream) if self._exports else ()
        if info.file_size > MAX_RECORDING_SIZE:
            raise RecordingError(RecordingFault.TOO_LARGE, f"{info.file_size} bytes")
        self._memory.need(info.file_size)
        self._left -= info.file_size
        if self._left < 0:
            raise RecordingError(RecordingFault.HOSTILE, f"recordings of more than {MAX_EXPORT} bytes")
        return start if len(start) == info.file_size else _read(stream, info, self._memory, start)

    def _export(self, head: bytes, stream: IO[bytes]) -> tuple[Activity, ...]:
        found = read_export(head, stream, self._memory) or []
        return tuple(map(believable, found))


def _require_harmless(info: ZipInfo) -> None:
    """Raise RecordingError for a member that must not be opened."""
    if info.flag_bits & _ENCRYPTED:
        raise RecordingError(RecordingFault.ENCRYPTED, info.filename)
    if S_ISLNK(info.external_attr >> 16):
        raise RecordingError(RecordingFault.HOSTILE, f"{info.filename}: a link")
    if info.compress_type not in METHODS:
        raise RecordingError(RecordingFault.DAMAGED, f"{info.filename}: packed by method {info.compress_type}")
    if info.file_size > MEBIBYTE and info.file_size > MAX_RATIO * info.compress_size:
        raise RecordingError(
            RecordingFault.HOSTILE, f"{info.filename}: inflates to more than {MAX_RATIO} times its size"
        )


def _member_opened(archive: ZipFile, info: ZipInfo) -> IO[bytes]:
    _require_harmless(info)
    with zip_errors():
        return archive.open(info)


def _start(stream: IO[bytes], info: ZipInfo) -> bytes:
    """Return the first bytes of a member, or all of a small one."""
    with zip_errors():
        return stream.read(info.file_size if info.file_size <= _SMALL else _HEAD)


def _read(stream: IO[bytes], info: ZipInfo, memory: Memory, start: bytes = b"") -> bytes:
    """Return `start` and the rest of a member, which can't be longer than its size in the list."""
    content = buffer(info.file_size, memory)
    content.write(start)
    with zip_errors():
        while piece := stream.read(_PIECE):
            content.write(piece)
    return content_of(content)
