"""The FIT recording of a treadmill run, read back by two independent readers and by the gym's own."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import fitdecode
from garmin_fit_sdk import Decoder, Stream
import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.fit.writer import checksum, recording_of
from custom_components.home_gym.gym.runs.activity import Lap, Surface
from custom_components.home_gym.gym.runs.run import Run

START = datetime(2026, 5, 4, 18, 5, tzinfo=UTC)
BERLIN = timedelta(hours=2)


def lap(minute: float, seconds: float, metres: float) -> Lap:
    """Return a lap that begins some minutes after the start."""
    start = START + timedelta(minutes=minute)
    return Lap(start=start, elapsed_time=seconds, moving_time=seconds, distance=metres)


def belt_run(**figures: Any) -> Run:
    """Return a run of 5,013.4 metres in 1,810 seconds."""
    plain: dict[str, Any] = {
        "elapsed_time": 1810.0,
        "moving_time": None,
        "distance": 5013.4,
        "laps": (),
        **figures,
    }
    return Run(
        id="belt/1",
        activities=frozenset({"belt/1"}),
        start=START,
        day=date(2026, 5, 4),
        cadence=None,
        heart_rate=None,
        indoor=True,
        surface=Surface.TREADMILL,
        **plain,
    )


RUNS = {
    "without laps": (belt_run(), [5013.4], 1810.0),
    "with a pause": (belt_run(moving_time=1700.0), [5013.4], 1700.0),
    "by moving time alone": (belt_run(elapsed_time=None, moving_time=1700.0), [5013.4], 1700.0),
    "with laps": (
        belt_run(laps=(lap(0, 900, 2500.0), lap(15, 910, 2513.4))),
        [2500.0, 2513.4],
        1810.0,
    ),
    "with a lap of elapsed time alone": (
        belt_run(laps=(Lap(start=START, elapsed_time=1810.0, distance=5013.4),)),
        [5013.4],
        1810.0,
    ),
    "with a lap without a distance": (belt_run(laps=(Lap(start=START, elapsed_time=1810.0),)), [0.0], 1810.0),
}


@pytest.mark.parametrize(("run", "laps", "timer"), RUNS.values(), ids=RUNS)
def test_garmins_own_reader_reads_the_run(run: Run, laps: list[float], timer: float) -> None:
    content = recording_of(run, BERLIN)
    assert Decoder(Stream.from_byte_array(bytearray(content))).check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(content))).read()
    assert errors == []
    [head], [session], [activity] = messages["file_id_mesgs"], messages["session_mesgs"], messages["activity_mesgs"]
    assert (head["type"], head["manufacturer"], head["time_created"]) == ("activity", "development", START)
    assert (session["sport"], session["sub_sport"], session["start_time"]) == ("running", "treadmill", START)
    assert session["total_distance"] == pytest.approx(5013.4)
    assert session["total_timer_time"] == pytest.approx(timer)
    assert session["total_elapsed_time"] == pytest.approx(run.elapsed_time or timer)
    assert [each["total_distance"] for each in messages["lap_mesgs"]] == pytest.approx(laps)
    assert session["num_laps"] == len(laps)
    assert activity["timestamp"] == run.end
    local = datetime(1989, 12, 31, tzinfo=UTC) + timedelta(seconds=int(str(activity["local_timestamp"])))
    assert local - run.end == BERLIN
    distances = [each["distance"] for each in messages["record_mesgs"]]
    assert distances == sorted(distances)
    assert [(each["event"], each["event_type"]) for each in messages["event_mesgs"]] == [
        ("timer", "start"),
        ("timer", "stop_all"),
    ]


@pytest.mark.parametrize(("run", "laps", "timer"), RUNS.values(), ids=RUNS)
def test_fitdecode_reads_the_run(run: Run, laps: list[float], timer: float) -> None:
    with fitdecode.FitReader(
        BytesIO(recording_of(run, BERLIN)),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    [session] = [frame for frame in frames if frame.name == "session"]
    assert (session.get_value("sport"), session.get_value("sub_sport")) == ("running", "treadmill")
    assert session.get_value("start_time") == START
    assert session.get_value("total_distance") == pytest.approx(5013.4)
    assert session.get_value("total_timer_time") == pytest.approx(timer)
    found = [frame.get_value("total_distance") for frame in frames if frame.name == "lap"]
    assert found == pytest.approx(laps)


def test_the_gym_reads_a_treadmill_run() -> None:
    [activity] = parse("run.fit", recording_of(RUNS["with laps"][0], BERLIN))
    assert (activity.start, activity.surface, activity.indoor) == (START, Surface.TREADMILL, True)
    assert activity.distance == pytest.approx(5013.4)
    assert activity.duration == pytest.approx(1810)


def test_checksum_is_the_documented_one() -> None:
    # The check value of CRC-16/ARC.
    assert checksum(b"123456789") == 0xBB3D
