from datetime import datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.home_gym.gym.shoes.distance_curves import corrections, distances
from tests.support.unit.make import NOON, run

HOUR = timedelta(hours=1)
by_hour = st.dictionaries(st.integers(0, 9).map(lambda number: NOON + number * HOUR), st.integers(0, 9_000_000))


def test_distances_by_hour_and_pair() -> None:
    early, late = run(NOON + timedelta(minutes=5)), run(NOON + timedelta(minutes=55, seconds=59), km=1)
    next_day = run(NOON + 24 * HOUR + timedelta(microseconds=1), km=None)

    assert distances([(early, "blue"), (late, None), (next_day, "blue")]) == {
        None: {NOON: 6_000_000, NOON + 24 * HOUR: 0},
        "blue": {NOON: 5_000_000, NOON + 24 * HOUR: 0},
    }
    assert distances([]) == {None: {}}


def test_late_run_corrects_following_hours_only() -> None:
    recorded = {NOON: 1.0, NOON + 2 * HOUR: 3.0}
    run_in = {NOON: 1000, NOON + HOUR: 500, NOON + 2 * HOUR: 2000}
    assert corrections(run_in, recorded) == {NOON + HOUR: 1.5, NOON + 2 * HOUR: 3.5}
    assert corrections({NOON: 1000}, recorded) == {NOON + 2 * HOUR: 1.0}


@given(by_hour, by_hour)
def test_corrections_update_recorded_curve(before: dict[datetime, int], after: dict[datetime, int]) -> None:
    recorded: dict[datetime, float] = {}
    for run_in in (before, after):
        recorded |= corrections(run_in, recorded)
        assert corrections(run_in, recorded) == {}
    assert max(recorded.values(), default=0) == sum(after.values()) / 1000
    for hour in recorded:
        assert recorded[hour] == sum(run for at, run in after.items() if at <= hour) / 1000
