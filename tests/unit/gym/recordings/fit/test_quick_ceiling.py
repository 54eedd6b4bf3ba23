"""Quick ceiling of a FIT file's sessions: never less than a walk over its messages finds."""

from pathlib import Path

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.fit.quick_ceiling import MAX_DEFINITIONS, quick_ceiling
from tests.builders import FitShape, FitWriter
from tests.builders.fit_tables import FILE_ID, RECORD, SESSION
from tests.corpus import FOLDER

NOW = 1_162_000_000


def file_of(sessions: int, records: int, *, big_endian: bool = False, session_first: bool = False) -> bytes:
    """Return a file of some sessions and records, the sessions behind or before the records."""
    writer = FitWriter(FitShape(big_endian=big_endian))
    writer.message(0, FILE_ID, {"type": 4})
    told = [(SESSION, {"timestamp": NOW + 100, "start_time": NOW + number, "sport": 1}) for number in range(sessions)]
    recorded = [(RECORD, {"timestamp": NOW + second, "heart_rate": 0x12}) for second in range(records)]
    for message, values in (told + recorded) if session_first else (recorded + told):
        writer.message(0, message, dict(values))
    return writer.file()


@given(
    sessions=st.integers(0, 6),
    records=st.integers(0, 30),
    big_endian=st.booleans(),
    session_first=st.booleans(),
    noise=st.binary(max_size=60),
)
def test_sessions_never_exceed_quick_ceiling(
    sessions: int, records: int, big_endian: bool, session_first: bool, noise: bytes
) -> None:
    data = file_of(sessions, records, big_endian=big_endian, session_first=session_first)
    assert quick_ceiling(data) >= sessions
    assert quick_ceiling(data + noise) >= sessions


@pytest.mark.parametrize("path", sorted((FOLDER / "fit").glob("*.fit"))[::7], ids=lambda path: path.name)
def test_real_recordings_never_exceed_quick_ceiling(path: Path) -> None:
    data = path.read_bytes()
    assert quick_ceiling(data) >= len(parse("real.fit", data))


def test_sessions_behind_all_records_are_counted_closely() -> None:
    """A session of three figures has ten bytes, the definition before it fifteen, the checksum two."""
    assert 3 <= quick_ceiling(file_of(3, 1000)) <= 3 + (15 + 2) // 10 + 1


@pytest.mark.parametrize("data", [b"", b"\x12\x00", b"\x40\x00\x00\x12\x00", b"\x40\x00\x01\x00\x12", b"\x00" * 99])
def test_cut_off_definition_leaves_no_room_for_sessions(data: bytes) -> None:
    assert quick_ceiling(data) <= len(data) // 2


def test_many_definitions_are_not_looked_at() -> None:
    definition = b"\x40\x00\x00\x12\x00\x01\xfd\x04\x86"
    assert quick_ceiling(definition * MAX_DEFINITIONS) == len(definition) * MAX_DEFINITIONS // 5
    assert quick_ceiling(definition * (MAX_DEFINITIONS + 1)) == len(definition) * (MAX_DEFINITIONS + 1)
