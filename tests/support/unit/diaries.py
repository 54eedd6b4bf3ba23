"""Simulated runners with a known truth: phases of pain and of habits, weekdays, trends, and missing reports."""

from datetime import date
from random import Random

from custom_components.home_gym.gym.back.patterns import Diary, Factor

FIRST = date(2026, 1, 5)
WEEKEND = (5, 6)
RUN_DAYS = (1, 3, 5, 6)
CORE_DAYS = (0, 3)

type Days = tuple[float | None, ...]
type Effect = tuple[Factor, int, float]


def phases(chance: Random, days: int) -> Days:
    """Return a habit that is kept up for a while, and then dropped."""
    kept, keeps = [], True
    for _ in range(days):
        keeps ^= chance.random() < 0.08
        kept.append(float(chance.random() < (0.85 if keeps else 0.15)))
    return tuple(kept)


def drift(chance: Random, days: int, *, around: float, memory: float, step: float) -> list[float]:
    """Return a figure that wanders around another, with memory."""
    found, off = [], 0.0
    for _ in range(days):
        off = memory * off + chance.gauss(0, step)
        found.append(around + off)
    return found


def habits_of(chance: Random, days: int) -> dict[Factor, Days]:
    """Return a runner's habits, independent of the back."""
    ran = [chance.random() < (0.7 if day % 7 in RUN_DAYS else 0.15) for day in range(days)]
    wear, worn = 0.0, []
    for run in ran:
        wear = 0.0 if wear > 800 else wear + chance.uniform(5, 12) * run
        worn.append(wear)

    def on_runs(values: list[float]) -> Days:
        return tuple(value if run else None for value, run in zip(values, ran, strict=True))

    def coin() -> list[float]:
        return [float(chance.random() < 0.5) for _ in range(days)]

    ramp = drift(chance, days, around=1, memory=0.9, step=0.1)
    return {
        Factor.CORE: tuple(float(chance.random() < (0.6 if day % 7 in CORE_DAYS else 0.15)) for day in range(days)),
        Factor.STRETCH: phases(chance, days),
        Factor.WARM_UP: on_runs(coin()),
        Factor.SHOE_WEAR: on_runs(worn),
        Factor.RAMP: tuple(None if day < 28 else ramp[day] for day in range(days)),
        Factor.HARD_SURFACE: on_runs(coin()),
        Factor.CADENCE: on_runs(drift(chance, days, around=170, memory=0.8, step=1.5)),
    }


def flares(chance: Random, days: int) -> list[float]:
    """Return low pain with one to three flares of one to four weeks."""
    found = [1 + chance.gauss(0, 0.7) for _ in range(days)]
    for _ in range(chance.randint(1, 3)):
        begin, worse = chance.randint(0, days - 7), chance.uniform(2, 5)
        for day in range(begin, min(days, begin + chance.randint(7, 28))):
            found[day] += worse
    return found


def begun(chance: Random, days: int, *, sooner: float, later: float) -> Days:
    """Return a habit begun or dropped somewhere in the middle."""
    turn = chance.randint(days // 4, 3 * days // 4)
    return tuple(float(chance.random() < (later if day >= turn else sooner)) for day in range(days))


def hard_diary(chance: Random, weeks: int) -> Diary:
    """Return the diary of a runner with lasting pain and permanent changes of habits, without any relation.

    Two rarely changing figures often seem related.
    """
    days = 7 * weeks
    factors = habits_of(chance, days)
    if chance.random() < 0.5:
        factors[Factor.CORE] = begun(chance, days, sooner=0, later=0.8)
        factors[Factor.STRETCH] = begun(chance, days, sooner=0.9, later=0)
    pain = chance.choice(
        [
            flares(chance, days),
            drift(chance, days, around=3, memory=0.95, step=0.6),
            drift(chance, days, around=3, memory=0.9, step=0.9),
        ]
    )
    reports = chance.choice([0.5, 0.8, 1.0])
    scores = [min(10.0, max(0.0, float(round(score)))) if chance.random() < reports else None for score in pain]
    return Diary(first=FIRST, scores=tuple(scores), factors=factors)


def diary(chance: Random, weeks: int, effect: Effect | None = None) -> Diary:
    """Return the diary of a runner; the effect is a factor's addition to the pain, some days later."""
    days = 7 * weeks
    factors = habits_of(chance, days)
    memory, reports, trend = chance.choice([0.0, 0.3, 0.6, 0.9]), chance.choice([0.5, 0.8, 1.0]), chance.uniform(-3, 3)
    scores: list[float | None] = []
    for day, level in enumerate(drift(chance, days, around=4, memory=memory, step=1)):
        pain = level + trend * day / days + 0.8 * (day % 7 in WEEKEND)
        if effect and day >= effect[1] and factors[effect[0]][day - effect[1]]:
            pain += effect[2]
        scores.append(min(10.0, max(0.0, float(round(pain)))) if chance.random() < reports else None)
    return Diary(first=FIRST, scores=tuple(scores), factors=factors)
