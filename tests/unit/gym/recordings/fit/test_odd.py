"""FIT files with unusual messages, as some devices write them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.fit import records as columns_of_records
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from custom_components.home_gym.gym.runs.curve import Curve
from tests.builders import FitShape, FitWriter
from tests.builders.fit_tables import ACTIVITY, FILE_ID, LAP, RECORD, SESSION, SPORT, TIMESTAMP, Field, Message, Value

NOW = 1_162_000_000
START = datetime(1989, 12, 31, tzinfo=UTC) + timedelta(seconds=NOW)
RUNNING: dict[str, Value] = {"timestamp": NOW + 100, "start_time": NOW, "sport": 1, "sub_sport": 0}

type Values = Mapping[str, Value]


def write(*messages: tuple[Message, Values], shape: FitShape | None = None) -> list[Activity]:
    """Return the activities in a file of the given messages."""
    writer = FitWriter(shape or FitShape())
    writer.message(0, FILE_ID, {"type": 4})
    for message, values in messages:
        writer.message(0, message, dict(values))
    return parse("odd.fit", writer.file())


def records(message: Message, *rows: Values) -> list[tuple[Message, Values]]:
    """Return records, one second after another."""
    return [(message, {"timestamp": NOW + second, **row}) for second, row in enumerate(rows)]


def test_session_of_sport_and_span_has_no_other_figures() -> None:
    """The elapsed time is the time from start to end."""
    (run,) = write((SESSION, dict(RUNNING)))
    assert (run.start, run.sport) == (START, Sport.RUN)
    assert (run.distance, run.moving_time, run.cadence, run.heart_rate, run.power) == (None,) * 5
    assert (run.elapsed_time, run.laps) == (100, ())


def test_session_without_sport_and_time_is_other_sport() -> None:
    (activity,) = write((SESSION, {"avg_heart_rate": 120}))
    assert (activity.sport, activity.start, activity.heart_rate) == (Sport.OTHER, None, 120)


def test_unknown_sport_number_is_its_own_word() -> None:
    (activity,) = write((SESSION, RUNNING | {"sport": 10, "sub_sport": 200}))
    assert (activity.sport, activity.sub_sport) == (Sport.OTHER, "200")


def test_start_is_derived_from_end_and_elapsed_time() -> None:
    (run,) = write((SESSION, {"timestamp": NOW + 100, "total_elapsed_time": 100, "sport": 1}))
    assert run.start == START


def test_start_is_taken_from_records() -> None:
    (run,) = write((SESSION, {"sport": 1}), *records(RECORD, {"heart_rate": 90}, {"heart_rate": 91}))
    assert (run.start, run.elapsed_time, run.moving_time, run.heart_rate) == (START, 1, 1, 90.5)


def test_session_without_time_gets_no_records_and_laps() -> None:
    lap: Values = {"start_time": NOW, "timestamp": NOW + 5, "total_timer_time": 5}
    rows = records(RECORD, {"heart_rate": 90}, {"heart_rate": 92})
    timed, untimed = write(
        *rows,
        (LAP, lap),
        (LAP, {}),
        (SESSION, {"start_time": NOW, "total_elapsed_time": 60, "sport": 1}),
        (SESSION, {"sport": 1}),
    )
    assert (timed.heart_rate, len(timed.laps)) == (91, 1)
    assert (untimed.heart_rate, untimed.laps, untimed.start) == (None, (), None)


def test_distance_is_summed_from_speeds() -> None:
    """A record without speed adds nothing."""
    speed = Message(20, (TIMESTAMP, Field("speed", 6, "uint16", 1000)))
    (run,) = write((SESSION, dict(RUNNING)), *records(speed, {"speed": 3}, {"speed": 4}, {}, {"speed": 5}))
    assert run.distance == pytest.approx(7)


def test_enhanced_speed_takes_precedence() -> None:
    """It is the wider field."""
    both = Message(20, (TIMESTAMP, Field("speed", 6, "uint16", 1000), Field("enhanced_speed", 73, "uint32", 1000)))
    rows: list[Values] = [{"speed": 1, "enhanced_speed": 3}] * 3
    (run,) = write((SESSION, dict(RUNNING)), *records(both, *rows))
    assert run.distance == pytest.approx(6)


def test_fields_of_unusual_base_types() -> None:
    """A signed field may hold a positive number; a field of the wrong size, or a text, holds none."""
    odd = Message(
        20,
        (
            TIMESTAMP,
            Field("heart_rate", 3, "sint8"),
            Field("power", 7, "string"),
            Field("distance", 5, "sint32", 100),
            Field("cadence", 4, "sint16"),
        ),
    )
    rows = records(odd, {"heart_rate": 100, "distance": 1}, {"heart_rate": -5, "distance": 3, "power": "much"}, {})
    (run,) = write((SESSION, dict(RUNNING)), *rows)
    assert (run.heart_rate, run.distance, run.power, run.cadence) == (100, 2, None, None)


def test_numeric_name_and_textual_timestamp_are_ignored() -> None:
    odd = Message(0, (Field("type", 0, "enum"), Field("product_name", 8, "uint16"), Field("timestamp", 253, "string")))
    (run,) = write((odd, {"type": 4, "product_name": 7}), (SESSION, dict(RUNNING)))
    assert run.device is None


def test_first_of_repeated_fields_counts() -> None:
    twice = Message(20, (TIMESTAMP, Field("heart_rate", 3, "uint8"), Field("again", 3, "uint8")))
    (run,) = write((SESSION, dict(RUNNING)), *records(twice, {"heart_rate": 120, "again": 60}))
    assert run.heart_rate == 120


def test_changing_layouts_make_one_recording() -> None:
    distance, rate = RECORD.only("timestamp", "distance"), RECORD.only("timestamp", "distance", "heart_rate")
    rows = [
        (message, {"timestamp": NOW + second, "distance": second * 3.0, "heart_rate": 100 + second})
        for second, message in enumerate((distance, rate) * 20)
    ]
    (run,) = write((SESSION, dict(RUNNING)), *rows)
    assert (run.distance, run.heart_rate, run.max_heart_rate) == (117, 120, 139)


def test_records_without_time_have_other_figures() -> None:
    (run,) = write((SESSION, {"sport": 1}), *((RECORD, {"heart_rate": rate, "cadence": 85}) for rate in (100, 110)))
    assert (run.start, run.elapsed_time, run.moving_time) == (None, None, None)
    assert (run.heart_rate, run.cadence) == (105, 170)


def test_fractional_cadence_is_added() -> None:
    (run,) = write((SESSION, RUNNING | {"avg_cadence": 87, "avg_fractional_cadence": 0.5}))
    assert run.cadence == 175


def test_moving_time_is_read_from_activity_message() -> None:
    """This applies to a file without a session."""
    rows = records(RECORD, {"distance": 0}, {"distance": 3})
    (run,) = write((SPORT, {"sport": 1}), *rows, (ACTIVITY, {"total_timer_time": 1.5}))
    assert (run.moving_time, run.elapsed_time, run.distance, run.sub_sport) == (1, 1, 3, None)


def test_compressed_timestamps_roll_over_at_32_seconds() -> None:
    """Five bits of time count on from the last full timestamp."""
    writer = FitWriter()
    writer.message(0, FILE_ID, {"type": 4})
    writer.message(1, SPORT, {"sport": 1})
    writer.define(2, RECORD.only("heart_rate"))
    writer.write(2, {"heart_rate": 70}, offset=3)
    writer.message(3, TIMESTAMPED, {"timestamp": NOW})
    for second in (10, 20, 45, 70):
        writer.write(2, {"heart_rate": 100}, offset=(NOW + second) & 0x1F)
    (run,) = parse("old.fit", writer.file())
    assert (run.start, run.elapsed_time, run.heart_rate) == (START + timedelta(seconds=10), 60, 94)


def test_compressed_timestamps_roll_over_at_32_bits() -> None:
    writer = FitWriter()
    writer.message(0, SPORT, {"sport": 1})
    writer.message(3, TIMESTAMPED, {"timestamp": 0xFFFFFFFE})
    writer.define(2, RECORD.only("heart_rate"))
    writer.write(2, {"heart_rate": 100}, offset=1)
    (run,) = parse("old.fit", writer.file())
    assert run.start is None


TIMESTAMPED = Message(21, (TIMESTAMP,))
"""A message of no interest apart from its time."""


HEIGHT_ALONE = Message(20, (TIMESTAMP, Field("altitude", 2, "uint16", 5, 500)))
RATE_ALONE = Message(20, (TIMESTAMP, Field("heart_rate", 3, "uint8")))


def test_single_record_among_several_definitions_is_read() -> None:
    writer = FitWriter(FitShape())
    writer.message(0, FILE_ID, {"type": 4})
    writer.define(1, RATE_ALONE)
    writer.define(2, HEIGHT_ALONE)
    writer.write(1, {"timestamp": NOW, "heart_rate": 120})
    writer.message(3, SESSION, dict(RUNNING))
    (run,) = parse("odd.fit", writer.file())
    assert (run.heart_rate, run.curve) == (120, None)


@pytest.mark.parametrize("short", [1, 50_000], ids=["long recording", "short recording"])
def test_records_of_several_definitions_are_put_in_order(monkeypatch: pytest.MonkeyPatch, short: int) -> None:
    """Heights and heart rates have records of their own, and a long recording takes the way that saves memory."""
    monkeypatch.setattr(columns_of_records, "SHORT", short)
    rates = [(RATE_ALONE, {"timestamp": NOW + second, "heart_rate": 120 + second}) for second in range(0, 20, 2)]
    heights = [(HEIGHT_ALONE, {"timestamp": NOW + second, "altitude": 100 + second}) for second in range(1, 20, 2)]
    (run,) = write(*rates, *heights, (SESSION, dict(RUNNING)))
    assert run.curve
    curve = Curve.unpacked(run.curve)
    assert list(curve.times) == list(range(20))
    assert list(curve.heart_rates) == [120 + second - second % 2 for second in range(20)]
    assert curve.heights[1::2] == [100 + second for second in range(1, 20, 2)]
