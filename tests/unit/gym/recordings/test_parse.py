"""`parse` gives activities or a reason for any bytes."""

from datetime import UTC, datetime, timedelta
import gzip

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.builders import FitShape, LapPlan, Recording, Watch, build_fit, build_gpx, build_tcx
from tests.support.archives import zipped
from tests.support.profiles import examples

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
TENTHS = st.integers(min_value=1, max_value=1200).map(lambda tenths: tenths / 10)

laps = st.builds(
    LapPlan,
    duration=st.integers(min_value=1, max_value=90),
    distance=TENTHS,
    cadence=st.integers(min_value=120, max_value=220),
    intensity=st.sampled_from(["active", "rest", "warm_up", "cool_down"]),
    pause=st.integers(min_value=0, max_value=120),
)
recordings = st.builds(
    Recording,
    start=st.integers(min_value=-800_000_000, max_value=800_000_000).map(
        lambda seconds: START + timedelta(seconds=seconds)
    ),
    laps=st.lists(laps, min_size=1, max_size=5).map(tuple),
    heart_rate=st.none() | st.integers(min_value=30, max_value=240),
    power=st.none() | st.integers(min_value=1, max_value=900),
    record_interval=st.integers(min_value=1, max_value=7),
    outdoors=st.booleans(),
    watch=st.builds(Watch, serial_number=st.integers(min_value=1, max_value=0xFFFFFFFE)),
)
shapes = st.builds(
    FitShape,
    big_endian=st.booleans(),
    compressed_timestamps=st.booleans(),
    developer_fields=st.booleans(),
    session_first=st.booleans(),
    header_size=st.sampled_from([12, 14]),
)


RUN = Recording(start=START, laps=(LapPlan(duration=60, distance=180, cadence=170, pause=5),) * 3)
SEEDS = [
    build_fit(RUN),
    build_fit(RUN, shape=FitShape(compressed_timestamps=True, developer_fields=True, big_endian=True)),
    build_tcx(RUN),
    build_gpx(RUN),
    gzip.compress(build_fit(RUN)),
    zipped({"run.fit": build_fit(RUN)}),
]


def outcome(data: bytes) -> list[Activity] | RecordingFault:
    """Return the activities in bytes, or the reason for refusing them; no other outcome is allowed."""
    try:
        activities = parse("any", data)
    except RecordingError as error:
        return error.reason
    for activity in activities:
        assert activity.id
        assert activity.start is None or activity.start.tzinfo is UTC
    return activities


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = parse("run", data)
    return activity


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", RecordingFault.EMPTY),
        (b"\x00\x05\x16\x07" + bytes(100), RecordingFault.UNKNOWN_FORMAT),
        (b"Activity ID,Activity Date\n", RecordingFault.UNKNOWN_FORMAT),
        (b"\x05\x10" + bytes(6) + b".FIT" + bytes(9), RecordingFault.UNKNOWN_FORMAT),
    ],
    ids=["nothing", "another system's notes", "a table", "a header of no size"],
)
def test_other_bytes_are_refused_with_reason(data: bytes, reason: RecordingFault) -> None:
    assert outcome(data) is reason


def test_error_has_reason_and_file_name() -> None:
    with pytest.raises(RecordingError, match=r"^empty: run\.fit$") as refusal:
        parse("run.fit", b"")
    assert refusal.value.detail == "run.fit"


def test_format_is_detected_by_content() -> None:
    assert parse("run.gpx", SEEDS[0]) == parse("run.fit", SEEDS[0])


@given(recording=recordings, shape=shapes)
@examples(60)
def test_built_fit_is_read_back(recording: Recording, shape: FitShape) -> None:
    run = only(build_fit(recording, shape=shape))
    assert (run.sport, run.start, run.incomplete) == (Sport.RUN, recording.start, False)
    assert run.elapsed_time == pytest.approx(recording.elapsed_time)
    assert run.moving_time == pytest.approx(recording.moving_time)
    assert run.distance == pytest.approx(recording.distance, abs=0.01)
    assert run.cadence == pytest.approx(recording.cadence, abs=0.02)
    assert (run.heart_rate, run.power) == (recording.heart_rate, recording.power)
    assert [lap.moving_time for lap in run.laps] == [lap.duration for lap in recording.laps]
    assert [str(lap.intensity) for lap in run.laps] == [lap.intensity for lap in recording.laps]
    assert run.serial_number == str(recording.watch.serial_number)


@given(recording=recordings)
@examples(30)
def test_formats_give_same_start_distance_and_time(recording: Recording) -> None:
    fit, tcx = only(build_fit(recording)), only(build_tcx(recording))
    assert (tcx.start, tcx.heart_rate, tcx.power) == (fit.start, fit.heart_rate, fit.power)
    assert tcx.distance == pytest.approx(fit.distance, abs=0.01)
    assert tcx.moving_time == pytest.approx(fit.moving_time)


@given(data=st.sampled_from(SEEDS))
def test_gzipped_recording_equals_plain_one(data: bytes) -> None:
    assert outcome(gzip.compress(data)) == outcome(data)


@given(st.binary(max_size=2000))
def test_random_bytes_are_refused_with_reason(data: bytes) -> None:
    outcome(data)


@given(st.binary(max_size=600), st.sampled_from([12, 14, 200]))
def test_random_messages_after_valid_header(data: bytes, header_size: int) -> None:
    """They are refused with a reason, or give an activity with few figures."""
    outcome(bytes([header_size, 32, 0, 0]) + len(data).to_bytes(4, "little") + b".FIT\0\0" + data)


@given(st.data())
@examples(300)
def test_mutated_recordings_give_activities_or_reason(data: st.DataObject) -> None:
    """Bytes are changed, dropped or doubled."""
    recording = bytearray(SEEDS[data.draw(st.integers(min_value=0, max_value=len(SEEDS) - 1))])
    for _ in range(data.draw(st.integers(min_value=1, max_value=8))):
        at = data.draw(st.integers(min_value=0, max_value=len(recording) - 1))
        until = at + data.draw(st.integers(min_value=0, max_value=9))
        recording[at:until] = data.draw(st.binary(max_size=9)) or recording[at:until] * 2
    outcome(bytes(recording))
