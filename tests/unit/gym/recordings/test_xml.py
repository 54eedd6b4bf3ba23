"""XML parsing within bounds, and refusal of hostile documents."""

from datetime import UTC, datetime

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse
from tests.builders import LapPlan, Recording, build_gpx, build_tcx

from ....support.unit.bounds import within

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(start=START, laps=(LapPlan(duration=60, distance=180, cadence=170),))
DOCUMENTS = {"tcx": build_tcx(RUN), "gpx": build_gpx(RUN)}

SECONDS, MEBIBYTES = 20, 64
"""What no hostile document may take more of, on a slow machine."""


def refused(data: bytes) -> RecordingFault:
    """Return the reason for refusing a document, within bounds."""
    with within(seconds=SECONDS, mebibytes=MEBIBYTES), pytest.raises(RecordingError) as refusal:
        parse("hostile.gpx", data)
    return refusal.value.reason


@pytest.mark.parametrize("kind", DOCUMENTS)
@pytest.mark.parametrize(
    "written",
    [
        lambda text: b" \r\n\t" * 5 + text,
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: b"\xef\xbb\xbf\n" + text,
        lambda text: text.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
        lambda text: text.replace(b"UTF-8", b"windows-1252"),
        lambda text: text.replace(b"ns3:", b"gpxtpx:").replace(b":ns3", b":gpxtpx"),
        lambda text: text.replace(b"+00:00", b"Z"),
        lambda text: text.replace(b"T10:", b"T12:").replace(b"+00:00", b"+02:00"),
        lambda text: text.replace(b"+00:00", b""),
    ],
    ids=["white space", "BOM", "BOM and line", "UTF-16", "code page", "prefix", "Z", "offset", "naive"],
)
def test_encoding_and_prefixes_do_not_matter(kind: str, written: type[bytes]) -> None:
    """Neither does the notation of a time."""
    text = DOCUMENTS[kind]
    assert parse("run", written(text)) == parse("run", text) != []


@pytest.mark.parametrize(
    "attack",
    [
        b'<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><gpx>&b;</gpx>',
        b'<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]><gpx>&a;</gpx>',
        b'<!DOCTYPE gpx SYSTEM "http://example.org/gpx.dtd"><gpx/>',
        b"<gpx>" + b"<trk>" * 100_000,
        b"<gpx " + b"".join(b'a%d="" ' % number for number in range(300_000)) + b"/>",
        b"<TrainingCenterDatabase><Activity>" + b"<Lap/>" * 30_000,
        b"<TrainingCenterDatabase>" + b"<Activity/>" * 30_000,
        b"<gpx>" + (b"<trk>" + b"<trkpt><time>2026-11-01</time></trkpt>" * 2 + b"</trk>") * 30_000,
        b"<gpx><trk><!--" + b" " * (4 << 20),
    ],
    ids=[
        "entities",
        "a file",
        "a document type elsewhere",
        "depth",
        "attributes",
        "laps",
        "activities",
        "tracks",
        "an endless comment",
    ],
)
def test_hostile_document_is_refused(attack: bytes) -> None:
    assert refused(attack) is RecordingFault.HOSTILE


@pytest.mark.parametrize(
    "other",
    [
        b"<!DOCTYPE html><html><body>Log in</body></html>",
        b"<html><body>Log in<br></body></html>",
        b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>',
    ],
    ids=["web page", "older web page", "KML"],
)
def test_other_formats_are_unknown(other: bytes) -> None:
    """A web page saved in place of a recording is named in the detail."""
    assert refused(other) is RecordingFault.UNKNOWN_FORMAT


@pytest.mark.parametrize(
    "damaged",
    [
        DOCUMENTS["gpx"][:-3],
        DOCUMENTS["tcx"][:-3],
        b"<",
        b"\xff\xfe",
        b"<gpx>&nothing;</gpx>",
        b'<?xml version="1.0" encoding="no-such-thing"?><gpx/>',
        b"<gpx></trk>",
        b"<?xml version='1.0'?>",
    ],
)
def test_malformed_document_is_damaged(damaged: bytes) -> None:
    assert refused(damaged) is RecordingFault.DAMAGED


def test_long_text_is_accepted() -> None:
    """Figures beside long notes are found."""
    text = DOCUMENTS["gpx"].replace(b"<type>", b"<desc>" + b"I ran. &amp; " * 500_000 + b"</desc><type>")
    assert parse("chatty.gpx", text) == parse("run.gpx", DOCUMENTS["gpx"])
