"""A service's export: an archive of thousands of recordings, read in place, member by member.

It may be larger than memory and hold archives itself; nothing is unpacked but the recording that is being read, and no
name in it is ever used as a path. The stream that it is read from belongs to the caller.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from stat import S_ISLNK
import struct
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo
import zlib

from .containers import MAX_DEPTH, MAX_RATIO, MAX_SIZE, MEBIBYTE, METHODS, is_gzip, is_zip
from .errors import Reason, RecordingError
from .fit import is_fit
from .health import is_json
from .xml import is_xml

MAX_DIRECTORY = 16 * MEBIBYTE
"""Bytes of an archive's list of members; that of 100,000 files has 10 million."""

MAX_EXPORT = 64 << 30
"""Bytes of recordings in one export; a lifetime's has 10 billion."""

FORMATS = (is_fit, is_gzip, is_xml, is_json)

_HEAD = 1024
_PIECE = 1 << 20
_ENCRYPTED = 1
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_END_REACH = 66_000
_DAMAGE = (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError, struct.error)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, or in one inside it: its bytes, or why they can't be had.

    `content` is None for a file that is no recording by its first bytes, and for one that was to be passed over.
    """

    name: str
    content: bytes | Reason | None


def walk(archive: IO[bytes], *, passing: int = 0) -> Iterator[Member]:
    """Give every file in an archive, always in the same order, without the content of the first so many.

    What is wrong with one stops none of the others. Raises RecordingError where the archive itself can't be opened.
    """
    return _Walk(passing).inside(archive, "", MAX_DEPTH)


def find(archive: IO[bytes], name: str) -> Member | None:
    """Return the first file of a name, in whatever folder of an archive itself, or None where there is none.

    Raises RecordingError where the archive can't be opened.
    """
    with closing(_opened(archive)) as opened:
        for info in opened.infolist():
            if info.filename.rpartition("/")[2] == name and not _objection(info):
                return Member(info.filename, _content(opened, info))
    return None


class _Walk:
    """One way through an archive."""

    def __init__(self, passing: int) -> None:
        """Begin before the first member."""
        self._passing = passing
        self._left = MAX_EXPORT

    def inside(self, stream: IO[bytes], prefix: str, depth: int) -> Iterator[Member]:
        """Give the files in an archive, in the order of their bytes, so that a stream is read forwards."""
        with closing(_opened(stream)) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
                if not info.is_dir():
                    yield from self._member(archive, info, prefix + info.filename, depth)

    def _member(self, archive: ZipFile, info: ZipInfo, name: str, depth: int) -> Iterator[Member]:
        objection = _objection(info)
        head = objection or _head(archive, info)
        if isinstance(head, bytes) and is_zip(head):
            yield from self._archive(archive, info, name, depth)
        else:
            yield self._file(archive, info, name, head)

    def _archive(self, archive: ZipFile, info: ZipInfo, name: str, depth: int) -> Iterator[Member]:
        """Give the files in an archive that is a member."""
        if not depth:
            yield self._told(Member(name, Reason.HOSTILE))
            return
        try:
            with archive.open(info) as stream:
                yield from self.inside(stream, f"{name}/", depth - 1)
        except RecordingError as error:
            yield self._told(Member(name, error.reason))
        except _DAMAGE:
            yield self._told(Member(name, Reason.DAMAGED))

    def _file(self, archive: ZipFile, info: ZipInfo, name: str, head: bytes | Reason) -> Member:
        if isinstance(head, bytes) and self._passing:
            return self._told(Member(name, None))
        if isinstance(head, bytes) and not any(is_format(head) for is_format in FORMATS):
            return self._told(Member(name, None))
        if isinstance(head, Reason):
            return self._told(Member(name, head))
        self._left -= info.file_size
        return Member(name, Reason.HOSTILE if self._left < 0 else _content(archive, info))

    def _told(self, member: Member) -> Member:
        """Count a member that is passed over."""
        self._passing = max(0, self._passing - 1)
        return member


def _opened(stream: IO[bytes]) -> ZipFile:
    try:
        if _directory_size(stream) > MAX_DIRECTORY:
            raise RecordingError(Reason.HOSTILE, f"a list of members of more than {MAX_DIRECTORY} bytes")
        return ZipFile(stream)
    except _DAMAGE as error:
        raise RecordingError(Reason.DAMAGED, f"ZIP archive: {error}") from error


def _directory_size(stream: IO[bytes]) -> int:
    """Return how long an archive says its list of members is, in bytes: the whole of it is read into memory."""
    end = stream.seek(0, 2)
    stream.seek(max(0, end - _END_REACH))
    tail = stream.read(_END_REACH)
    stream.seek(0)
    at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
    if at < 0:
        raise BadZipFile("no list of members")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    (size_64,) = struct.unpack_from("<Q", tail, at_64 + 40) if at_64 >= 0 else (0,)
    return max(size if size != 0xFFFFFFFF else 0, size_64)


def _objection(info: ZipInfo) -> Reason | None:
    """Return why a member is not even opened."""
    if info.flag_bits & _ENCRYPTED:
        return Reason.ENCRYPTED
    if S_ISLNK(info.external_attr >> 16):
        return Reason.HOSTILE
    if info.compress_type not in METHODS:
        return Reason.DAMAGED
    if info.file_size > MEBIBYTE and info.file_size > MAX_RATIO * info.compress_size:
        return Reason.HOSTILE
    return None


def _head(archive: ZipFile, info: ZipInfo) -> bytes | Reason:
    try:
        with archive.open(info) as stream:
            return stream.read(_HEAD)
    except _DAMAGE:
        return Reason.DAMAGED


def _content(archive: ZipFile, info: ZipInfo) -> bytes | Reason:
    if info.file_size > MAX_SIZE:
        return Reason.TOO_LARGE
    content = bytearray()
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                content += piece
    except _DAMAGE:
        return Reason.DAMAGED
    return bytes(content)
