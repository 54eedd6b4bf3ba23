"""Bounds of activities: each figure alone, laps in their session, and what makes an activity impossible."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf, nan
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.runs.activity import CadenceProfile, Lap, LeftOut, RunningDynamics, Sport
from custom_components.home_gym.gym.runs.exertion import Exertion, HeartRateProfile, HeartRateZones
from custom_components.home_gym.gym.runs.validation import (
    FASTEST_ON_FOOT,
    FURTHEST_ON_FOOT,
    NESTED,
    ImpossibleActivityError,
    believable,
    check,
    is_possible_on_foot,
    reach,
)
from tests.support.unit.make import NOON, activity

RUN = activity(
    km=5,
    minutes=30,
    moving_time=1700,
    cadence=172,
    heart_rate=150,
    max_heart_rate=171,
    power=250,
    dynamics=RunningDynamics(vertical_oscillation=0.08, ground_contact_time=0.24, ground_contact_balance=50.5),
    cadence_thirds=(170, None, 168),
    cadence_profile=CadenceProfile(lowest=168, seconds=(10, 20)),
    laps=(Lap(start=NOON, elapsed_time=600, moving_time=590, distance=1700, cadence=171),),
)


def with_figures(**figures: Any) -> Any:
    """Return the run with other figures."""
    return replace(RUN, **figures)


def test_possible_activity_stays_the_same_object() -> None:
    assert believable(RUN) is RUN
    assert check(RUN) == NOON + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("figure", "possible", "impossible"),
    [
        ("cadence", (20, 300), (0, 19, 301, 405, 810, -1, inf, nan)),
        ("heart_rate", (25, 250), (0, 24, 251, -0.001, nan)),
        ("max_heart_rate", (25, 250), (0, 255)),
        ("power", (1, 3000), (0, 3001, 65535, 10**400)),
        ("elapsed_time", (1750, 7 * 86_400), (0, -1, 7 * 86_400 + 1, 1e300, nan, inf)),
        ("moving_time", (800, 1800), (0, -1, 1861, 1e9, nan)),
        ("distance", (0.1, 12_000), (0, -5, nan)),
    ],
)
def test_impossible_figure_is_dropped_and_the_rest_kept(
    figure: str, possible: tuple[float, ...], impossible: tuple[float, ...]
) -> None:
    for value in possible:
        assert getattr(believable(with_figures(**{figure: value})), figure) == value
    for value in impossible:
        found = believable(with_figures(**{figure: value}))
        assert check(found)
        assert found == with_figures(**{figure: None})


def test_moving_time_is_never_longer_than_elapsed_time() -> None:
    """A minute is rounding, more is an error."""
    assert believable(with_figures(moving_time=1860)).moving_time == 1800
    assert believable(with_figures(moving_time=1860.5)).moving_time is None


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"vertical_oscillation": 0.6}, {"vertical_oscillation": None}),
        ({"ground_contact_time": 0.01, "ground_contact_balance": 100}, {"ground_contact_time": None}),
    ],
)
def test_impossible_stride_figure_is_dropped(figures: dict[str, float], expected: dict[str, None]) -> None:
    assert RUN.dynamics
    dynamics = believable(with_figures(dynamics=replace(RUN.dynamics, **figures))).dynamics
    assert dynamics
    for name in {*figures, *expected}:
        assert getattr(dynamics, name) is None
    assert believable(with_figures(dynamics=RunningDynamics(ground_contact_time=9))).dynamics is None


def test_impossible_parts_of_cadence_are_dropped() -> None:
    assert believable(with_figures(cadence_thirds=(405, 170, nan))).cadence_thirds == (None, 170, None)
    assert believable(with_figures(cadence_thirds=(405, None, 0))).cadence_thirds is None
    assert believable(with_figures(cadence_profile=CadenceProfile(lowest=5, seconds=(1,)))).cadence_profile is None


@pytest.mark.parametrize(
    "lap",
    [
        Lap(start=NOON.replace(year=2088)),
        Lap(start=NOON - timedelta(seconds=61)),
        Lap(start=NOON + timedelta(minutes=32)),
        Lap(start=NOON, elapsed_time=1861),
        Lap(start=NOON.replace(tzinfo=None)),
    ],
)
def test_lap_outside_its_session_is_dropped(lap: Lap) -> None:
    found = believable(with_figures(laps=(*RUN.laps, lap)))
    assert found.laps == RUN.laps
    assert found.distance == RUN.distance


def test_lap_keeps_its_possible_figures() -> None:
    odd = Lap(start=NOON, elapsed_time=60, moving_time=-1, distance=900, cadence=400)
    assert believable(with_figures(laps=(odd,))).laps == (Lap(start=NOON, elapsed_time=60),)
    empty = Lap(start=NOON, elapsed_time=60, distance=0)
    assert believable(with_figures(laps=(empty,))).laps == (Lap(start=NOON, elapsed_time=60),)
    ride = Lap(start=NOON, elapsed_time=60, distance=900)
    assert believable(with_figures(sport=Sport.OTHER, laps=(ride,))).laps == (ride,)


def test_laps_of_a_session_without_times_stay() -> None:
    laps = (Lap(start=NOON, elapsed_time=9000),)
    assert believable(with_figures(elapsed_time=None, moving_time=None, laps=laps)).laps == laps
    assert believable(with_figures(start=None, laps=laps)).laps == laps


def test_impossible_left_out_stretch_is_dropped() -> None:
    stretch = LeftOut(start=NOON, elapsed_time=60, moving_time=60, distance=900)
    assert believable(with_figures(left_out=(stretch,))).left_out == (stretch,)
    assert believable(with_figures(left_out=(replace(stretch, distance=nan),))).left_out == ()


@pytest.mark.parametrize(
    "figures",
    [
        {"start": None},
        {"start": NOON.replace(tzinfo=None)},
        {"start": NOON.astimezone(ZoneInfo("Europe/Berlin"))},
        {"start": datetime(1969, 12, 31, 23, tzinfo=UTC)},
        {"start": datetime(2200, 1, 1, tzinfo=UTC)},
        {"start": datetime(2199, 12, 31, 23, 59, tzinfo=UTC)},
        {"distance": inf},
        {"distance": 500_001, "elapsed_time": None, "moving_time": None},
        {"distance": 10_000_001, "sport": Sport.OTHER},
        {"distance": 20_000},
    ],
)
def test_impossible_activity_is_refused(figures: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleActivityError):
        check(believable(with_figures(**figures)))


@given(st.floats(1, 80_000))
def test_reach_is_as_far_as_possible(seconds: float) -> None:
    """A runner can just cover it; with the next limit in view it ends there."""
    metres = reach(seconds)
    ends = {least for least, _ in FASTEST_ON_FOOT} | {FURTHEST_ON_FOOT}
    assert is_possible_on_foot(metres * (1 - 1e-9), seconds)
    assert metres in ends or not is_possible_on_foot(metres * (1 + 1e-9), seconds)


@pytest.mark.parametrize("attribute", NESTED)
def test_impossible_figure_among_others_is_dropped(attribute: str) -> None:
    kinds: dict[str, Any] = {"dynamics": RunningDynamics, "exertion": Exertion, "heart_rate_profile": HeartRateProfile}
    bounds = NESTED[attribute]
    possible = {name: each.most for name, each in bounds.items()}
    whole = kinds[attribute](**possible)
    assert getattr(believable(with_figures(**{attribute: whole})), attribute) == whole
    for name, each in bounds.items():
        for impossible in (each.least - 0.05, each.most * 1.01, nan):
            found = believable(with_figures(**{attribute: replace(whole, **{name: impossible})}))
            assert getattr(found, attribute) == replace(whole, **{name: None})
    assert getattr(believable(with_figures(**{attribute: kinds[attribute](**{name: nan})})), attribute) is None


@pytest.mark.parametrize(
    ("seconds", "limits", "is_possible"),
    [
        ((1, 2, 3), (100, 150), True),
        ((1, 2, 3), (), True),
        ((1, -2, 3), (100, 150), False),
        ((1, 2, nan), (), False),
        ((1, 2, 8 * 86_400), (), False),
        ((1, 2, 3), (150, 100), False),
        ((1, 2, 3), (0, 150), False),
    ],
)
def test_zones_are_kept_whole_or_not(seconds: tuple[float, ...], limits: tuple[float, ...], is_possible: bool) -> None:
    zones = HeartRateZones(seconds=seconds, limits=limits)
    assert believable(with_figures(heart_rate_zones=zones)).heart_rate_zones == (zones if is_possible else None)
