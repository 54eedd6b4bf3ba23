from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.shoes.rack import Rack
from tests.support.unit.make import BERLIN, NOON, run, shoe

A_DAY = timedelta(days=1)
TODAY = BERLIN.day_of(NOON)


def forecast(runs: dict[int, float], *, left: float, ago: int = 0, retired: date | None = None) -> int | None:
    """Return the days until the replacement of a pair with kilometres left, by its runs on days ago.

    The forecast is of the day `ago`.
    """
    total = sum(runs.values())
    rack = Rack((shoe("a", "2020-01-01", replace_at=(total + left) * 1000, retired=retired),))
    for days, km in runs.items():
        rack.add(run(NOON - days * A_DAY, km=km, minutes=6 * km), "a")
    by = rack.wear(TODAY - ago * A_DAY)["a"].replace_by
    return (by - TODAY).days if by else None


@pytest.mark.parametrize(
    ("runs", "left", "expected"),
    [
        (dict.fromkeys(range(0, 50, 7), 12), 564, 329),  # 12 km a week
        (dict.fromkeys(range(0, 15, 7), 12), 564, 329),
        (dict.fromkeys(range(43), 10), 100, 10),
        (dict.fromkeys(range(14), 10), 100, 10),
        (dict.fromkeys(range(0, 60, 4), 8), 400, 200),  # an interval that is no part of a week
        ({ago: 5 for week in range(7) for ago in (7 * week, 7 * week + 3, 7 * week + 5)}, 150, 70),
        ({ago: km for week in range(3) for ago, km in ((7 * week, 20), (7 * week + 3, 5))}, 100, 28),
    ],
)
def test_steady_runner_has_forecast_by_arithmetic(runs: dict[int, float], left: float, expected: int) -> None:
    assert forecast(runs, left=left) == expected


@pytest.mark.parametrize(
    ("runs", "left"),
    [
        ({}, 100),
        ({0: 10, 20: 10}, 100),  # two runs
        (dict.fromkeys(range(13), 10), 100),  # 13 days
        (dict.fromkeys(range(0, 50, 7), 12), 0),
        (dict.fromkeys(range(0, 50, 7), 1), 105),  # 735 days
        (dict.fromkeys(range(42, 80, 7), 12), 100),  # not worn for six weeks
        (dict.fromkeys(range(0, 50, 7), 0), 100),
        ({0: 0.001, 41: 10, 40: 0}, 100),
    ],
)
def test_pair_without_rate_has_no_forecast(runs: dict[int, float], left: float) -> None:
    assert forecast(runs, left=left) is None


def test_forecast_within_two_years() -> None:
    assert forecast(dict.fromkeys(range(0, 50, 7), 1), left=104) == 728


@pytest.mark.parametrize(("retired", "expected"), [(TODAY, None), (TODAY - A_DAY, None), (TODAY + A_DAY, 7)])
def test_retired_pair_has_no_forecast(retired: date, expected: int | None) -> None:
    assert forecast(dict.fromkeys(range(0, 50, 7), 12), left=12, retired=retired) == expected


def test_pair_that_is_not_worn_as_usual_lasts_longer_each_day() -> None:
    """12 km a week until nine days ago: two days late."""
    runs = dict.fromkeys(range(9, 60, 7), 12.0)
    # 120 km at 72 km in 42 days, and two more.
    assert forecast(runs, left=120) == -9 + 2 + round(120 * 44 / 72)


def test_forecast_is_never_in_the_past() -> None:
    assert forecast(dict.fromkeys(range(6, 60, 7), 12), left=1) == 0


plans = st.one_of(
    # A plan of the week: kilometres by weekday.
    st.dictionaries(st.integers(0, 6), st.integers(3, 25), min_size=1).map(lambda plan: (7, plan)),
    # A run every so many days.
    st.tuples(st.integers(1, 10), st.integers(3, 25)).map(lambda each: (each[0], {0: each[1]})),
)


@given(plan=plans, left=st.integers(50, 400), weekday=st.integers(0, 6), observed=st.integers(28, 120))
def test_steady_runner_has_same_forecast_on_every_weekday(
    plan: tuple[int, dict[int, int]], left: int, weekday: int, observed: int
) -> None:
    """The forecast on each of the next days, after each run, against the rate of the plan from the latest run on."""
    period, kilometres = plan
    every_day = {day: kilometres.get(day % period, 0) for day in range(observed + 30)}
    a_day = sum(kilometres.values()) / period
    rack = Rack((shoe("a", "2020-01-01", replace_at=(sum(every_day.values()) + left) * 1000),))
    begin = NOON + weekday * A_DAY
    gone, latest = 0, 0
    for day, km in every_day.items():
        if km:
            rack.add(run(begin + day * A_DAY, km=km, minutes=6 * km), "a")
            gone, latest = gone + km, day
        if day < observed or not gone:
            continue
        expected = latest + (sum(every_day.values()) + left - gone) / a_day
        by = rack.wear(BERLIN.day_of(begin + day * A_DAY))["a"].replace_by
        if expected - day < 700:
            assert by is not None
            assert abs((by - BERLIN.day_of(begin)).days - max(day, expected)) <= 1
