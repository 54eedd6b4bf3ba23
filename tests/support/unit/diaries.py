"""Simulated runners with a known truth: weeks, runs, flares and waves of pain, and habits that react to them."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from math import exp, pi, sin
from random import Random

from custom_components.home_gym.gym.back.patterns import DAYS_BEFORE, Diary, Factor

FIRST = date(2026, 1, 5)
WEEKEND = (5, 6)
CORE_DAYS = (0, 3)
LONG_FROM = 12_000
# The week's distance is compared with that of the four weeks before.
RAMP_DAYS = 35

type Days = tuple[float | None, ...]
type Effect = tuple[Factor, int, float]


class Kind(StrEnum):
    """Kind of runner, by the causes of pain and habits; no habit has an effect in any."""

    PLAIN = "plain"
    PHASES = "phases"
    FLARES = "flares"
    WAVES = "waves"
    REACTIVE = "reactive"
    REACTIVE_WAVES = "reactive_waves"
    REACTIVE_FLARES = "reactive_flares"
    REACTIVE_LOAD = "reactive_load"
    LOAD_FIXED = "load_fixed"
    LOAD_IRREGULAR = "load_irregular"
    BEGUN = "begun"


class _Life:
    """The days of a runner as they pass."""

    def __init__(self, chance: Random, kind: Kind, days: int, effect: Effect | None) -> None:
        """Draw the runner's week, pain and reactions."""
        self.chance, self.kind, self.days, self.effect = chance, kind, days, effect
        self.memory = chance.choice([0.0, 0.3, 0.6, 0.9])
        self.trend = chance.uniform(-3, 3)
        self.run_days = chance.sample(range(7), chance.randint(3, 5))
        self.long_day = chance.choice(self.run_days)
        self.next_long = chance.randint(4, 12)
        self.period = chance.uniform(21, 49)
        self.turns = chance.uniform(0, 2 * pi), chance.uniform(0, 2 * pi)
        self.flares = [
            (begin := chance.randint(0, self.days - 7), begin + chance.randint(7, 28), chance.uniform(2, 5))
            for _ in range(chance.randint(1, 4))
        ]
        self.load_lag, self.load = chance.choice([0, 1, 1, 2]), chance.uniform(1.5, 3)
        # More of a habit with more pain, or less.
        self.reaction = chance.choice([-0.9, 0.9])
        self.is_kept = True
        self.off, self.cadence, self.worn = 0.0, 170.0, 0.0
        self.distances: list[float] = []
        self.scores: list[float] = []
        self.factors: dict[Factor, list[float | None]] = {factor: [] for factor in Factor}

    def live(self) -> None:
        """Let all days pass."""
        for day in range(self.days):
            distance = self._distance(day)
            self.distances.append(distance)
            pain = self._pain(day)
            self.scores.append(min(10.0, max(0.0, float(round(pain)))))
            # Habits of the evening know the pain of the day.
            core, stretch = self._habits(day, pain)
            done = self.factors
            done[Factor.CORE].append(self._toss(core))
            done[Factor.STRETCH].append(self._toss(stretch))
            self.cadence = 170 + 0.8 * (self.cadence - 170) + self.chance.gauss(0, 1.5)
            self.worn = 0.0 if self.worn > 800_000 else self.worn + distance
            warm_up = core if self.kind.startswith("reactive") else 0.5
            for factor, value in (
                (Factor.WARM_UP, self._toss(warm_up)),
                (Factor.SHOE_WEAR, self.worn),
                (Factor.HARD_SURFACE, self._toss(0.5)),
                (Factor.CADENCE, self.cadence),
            ):
                done[factor].append(value if distance else None)
            done[Factor.RAMP].append(self._ramp(day))

    def _toss(self, probability: float) -> float:
        return float(self.chance.random() < probability)

    def _distance(self, day: int) -> float:
        if self.kind is Kind.LOAD_IRREGULAR:
            self.next_long -= 1
            is_long = self.next_long <= 0
            ran = is_long or self.chance.random() < 0.5
            self.next_long = self.chance.randint(4, 13) if is_long else self.next_long
        else:
            ran = self.chance.random() < (0.85 if day % 7 in self.run_days else 0.08)
            is_long = ran and day % 7 == self.long_day
        return ran * 1000 * (self.chance.uniform(14, 24) if is_long else self.chance.uniform(4, 10))

    def _pain(self, day: int) -> float:
        self.off = self.memory * self.off + self.chance.gauss(0, 1 if self.memory < 0.9 else 0.7)
        pain = 3.5 + self.off + self.trend * day / self.days + 0.6 * (day % 7 in WEEKEND)
        if "waves" in self.kind:
            pain += 1.8 * sin(2 * pi * day / self.period + self.turns[0])
        if "flares" in self.kind:
            pain += sum(worse for begin, end, worse in self.flares if begin <= day < end)
        if "load" in self.kind and day >= self.load_lag:
            ran = self.distances[day - self.load_lag]
            pain += self.load * (ran / 15_000 if self.load_lag == 1 else ran > LONG_FROM)
        if self.effect and day >= self.effect[1] and self.factors[self.effect[0]][day - self.effect[1]]:
            pain += self.effect[2]
        return pain

    def _habits(self, day: int, pain: float) -> tuple[float, float]:
        """Return the probability of core work and of stretching."""
        core, stretch = 0.6 if day % 7 in CORE_DAYS else 0.15, 0.35
        match self.kind:
            case Kind.WAVES:
                core = stretch = 0.4 + 0.35 * sin(2 * pi * day / self.period + self.turns[1])
            case Kind.LOAD_FIXED | Kind.LOAD_IRREGULAR:
                is_long, after_long = (day >= ago and self.distances[day - ago] > LONG_FROM for ago in (0, 1))
                core = 0.1 if is_long else 0.5 if after_long else 0.25
                stretch = 0.85 if self.distances[day] else 0.08
            case Kind.REACTIVE | Kind.REACTIVE_WAVES | Kind.REACTIVE_FLARES | Kind.REACTIVE_LOAD:
                core = 1 / (1 + exp(-self.reaction * (pain - 3.5)))
                stretch = 1 / (1 + exp(self.reaction * (pain - 4)))
            case Kind.PHASES | Kind.FLARES:
                self.is_kept ^= self.chance.random() < 0.08
                stretch = 0.85 if self.is_kept else 0.15
            case Kind.BEGUN:
                core, stretch = 0.8 * (day >= self.days / 2), 0.9 * (day < 0.6 * self.days)
            case Kind.PLAIN:
                pass
        return core, stretch

    def _ramp(self, day: int) -> float | None:
        usual = sum(self.distances[max(0, day - RAMP_DAYS + 1) : max(0, day - 6)]) / 4
        return sum(self.distances[day - 6 :]) / usual if day >= RAMP_DAYS and usual >= 10_000 else None


def simulated(chance: Random, kind: Kind, weeks: int, effect: Effect | None = None) -> Diary:
    """Return the diary of a runner; the effect is a factor's addition to the pain, some days later."""
    reports = chance.choice([0.5, 0.8, 1.0])
    life = _Life(chance, kind, RAMP_DAYS + 7 * weeks, effect)
    life.live()
    told = slice(RAMP_DAYS - DAYS_BEFORE, None)
    return Diary(
        first=FIRST,
        scores=tuple(score if chance.random() < reports else None for score in life.scores[told]),
        distances=tuple(life.distances[told]),
        factors={factor: tuple(values[told]) for factor, values in life.factors.items()},
    )


def many(kind: Kind, runners: int, draw: Callable[[Random], Diary]) -> list[Diary]:
    """Return the diaries of many runners of a kind, the same ones each time."""
    chance = Random(kind)
    return [draw(chance) for _ in range(runners)]
