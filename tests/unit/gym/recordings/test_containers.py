"""Recordings are found in gzip streams and ZIP archives, within bounds."""

import gzip
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
    """Return why a file is refused, within bounds."""
    with within(seconds=20, mebibytes=mebibytes), pytest.raises(RecordingError) as refusal:
        parse("hostile", data)
    return refusal.value.reason


@pytest.mark.parametrize("recording", [FIT, TCX, GPX], ids=["fit", "tcx", "gpx"])
def test_wrapped_like_plain(recording: bytes) -> None:
    """Wrapping changes nothing."""
    plain = parse("run", recording)
    assert parse("run.gz", gzip.compress(recording)) == plain
    assert parse("run.gz", gzip.compress(recording[:700]) + gzip.compress(recording[700:])) == plain
    assert parse("run.zip", zipped({"run": recording})) == plain
    assert parse("run.zip", zipped({"run": recording}, ZIP_STORED)) == plain
    assert parse("run.zip", zipped({"in.zip": zipped({"run.gz": gzip.compress(recording)})})) == plain


def test_a_sites_export() -> None:
    """Recordings are found among what else a site exports, in whatever folder."""
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


def test_an_archive_without_recordings() -> None:
    """It holds no activity."""
    assert parse("photos.zip", zipped({"a.txt": b"hello", "b/": b""})) == []
    assert parse("empty.zip", zipped({})) == []


def test_a_damaged_member_among_whole_ones() -> None:
    """The whole ones count; where there is none, the damage does."""
    broken = FIT[: len(FIT) // 2]
    assert parse("some.zip", zipped({"broken.fit": broken, "run.fit": FIT})) == WATCH
    assert refused(zipped({"a.fit": broken, "b.tcx": TCX[:-4]})) is RecordingFault.DAMAGED


def test_a_member_that_does_not_inflate() -> None:
    """It is damaged, and the others count."""
    packed = bytearray(zipped({"broken.fit": FIT, "run.fit": FIT}))
    packed[60:80] = bytes(20)
    assert parse("some.zip", bytes(packed)) == WATCH


def test_an_unusual_method() -> None:
    """Methods that no site packs by are not tried."""
    assert refused(zipped({"run.fit": FIT}, ZIP_LZMA)) is RecordingFault.DAMAGED


def test_an_encrypted_member() -> None:
    """Without its password it is as good as damaged."""
    packed = bytearray(zipped({"run.fit": FIT}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(packed)) is RecordingFault.DAMAGED


@pytest.mark.parametrize("size", [4, 30, 300])
def test_an_archive_cut_off(size: int) -> None:
    """Without its directory at the end, an archive can't be opened."""
    assert refused(zipped({"run.fit": FIT})[:size]) is RecordingFault.DAMAGED


def incomplete(activities: list[Activity]) -> set[bool]:
    """Return which of "incomplete" and "complete" the activities are."""
    return {activity.incomplete for activity in activities}


def test_gzip_cut_off() -> None:
    """What could be inflated is tried: with a session in it, it counts as incomplete."""
    early = build_fit(RUN, shape=FitShape(session_first=True))
    assert incomplete(parse("run.fit.gz", gzip.compress(early)[:-9])) == {True}
    assert incomplete(parse("run.fit.gz", gzip.compress(early)[:-4])) == {True}
    assert refused(gzip.compress(FIT)[:2000]) is RecordingFault.DAMAGED
    assert refused(gzip.compress(TCX)[:2000]) is RecordingFault.DAMAGED


def test_gzip_with_a_wrong_checksum() -> None:
    """Everything is there, but not to be trusted."""
    packed = bytearray(gzip.compress(GPX))
    packed[-6] ^= 1
    assert incomplete(parse("run.gpx.gz", bytes(packed))) == {True}


@pytest.mark.parametrize("packed", [b"\x1f\x8b\x08", b"\x1f\x8b\x08" + bytes(40), gzip.compress(b"")])
def test_nothing_inflates(packed: bytes) -> None:
    """There must be something inside."""
    assert refused(packed) is RecordingFault.DAMAGED


def bomb(mebibytes: int) -> bytes:
    """Return a gzip stream that inflates to many zeros."""
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(mebibytes)) + packer.flush()


def test_bombs() -> None:
    """What inflates beyond all measure is refused before it does."""
    assert refused(bomb(200)) is RecordingFault.HOSTILE
    assert refused(zipped({"run.fit": bytes(100 << 20)}), mebibytes=300) is RecordingFault.HOSTILE


def test_a_recording_too_large() -> None:
    """What does not shrink much, but is too large inside, is too large."""
    noise = b"".join(struct.pack("<Q", number * number) for number in range(9 << 20))
    assert refused(gzip.compress(noise, 1), mebibytes=300) is RecordingFault.TOO_LARGE


def test_everything_in_one_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """All members together have a bound too."""
    monkeypatch.setattr(containers.Budget.__init__, "__defaults__", (3 * len(FIT),))
    assert parse("some.zip", zipped({str(number): FIT for number in range(3)})) == WATCH * 3
    assert refused(zipped({str(number): FIT for number in range(4)})) is RecordingFault.HOSTILE


def test_too_deep() -> None:
    """Nobody wraps a recording that often."""
    wrapped = FIT
    for _ in range(containers.MAX_NESTING):
        wrapped = gzip.compress(wrapped)
    assert parse("deep.gz", wrapped) == WATCH
    assert refused(gzip.compress(wrapped)) is RecordingFault.HOSTILE
    assert refused(zipped({"deep.gz": wrapped})) is RecordingFault.HOSTILE


def test_too_many() -> None:
    """Neither members nor streams are without number."""
    assert refused(b"PK\x03\x04" + b"PK\x01\x02" * (containers.MAX_MEMBERS + 1)) is RecordingFault.HOSTILE
    assert refused(gzip.compress(b"") * (containers.MAX_STREAMS + 1)) is RecordingFault.HOSTILE
