"""The corrected figures of treadmills that deviate: no speed, miles, frozen bridges, empty belts."""

from datetime import datetime, timedelta

import pytest

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from custom_components.home_gym.gym.treadmill.quirks import Quirk, quirks_of
from custom_components.home_gym.gym.treadmill.signal import BeltSignal, counts_session
from tests.support.unit.make import A_SECOND, NOON

# A run at 10.8 km/h.
RUNS = 3.0


def at(second: float) -> datetime:
    """Return an instant."""
    return NOON + second * A_SECOND


def speeds(signal: BeltSignal, metres: list[float | None], *, every: float = 1, speed: float | None = 0) -> list[float]:
    """Return the speeds of reports with these distances and the speed that the treadmill sends."""
    taken = [
        signal.take(TreadmillData(speed=speed, total_distance=total), at(number * every)).speed
        for number, total in enumerate(metres)
    ]
    return [-1 if found is None else round(found, 2) for found in taken]


@pytest.mark.parametrize("speed", [0, None])
def test_speed_is_derived_from_growing_distance(speed: float | None) -> None:
    found = speeds(BeltSignal(), [RUNS * second for second in range(10)], speed=speed)
    # The first two readings may be the end of an earlier run.
    assert found == [0 if speed == 0 else -1] * 2 + [RUNS] * 8


def test_belt_without_speed_stops_with_its_distance() -> None:
    signal = BeltSignal()
    metres: list[float | None] = [RUNS * second for second in range(20)]
    # A step each second: after two and a half seconds and two more it rests.
    assert speeds(signal, [*metres, *[metres[-1]] * 6])[20:] == [pytest.approx(RUNS, abs=0.01)] * 4 + [0, 0]


def test_counter_in_steps_of_ten_metres_moves_evenly() -> None:
    # Ten metres every four seconds are 2.5 metres a second, shown once a second.
    steps: list[float | None] = [10.0 * (second // 4) for second in range(60)]
    found = speeds(BeltSignal(), steps)
    assert found[8:] == [2.5] * 52


def test_run_after_a_rest_has_its_own_speed() -> None:
    signal = BeltSignal()
    speeds(signal, [RUNS * second for second in range(10)])
    assert signal.take(TreadmillData(speed=0, total_distance=27), at(100)).speed == 0
    later = [signal.take(TreadmillData(speed=0, total_distance=27 + 2 * n), at(100 + n)).speed for n in range(1, 6)]
    assert later == [0, 0, 2.0, 2.0, 2.0]


def test_steps_faster_than_any_belt_are_no_speed() -> None:
    # Four metres in each hundredth of a second, as reports that arrive all at once.
    assert speeds(BeltSignal(), [0.0, 4, 8, 12], every=0.01) == [0] * 4


@pytest.mark.parametrize(
    "metres",
    [
        pytest.param([500.0] * 10, id="a counter at rest"),
        pytest.param([0.0, 6_553_600, 0, 6_553_600, 0], id="a jumping counter"),
        pytest.param([900.0, 5, 1000, 5, 1000], id="a counter that starts again"),
    ],
)
def test_other_counters_are_no_movement(metres: list[float | None]) -> None:
    assert set(speeds(BeltSignal(), metres)) == {0}


def test_treadmill_with_a_speed_stands_still_at_zero() -> None:
    signal = BeltSignal()
    signal.take(TreadmillData(speed=RUNS, total_distance=0), at(0))
    # The belt coasts: its counter grows for some seconds more.
    coasting = [signal.take(TreadmillData(speed=0, total_distance=2.0 * n), at(n)).speed for n in range(1, 8)]
    assert coasting == [0] * 7


@pytest.mark.parametrize(("sent", "found"), [(8.4, 8.4), (8.5, None), (182.0, None), (-1, None), (None, None)])
def test_speed_beyond_any_belt_is_unknown(sent: float | None, found: float | None) -> None:
    assert BeltSignal().take(TreadmillData(speed=sent), at(0)).speed == found


def test_miles_an_hour_sent_as_kilometres() -> None:
    signal = BeltSignal([Quirk.IN_MILES])
    # "5" on the display are five miles an hour: 5 x 1609.344 m in 3,600 s; sent as 5 km/h.
    sent = TreadmillData(speed=5000 / 3600, average_speed=5000 / 3600, total_distance=0)
    right = 5 * 1609.344 / 3600
    taken = [signal.take(sent, at(second)) for second in range(0, 601, 10)]
    assert {round(data.speed or 0, 6) for data in taken} == {round(right, 6)}
    assert taken[-1].average_speed == pytest.approx(right)
    # The distance is that of the speed, whatever the counter counts.
    assert taken[-1].total_distance == pytest.approx(600 * right)
    assert signal.take(TreadmillData(speed=0), at(601)).total_distance is None


def test_distance_of_speed_bridges_no_long_silence() -> None:
    signal = BeltSignal([Quirk.IN_MILES])
    signal.take(TreadmillData(speed=1, total_distance=0), at(0))
    found = signal.take(TreadmillData(speed=1, total_distance=0), at(3600)).total_distance
    assert found == pytest.approx(1.609344 * 60)


def test_frozen_bridge_is_unknown_after_a_while() -> None:
    signal = BeltSignal()
    for second in range(0, 50, 10):
        signal.take(TreadmillData(speed=RUNS, total_distance=RUNS * second), at(second))
    assert signal.deadline() == at(40 + 90)
    assert signal.tick(at(129)) is None
    gone = signal.tick(at(130))
    assert gone is not None
    assert (gone.speed, gone.total_distance) == (None, 120)
    assert signal.reported == at(40)
    assert signal.deadline() is None
    assert signal.tick(at(300)) is None
    assert signal.take(TreadmillData(speed=RUNS), at(301)).speed == RUNS


@pytest.mark.parametrize(("every", "silence"), [(1, 90), (30, 90), (60, 180), (600, 600)])
def test_bridge_that_reports_seldom_is_waited_for(every: float, silence: float) -> None:
    signal = BeltSignal()
    for number in range(5):
        signal.take(TreadmillData(speed=RUNS), at(number * every))
    assert signal.deadline() == at(4 * every + silence)


def test_belt_that_reports_changes_only_is_never_frozen() -> None:
    signal = BeltSignal()
    signal.take(TreadmillData(speed=0), at(0))
    signal.take(TreadmillData(speed=RUNS), at(1))
    assert signal.deadline() is None
    signal.take(TreadmillData(speed=0), at(1800))
    assert signal.deadline() is None


def test_belt_without_speed_rests_by_time_alone() -> None:
    signal = BeltSignal()
    speeds(signal, [10.0 * n for n in range(6)], every=4)
    # Ten seconds for two and a half steps of four, and two more.
    assert signal.deadline() == at(20 + 12)
    still = signal.tick(at(32))
    assert still is not None
    assert still.speed == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PH4-1234", {Quirk.ALWAYS_HAS_SPEED}),
        ("ph4", {Quirk.ALWAYS_HAS_SPEED}),
        ("Mobvoi TMP 12", {Quirk.CLOCK_SHOWS_RUNNER}),
        ("Bowflex T9", {Quirk.IN_MILES}),
        ("Bowflex T22", set()),
        ("Horizon", set()),
        ("", set()),
    ],
)
def test_quirks_by_name(name: str, expected: set[Quirk]) -> None:
    assert quirks_of(name) == expected


def test_resting_clock_means_an_empty_belt() -> None:
    signal = BeltSignal()
    empty = [TreadmillData(speed=RUNS, elapsed_time=60)] * 5
    assert [signal.take(data, at(second)).speed for second, data in enumerate(empty)] == [RUNS] * 5
    signal.learn([Quirk.CLOCK_SHOWS_RUNNER])
    found = [signal.take(data, at(10 + second)).speed for second, data in enumerate(empty)]
    assert found == [RUNS, RUNS, RUNS, 0, 0]
    again = TreadmillData(speed=RUNS, elapsed_time=61)
    assert signal.take(again, at(16)).speed == RUNS
    assert signal.take(TreadmillData(speed=RUNS), at(30)).speed == RUNS


def test_deadline_needs_a_report() -> None:
    assert BeltSignal().deadline() is None
    assert BeltSignal().tick(NOON + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("total", "clock", "expected"),
    [
        (5_000, None, True),
        (200_000, None, True),
        # A record that was read wrongly, and a lifetime beside a clock of ten minutes: 5,040 m at 8.4 m/s, and 100.
        (6_553_600, None, False),
        (5_140, 600, True),
        (5_141, 600, False),
        (150_000, 600, False),
        (0, 0, True),
        (None, 600, False),
    ],
)
def test_total_of_session_and_lifetime(total: float | None, clock: float | None, expected: bool) -> None:
    assert counts_session(TreadmillData(total_distance=total, elapsed_time=clock)) is expected
