"""Completeness of recordings, as far as their formats show it."""

from datetime import UTC, datetime
import gzip
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.completeness import completeness
from custom_components.home_gym.gym.recordings.fit.parser import MAX_CHAINED
from tests.builders import FitShape, FitWriter, LapPlan, Recording, build_fit, build_gpx, build_tcx
from tests.builders.health import build_json
from tests.support.profiles import examples

RUN = Recording(start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=60, distance=180, cadence=170),))
FIT, TCX, GPX = build_fit(RUN), build_tcx(RUN), build_gpx(RUN)


def zipped(*contents: bytes) -> bytes:
    """Return an archive like those that sites export."""
    with BytesIO() as file:
        with ZipFile(file, "w") as archive:
            for number, content in enumerate(contents):
                archive.writestr(f"{number}.fit", content)
        return file.getvalue()


WHOLE: Final = {
    "FIT": FIT,
    "FIT, short header": build_fit(RUN, shape=FitShape(header_size=12)),
    "FIT, big-endian": build_fit(RUN, shape=FitShape(big_endian=True, developer_fields=True)),
    "FIT, chained": FIT + build_fit(RUN, shape=FitShape(compressed_timestamps=True)) + FIT,
    "TCX": TCX,
    "GPX": GPX,
    "GPX, UTF-16": GPX.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "GPX, UTF-16, big-endian, no mark": GPX.decode().encode("utf-16-be"),
    "TCX, UTF-16, little-endian, no mark": TCX.decode().encode("utf-16-le"),
    "GPX, UTF-8 with a mark": b"\xef\xbb\xbf" + GPX,
    "TCX, after blanks": b"          " + TCX,
    "FIT, gzipped": gzip.compress(FIT),
    "TCX, gzipped": gzip.compress(TCX),
    "several, zipped": zipped(FIT, TCX),
}
# Where a chain may break and still be a whole chain.
LINKS: Final = {len(FIT), len(WHOLE["FIT, chained"]) - len(FIT)}


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE.keys())
def test_complete_recording(whole: bytes) -> None:
    assert completeness(whole) is True


@examples(300)
@given(st.data())
def test_truncated_recording_is_incomplete(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    whole = WHOLE[name]
    size = data.draw(st.integers(0, len(whole) - 1))
    if name == "FIT, chained" and size in LINKS:
        return

    assert completeness(whole[:size]) is False


@examples(100)
@given(st.data())
def test_preallocated_file_is_incomplete(data: st.DataObject) -> None:
    """Explorer and others allocate a file at full size before filling it."""
    name = data.draw(st.sampled_from(["FIT", "FIT, chained", "TCX", "GPX", "GPX, UTF-16", "FIT, gzipped"]))
    whole = WHOLE[name]
    size = data.draw(st.integers(0, len(whole.rstrip(b"\0")) - 1))

    assert completeness(whole[:size].ljust(len(whole), b"\0")) is not True


@pytest.mark.parametrize("name", ["FIT", "FIT, chained"])
def test_header_followed_by_zeros_is_incomplete(name: str) -> None:
    """The header has its own checksum, so that of a header and zeros alone is right."""
    whole = WHOLE[name]
    assert completeness(whole[:14].ljust(len(whole), b"\0")) is False


@pytest.mark.parametrize("end", range(1, 13))
def test_missing_last_byte_is_noticed(end: int) -> None:
    for name, whole in WHOLE.items():
        assert completeness(whole[:-end]) is False, name


@pytest.mark.parametrize("blanks", [b"\n", b"\r\n\r\n", b" \t"])
def test_trailing_blanks_are_ignored(blanks: bytes) -> None:
    assert completeness(TCX + blanks) is True
    assert completeness((GPX + blanks).decode().encode("utf-16")) is True


@pytest.mark.parametrize(
    "damaged",
    [
        build_fit(RUN, shape=FitShape(crc="wrong")),
        build_fit(RUN, shape=FitShape(crc="zero")),
        build_fit(RUN, shape=FitShape(crc="missing")),
        build_fit(RUN, shape=FitShape(data_size=0)),
        FIT[:-500] + FIT,
        FIT + FIT[:11],
        gzip.compress(FIT)[:-8] + bytes(8),
        b"\x1f\x8b\x08 and then nothing of it",
        b"PK\x03\x04 and then nothing of it",
        b"",
        b"Activity ID",
        bytes(100_000),
    ],
)
def test_damaged_file_is_incomplete(damaged: bytes) -> None:
    assert completeness(damaged) is False


@pytest.mark.parametrize("other", [b"Activity ID,Name", b'{"activities": []}', FIT + b"and some more"])
def test_undecidable_completeness(other: bytes) -> None:
    assert completeness(other) is None


def test_refused_file_counts_as_complete() -> None:
    assert completeness(gzip.compress(bytes(8 << 20))) is True


def test_endless_chain_is_bounded() -> None:
    """Each link is a header of twelve bytes that promises nothing, and a right checksum."""
    empty = build_empty_fit()
    assert completeness(empty) is True
    assert completeness(empty * MAX_CHAINED) is True
    assert completeness(empty * (MAX_CHAINED + 1)) is None


def build_empty_fit() -> bytes:
    """Return the shortest possible FIT file."""
    return FitWriter(FitShape(header_size=12)).file()


def test_complete_files_give_complete_activities() -> None:
    for name, whole in WHOLE.items():
        if "no mark" in name:
            continue
        assert [activity.incomplete for activity in parse(name, whole)].count(True) == 0, name


def test_json_ending_in_bracket_may_be_complete() -> None:
    """The last bracket may close the whole or a part."""
    whole = build_json("hae_v2")
    assert completeness(whole + b"\n") is None
    assert completeness(whole[:-20]) is False
