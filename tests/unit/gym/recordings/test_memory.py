"""Memory of one reading: small inputs that take much are bounded here, the largest in processes of their own."""

from contextlib import suppress
from pathlib import Path

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, memory, parse
from custom_components.home_gym.gym.recordings.memory import Memory, size_of
from tests.bench.memory import LIMIT, WAYS, taken
from tests.support.offenders import OFFENDERS, points_of_one_track, rows_of_short_runs
from tests.support.unit.make import activity, lap

from ....support.unit.bounds import within

SMALL, ROOM, BEYOND = 1_000_000, 5_000_000, 3_000_000
"""Bytes of an input in every run, its room in memory, and what parsers may take beside it."""


@pytest.mark.parametrize("name", OFFENDERS)
def test_memory_of_small_input_is_bounded(name: str) -> None:
    """With a bound of a tenth, which a tenth of the input would exceed."""
    data = OFFENDERS[name].build(SMALL)
    with within(seconds=20, mebibytes=(ROOM + BEYOND - len(data)) / (1 << 20)), suppress(RecordingError):
        parse(name, data, Memory(ROOM))


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", OFFENDERS)
def test_memory_of_largest_input_is_bounded(name: str, way: str, tmp_path: Path) -> None:
    assert taken(name, way, tmp_path)["megabytes"] <= LIMIT


def test_kept_and_held_bytes_are_counted() -> None:
    left = Memory(100)
    left.keep(40)
    with left.held(60):
        left.need(0)
        with pytest.raises(RecordingError) as refusal:
            left.need(1)
    assert refusal.value.reason is RecordingFault.TOO_LARGE
    left.need(60)
    with pytest.raises(RecordingError):
        left.keep(61)
    left.need(60)


def test_memory_held_during_a_failure_is_given_back() -> None:
    left = Memory(10)
    with pytest.raises(KeyError), left.held(10):
        raise KeyError
    left.need(10)


def test_size_of_activity_follows_its_laps_and_texts() -> None:
    plain = activity()
    with_laps = activity(laps=(lap(1), lap(2)))
    with_text = activity(device="x" * 1000)
    assert size_of(with_laps) > size_of(plain) + 300
    assert size_of(with_text) >= size_of(plain) + 900


def test_reading_has_less_room_beside_other_held_bytes() -> None:
    """A recording that fits alone is refused beside a list of members that takes nearly all memory."""
    data = points_of_one_track(100_000)
    assert len(parse("run.gpx", data)) == 1
    assert len(parse("run.gpx", data, Memory(1_000_000))) == 1
    with pytest.raises(RecordingError) as refusal:
        parse("run.gpx", data, Memory(110_000))
    assert refusal.value.reason is RecordingFault.TOO_LARGE


def test_reading_gives_its_memory_back() -> None:
    left = Memory()
    for data in (points_of_one_track(100_000), rows_of_short_runs(100_000)):
        assert parse("run", data, left)
    assert left.left == memory.MAX_MEMORY
