"""Patterns: few false alarms over many runners without any, strong ties found, and none in short diaries."""

from datetime import date
from random import Random

import pytest

from custom_components.home_gym.gym.back.patterns import (
    DAYS_BEFORE,
    Diary,
    Factor,
    Patterns,
    Tendency,
    patterns_in,
)
from tests.support.unit.diaries import FIRST, Effect, Kind, many, simulated

NONE: dict[Factor, tuple[float | None, ...]] = {}
WEEKS = (10, 16, 26, 40, 52)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("runners", "most"), [(6, 1), pytest.param(1000, 50, marks=pytest.mark.full)])
def test_false_alarms_are_rare(kind: Kind, runners: int, most: int) -> None:
    """At most one in twenty runners without an effect of a habit gets a pattern, also if habits depend on pain or runs.

    Among six runners there may be one by chance.
    """
    diaries = many(kind, runners, lambda chance: simulated(chance, kind, chance.choice(WEEKS)))
    assert sum(bool(patterns_in(diary).found) for diary in diaries) <= most


@pytest.mark.timeout(900)
@pytest.mark.parametrize("runners", [6, pytest.param(200, marks=pytest.mark.full)])
@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        (Kind.PLAIN, (Factor.CORE, 1, -2.0)),
        (Kind.FLARES, (Factor.CORE, 1, -2.0)),
        (Kind.REACTIVE, (Factor.CORE, 1, -2.0)),
        (Kind.LOAD_IRREGULAR, (Factor.CORE, 1, -2.0)),
        (Kind.PLAIN, (Factor.STRETCH, 2, -3.0)),
        (Kind.PLAIN, (Factor.STRETCH, 3, -3.0)),
        (Kind.PLAIN, (Factor.WARM_UP, 1, -3.0)),
        (Kind.PLAIN, (Factor.HARD_SURFACE, 1, 3.0)),
    ],
)
def test_strong_effect_is_found(kind: Kind, effect: Effect, runners: int) -> None:
    """In four of five runners of half a year, the right way round and at the right lag."""
    factor, lag, points = effect
    diaries = many(kind, runners, lambda chance: simulated(chance, kind, 26, effect))
    tendency = Tendency.BETTER if points < 0 else Tendency.WORSE
    found = [
        pattern
        for diary in diaries
        for pattern in patterns_in(diary).found
        if (pattern.factor, pattern.lag, pattern.tendency) == (factor, lag, tendency)
    ]
    assert len(found) >= runners * 4 / 5


@pytest.mark.parametrize("factor", [Factor.CORE, Factor.STRETCH])
def test_effect_on_same_day_is_no_effect_the_other_way_round_later(factor: Factor) -> None:
    """Pain that lasts, and a habit in the morning that lowers it that day: none must look harmful a day later."""
    alarms = [
        pattern
        for diary in many(Kind.PLAIN, 30, lambda chance: lasting(chance, factor))
        for pattern in patterns_in(diary).found
        if pattern.factor is factor and pattern.tendency is Tendency.WORSE
    ]
    assert alarms == []


def lasting(chance: Random, factor: Factor) -> Diary:
    """Return half a year of pain that wears off slowly, three points lower on days with a habit."""
    days, level = 182 + DAYS_BEFORE, 0.0
    done = [float(chance.random() < 0.4) for _ in range(days)]
    scores = []
    for day in range(days):
        level = 0.9 * level + chance.gauss(0, 0.7)
        scores.append(float(min(10, max(0, round(5 + level - 3 * done[day])))))
    return Diary(first=FIRST, scores=tuple(scores), distances=(0.0,) * days, factors={factor: tuple(done)})


def scored(days: int, reported: int, factors: dict[Factor, tuple[float | None, ...]] = NONE) -> Diary:
    """Return a diary of so many days, of which so many were reported, the first and the last among them."""
    others = set(Random(1).sample(range(1, days - 1), reported - 2)) if reported > 2 else set()
    reported_days = {0, days - 1, *others} if reported else set()
    return Diary(
        first=FIRST,
        scores=tuple(float(day % 3) if day in reported_days else None for day in range(days)),
        distances=(0.0,) * days,
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
    long = Diary(first=FIRST, scores=(*[None] * 40, *quiet.scores, *[None] * 40), distances=(0.0,) * 100, factors=NONE)
    assert patterns_in(long) == Patterns(weeks=2, reports=20)


def test_only_last_year_counts() -> None:
    assert patterns_in(scored(3000, 3000)) == Patterns(weeks=52, reports=364, is_enough=True)


def tied(days: int, effect: float, noise: float, from_day: int = 0) -> Diary:
    """Return a diary of core work on random days, and of pain the day after that has to do with it from a day on."""
    chance = Random(3)
    core = tuple(float(chance.random() < 0.5) for _ in range(days))
    scores = tuple(
        5 + effect * bool(day and core[day - 1] and day >= from_day) + chance.uniform(-noise, noise)
        for day in range(days)
    )
    return Diary(first=FIRST, scores=scores, distances=(0.0,) * days, factors={Factor.CORE: core})


def test_pattern_has_difference_interval_days_and_chance() -> None:
    """Pain of 3 on the day after core work and of 5 otherwise, with up to half a point of noise."""
    diary = tied(140, effect=-2, noise=0.5)
    [found] = patterns_in(diary).found
    # The first three days have no habit of three days before.
    done = sum(bool(core) for core in diary.factors[Factor.CORE][2:139])
    assert (found.factor, found.lag, found.tendency) == (Factor.CORE, 1, Tendency.BETTER)
    assert found.difference == pytest.approx(-2, abs=0.15)
    assert (found.days_with_more, found.days_with_less) == (done, 137 - done)
    # No shuffled diary has one as strong: one of a thousand, with the diary itself.
    assert found.chance == 0.001
    # Noise up to 0.5 either way has a deviation of 0.29; on 137 days, half with core: 2 * 1.96 * 0.29 / sqrt(137 / 4).
    # The model of the pain leaves about half of that information.
    assert 0.19 < found.high - found.low < 0.19 * 2**0.5 + 0.02
    assert found.low < found.difference < found.high


@pytest.mark.parametrize(("from_day", "is_found"), [(0, True), (40, True), (120, False)])
def test_pattern_needs_tie_in_each_half(from_day: int, is_found: bool) -> None:
    """Twenty-four weeks; until a day the pain has nothing to do with core work, and from then on it has."""
    assert bool(patterns_in(tied(168, effect=-3, noise=1.5, from_day=from_day)).found) is is_found


def test_tie_of_ranks_alone_is_no_pattern() -> None:
    """A tenth of a point is a clear tie in ranks, but nothing in points beside rare days of much pain."""
    diary = tied(168, effect=-0.1, noise=0.04)
    chance = Random(8)
    scores = tuple(10.0 if chance.random() < 0.1 else score for score in diary.scores)
    assert patterns_in(diary).found
    assert not patterns_in(Diary(first=FIRST, scores=scores, distances=diary.distances, factors=diary.factors)).found


def test_constant_habit_has_no_pattern() -> None:
    """Done each day, never done, done once: none has a tie."""
    always, never = tuple([1.0] * 84), tuple([None] * 84)
    once = tuple(float(day == 40) for day in range(84))
    factors: dict[Factor, tuple[float | None, ...]] = {Factor.CORE: always, Factor.RAMP: never, Factor.STRETCH: once}
    assert patterns_in(scored(84, 84, factors)).found == ()


def test_constant_pain_has_no_pattern() -> None:
    chance = Random(2)
    core = tuple(float(chance.random() < 0.5) for _ in range(84))
    diary = Diary(first=date(2026, 1, 1), scores=(4.0,) * 84, distances=(0.0,) * 84, factors={Factor.CORE: core})
    assert patterns_in(diary) == Patterns(weeks=12, reports=84, is_enough=True)
