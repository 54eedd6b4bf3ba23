"""Warm-ups and cool-downs derived from pace and heart rate; better none than a false one."""

from collections.abc import Sequence
from random import Random

import pytest

from custom_components.home_gym.gym.runs.activity import Intensity, Sport
from custom_components.home_gym.gym.runs.curve import Curve
from custom_components.home_gym.gym.runs.easy_parts import easy_parts_of
from tests.support.unit.make import NOON, activity

type Leg = tuple[float, float, float | None]
"""Minutes, metres a second, beats a minute."""

EASY, BRISK, STAND = 2.6, 3.6, 0.0


def curve_of(legs: Sequence[Leg], *, rise: float = 0, noise: float = 0, every: int = 10) -> Curve:
    """Return the curve of legs, one point each few seconds; `rise` is that of the first leg, `noise` that of speed."""
    random = Random(7)
    times, metres, rates, heights = [0.0], [0.0], [legs[0][2]], [100.0]
    for number, (minutes, speed, rate) in enumerate(legs):
        for _ in range(int(minutes * 60 / every)):
            step = speed * every * (1 + random.uniform(-noise, noise))
            times.append(times[-1] + every)
            metres.append(metres[-1] + step)
            rates.append(rate)
            heights.append(heights[-1] + (rise * step if number == 0 else 0))
    unknown = [None] * len(times)
    return Curve(times=times, metres=metres, heart_rates=rates, cadences=unknown, heights=heights)


def parts(curve: Curve, sport: Sport = Sport.RUN) -> dict[Intensity | None, tuple[float, float]]:
    """Return the first and last minute of each part."""
    found = easy_parts_of(activity(sport=sport), curve)
    return {
        part.intensity: ((part.start - NOON).total_seconds() / 60, (part.end - NOON).total_seconds() / 60)
        for part in found
    }


WARM, COOL = Intensity.WARM_UP, Intensity.COOL_DOWN


@pytest.mark.parametrize(
    ("legs", "expected"),
    [
        # A tempo run between two jogs.
        ([(10, EASY, 125), (25, BRISK, 160), (8, EASY, 130)], {WARM: (0, 10), COOL: (35, 43)}),
        ([(5, EASY, 125), (25, BRISK, 160)], {WARM: (0, 5)}),
        ([(25, BRISK, 160), (5, EASY, 130)], {COOL: (25, 30)}),
        # Four times four minutes with recoveries, as easy as the jogs around them.
        (
            [
                *[(10, EASY, 128), (4, 4.2, 168), (2, EASY, 150), (4, 4.2, 170), (2, EASY, 150)],
                *[(4, 4.2, 171), (2, EASY, 150), (4, 4.2, 172), (8, EASY, 135)],
            ],
            {WARM: (0, 10), COOL: (32, 40)},
        ),
        # Exercises after the jog, standing.
        ([(10, EASY, 125), (6, STAND, 100), (25, BRISK, 160)], {WARM: (0, 10)}),
        # A walk, on foot all the same.
        ([(6, 1.5, 100), (25, 3.0, 150), (6, 1.5, 110)], {WARM: (0, 6), COOL: (31, 37)}),
        # Without a heart rate, the pace has to be clearer.
        ([(10, EASY, None), (25, BRISK, None)], {WARM: (0, 10)}),
        ([(10, 0.83 * BRISK, None), (25, BRISK, None)], {}),
        ([(10, 0.83 * BRISK, 125), (25, BRISK, 160)], {WARM: (0, 10)}),
    ],
)
def test_easy_parts_are_found_where_they_are(legs: list[Leg], expected: dict[Intensity, tuple[float, float]]) -> None:
    assert parts(curve_of(legs)) == {part: pytest.approx(span) for part, span in expected.items()}
    assert parts(curve_of(legs, noise=0.03)).keys() == expected.keys()


@pytest.mark.parametrize(
    "legs",
    [
        # A steady run, easy or not.
        [(40, EASY, 135)],
        [(40, BRISK, 160)],
        # A little slower at first, as most runs are.
        [(5, 3.2, 140), (35, BRISK, 155)],
        # Faster bit by bit.
        [(5, 2.6 + 0.15 * number, 130 + 5 * number) for number in range(8)],
        # Slower bit by bit, until the wall.
        [(15, 3.6 - 0.2 * number, 165 - number) for number in range(8)],
        # As hard for the heart: a crowd at the start of a race, or a headwind.
        [(8, EASY, 150), (30, BRISK, 160)],
        # Shorter than a warm-up.
        [(4, EASY, 125), (30, BRISK, 160)],
        # Half of the run: two runs in one.
        [(20, EASY, 130), (20, BRISK, 160)],
        [(25, EASY, 130), (40, BRISK, 160)],
        # Too short a run to have parts.
        [(6, EASY, 125), (12, BRISK, 160)],
        # Lights in town: a stop is not easy running.
        [(3, EASY, 130), (3, STAND, 110), (3, EASY, 130), (25, BRISK, 160)],
        [(3, STAND, 100), (30, BRISK, 160), (5, STAND, 120)],
        # A long break, and another run.
        [(10, EASY, 125), (12, STAND, 90), (25, BRISK, 160)],
        # A single minute of speed is no run after a warm-up.
        [(10, EASY, 125), (1, BRISK, 150), (15, 2.75, 130), (10, BRISK, 155)],
        # Walking and running in turn, as beginners do.
        [(2, 1.5, 110), (1, 2.8, 130)] * 10,
    ],
)
def test_run_without_easy_part_has_none(legs: list[Leg]) -> None:
    assert parts(curve_of(legs)) == {}
    assert parts(curve_of(legs, noise=0.02)) == {}


def test_slow_start_uphill_is_no_warm_up() -> None:
    legs: list[Leg] = [(10, EASY, None), (25, BRISK, None)]
    assert parts(curve_of(legs, rise=0.019)) == {WARM: (0, 10)}
    assert parts(curve_of(legs, rise=0.03)) == {}


def test_slow_end_uphill_is_no_cool_down() -> None:
    """The last leg rises: the way back of a run that begins downhill."""
    legs: list[Leg] = [(25, BRISK, None), (10, EASY, None)]
    level = curve_of(legs)
    heights = [100 + max(0.0, float(metres or 0) - 25 * 60 * BRISK) * 0.03 for metres in level.metres]
    hill = Curve(
        times=level.times, metres=level.metres, heart_rates=level.heart_rates, cadences=level.cadences, heights=heights
    )
    assert parts(level) == {COOL: (25, 35)}
    assert parts(hill) == {}


def test_points_without_heights_or_times_do_no_harm() -> None:
    legs: list[Leg] = [(10, EASY, 125), (25, BRISK, 160)]
    whole = curve_of(legs)
    holes = Curve(
        times=[None if number % 7 == 3 else time for number, time in enumerate(whole.times)],
        metres=[None if number % 5 == 3 else metres for number, metres in enumerate(whole.metres)],
        heart_rates=whole.heart_rates,
        cadences=whole.cadences,
        heights=[None] * len(whole.times),
    )
    assert parts(holes) == {WARM: (0, 10)}
    nothing = [None] * len(whole.times)
    blind = Curve(times=whole.times, metres=nothing, heart_rates=nothing, cadences=nothing, heights=nothing)
    assert parts(blind) == {}


@pytest.mark.parametrize("sport", [Sport.WALK, Sport.OTHER])
def test_only_a_run_has_easy_parts(sport: Sport) -> None:
    assert parts(curve_of([(10, EASY, 125), (25, BRISK, 160)]), sport) == {}


def test_undated_run_has_no_easy_parts() -> None:
    undated = activity(start=None)  # type: ignore[arg-type]
    assert easy_parts_of(undated, curve_of([(10, EASY, 125), (25, BRISK, 160)])) == ()


@pytest.mark.parametrize("wrong", [3e9, -5.0, float("inf"), float("nan")])
def test_wrong_time_has_no_parts(wrong: float) -> None:
    """A clock that was set in the middle of a run: decades of minutes would take hours."""
    curve = curve_of([(10, EASY, 125), (25, BRISK, 160)])
    times = [*curve.times]
    times[100] = wrong
    broken = Curve(
        times=times,
        metres=curve.metres,
        heart_rates=curve.heart_rates,
        cadences=curve.cadences,
        heights=curve.heights,
    )
    assert parts(broken) == {}
