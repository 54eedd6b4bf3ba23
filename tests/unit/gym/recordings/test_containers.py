"""Recordings in gzip streams and ZIP archives, within bounds."""

import gzip
import random
import struct
from zipfile import ZIP_LZMA, ZIP_STORED
import zlib

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, containers, parse
from custom_components.home_gym.gym.runs.activity import Activity
from tests.builders import FitShape, build_fit
from tests.support.archives import zipped
from tests.support.unit.containers import FIT, GPX, RUN, TCX

from ....support.unit.bounds import within

WATCH = parse("run.fit", FIT)


def refused(data: bytes, *, mebibytes: float = 64) -> RecordingFault:
    """Return the reason for refusing a file, within bounds."""
    with within(seconds=20, mebibytes=mebibytes), pytest.raises(RecordingError) as refusal:
        parse("hostile", data)
    return refusal.value.reason


@pytest.mark.parametrize("recording", [FIT, TCX, GPX], ids=["fit", "tcx", "gpx"])
def test_wrapped_recording_equals_plain_one(recording: bytes) -> None:
    plain = parse("run", recording)
    assert parse("run.gz", gzip.compress(recording)) == plain
    assert parse("run.gz", gzip.compress(recording[:700]) + gzip.compress(recording[700:])) == plain
    assert parse("run.zip", zipped({"run": recording})) == plain
    assert parse("run.zip", zipped({"run": recording}, ZIP_STORED)) == plain
    assert parse("run.zip", zipped({"in.zip": zipped({"run.gz": gzip.compress(recording)})})) == plain


def test_recordings_are_found_in_site_export() -> None:
    """They may be in any folder, among other files."""
    members = {
        "activities/": b"",
        "activities/1.fit": FIT,
        "activities/2.tcx.gz": gzip.compress(TCX),
        "../../3.gpx": GPX,
        "activities.csv": b"Activity ID,Activity Date\n",
        "empty.txt": b"",
    }
    activities = parse("export.zip", zipped(members))
    assert activities == [*WATCH, *parse("2.tcx", TCX), *parse("3.gpx", GPX)]


def test_archive_without_recordings_holds_no_activity() -> None:
    assert parse("photos.zip", zipped({"a.txt": b"hello", "b/": b""})) == []
    assert parse("empty.zip", zipped({})) == []


def test_damaged_member_leaves_others() -> None:
    """Without a readable member, the archive is damaged."""
    broken = FIT[: len(FIT) // 2]
    assert parse("some.zip", zipped({"broken.fit": broken, "run.fit": FIT})) == WATCH
    assert refused(zipped({"a.fit": broken, "b.tcx": TCX[:-4]})) is RecordingFault.DAMAGED


def test_member_that_does_not_inflate_leaves_others() -> None:
    packed = bytearray(zipped({"broken.fit": FIT, "run.fit": FIT}))
    packed[60:80] = bytes(20)
    assert parse("some.zip", bytes(packed)) == WATCH


def test_unusual_compression_method_is_refused() -> None:
    assert refused(zipped({"run.fit": FIT}, ZIP_LZMA)) is RecordingFault.DAMAGED


def test_encrypted_member_is_refused() -> None:
    packed = bytearray(zipped({"run.fit": FIT}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(packed)) is RecordingFault.DAMAGED


@pytest.mark.parametrize("size", [4, 30, 300])
def test_truncated_archive_is_refused(size: int) -> None:
    """Its directory at the end is missing."""
    assert refused(zipped({"run.fit": FIT})[:size]) is RecordingFault.DAMAGED


def incomplete(activities: list[Activity]) -> set[bool]:
    """Return the set of "incomplete" and "complete" among the activities."""
    return {activity.incomplete for activity in activities}


def test_truncated_gzip_gives_incomplete_activity() -> None:
    """The inflated part must contain the session."""
    early = build_fit(RUN, shape=FitShape(session_first=True))
    assert incomplete(parse("run.fit.gz", gzip.compress(early)[:-9])) == {True}
    assert incomplete(parse("run.fit.gz", gzip.compress(early)[:-4])) == {True}
    assert refused(gzip.compress(FIT)[:2000]) is RecordingFault.DAMAGED
    assert refused(gzip.compress(TCX)[:2000]) is RecordingFault.DAMAGED


def test_wrong_gzip_checksum_gives_incomplete_activity() -> None:
    packed = bytearray(gzip.compress(GPX))
    packed[-6] ^= 1
    assert incomplete(parse("run.gpx.gz", bytes(packed))) == {True}


@pytest.mark.parametrize("packed", [b"\x1f\x8b\x08", b"\x1f\x8b\x08" + bytes(40), gzip.compress(b"")])
def test_gzip_without_content_is_refused(packed: bytes) -> None:
    assert refused(packed) is RecordingFault.DAMAGED


def bomb(mebibytes: int) -> bytes:
    """Return a gzip stream that inflates to many zeros."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(mebibytes)) + packer.flush()


def test_bomb_is_refused_before_it_inflates() -> None:
    assert refused(bomb(200)) is RecordingFault.HOSTILE
    assert refused(zipped({"run.fit": bytes(100 << 20)}), mebibytes=300) is RecordingFault.HOSTILE


def test_too_large_recording_is_refused() -> None:
    """It is too large inflated, though it compresses little."""
    noise = b"".join(struct.pack("<Q", number * number) for number in range(9 << 20))
    assert refused(gzip.compress(noise, 1), mebibytes=300) is RecordingFault.TOO_LARGE


def test_recording_beyond_largest_size_is_refused() -> None:
    """Its bytes alone would fit the memory."""
    lines = b"".join(b"%07d".ljust(100) % number for number in range(containers.MAX_RECORDING_SIZE // 100 + 1))
    assert refused(gzip.compress(lines, 1), mebibytes=200) is RecordingFault.TOO_LARGE
    assert refused(zipped({"large": lines}), mebibytes=200) is RecordingFault.TOO_LARGE


def test_member_of_too_much_memory_leaves_others() -> None:
    large = b"<gpx>" + b"".join(b"<a>%07d</a>" % number for number in range(1_500_000)) + b"</gpx>"
    noise = random.Random(0).randbytes(33_000_000)
    assert parse("some.zip", zipped({"a.gpx": large, "run.fit": FIT})) == WATCH
    assert parse("some.zip", zipped({"a.gpx": large, "noise": noise, "run.fit": FIT})) == WATCH
    assert refused(zipped({"a.gpx": large, "noise": noise})) is RecordingFault.TOO_LARGE


def test_total_size_of_members_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers.Budget.__init__, "__defaults__", (3 * len(FIT),))
    assert parse("some.zip", zipped({str(number): FIT for number in range(3)})) == WATCH * 3
    assert refused(zipped({str(number): FIT for number in range(4)})) is RecordingFault.HOSTILE


def test_too_many_wrappings_are_refused() -> None:
    wrapped = FIT
    for _ in range(containers.MAX_NESTING):
        wrapped = gzip.compress(wrapped)
    assert parse("deep.gz", wrapped) == WATCH
    assert refused(gzip.compress(wrapped)) is RecordingFault.HOSTILE
    assert refused(zipped({"deep.gz": wrapped})) is RecordingFault.HOSTILE


def test_number_of_members_and_streams_is_bounded() -> None:
    assert refused(b"PK\x03\x04" + b"PK\x01\x02" * (containers.MAX_MEMBERS + 1)) is RecordingFault.HOSTILE
    assert refused(gzip.compress(b"") * (containers.MAX_STREAMS + 1)) is RecordingFault.HOSTILE
