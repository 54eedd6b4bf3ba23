"""FIT files made to waste time or memory are refused, or read, within bounds."""

from datetime import UTC, datetime

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse
from custom_components.home_gym.gym.recordings.fit import (
    figures as fit_figures,
    walk as fit_walk,
)
from custom_components.home_gym.gym.runs.activity import Activity, CadenceProfile
from tests.builders import FitShape, FitWriter, LapPlan, Recording, build_fit
from tests.builders.fit_tables import FILE_ID, LAP, RECORD, SESSION, SPORT, Field, Message

from ....support.unit.bounds import within

RUN = Recording(start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=10, distance=30, cadence=170),))
EMPTY = build_fit(RUN, shape=FitShape(file_type=2, sessions=False, laps=False, records=False))
NO_FIELDS = Message(20, ())
SECONDS, MEBIBYTES = 20, 64


def file_of(definitions: bytes, *, file_type: int = 4) -> bytes:
    """Return a file with raw messages after its identity."""
    writer = FitWriter(FitShape(crc="zero"))
    writer.message(0, FILE_ID, {"type": file_type})
    writer.body += definitions
    return writer.file()


def definition(message: Message, local: int = 1) -> bytes:
    """Return the definition of a local message type."""
    writer = FitWriter()
    writer.define(local, message)
    return bytes(writer.body)


def refused(data: bytes) -> RecordingFault:
    """Return the reason for refusing a file, within bounds."""
    with within(seconds=SECONDS, mebibytes=MEBIBYTES), pytest.raises(RecordingError) as refusal:
        parse("hostile.fit", data)
    return refusal.value.reason


def test_one_byte_messages_are_cheap() -> None:
    with within(seconds=SECONDS, mebibytes=MEBIBYTES):
        assert parse("hostile.fit", file_of(definition(NO_FIELDS) + b"\x01" * 4_000_000)) == []


def test_number_of_definitions_is_bounded() -> None:
    assert refused(file_of(definition(NO_FIELDS) * (fit_walk.MAX_SLOW_STEPS + 1))) is RecordingFault.HOSTILE


def test_number_of_layouts_is_bounded() -> None:
    layouts = b"".join(
        bytes([0x41, 0, 0, 20, 0, 2, 3, 1, 2, 200, number & 0xFF, number >> 8])
        for number in range(fit_walk.MAX_LAYOUTS + 2)
    )
    assert refused(file_of(layouts)) is RecordingFault.HOSTILE


def test_number_of_slow_messages_is_bounded() -> None:
    """Messages with compressed times are read one by one."""
    assert refused(file_of(definition(NO_FIELDS) + b"\xa0" * (fit_walk.MAX_SLOW_STEPS + 1))) is RecordingFault.HOSTILE


@pytest.mark.parametrize("number_of", [500, pytest.param(5000, marks=pytest.mark.full)])
def test_largest_definitions_are_bounded(number_of: int) -> None:
    """Distinct definitions of 255 fields of 255 bytes."""
    bombs = b"".join(
        bytes([0x41, 0, 0, 20, number & 0xFF, 255]) + bytes([number >> 8, 255, 2]) * 255 for number in range(number_of)
    )
    with within(seconds=SECONDS, mebibytes=MEBIBYTES):
        assert parse("hostile.fit", file_of(bombs)) == []


def test_message_larger_than_file_is_truncated() -> None:
    assert (
        refused(file_of(bytes([0x41, 0, 0, 20, 0, 255]) + bytes([253, 255, 2]) * 255 + b"\x01"))
        is RecordingFault.DAMAGED
    )


def test_number_of_chained_files_is_bounded() -> None:
    assert refused(EMPTY * 1001) is RecordingFault.HOSTILE
    assert parse("chain.fit", EMPTY * 900) == []


def test_number_of_records_is_bounded() -> None:
    stamp = RECORD.only("heart_rate")
    rows = b"\x01\x60" * (fit_walk.MAX_RECORDS + 1)
    with pytest.raises(RecordingError) as refusal:
        parse("hostile.fit", file_of(definition(stamp) + rows))
    assert refusal.value.reason is RecordingFault.TOO_LARGE


def test_work_on_chained_files_is_bounded_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files, each readable by itself."""
    allowed = {"steps": 1000, "messages": 10, "records": 100}
    monkeypatch.setattr(fit_walk.Allowance.__init__, "__kwdefaults__", allowed)
    records = file_of(definition(RECORD.only("heart_rate")) + b"\x01\x60" * 50, file_type=2)
    laps = file_of(definition(LAP.only("intensity")) + b"\x01\x01" * 4, file_type=2)
    steps = file_of(definition(NO_FIELDS) * 450, file_type=2)
    for part, reason in (
        (records, RecordingFault.TOO_LARGE),
        (laps, RecordingFault.HOSTILE),
        (steps, RecordingFault.HOSTILE),
    ):
        assert parse("chain.fit", part * 2) == []
        assert refused(part * 3) is reason


def test_figures_of_long_recording_are_those_of_short_one() -> None:
    """A long one is kept in arrays, which are smaller; every third record has no heart rate and no time."""
    both = RECORD.only("timestamp", "heart_rate", "cadence")

    def run(records: int) -> Activity:
        rows = (
            b"\x01" + (10**9 + number if number % 3 else 0xFFFFFFFF).to_bytes(4, "little") + b"\x60\x55"
            if number % 3
            else b"\x01\xff\xff\xff\xff\xff\x55"
            for number in range(records)
        )
        session = definition(SESSION.only("sport"), 2) + b"\x02\x01"
        [activity] = parse("run.fit", file_of(definition(both) + b"".join(rows) + session))
        return activity

    short, long = run(3000), run(60_000)
    assert (long.heart_rate, long.cadence, long.cadence_thirds) == (0x60, 170, (170, 170, 170))
    assert (short.heart_rate, short.cadence, short.cadence_thirds) == (0x60, 170, (170, 170, 170))
    assert (short.elapsed_time, long.elapsed_time) == (2998, 59_998)
    assert (short.moving_time, long.moving_time) == (2998, 59_998)
    assert short.cadence_profile == CadenceProfile(lowest=170, seconds=(2998,))
    assert long.cadence_profile == CadenceProfile(lowest=170, seconds=(59_998,))


@pytest.mark.parametrize(
    ("message", "count"),
    [(SESSION.only("sport"), fit_figures.MAX_SESSIONS), (LAP.only("intensity"), fit_walk.MAX_MESSAGES)],
    ids=["sessions", "laps"],
)
def test_number_of_laps_and_sessions_is_bounded(message: Message, count: int) -> None:
    assert refused(file_of(definition(message) + b"\x01\x01" * (count + 1))) is RecordingFault.HOSTILE


def test_greatest_allowed_laps_and_sessions_are_read_in_time() -> None:
    """Each session searches for its laps and records."""
    sessions = definition(SESSION.only("start_time", "timestamp"), 1)
    sessions += (b"\x01" + (10**9).to_bytes(4, "little") * 2) * fit_figures.MAX_SESSIONS
    laps = definition(LAP.only("start_time"), 2) + (b"\x02" + (10**9).to_bytes(4, "little")) * 19_000
    records = definition(RECORD.only("timestamp"), 3) + (b"\x03" + (10**9).to_bytes(4, "little")) * 20_000
    with within(seconds=SECONDS, mebibytes=256):
        assert len(parse("hostile.fit", file_of(sessions + laps + records))) == fit_figures.MAX_SESSIONS


def test_file_larger_than_any_recording_is_refused() -> None:
    assert refused(bytes(65 << 20)) is RecordingFault.TOO_LARGE


def test_fields_of_any_size_are_read() -> None:
    odd = Message(20, (Field("heart_rate", 3, "uint8"),))
    body = definition(odd).replace(bytes([3, 1, 2]), bytes([3, 0, 2])) + b"\x01" * 10
    assert parse("odd.fit", file_of(definition(SPORT, 2) + body)) == []
