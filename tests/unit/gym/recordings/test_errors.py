"""Errors of the standard library's parsers are damaged recordings; all others pass."""

import csv
import json
import struct
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, LargeZipFile, ZipFile
import zlib

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse
from custom_components.home_gym.gym.recordings.completeness import completeness
from custom_components.home_gym.gym.recordings.errors import parser_errors
from tests.support.archives import zipped
from tests.support.unit.containers import FIT

RAISED = (
    *(ValueError("x"), UnicodeDecodeError("utf-8", b"", 0, 1, "x"), json.JSONDecodeError("x", "", 0)),
    *(OverflowError("x"), ZeroDivisionError("x"), struct.error("x"), zlib.error("x"), EOFError("x"), MemoryError()),
    *(RuntimeError("encrypted"), NotImplementedError("method"), RecursionError("deep"), LookupError("encoding")),
    *(IndexError("x"), KeyError("x"), BadZipFile("x"), ExpatError("x"), csv.Error("x")),
)


@pytest.mark.parametrize("raised", RAISED, ids=lambda error: type(error).__name__)
def test_error_of_parser_is_damage(raised: Exception) -> None:
    with pytest.raises(RecordingError) as found, parser_errors("ZIP archive"):
        raise raised
    assert found.value.reason is RecordingFault.DAMAGED
    assert found.value.detail.startswith("ZIP archive: ")
    assert found.value.__cause__ is raised


@pytest.mark.parametrize("raised", [OSError("drive"), TypeError("ours"), AssertionError(), LargeZipFile("x")])
def test_other_error_passes(raised: Exception) -> None:
    with pytest.raises(type(raised)), parser_errors("ZIP archive"):
        raise raised


def test_reason_of_recording_passes() -> None:
    with pytest.raises(RecordingError) as found, parser_errors("XML"):
        raise RecordingError(RecordingFault.HOSTILE, "deep")
    assert found.value.reason is RecordingFault.HOSTILE


@pytest.mark.parametrize("raised", RAISED, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("step", ["__init__", "open"])
def test_any_error_of_zipfile_is_damage(step: str, raised: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise raised

    data = zipped({"run.fit": FIT})
    monkeypatch.setattr(ZipFile, step, fail)
    monkeypatch.setattr(ZipFile, "__del__", lambda _: None, raising=False)
    assert completeness(data) is (step == "open")
    with pytest.raises(RecordingError) as found:
        parse("run.zip", data)
    assert found.value.reason is RecordingFault.DAMAGED


@pytest.mark.parametrize(
    ("end", "is_archive"),
    [
        (b"PK\x05\x06" + bytes(4) + b"\1\0\1\0" + bytes(2) + b" " + bytes(7), False),
        (b"PK\x05\x06" + b"\xff" * 18, False),
        (b"PK\x05\x06", False),
        (b"PK\x05\x06" + bytes(18), True),
    ],
    ids=["members before the beginning", "all ones", "cut off", "empty"],
)
def test_end_of_archive_alone(end: bytes, *, is_archive: bool) -> None:
    """The first made the standard library raise ValueError where it looks whether bytes are an archive."""
    assert completeness(end) is is_archive
    if is_archive:
        assert parse("end.zip", end) == []
    else:
        with pytest.raises(RecordingError) as found:
            parse("end.zip", end)
        assert found.value.reason is RecordingFault.DAMAGED
