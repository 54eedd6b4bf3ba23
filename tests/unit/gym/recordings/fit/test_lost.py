"""FIT files with missing or damaged parts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.builders import FitShape, LapPlan, Recording, build_fit

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(
    start=START,
    laps=(
        LapPlan(duration=600, distance=1800, cadence=172, pause=90),
        LapPlan(duration=600, distance=1700, cadence=168),
    ),
    power=250,
)
WHOLE = build_fit(RUN)


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = parse("run.fit", data)
    return activity


def refused(data: bytes) -> RecordingFault:
    """Return the reason for refusing a recording."""
    with pytest.raises(RecordingError) as refusal:
        parse("run.fit", data)
    return refusal.value.reason


@pytest.mark.parametrize(
    "damaged",
    [
        build_fit(RUN, shape=FitShape(crc="wrong")),
        build_fit(RUN, shape=FitShape(crc="zero")),
        build_fit(RUN, shape=FitShape(crc="missing")),
        build_fit(RUN, shape=FitShape(data_size=0)),
        build_fit(RUN, shape=FitShape(data_size=0xFFFFFFFF)),
        WHOLE[:-1],
        WHOLE[:-20],
        WHOLE[:500] + bytes([WHOLE[500] ^ 1]) + WHOLE[501:],
    ],
    ids=["wrong CRC", "zero CRC", "no CRC", "size 0", "size of all ones", "a byte short", "20 short", "a flipped bit"],
)
def test_damage_after_session_marks_activity_incomplete(damaged: bytes) -> None:
    run, whole = only(damaged), only(WHOLE)
    assert run.incomplete
    assert not whole.incomplete
    # The offset of the local time comes last.
    run, whole = (replace(each, cadence_thirds=None, utc_offset=None) for each in (run, whole))
    assert replace(run, incomplete=False) == whole


@pytest.mark.parametrize("rubbish", [bytes(512), b"<html>", b"\xff" * 13, WHOLE[:9]])
def test_bytes_after_checksum_are_ignored(rubbish: bytes) -> None:
    assert only(WHOLE + rubbish) == only(WHOLE)


def test_truncated_second_file_leaves_first() -> None:
    """The second file has lost its session."""
    assert only(WHOLE + WHOLE[:2000]) == only(WHOLE)


def test_truncated_run_without_session_is_refused() -> None:
    """The length of the missing part is unknown."""
    assert refused(WHOLE[: len(WHOLE) // 2]) is RecordingFault.DAMAGED
    assert refused(WHOLE[:14]) is RecordingFault.DAMAGED
    assert refused(build_fit(RUN, shape=FitShape(sessions=False, data_size=0))) is RecordingFault.DAMAGED


def test_message_without_definition_ends_reading() -> None:
    assert refused(WHOLE[:14] + b"\x07" + WHOLE[15:]) is RecordingFault.DAMAGED


def test_truncated_definition_ends_reading() -> None:
    definition = bytes([0x60, 0, 0, 20, 0, 1, 253, 4, 0x86, 2, 0, 4, 0, 1, 4, 0])
    for length in range(1, len(definition)):
        assert refused(WHOLE[:4] + b"\xff\xff\xff\xff" + WHOLE[8:14] + definition[:length]) is RecordingFault.DAMAGED


@pytest.mark.parametrize("crc", ["right", "wrong"])
def test_records_replace_missing_session(crc: str) -> None:
    """The sums differ only slightly from the watch's."""
    run = only(build_fit(RUN, shape=FitShape(sessions=False, crc=crc)))  # type: ignore[arg-type]
    whole = only(WHOLE)
    assert (run.sport, run.sub_sport, run.start, run.laps) == (whole.sport, "generic", START, whole.laps)
    assert (run.elapsed_time, run.moving_time) == (1290, 1200)
    assert run.distance == pytest.approx(3500)
    assert run.cadence == pytest.approx(whole.cadence, abs=0.5)
    assert (run.heart_rate, run.max_heart_rate, run.power) == (148, 148, 250)
    assert run.incomplete == (crc == "wrong")


def test_laps_replace_missing_session_and_records() -> None:
    run = only(build_fit(RUN, shape=FitShape(sessions=False, records=False)))
    assert (run.start, run.elapsed_time, run.moving_time, run.distance) == (START, 1290, 1200, 3500)
    assert (run.cadence, run.cadence_thirds, run.heart_rate) == (None, None, None)


def test_laps_without_figure_have_no_sum() -> None:
    mat = Recording(start=START, sport="training", sub_sport="yoga", laps=(LapPlan(duration=600),))
    assert only(build_fit(mat, shape=FitShape(sessions=False, records=False))).distance is None


def test_laps_are_summed_without_clock() -> None:
    shape = FitShape(sessions=False, records=False, clock_set=False)
    run = only(build_fit(RUN, shape=shape))
    assert (run.start, run.moving_time) == (None, 1200)


def test_sport_is_read_from_laps() -> None:
    assert only(build_fit(RUN, shape=FitShape(sessions=False, sport_message=False))).sport is Sport.RUN


def test_file_without_sport_is_refused() -> None:
    shape = FitShape(sessions=False, sport_message=False, laps=False)
    assert refused(build_fit(RUN, shape=shape)) is RecordingFault.NO_SPORT


def test_session_needs_no_records() -> None:
    run = only(build_fit(RUN, shape=FitShape(records=False)))
    assert (run.distance, run.moving_time, run.cadence_thirds) == (3500, 1200, None)
