from datetime import datetime, timedelta
from itertools import permutations

from custom_components.home_gym.gym.runs.activity import Activity, Origin
from custom_components.home_gym.gym.runs.run_history import Change, RunHistory
from tests.support.unit.make import BERLIN, NOON, PHONE, TREADMILL, activity

NEXT_DAY = NOON + timedelta(days=1)


def put(runs: RunHistory, one: Activity) -> Change:
    """Add an activity on its calendar day."""
    assert one.end is not None
    return runs.put(one, BERLIN.day_of(one.end))


def state(runs: RunHistory) -> list[tuple[datetime, frozenset[str], float | None]]:
    """Return the starts, ids and distances of the runs."""
    return [(run.start, run.activities, run.distance) for run in runs.all()]


def test_changes_list_removed_and_added_runs() -> None:
    runs = RunHistory()
    assert runs.latest() is None
    later = put(runs, activity(NEXT_DAY))
    first = put(runs, activity())
    assert (first.removed, len(first.added), len(later.added)) == ((), 1, 1)
    assert runs.all() == [*first.added, *later.added]
    assert runs.latest() == later.added[0]
    assert runs.since(NOON) == runs.all()
    assert runs.since(NEXT_DAY) == [later.added[0]]
    assert len(runs) == 2

    fused = put(runs, activity(km=5.1, **PHONE))
    assert fused.removed == first.added
    assert [run.distance for run in fused.added] == [5000]
    assert runs.of_activity(activity(**PHONE).id) == fused.added[0]
    assert len(runs) == 2


def test_repeated_delivery_changes_nothing() -> None:
    runs = RunHistory()
    put(runs, activity())
    assert put(runs, activity()) == Change(removed=(), added=())


def test_edited_activity_moves_its_run() -> None:
    """The phone's run is edited to another day, and back."""
    runs = RunHistory()
    put(runs, activity())
    before = put(runs, activity(**PHONE, origin_id="7"))
    moved = put(runs, activity(NEXT_DAY, **PHONE, origin_id="7"))
    assert moved.removed == before.added
    assert [run.start for run in runs.all()] == [NOON, NEXT_DAY]
    assert runs.any_on(NEXT_DAY.date())
    back = put(runs, activity(**PHONE, origin_id="7"))
    assert {run.start for run in back.removed} == {NOON, NEXT_DAY}
    assert runs.all() == list(before.added)
    assert not runs.any_on(NEXT_DAY.date())


def test_dropping_connecting_activity_separates_runs() -> None:
    """Thirty minutes of the treadmill, the phone over the hour, thirty of an entity: the phone overlaps both."""
    half = timedelta(minutes=30)
    one, other = activity(**TREADMILL), activity(NOON + half, km=4, origin=Origin.ENTITY)
    whole = activity(minutes=60, km=12, **PHONE, origin_id="7")
    for order in permutations((one, other, whole)):
        runs = RunHistory()
        for each in order:
            put(runs, each)
        assert state(runs) == [(NOON, frozenset({one.id, other.id, whole.id}), 12_000)]
        put(runs, activity(NEXT_DAY, **PHONE, origin_id="7"))
        assert state(runs) == [
            (NOON, frozenset({one.id}), 5000),
            (NOON + half, frozenset({other.id}), 4000),
            (NEXT_DAY, frozenset({whole.id}), 5000),
        ]


def test_dropped_activity_removes_its_run() -> None:
    runs = RunHistory()
    put(runs, activity())
    alone = put(runs, activity(**TREADMILL)).removed
    assert runs.drop(activity(**TREADMILL).id).added == alone
    assert runs.drop(activity(**TREADMILL).id) == Change(removed=(), added=())
    assert runs.of_activity(activity(**TREADMILL).id) is None
    assert runs.drop(activity().id) == Change(removed=alone, added=())
    assert len(runs) == 0
    assert runs.all() == []


def test_week_holds_runs_that_ended_in_it() -> None:
    """A run over midnight from Sunday belongs to Monday's week; Berlin's midnight is 23:00 in UTC."""
    runs = RunHistory()
    sunday = datetime.fromisoformat("2026-03-01T22:40Z")
    put(runs, activity(sunday))
    put(runs, activity(sunday - timedelta(days=1)))
    week = NOON.date()
    assert [run.start for run in runs.in_week(week)] == [sunday]
    assert [run.start for run in runs.in_week(week - timedelta(weeks=1))] == [sunday - timedelta(days=1)]
    assert [runs.any_on(week + timedelta(days=number)) for number in (-2, -1, 0, 1)] == [False, True, True, False]


def test_day_of_run_is_that_of_most_trusted_activity() -> None:
    """The watch stopped at 23:59 in Berlin, the phone three minutes later."""
    for number in range(8):
        start = NOON.replace(hour=22, minute=29) + timedelta(days=number)
        runs = RunHistory()
        put(runs, activity(start, minutes=33, **PHONE))
        put(runs, activity(start))
        assert [run.day for run in runs.all()] == [start.date()]
