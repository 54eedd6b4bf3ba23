"""Export archives: read in place, and safe against hostile content."""

from errno import EINVAL, EIO
import gzip
from io import BytesIO
import struct
from typing import override
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, archive, containers
from custom_components.home_gym.gym.recordings.archive import Member, find, walk
from tests.support.archives import zipped
from tests.support.unit.containers import FIT, GPX, TCX

from ....support.unit.bounds import within


def walked(data: bytes, passing: int = 0) -> list[Member]:
    """Return the members of an archive."""
    return list(walk(BytesIO(data), passing=passing))


def test_members_are_found_by_content() -> None:
    inner = zipped({"3.tcx": TCX, "deep.zip": zipped({"4.fit": FIT}, ZIP_STORED)})
    members = {
        "activities/": b"",
        "activities/1.fit": FIT,
        "../../2.gpx.gz": gzip.compress(GPX),
        "inner.zip": inner,
        "media/photo.jpg": b"\xff\xd8\xff" + bytes(5000),
        "empty": b"",
        "/etc/passwd": b"root:x:0:0",
        "last.fit": FIT,
    }
    expected = [
        Member("activities/1.fit", FIT),
        Member("../../2.gpx.gz", gzip.compress(GPX)),
        Member("inner.zip/3.tcx", TCX),
        Member("inner.zip/deep.zip/4.fit", FIT),
        Member("media/photo.jpg", None),
        Member("empty", None),
        Member("/etc/passwd", None),
        Member("last.fit", FIT),
    ]
    data = zipped(members)

    assert walked(data) == expected
    for passing in range(len(expected) + 1):
        assert walked(data, passing)[passing:] == expected[passing:]
        assert all(member.content is None for member in walked(data, passing)[:passing])


def test_named_file_is_found() -> None:
    data = zipped({"export/1.fit": FIT, "export/activities.csv": b"1,2", "activities.csv.txt": b"", "x.csv": b""})
    assert find(BytesIO(data), "activities.csv") == Member("export/activities.csv", b"1,2")
    assert find(BytesIO(data), "absent.csv") is None


def marked(data: bytes, name: str, *, flags: int = 0, mode: int = 0, method: int | None = None) -> bytes:
    """Return an archive with a changed entry in its list of members."""
    changed = bytearray(data)
    at = changed.rindex(b"PK\x01\x02", 0, changed.rindex(name.encode()))
    struct.pack_into("<H", changed, at + 8, flags)
    struct.pack_into("<L", changed, at + 38, mode << 16)
    if method is not None:
        struct.pack_into("<H", changed, at + 10, method)
    return bytes(changed)


TWO = zipped({"bad.fit": FIT, "good.fit": FIT}, ZIP_STORED)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (marked(TWO, "bad.fit", flags=1), RecordingFault.ENCRYPTED),
        (marked(TWO, "bad.fit", mode=0o120777), RecordingFault.HOSTILE),
        (marked(TWO, "bad.fit", method=ZIP_LZMA), RecordingFault.DAMAGED),
        (TWO.replace(FIT, FIT[:-9] + b"xxxxxxxxx", 1), RecordingFault.DAMAGED),
        (TWO.replace(b"PK\x03\x04", b"PK\x03\x05", 1), RecordingFault.DAMAGED),
        (zipped({"bad.fit": FIT + bytes(9 << 20), "good.fit": FIT}), RecordingFault.HOSTILE),
        (zipped({"bad.fit": zipped({"a": FIT})[:-30], "good.fit": FIT}), RecordingFault.DAMAGED),
        (zipped({"bad.fit": b"PK\x03\x04 and no more", "good.fit": FIT}), RecordingFault.DAMAGED),
    ],
    ids=["encrypted", "link", "method", "checksum", "header", "bomb", "archive cut off", "no archive"],
)
def test_bad_member_leaves_others(data: bytes, reason: RecordingFault) -> None:
    assert walked(data) == [Member("bad.fit", reason), Member("good.fit", FIT)]
    assert walked(data, 1)[1:] == [Member("good.fit", FIT)]


def test_damaged_bytes_of_member_leave_others() -> None:
    inner = zipped({"a.fit": FIT, "b.fit": FIT}, ZIP_STORED)
    damaged = zipped({"in.zip": inner, "good.fit": FIT}, ZIP_STORED).replace(inner[-40:], bytes(40), 1)
    first, *_, last = walked(damaged)
    assert (first, last) == (Member("in.zip", RecordingFault.DAMAGED), Member("good.fit", FIT))


def test_too_deeply_nested_archive_is_hostile() -> None:
    data = zipped({"a.fit": FIT})
    for _ in range(5):
        data = zipped({"in.zip": data, "beside.fit": FIT})
    found = walked(data)
    assert found[0] == Member("in.zip/in.zip/in.zip/in.zip", RecordingFault.HOSTILE)
    assert [member.content for member in found[1:]] == [FIT] * 4


def test_too_large_member_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_RECORDING_SIZE", len(FIT))
    data = zipped({"a.fit": FIT, "b.fit": FIT + b"\0"})
    assert [member.content for member in walked(data)] == [FIT, RecordingFault.TOO_LARGE]


def test_total_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_EXPORT", 2 * len(FIT))
    data = zipped({"a.fit": FIT, "b.fit": FIT, "c.fit": FIT})
    assert [member.content for member in walked(data)] == [FIT, FIT, RecordingFault.HOSTILE]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x05\x06", TWO[:-30], TWO.replace(b"PK\x01\x02", b"PK\x01\x03")],
    # an archive has the time in it, so its bytes make no name
    ids=["nothing", "a member's header", "an end", "cut off", "no list"],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(RecordingError) as error:
        walked(data)
    assert error.value.reason is RecordingFault.DAMAGED


@pytest.mark.parametrize("size", [containers.MAX_DIRECTORY + 1, 0xFFFFFFFE])
def test_huge_list_of_members_is_refused(size: int) -> None:
    data = bytearray(TWO)
    struct.pack_into("<L", data, data.rindex(b"PK\x05\x06") + 12, size)
    with pytest.raises(RecordingError) as error:
        walked(bytes(data))
    assert error.value.reason is RecordingFault.HOSTILE


def test_zip64_archive_is_read() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as opened:
        for number in range(66_000):
            opened.writestr(ZipInfo(f"{number}"), b"")
    assert len(walked(packed.getvalue())) == 66_000


def test_memory_is_bounded() -> None:
    """Far more is read than memory is used, nested archives included."""
    part = gzip.compress(FIT) + b"\0" * (2 << 20)
    inner = zipped({f"{number}.fit.gz": part for number in range(40)}, ZIP_STORED)
    data = zipped({"part.zip": inner, **{f"{number}.fit.gz": part for number in range(20)}}, ZIP_DEFLATED)
    del inner
    read = 0
    with within(seconds=60, mebibytes=40):
        for member in walk(BytesIO(data)):
            assert isinstance(member.content, RecordingFault | bytes)
            read += len(member.content)
    assert read


class Drive(BytesIO):
    """File on a drive that fails after the list of members was read."""

    def __init__(self, data: bytes, number: int) -> None:
        super().__init__(data)
        self.number = number
        self.reads = 0

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        """Read, or fail from the sixth time on."""
        self.reads += 1
        if self.reads > 6:
            raise OSError(self.number, "drive failure")
        return super().read(size)


def test_drive_error_is_raised_unchanged() -> None:
    with pytest.raises(OSError, match="drive failure"):
        list(walk(Drive(TWO, EIO)))
    assert [member.content for member in walk(Drive(TWO, EINVAL))] == [RecordingFault.DAMAGED, RecordingFault.DAMAGED]
