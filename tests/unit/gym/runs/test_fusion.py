from datetime import timedelta
from itertools import islice, permutations
from typing import Any

import pytest

from custom_components.home_gym.gym.runs.activity import Activity, Sport
from custom_components.home_gym.gym.runs.fusion import groups, never_one_run, same_time, slip_between
from custom_components.home_gym.gym.runs.run_history import RunHistory
from tests.support.unit.make import NOON, PHONE, TREADMILL, WATCH, activity


def after(seconds: float, **rest: Any) -> Activity:
    """Return the phone's record, beginning so many seconds after noon."""
    return activity(NOON + timedelta(seconds=seconds), **{**PHONE, **rest})


def fused(*activities: Activity) -> set[frozenset[str]]:
    """Return the runs as sets of ids, the same for every order of delivery."""
    answers = set()
    for order in islice(permutations(activities), 50):
        runs = RunHistory()
        for one in order:
            runs.put(one, NOON.date())
        answers.add(frozenset(run.activities for run in runs.all()))
    assert len(answers) == 1
    return set(answers.pop())


# The watch ran 30 minutes; where the overlap must not decide, the phone saw no duration at all.
NOTHING: dict[str, Any] = {"minutes": None, "km": None, "sport": Sport.OTHER}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        # times overlap by at least half of the shorter: 30 minutes against 30, then against 10
        (after(900, km=99), True),
        (after(901, km=99, minutes=30), False),
        (after(-900, km=99), True),
        (after(-901, km=99, minutes=30), False),
        (after(1500, minutes=10, km=99), True),
        (after(1501, minutes=10, km=99), False),
        # within 30 s, without further conditions
        (after(30, **NOTHING), True),
        (after(-30, **NOTHING), True),
        (after(30.5, **NOTHING), False),
        (after(-30.5, **NOTHING), False),
        # within 90 s and one agreement: the sport, the distance (5 % or 250 m), the end (180 s)
        (after(90, minutes=None, km=None), True),
        (after(90.5, minutes=None, km=None), False),
        (after(90, minutes=None, km=5.25, sport=Sport.OTHER), True),
        (after(90, minutes=None, km=4.75, sport=Sport.OTHER), True),
        # 5 % of 5263 m are 263.15 m, of 5264 m 263.2 m
        (after(90, minutes=None, km=5.263, sport=Sport.OTHER), True),
        (after(90, minutes=None, km=5.264, sport=Sport.OTHER), False),
        (after(-90, minutes=1, km=None, sport=Sport.OTHER), False),
        # within 180 s and two agreements
        (after(180, minutes=None, km=5.2), True),
        (after(180.5, minutes=None, km=5.2), False),
        (after(180, minutes=None, km=5.4), False),
        (after(180, minutes=None, km=5.2, sport=Sport.OTHER), False),
        # within 300 s and two agreements, one of them a distance within 3 %: of 5154.6 m that is 154.638 m
        (after(300, minutes=None, km=5.15), True),
        (after(300.5, minutes=None, km=5.15), False),
        (after(300, minutes=None, km=5.1546), True),
        (after(300, minutes=None, km=5.155), False),
        (after(300, minutes=None, km=5.15, sport=Sport.OTHER), False),
        # a local time stored as UTC: steps of half an hour, alike within 1 % (18.18 s) and 2 % (102.04 m)
        (after(3600), True),
        (after(-1800), True),
        (after(1800 - 60, minutes=30.1), True),
        (after(1800 - 61, minutes=30.1), False),
        (after(5.5 * 3600 + 60), True),
        (after(5.5 * 3600 + 61), False),
        (after(5.5 * 3600 - 60), True),
        (after(5.5 * 3600 - 61), False),
        (after(14 * 3600 + 60), True),
        (after(14.5 * 3600), False),
        (after(3600, minutes=30.3), True),
        (after(3600, minutes=30 + 18.18 / 60), True),
        (after(3600, minutes=30 + 18.2 / 60), False),
        (after(3600, km=5.102), True),
        (after(3600, km=5.1021), False),
        (after(3600, km=None), False),
        (after(3600, minutes=None), False),
        (after(2700), False),
        # nothing in common
        (after(20_000), False),
    ],
)
def test_two_sources_fuse_by_overlap_start_or_time_zone(other: Activity, same: bool) -> None:
    watch = activity()
    assert len(fused(watch, other)) == (1 if same else 2)


@pytest.mark.parametrize(
    ("start", "seconds", "sport", "same"),
    [
        # within 90 s an end within 180 s will do; from 90 s on, no more than 30 s are of the same time
        (90, 30 + 180, Sport.OTHER, True),
        (90, 30 + 181, Sport.OTHER, False),
        # from 80 s to 60 s before noon, which is 180 s before the watch's end, or to 61 s
        (-80, 20, Sport.OTHER, True),
        (-80, 19, Sport.OTHER, False),
        # within 180 s the sport has to agree, too
        (180, 120, Sport.RUN, True),
        (180, 121, Sport.RUN, False),
        (180, 10, Sport.OTHER, False),
        # within 300 s no end makes up for the distance
        (181, 10, Sport.RUN, False),
    ],
)
def test_ends_within_180_s_agree(start: float, seconds: float, sport: Sport, same: bool) -> None:
    """The watch ran for the two minutes from noon on."""
    watch = activity(minutes=2, km=None)
    assert len(fused(watch, after(start, minutes=seconds / 60, km=None, sport=sport))) == (1 if same else 2)


@pytest.mark.parametrize(("km", "same"), [(1.25, True), (1.251, False), (0.75, True), (0.749, False)])
def test_short_distances_agree_within_250_m(km: float, same: bool) -> None:
    """5 % of a kilometre are 50 m, which two sources miss by chance."""
    watch = activity(km=1)
    assert len(fused(watch, after(90, minutes=None, km=km, sport=Sport.OTHER))) == (1 if same else 2)


@pytest.mark.parametrize(("km", "same"), [(1.03, True), (1.031, False)])
def test_starts_300_s_apart_need_distance_within_3_percent(km: float, same: bool) -> None:
    """3 % of 1031 m are 30.93 m."""
    assert len(fused(activity(km=1), after(300, minutes=None, km=km))) == (1 if same else 2)


def test_slip_between_groups_is_smallest_of_their_pairs() -> None:
    """The treadmill began 40 s before the phone, each of them about an hour after the watch."""
    watch, treadmill, phone = [activity()], after(3590, **TREADMILL), after(3630)
    for group in ([treadmill, phone], [phone, treadmill]):
        assert slip_between(watch, group) == slip_between(group, watch) == 3590
    assert slip_between(watch, [after(2700)]) is None
    assert slip_between(watch, [activity(NOON + timedelta(hours=1))]) is None


@pytest.mark.parametrize(("seconds", "never"), [(1801, True), (1800, True), (1799, True), (1798, False)])
def test_recordings_of_one_source_may_share_a_second(seconds: int, never: bool) -> None:
    """Half an hour from noon, and another from then on: one second is rounding, two are time spent together."""
    assert never_one_run(activity(), activity(NOON + timedelta(seconds=seconds))) is never


@pytest.mark.parametrize("source", [WATCH, PHONE, TREADMILL])
@pytest.mark.parametrize("seconds", [1799, 1800, 3600, 36_000])
def test_consecutive_recordings_of_one_source_are_two_runs(source: dict[str, Any], seconds: int) -> None:
    one, other = activity(**source), activity(NOON + timedelta(seconds=seconds), **source)
    assert never_one_run(one, other)
    assert fused(one, other) == {frozenset({one.id}), frozenset({other.id})}


def test_one_source_with_two_ids_is_one_run() -> None:
    one, other = activity(**PHONE, origin_id="1"), activity(**PHONE, origin_id="2")
    assert fused(one, other) == {frozenset({one.id, other.id})}


def test_legs_of_race_stay_separate_beside_one_long_recording() -> None:
    legs = [activity(NOON + timedelta(minutes=minutes), minutes=20) for minutes in (0, 20, 40)]
    whole = activity(minutes=60, km=15, **PHONE)
    first = frozenset({legs[0].id, whole.id})
    assert fused(*legs, whole) == {first, frozenset({legs[1].id}), frozenset({legs[2].id})}


def test_equal_treadmill_runs_of_one_day_stay_two() -> None:
    """The watch saw the evening's run only, and the morning's is exactly ten hours before."""
    morning, evening = activity(**TREADMILL), activity(NOON + timedelta(hours=10), **TREADMILL)
    watch = activity(NOON + timedelta(hours=10, seconds=20))
    assert fused(morning, evening, watch) == {frozenset({morning.id}), frozenset({evening.id, watch.id})}


def test_false_start_leaves_phone_to_overlapping_run() -> None:
    """Recorded by the watch for a minute, then again; the phone began with the second recording."""
    false_start = activity(minutes=1, km=0.1)
    real = activity(NOON + timedelta(seconds=90), minutes=30)
    phone = after(85)
    assert fused(false_start, real, phone) == {frozenset({false_start.id}), frozenset({real.id, phone.id})}


@pytest.mark.parametrize(("seconds", "same"), [(36 * 3600, True), (36 * 3600 + 1, False)])
def test_unstopped_recording_fuses_with_no_later_day(seconds: int, same: bool) -> None:
    never_stopped = activity(minutes=49 * 24 * 60)
    assert len(fused(never_stopped, after(seconds))) == (1 if same else 2)


def test_equal_runs_twice_a_day_of_two_sources_stay_apart() -> None:
    """At 12 and 22 on two days: ten and fourteen hours lie between one and the next."""
    starts = [NOON + timedelta(hours=hours) for hours in (0, 10, 24)]
    runs = [(activity(start), activity(start, **PHONE)) for start in starts]
    assert fused(*(one for run in runs for one in run)) == {frozenset(one.id for one in run) for run in runs}


def test_slipped_run_joins_nearest_match() -> None:
    """The phone is an hour off the watch's first run, and two off its second."""
    first, second = activity(), activity(NOON + timedelta(hours=3))
    phone = after(3600)
    assert fused(first, second, phone) == {frozenset({first.id, phone.id}), frozenset({second.id})}


def test_only_one_of_two_equal_matches_is_fused() -> None:
    """An hour to either side; the choice doesn't depend on the order of delivery."""
    before, phone, later = activity(), after(3600), activity(NOON + timedelta(hours=2))
    assert sorted(map(len, fused(before, phone, later))) == [1, 2]


def test_most_trusted_activity_opens_group() -> None:
    treadmill, phone, watch = activity(**TREADMILL), activity(**PHONE), activity(NOON + timedelta(seconds=20))
    assert [one.id for one in groups([treadmill, phone, watch])[0]] == [watch.id, phone.id, treadmill.id]


def test_undated_activity_is_refused() -> None:
    with pytest.raises(ValueError, match="start"):
        same_time(activity(), Activity(sport=Sport.RUN, start=None))
