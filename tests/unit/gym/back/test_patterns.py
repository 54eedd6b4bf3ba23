"""Patterns: few false alarms over many runners without any, strong correlations found, and none in short diaries."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from custom_components.home_gym.gym.back.patterns import Diary, Factor, Pattern, Patterns, Tendency, patterns_in
from tests.support.unit.diaries import FIRST, diary, habits_of, hard_diary

NONE: dict[Factor, tuple[float | None, ...]] = {}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("draw", [diary, hard_diary])
@pytest.mark.parametrize("runners", [100, pytest.param(1000, marks=pytest.mark.full)])
def test_false_alarms_are_rare(draw: Callable[[Random, int], Diary], runners: int) -> None:
    """At most one in twenty runners without a correlation gets a pattern, in any phases."""
    chance = Random(20260105)
    alarms = sum(bool(patterns_in(draw(chance, chance.randint(8, 16))).found) for _ in range(runners))
    assert alarms <= runners / 20


@pytest.mark.parametrize("runners", [15, pytest.param(50, marks=pytest.mark.full)])
@pytest.mark.parametrize(
    ("factor", "lag", "effect"),
    [(Factor.CORE, 1, -3.0), (Factor.STRETCH, 2, -3.0), (Factor.HARD_SURFACE, 1, 4.0), (Factor.WARM_UP, 0, -4.0)],
)
def test_strong_correlation_is_found(factor: Factor, lag: int, effect: float, runners: int) -> None:
    """In four of five runners of half a year, and the right way round."""
    chance = Random(f"{factor}")
    found = [patterns_in(diary(chance, 26, (factor, lag, effect))).found for _ in range(runners)]
    tendency = Tendency.BETTER if effect < 0 else Tendency.WORSE
    right = [any((each.factor, each.tendency) == (factor, tendency) for each in patterns) for patterns in found]
    assert sum(right) >= runners * 4 / 5


def scored(days: int, reported: int, factors: dict[Factor, tuple[float | None, ...]] = NONE) -> Diary:
    """Return a diary of so many days, of which so many were reported, the first and the last among them."""
    others = set(Random(1).sample(range(1, days - 1), reported - 2)) if reported > 2 else set()
    reported_days = {0, days - 1, *others} if reported else set()
    return Diary(
        first=FIRST,
        scores=tuple(float(day % 3) if day in reported_days else None for day in range(days)),
        factors=factors,
    )


@pytest.mark.parametrize(
    ("days", "reported", "expected"),
    [
        (0, 0, Patterns()),
        (100, 0, Patterns()),
        (55, 30, Patterns(weeks=7, reports=30)),
        (56, 9, Patterns(weeks=8, reports=9)),
        (56, 10, Patterns(weeks=8, reports=10, is_enough=True)),
        (56, 56, Patterns(weeks=8, reports=56, is_enough=True)),
    ],
)
def test_short_diary_has_no_patterns(days: int, reported: int, expected: Patterns) -> None:
    assert patterns_in(scored(days, reported)) == expected


def test_days_before_first_and_after_last_report_count_for_nothing() -> None:
    """Sixty days with reports from the fortieth on are three weeks."""
    quiet = scored(20, 20)
    long = Diary(first=FIRST, scores=(*[None] * 40, *quiet.scores, *[None] * 40), factors=NONE)
    assert patterns_in(long) == Patterns(weeks=2, reports=20)


def test_only_last_year_counts() -> None:
    assert patterns_in(scored(3000, 3000)) == Patterns(weeks=52, reports=364, is_enough=True)


def test_pattern_has_mean_scores_days_and_chance() -> None:
    """Alternate days without a rhythm: 2 on the day after core work, 6 else."""
    chance = Random(3)
    core = tuple(float(chance.random() < 0.5) for _ in range(84))
    scores = tuple(2.0 if day and core[day - 1] else 6.0 for day in range(84))
    done = sum(core[:-1])
    [found] = patterns_in(Diary(first=FIRST, scores=scores, factors={Factor.CORE: core})).found
    chance_alone = 1 / 143
    # 83 days have a day before; moved by 7 to 77 days, forwards and backwards, makes 142 diaries to compare with.
    assert found == Pattern(
        factor=Factor.CORE,
        lag=1,
        tendency=Tendency.BETTER,
        score_with_more=2,
        score_with_less=6,
        days_with_more=int(done),
        days_with_less=int(83 - done),
        chance=chance_alone,
    )


@pytest.mark.parametrize(("from_day", "is_found"), [(0, True), (30, True), (48, False)])
def test_pattern_needs_correlation_in_each_half(from_day: int, is_found: bool) -> None:
    """Twelve weeks; until a day the pain has nothing to do with core work, and from then on it has."""
    chance = Random(3)
    core = [float(chance.random() < 0.5) for _ in range(84)]
    tied = [core[day - 1] if day >= from_day else chance.random() < 0.5 for day in range(84)]
    scores = tuple(2.0 if better else 6.0 for better in tied)
    assert bool(patterns_in(Diary(first=FIRST, scores=scores, factors={Factor.CORE: tuple(core)})).found) is is_found


def test_constant_habit_has_no_pattern() -> None:
    """Done each day, never done, done once: none has a tie."""
    always, never = tuple([1.0] * 84), tuple([None] * 84)
    once = tuple(float(day == 40) for day in range(84))
    factors: dict[Factor, tuple[float | None, ...]] = {Factor.CORE: always, Factor.RAMP: never, Factor.STRETCH: once}
    assert patterns_in(scored(84, 84, factors)).found == ()


def test_constant_pain_has_no_pattern() -> None:
    diary = Diary(first=date(2026, 1, 1), scores=tuple([4.0] * 84), factors=habits_of(Random(2), 84))
    assert patterns_in(diary) == Patterns(weeks=12, reports=84, is_enough=True)
