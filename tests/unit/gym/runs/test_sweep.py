from datetime import timedelta
from itertools import combinations

from hypothesis import given, strategies as st

from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.runs.fusion import same_time, slip_between
from custom_components.home_gym.gym.runs.run_history import RunHistory
from custom_components.home_gym.gym.runs.sweep import sweep
from tests.support.unit.make import BERLIN, NOON, PHONE, TREADMILL, WATCH, activity

OFFSETS = (0, 1, 20, 80, 170, 290, 301, 900, 1800, 3600, 3650, 7200, 86_400, 129_600, 129_601)
runs = st.builds(
    lambda seconds, minutes, km, source, number: activity(
        NOON + timedelta(seconds=seconds), minutes=minutes, km=km, origin_id=str(number), **source
    ),
    st.lists(st.sampled_from(OFFSETS), min_size=1, max_size=3).map(sum),
    st.sampled_from((10, 30, 30.1, 600)),
    st.sampled_from((None, 5, 5.05, 9)),
    st.sampled_from((WATCH, PHONE, TREADMILL)),
    st.integers(0, 9),
)
several = st.lists(runs, max_size=7, unique_by=lambda one: one.id)


@given(several)
def test_sweep_keeps_all_and_connects_same_times(activities: list[Activity]) -> None:
    swept = sweep(activities)

    assert sorted(each.id for together in swept.connected for each in together) == sorted(
        each.id for each in activities
    )
    place = {each.id: number for number, together in enumerate(swept.connected) for each in together}
    for one, other in combinations(activities, 2):
        if same_time(one, other):
            assert place[one.id] == place[other.id]
        elif slip_between([one], [other]) is not None:
            assert {one.id, other.id} <= swept.slipped


@given(several)
def test_fill_gives_same_runs_as_put(activities: list[Activity]) -> None:
    filled, put = RunHistory(), RunHistory()
    dated = [(one, BERLIN.day_of(one.end)) for one in activities if one.end]
    for one in dated:
        put.put(*one)

    change = filled.fill(dated)

    assert filled.all() == list(change.added) == put.all()
    assert change.removed == ()
    late = activity(NOON + timedelta(minutes=10), **PHONE)
    day = BERLIN.day_of(late.start or NOON)
    assert filled.put(late, day) == put.put(late, day)
