"""The diary, derived from a runner's journal."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.back.patterns import Diary, Factor
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Surface
from custom_components.home_gym.gym.runs.corrections import Correction
from tests.support.unit.make import NOON, activity, settings, shoe

A_DAY = timedelta(days=1)
# A year, and the five days whose habits and runs may show on its first.
DAYS = 364 + 5


def on(diary: Diary, factor: Factor, *ago: int) -> list[float | None]:
    """Return how much there was of a factor so many days ago."""
    return [diary.factors[factor][-1 - days] for days in ago]


def test_diary_without_facts_has_only_default_factors() -> None:
    diary = Runner(settings(), Journal()).diary(NOON)
    assert diary.first == (NOON - (DAYS - 1) * A_DAY).date()
    assert diary.scores == (None,) * DAYS
    assert {len(values) for values in diary.factors.values()} == {DAYS}
    assert on(diary, Factor.CORE, 0) == on(diary, Factor.STRETCH, 0) == [0]
    assert on(diary, Factor.WARM_UP, 0) == on(diary, Factor.CADENCE, 0) == on(diary, Factor.RAMP, 0) == [None]


def test_diary_has_worst_scores_and_habits_of_each_day() -> None:
    """The worst score of a day; habits on the day on which they were done, warm-ups only where there was a run."""
    someone = Runner(settings(), Journal())
    for ago, score in ((0, 2), (0, 5), (3, 1)):
        someone.manual_entries.report_pain(score, now=NOON - ago * A_DAY)
    for habit, ago in ((Habit.CORE, 1), (Habit.STRETCH, 2), (Habit.WARM_UP, 2), (Habit.WARM_UP, 3)):
        someone.manual_entries.log_session(habit, now=NOON - ago * A_DAY)
    someone.deliveries.learn([activity(NOON - ago * A_DAY) for ago in (1, 2)], now=NOON, live=False)
    diary = someone.diary(NOON)
    assert diary.scores[-4:] == (1, None, None, 5)
    assert on(diary, Factor.CORE, 0, 1, 2) == [0, 1, 0]
    assert on(diary, Factor.STRETCH, 1, 2, 3) == [0, 1, 0]
    assert on(diary, Factor.WARM_UP, 1, 2, 3) == [0, 1, None]


def test_diary_has_mean_cadence_and_surface_of_each_day() -> None:
    """The mean of two runs a day; an unknown surface is left out."""
    someone = Runner(settings(), Journal())
    ran = [
        (0, 0, 170, Surface.ROAD),
        (0, 3, 180, Surface.TRAIL),
        (1, 0, None, Surface.TREADMILL),
        (2, 0, 160, None),
    ]
    someone.deliveries.learn(
        [
            activity(NOON - ago * A_DAY - timedelta(hours=hours), cadence=cadence, surface=surface)
            for ago, hours, cadence, surface in ran
        ],
        now=NOON,
        live=False,
    )
    diary = someone.diary(NOON)
    assert on(diary, Factor.CADENCE, 0, 1, 2, 3) == [175, None, 160, None]
    assert on(diary, Factor.HARD_SURFACE, 0, 1, 2, 3) == [0.5, 0, None, None]


def test_diary_has_shoe_distance_at_each_run() -> None:
    """A pair that began with 100 m and ran 5 km on each of two days, and a run in none."""
    pair = shoe("blue", "2026-03-01", initial_distance=100)
    someone = Runner(settings(shoes=(pair,)), Journal())
    someone.deliveries.learn([activity(NOON - ago * A_DAY) for ago in (0, 1, 5)], now=NOON, live=False)
    assert on(someone.diary(NOON), Factor.SHOE_WEAR, 0, 1, 2, 5) == [10_100, 5_100, None, None]


def test_diary_has_ramp_of_each_day_with_enough_distance_before() -> None:
    """12 km in the four weeks before the last seven days, a mean of 3: too little; 80 km, a mean of 20, and 30 now."""
    someone = Runner(settings(), Journal())
    someone.deliveries.learn(
        [activity(NOON - ago * A_DAY, km=km) for ago, km in ((0, 30), (7, 50), (34, 30))], now=NOON, live=False
    )
    diary = someone.diary(NOON)
    # Yesterday the run of 34 days ago was the first of the 35 days, and that of seven days ago was in the last week.
    assert on(diary, Factor.RAMP, 0, 1) == [1.5, None]
    someone.deliveries.learn([activity(NOON - 30 * A_DAY, km=10)], now=NOON, live=False)
    assert on(someone.diary(NOON), Factor.RAMP, 0, 1) == [pytest.approx(30 / 22.5), 5]


def test_removed_run_leaves_patterns_load_and_form() -> None:
    """Under a pattern, load and form, whichever way it goes."""
    pair = shoe("blue", "2026-01-01")
    delivered = [activity(NOON - ago * A_DAY, cadence=172, surface=Surface.ROAD) for ago in range(0, 80, 2)]
    without, removed = Runner(settings(shoes=(pair,)), Journal()), Runner(settings(shoes=(pair,)), Journal())
    without.deliveries.learn(delivered[1:], now=NOON, live=False)
    removed.deliveries.learn(delivered, now=NOON, live=False)
    for number in range(60):
        for someone in (without, removed):
            someone.manual_entries.report_pain(number % 4, now=NOON, at=NOON - number * A_DAY)
    assert without.diary(NOON) != removed.diary(NOON)
    removed.manual_entries.correct(Correction(activity=delivered[0].id, at=NOON, removed=True))
    assert without.diary(NOON) == removed.diary(NOON)
    assert without.summary(NOON) == removed.summary(NOON)
    removed.manual_entries.undo_last()
    assert without.diary(NOON) != removed.diary(NOON)
