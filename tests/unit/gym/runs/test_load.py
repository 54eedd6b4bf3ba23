from datetime import date, timedelta
from math import exp, sqrt
from typing import Any

import pytest

from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Surface
from custom_components.home_gym.gym.runs.load import (
    Hint,
    LoadSettings,
    Weighting,
    change_in_per_cent,
    days_since_rest,
    monotony,
    training_impulse,
    weeks_before,
)
from custom_components.home_gym.gym.summary import Summary
from tests.support.unit.make import NOON, activity, run, settings

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("this_week", "before", "expected"),
    [
        (26_000, [20_000] * 4, 30.0),
        (0, [20_000] * 4, -100.0),
        (15_000, [40_000, 0, 0, 0], 50.0),  # a mean of 10 km
        (15_000, [39_999, 0, 0, 0], None),  # less than 10 km a week says nothing
        (15_000, [0] * 4, None),
    ],
)
def test_change_compares_with_mean_of_weeks_before(
    this_week: float, before: list[float], expected: float | None
) -> None:
    assert change_in_per_cent(this_week, before) == expected


def test_four_weeks_before_are_listed() -> None:
    assert weeks_before(date(2026, 3, 2)) == [
        date(2026, 2, 23),
        date(2026, 2, 16),
        date(2026, 2, 9),
        date(2026, 2, 2),
    ]


@pytest.mark.parametrize(
    ("ran_days_ago", "expected"),
    [([], 1), ([0], 1), ([1], 2), ([0, 1, 2], 3), ([2, 3], 1), ([1, 2, 3, 5], 4)],
)
def test_days_since_rest_count_from_last_day_without_run(ran_days_ago: list[int], expected: int) -> None:
    ran = {TODAY - ago * A_DAY for ago in ran_days_ago}
    assert days_since_rest(TODAY, ran.__contains__) == expected


# NOON is a Monday; the runs of these tests end half an hour after noon.
def after(*runs: tuple[int, float], **rest: Any) -> Summary:
    """Return the summary of a Monday after runs, given as days before and kilometres."""
    someone = Runner(settings(**rest), Journal())
    someone.deliveries.learn([activity(NOON - ago * A_DAY, km=km) for ago, km in runs], now=NOON, live=False)
    return someone.summary(NOON + timedelta(hours=1))


FOUR_WEEKS = [(7, 20.0), (14, 20.0), (21, 20.0), (28, 20.0)]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([(0, 26.0), *FOUR_WEEKS], 30),  # 26 against 20
        ([*FOUR_WEEKS], -100),
        ([(0, 26.0), *FOUR_WEEKS[:3]], pytest.approx(100 * (26 - 15) / 15)),
        ([(0, 26.0), *FOUR_WEEKS[:3], (200, 5.0)], pytest.approx(100 * (26 - 15) / 15)),  # a week was missed
        ([(0, 26.0), (7, 20.0), (200, 5.0)], None),  # 5 km a week say nothing
    ],
)
def test_ramp_compares_week_with_four_before(runs: list[tuple[int, float]], expected: float | None) -> None:
    assert after(*runs).weekly_distance_change == expected


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([(0, 12.0), (10, 10.0), (20, 8.0), (40, 30.0)], 20),  # 12 against 10; the 30 km are too long ago
        ([(0, 5.0), (10, 10.0), (40, 10.0)], -50),
        ([(0, 12.0), (31, 10.0)], None),  # nothing to compare with
        ([(6, 12.0), (10, 10.0), (40, 10.0)], 20),
        ([(7, 12.0), (10, 10.0), (40, 10.0)], None),  # a week ago is no news
        ([(1, 5.0), (2, 15.0), (10, 10.0)], 50),  # the short run after it makes the long one no shorter
        ([(0, 15.0), (2, 15.0), (10, 10.0)], 50),  # nor does one as long
        ([(1, 5.0), (6, 11.0), (36, 10.0)], 10),  # 30 days before the long one, not before today
        ([(1, 5.0), (6, 11.0), (37, 10.0)], None),
        ([], None),
    ],
)
def test_longest_run_compares_with_thirty_days_before(runs: list[tuple[int, float]], expected: float | None) -> None:
    assert after(*runs).load.longest_run == pytest.approx(expected)


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        ([0.0] * 7, None),
        ([5.0] * 7, 10),
        # Mean 10/7 * 3; deviations from 30/7 of 10, 0, 10, 0, 10, 0, 0: the variance is 300/7 - (30/7)^2 = 1200/49.
        ([10, 0, 10, 0, 10, 0, 0], (30 / 7) / sqrt(1200 / 49)),
    ],
)
def test_monotony_is_mean_by_deviation_up_to_limit(daily: list[float], expected: float | None) -> None:
    assert monotony(daily) == pytest.approx(expected)


def test_monotony_covers_seven_days_before_today() -> None:
    """Today isn't over: the seven days before it count, the eighth doesn't."""
    assert after((0, 99.0), (1, 10.0), (3, 10.0), (5, 10.0), (8, 99.0)).load.monotony == pytest.approx(
        (30 / 7) / sqrt(1200 / 49)
    )


@pytest.mark.parametrize(
    ("weighting", "factor", "exponent"), [(Weighting.MEN, 0.64, 1.92), (Weighting.WOMEN, 0.86, 1.67)]
)
def test_training_impulse_follows_formula(weighting: Weighting, factor: float, exponent: float) -> None:
    """Forty minutes at 155 of a heart between 50 and 190: three quarters of the reserve."""
    chosen = LoadSettings(resting_heart_rate=50, max_heart_rate=190, weighting=weighting)
    impulse = training_impulse(run(minutes=40, heart_rate=155), chosen)
    assert impulse == pytest.approx(40 * 0.75 * factor * exp(exponent * 0.75))


@pytest.mark.parametrize(
    ("heart_rate", "minutes", "resting", "most", "expected"),
    [
        (None, 40, 50, 190, None),
        (155, None, 50, 190, None),
        (155, 40, None, 190, None),
        (155, 40, 50, None, None),
        (155, 40, 190, 190, None),
        (40, 40, 50, 190, 0),
        (250, 40, 50, 190, 40 * 0.64 * exp(1.92)),
    ],
)
def test_impulse_needs_duration_and_heart_rates(
    heart_rate: float | None,
    minutes: float | None,
    resting: float | None,
    most: float | None,
    expected: float | None,
) -> None:
    chosen = LoadSettings(resting_heart_rate=resting, max_heart_rate=most)
    assert training_impulse(run(minutes=minutes, heart_rate=heart_rate), chosen) == pytest.approx(expected)


def test_impulse_sums_runs_of_week() -> None:
    someone = Runner(settings(load=LoadSettings(resting_heart_rate=50, max_heart_rate=190)), Journal())
    ran = [(NOON, 155), (NOON - timedelta(hours=4), 120), (NOON - 2 * A_DAY, 155), (NOON - timedelta(hours=8), None)]
    someone.deliveries.learn(
        [activity(start, minutes=40, heart_rate=heart_rate) for start, heart_rate in ran], now=NOON, live=False
    )
    expected = 40 * 0.64 * (0.75 * exp(1.92 * 0.75) + 0.5 * exp(1.92 * 0.5))
    assert someone.summary(NOON).load.impulse == pytest.approx(expected)


def test_surface_shares_cover_thirty_days() -> None:
    """Of 20 km in 30 days 5 on a treadmill, 10 on trails, 5 on unknown ground; the rest is too long ago."""
    someone = Runner(settings(), Journal())
    ran = [(0, 5.0, Surface.TREADMILL), (3, 10.0, Surface.TRAIL), (29, 5.0, None), (30, 50.0, Surface.ROAD)]
    someone.deliveries.learn(
        [activity(NOON - ago * A_DAY, km=km, surface=surface) for ago, km, surface in ran], now=NOON, live=False
    )
    assert someone.summary(NOON).load.surfaces == {
        Surface.ROAD: 0,
        Surface.TRAIL: 50,
        Surface.TREADMILL: 25,
        Surface.TRACK: 0,
    }
    assert after().load.surfaces is None


def test_hints_need_figures_above_thresholds() -> None:
    """Each above its threshold; a figure equal to its threshold is not above."""
    every_day = [(ago, 3.0) for ago in range(8)]
    month = [*FOUR_WEEKS, (60, 5.0)]
    shown = after((0, 26.0), *month)
    # The week is 30 % up, the run as many longer.
    assert (shown.weekly_distance_change, shown.load.hints) == (30, (Hint.LONGEST_RUN,))
    assert after((0, 26.01), *month).load.hints == (Hint.LONGEST_RUN, Hint.RAMP)
    assert after((0, 26.01), *month, load=LoadSettings(ramp=31, longest_run=31)).load.hints == ()
    assert after(*every_day, (60, 5.0)).load.hints == (Hint.NO_REST, Hint.MONOTONY)
    assert after().load.hints == ()


def test_new_runner_gets_hints_about_leaps_and_rest_alone() -> None:
    """After 29 days each week is more than before; after 30 there is something to hold it against."""
    # 27.7 km against (4 x 20 + 5) / 4 = 21.25 are 30.4 % more.
    ran = [(0, 27.7), *FOUR_WEEKS]
    assert after(*ran, (29, 5.0)).load.hints == (Hint.LONGEST_RUN,)
    assert after(*ran, (30, 5.0)).load.hints == (Hint.LONGEST_RUN, Hint.RAMP)
    every_day = [(ago, 2.0) for ago in range(30)]
    assert after(*every_day).load.hints == (Hint.NO_REST,)
    assert after(*every_day, (30, 2.0)).load.hints == (Hint.NO_REST, Hint.MONOTONY)


@pytest.mark.parametrize(
    ("ran", "hints"),
    [
        # 42 days off, then 20 km, which were usual before.
        ([(0, 20.0), *((ago, 20.0) for ago in range(43, 90, 7))], (Hint.AFTER_BREAK,)),
        # What the first week has is no hint: 6 x 3 minutes at 20 km in an hour are 6 km.
        ([(0, 6.0), *((ago, 20.0) for ago in range(43, 90, 7))], ()),
        # A break of 13 days limits the day, and gives no hint.
        ([(0, 20.0), *((ago, 20.0) for ago in range(14, 90, 3))], ()),
        # From 3 to 10 km in the third week of a runner.
        ([(0, 10.0), (3, 3.0), (7, 3.0), (10, 3.0), (14, 3.0), (17, 3.0)], (Hint.LONGEST_RUN,)),
        # First runs grow fast, and may.
        ([(0, 3.0), (3, 2.0), (7, 1.5)], ()),
        # Nine days in a row, in the second week.
        ([(ago, 2.0) for ago in range(9)], (Hint.NO_REST,)),
    ],
)
def test_beginners_and_returners_get_hints(ran: list[tuple[int, float]], hints: tuple[Hint, ...]) -> None:
    assert after(*ran).load.hints == hints


def test_late_import_gives_same_summary_as_early_one() -> None:
    someone = Runner(settings(), Journal())
    runs = [(0, 26.0), *FOUR_WEEKS, (40, 5.0), (90, 8.0)]
    for ago, km in sorted(runs, key=lambda one: one[1], reverse=True):
        someone.deliveries.learn([activity(NOON - ago * A_DAY, km=km)], now=NOON, live=False)
    assert someone.summary(NOON + timedelta(hours=1)) == after(*runs)


@pytest.mark.parametrize("weekday", range(7))
def test_ramp_does_not_depend_on_weekday(weekday: int) -> None:
    """13 km in each of two runs of the last seven days against 20 km in each seven days before."""
    someone = Runner(settings(), Journal())
    today = NOON + weekday * A_DAY
    ran = [(0, 13.0), (6, 13.0), *((7 * number + 3, 20.0) for number in range(1, 5))]
    someone.deliveries.learn([activity(today - ago * A_DAY, km=km) for ago, km in ran], now=today, live=False)
    assert someone.summary(today + timedelta(hours=1)).weekly_distance_change == 30
