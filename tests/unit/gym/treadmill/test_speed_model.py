from datetime import timedelta
from fractions import Fraction
from itertools import groupby
from random import Random

from hypothesis import find, given, strategies as st
import pytest

from custom_components.home_gym.gym.treadmill.detector import SessionDetector
from custom_components.home_gym.gym.treadmill.events import Stopped
from custom_components.home_gym.gym.treadmill.session import SLICE, BeltSession, BeltState, Phase
from custom_components.home_gym.gym.treadmill.speed_model import (
    Point,
    Sample,
    SessionPart,
    SpeedCurve,
    SpeedModel,
    fit,
    learn,
    samples_of,
)
from tests.builders.traces import PAD, START, TREADMILL, Leg, Machine, live, rest, run, trace
from tests.support.unit.make import A_MINUTE, A_SECOND

A_DAY = timedelta(days=1)
KMH = 1 / 3.6


def session(*levels: float | None, seconds: float | None = None) -> BeltSession:
    """Return a session with these mean levels of its slices."""
    end = START + (SLICE * len(levels) if seconds is None else seconds * A_SECOND)
    phase = Phase(state=BeltState.RUNNING, start=START, end=end)
    return BeltSession(start=START, end=end, phases=(phase,), levels=levels)


def sample(name: str, level: float, speed: float, *, days: float = 0, seconds: float = 600) -> Sample:
    """Return a sample of a run some days ago."""
    return Sample(run=name, at=START - days * A_DAY, level=level, speed=speed, duration=seconds)


def part(start: float, end: float, metres: float) -> SessionPart:
    """Return a lap from one second to another."""
    return SessionPart(start=START + start * A_SECOND, end=START + end * A_SECOND, distance=metres)


# Two minutes at 400 W, then three at 600 W of which the last is unknown.
FIVE_MINUTES = session(*[400.0] * 8, *[600.0] * 8, *[None] * 4)


@pytest.mark.parametrize(
    ("lap", "expected"),
    [
        (part(0, 120, 300), (400, 2.5, 120)),
        (part(120, 240, 360), (600, 3, 120)),
        (part(0, 240, 600), (500, 2.5, 240)),
        (part(60, 150, 225), ((60 * 400 + 30 * 600) / 90, 2.5, 90)),
        (part(60, 120, 150), (400, 2.5, 60)),
        (part(60, 119, 150), None),  # too short
        (part(-10, 90, 250), (400, 2.5, 100)),  # covered by nine tenths
        (part(-11, 90, 250), None),  # and by less
        (part(160, 260, 250), None),  # a fifth of it is unknown
        (part(400, 500, 250), None),
        (part(0, 120, 0), None),
        (part(0, 120, 120 * 0.29), None),
        (part(0, 120, 120 * 7.1), None),
        (part(0, 120, float("nan")), None),
        (part(0, 120, -300), None),
        (part(120, 0, 300), None),
    ],
)
def test_sample_of_lap(lap: SessionPart, expected: tuple[float, float, float] | None) -> None:
    samples = samples_of(FIVE_MINUTES, "run", [lap])
    if expected is None:
        assert samples == []
    else:
        level, speed, duration = expected
        (one,) = samples
        assert (one.run, one.at, one.speed, one.duration) == ("run", lap.start, speed, duration)
        assert one.level == pytest.approx(level)


def test_each_lap_is_sample() -> None:
    assert len(samples_of(FIVE_MINUTES, "run", [part(0, 120, 300), part(120, 130, 25), part(120, 240, 360)])) == 2


CURVE = SpeedCurve(levels=(400.0, 500.0, 800.0), speeds=(2.0, 3.0, 3.6))


@pytest.mark.parametrize(
    ("level", "speed"),
    [(0, 2), (400, 2), (450, 2.5), (500, 3), (600, 3.2), (799.9999, 3.6), (800, 3.6), (9999, 3.6)],
)
def test_curve_is_linear_between_samples_and_flat_beyond(level: float, speed: float) -> None:
    assert CURVE.speed(level) == pytest.approx(speed, abs=1e-6)


@pytest.mark.parametrize(
    ("levels", "seconds", "metres"),
    [
        ((450.0, 600.0), 30, 15 * 2.5 + 15 * 3.2),
        ((450.0, 600.0), 20, 15 * 2.5 + 5 * 3.2),  # the last slice is cut short
        # The mean of the known levels is 500 W, with a speed of 3 m/s.
        ((400.0, None, 600.0), 45, 15 * 2 + 15 * 3 + 15 * 3.2),
    ],
)
def test_distance_of_session(levels: tuple[float | None, ...], seconds: float, metres: float) -> None:
    model = SpeedModel(curve=CURVE, error=0.04, runs=9)
    distance = model.distance(session(*levels, seconds=seconds))
    assert distance.metres == pytest.approx(metres)
    assert distance.error == 0.04


def test_session_without_levels_has_no_distance() -> None:
    distance = SpeedModel(curve=CURVE, error=0.04, runs=9).distance(session(None, None))
    assert (distance.metres, distance.error) == (0, 1)


points = st.lists(
    st.builds(Point, level=st.integers(1, 12), speed=st.integers(1, 9), weight=st.integers(1, 5)),
    min_size=1,
    max_size=9,
)


@given(points)
def test_curve_is_isotonic_regression(samples: list[Point]) -> None:
    """Against the min-max formula.

    The best at a level is the greatest, over all that begin at or below it, of the least means, over all that end at or
    above it.
    """
    levels = sorted({Fraction(point.level) for point in samples})

    def mean(start: int, end: int, figure: str) -> Fraction:
        within = [point for point in samples if levels[start] <= point.level <= levels[end]]
        weight = sum(Fraction(point.weight) for point in within)
        return sum((Fraction(point.weight) * Fraction(getattr(point, figure)) for point in within), Fraction()) / weight

    count = len(levels)
    best = [
        max(min(mean(start, end, "speed") for end in range(place, count)) for start in range(place + 1))
        for place in range(count)
    ]
    curve = learn(samples)
    for speed, places in groupby(range(count), key=best.__getitem__):
        block = list(places)
        centre = mean(block[0], block[-1], "level")
        assert curve.speed(float(centre)) == pytest.approx(float(speed), abs=1e-9)
    assert list(curve.levels) == sorted(curve.levels)
    assert curve.speeds[0] == pytest.approx(float(best[0]))
    assert curve.speeds[-1] == pytest.approx(float(best[-1]))


# Laps of up to eight runs, a few of them implausible.
laps = st.tuples(
    st.floats(100, 900), st.sampled_from([0.3, 0.9, 1, 1, 1.1, 1.4]), st.floats(0, 400), st.floats(60, 4000)
)
many = st.lists(laps, max_size=30).map(
    lambda samples: [
        sample("abcdefgh"[number % 8], level, level / 150 * factor, days=days, seconds=seconds)
        for number, (level, factor, days, seconds) in enumerate(samples)
    ]
)


@given(many, st.floats(0, 2000), st.floats(0, 2000))
def test_more_watts_are_never_slower(samples: list[Sample], one: float, other: float) -> None:
    model = fit(samples, START)
    if model:
        low, high = sorted((one, other))
        assert model.curve.speed(low) <= model.curve.speed(high) + 1e-12
        assert min(each.speed for each in samples) <= model.curve.speed(low) + 1e-9
        assert model.curve.speed(high) <= max(each.speed for each in samples) + 1e-9
        assert 0 <= model.error < float("inf")


@given(many, st.randoms(use_true_random=False))
def test_order_of_samples_does_not_matter(samples: list[Sample], rng: Random) -> None:
    shuffled = list(samples)
    rng.shuffle(shuffled)
    assert fit(shuffled, START) == fit(samples, START)


def test_generated_samples_give_models() -> None:
    """Properties of models would hold trivially without any."""
    assert find(many, lambda samples: fit(samples, START) is not None)


FIVE = [sample(name, 400 + 20 * number, 2.5, days=number) for number, name in enumerate("abcde")]


def test_model_needs_five_runs() -> None:
    assert fit([], START) is None
    assert fit(FIVE[1:], START) is None
    # Laps of a run are no more runs.
    assert fit([*FIVE[1:], *FIVE[1:]], START) is None
    model = fit(FIVE, START)
    assert model
    assert model.runs == 5
    assert model.error == pytest.approx(0)
    assert model.curve.speed(440) == pytest.approx(2.5)


@pytest.mark.parametrize(
    "odd", [{"level": 0}, {"level": float("nan")}, {"speed": 0.1}, {"speed": float("nan")}, {"seconds": 0}], ids=str
)
def test_implausible_samples_are_left_out(odd: dict[str, float]) -> None:
    figures = {"level": 500.0, "speed": 6.0, **odd}
    assert fit([*FIVE, sample("odd", **figures)], START) == fit(FIVE, START)


def test_weight_halves_in_120_days() -> None:
    # At one and the same level: five runs 120 days ago at 3 m/s count for half as much as five today at 2.7 m/s.
    old = [sample(f"old {number}", 500, 3, days=120) for number in range(5)]
    new = [sample(f"new {number}", 500, 2.7) for number in range(5)]
    model = fit([*old, *new], START)
    assert model
    assert model.curve.speed(500) == pytest.approx((0.5 * 3 + 2.7) / 1.5)
    # A clock that was wrong makes no run count for more than today's.
    ahead = fit([*old, *(sample(f"new {number}", 500, 2.7, days=-99) for number in range(5))], START)
    assert ahead
    assert ahead.curve == model.curve


def test_error_is_that_of_left_out_runs() -> None:
    # Five runs at one level, four at 2.5 m/s and one at 2.75: without the last the others say 2.5, which is 1/11 too
    # little; without one of the others they say (3 * 2.5 + 2.75) / 4 = 2.5625, which is 0.025 too much.
    samples = [sample(name, 500, 2.75 if name == "e" else 2.5) for name in "abcde"]
    model = fit(samples, START)
    assert model
    assert model.error == pytest.approx((((1 / 11) ** 2 + 4 * 0.025**2) / 5) ** 0.5)


@pytest.mark.parametrize(("alike", "runs"), [(2, 8), (3, 8)])
def test_three_similar_runs_are_needed_to_reject_run(alike: int, runs: int) -> None:
    """Of eight runs all stay, of nine the one that was 40 % off is rejected."""
    usual = [sample(f"usual {number}", 500, 2.5) for number in range(5)]
    fast = [sample(f"fast {number}", 800, 4) for number in range(alike)]
    model = fit([*usual, *fast, sample("off", 800, 5.6)], START)
    assert model
    assert model.runs == runs


def test_run_is_compared_with_nearest_levels() -> None:
    # At 620 W a belt that takes 300 W to turn goes 29 % further with each joule than at 500 W.
    slow = [sample(f"slow {number}", 500, 2.0) for number in range(4)]
    fast = [sample(f"fast {number}", 620, 3.2) for number in range(10)]
    model = fit([*slow, *fast], START)
    assert model
    assert model.runs == 14


def test_only_the_latest_runs_count() -> None:
    old = [sample(f"old {number}", 500, 3, days=200) for number in range(50)]
    new = [sample(f"new {number}", 500, 2.7) for number in range(60)]
    assert fit([*old, *new], START) == fit(new, START)


def belt_runs(machine: Machine, rng: Random, *, count: int, wrong: tuple[int, ...] = ()) -> list[Sample]:
    """Return the samples of runs at several speeds on a simulated belt, measured by a watch that is about 3 % off.

    The watch is 30 % off on the `wrong` runs, too much and too little in turn.
    """
    samples = []
    for number in range(count):
        watch = rng.gauss(1, 0.03) * ((1.3, 0.7)[number % 2] if number in wrong else 1)
        # Between the fourth and the tenth tenth of the machine's range.
        top = 6 if machine is PAD else 14
        for lap in range(5):
            kmh = rng.uniform(0.4, 1) * top
            level = machine.watts(kmh) * rng.gauss(1, 0.02)
            samples.append(sample(str(number), level, kmh * KMH * watch, days=3 * number + lap / 99, seconds=300))
    return samples


@pytest.mark.parametrize("machine", [TREADMILL, PAD], ids=["treadmill", "walking pad"])
@pytest.mark.parametrize(
    ("count", "wrong", "within"),
    [(8, (), 0.04), (30, (), 0.025), (8, (2,), 0.04), (20, (3, 8), 0.04), (30, (0, 5, 10, 15, 21), 0.04)],
)
@pytest.mark.parametrize("seed", range(5))
def test_simulated_belt_is_learnt(
    machine: Machine, count: int, wrong: tuple[int, ...], within: float, seed: int
) -> None:
    rng = Random(seed)
    model = fit(belt_runs(machine, rng, count=count, wrong=wrong), START)
    assert model
    assert model.runs == count - len(wrong)
    assert 0.005 < model.error < 0.08
    top = 6 if machine is PAD else 14
    # Ten minutes each at three speeds well within the samples.
    speeds = [share * top for share in (0.5, 0.7, 0.9)]
    levels = [machine.watts(kmh) for kmh in speeds for _ in range(40)]
    metres = sum(kmh * KMH * 600 for kmh in speeds)
    assert model.distance(session(*levels)).metres == pytest.approx(metres, rel=within)


def test_rejected_runs_would_increase_error() -> None:
    """With the rejected runs the distance is less accurate."""
    right = 10 * KMH
    off: list[tuple[float, float]] = []
    for seed in range(20):
        samples = belt_runs(TREADMILL, Random(seed), count=10, wrong=(0, 2))
        model = fit(samples, START)
        assert model
        naive = learn(Point(level=one.level, speed=one.speed, weight=one.duration) for one in samples)
        one, other = (abs(curve.speed(TREADMILL.watts(10)) / right - 1) for curve in (model.curve, naive))
        off.append((one, other))
    assert sum(one for one, _ in off) / 20 < 0.025
    assert sum(other for _, other in off) / 20 > 0.05


def test_distance_from_levels_of_plug() -> None:
    """Six runs on a plug that reports each second give the model for a seventh."""
    samples: list[Sample] = []
    for number, kmh in enumerate((9, 10, 11, 9.5, 10.5, 12)):
        laps = [part(60, 660, 600 * kmh * KMH), part(660, 1260, 600 * (kmh + 1) * KMH)]
        (over,) = sessions_of(str(number), run(30, 9), run(630, kmh), run(600, kmh + 1), run(60, 8))
        samples += samples_of(over, str(number), laps)
    assert len(samples) == 12
    model = fit(samples, START)
    assert model
    (over,) = sessions_of("seventh", run(1800, 10.2), run(600, 11.4))
    distance = model.distance(over)
    # The belt takes 10.2 / 0.8 = 13 s to gain its speed, in half of which it would have gone 18 m further.
    assert distance.metres == pytest.approx(1800 * 10.2 * KMH + 600 * 11.4 * KMH - 18, rel=0.02)
    assert distance.error < 0.03


def sessions_of(name: str, *legs: Leg) -> list[BeltSession]:
    """Return the sessions detected for legs run on a belt."""
    samples = trace(name, [*legs, rest(60)])
    events = live(SessionDetector(samples.settings), samples.reports, samples.end + A_MINUTE)
    return [event.session for event in events if isinstance(event, Stopped) and event.session]
