"""Bars of the back report's chart, by the arithmetic of its drawing."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.patterns import Patterns
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.views.back_chart import (
    DISTANCE_HEIGHT,
    HEIGHT,
    PAIN_HEIGHT,
    WIDTH,
    Bar,
    chart_of,
    round_top,
)
from tests.support.unit.make import NOON, activity, settings

A_DAY = timedelta(days=1)


def test_chart_of_empty_report_has_no_bars() -> None:
    chart = chart_of(Runner(settings(), Journal()).back_report(NOON, Patterns()))
    assert (chart.pain, chart.distance, chart.top) == ((), (), 1)


def test_bars_lie_at_their_days_and_weeks() -> None:
    """The Monday of the last of eight weeks is day 49 of 56, each of them 10 wide; a week is 70 wide."""
    assert (WIDTH, PAIN_HEIGHT, DISTANCE_HEIGHT, HEIGHT) == (560, 100, 60, 180)
    someone = Runner(settings(), Journal())
    for ago, score in ((0, 5), (0, 2), (49, 0), (50, 9)):
        someone.manual_entries.report_pain(score, now=NOON, at=NOON - ago * A_DAY)
    someone.deliveries.learn([activity(NOON, km=5), activity(NOON - 7 * A_DAY, km=10)], now=NOON, live=False)
    chart = chart_of(someone.back_report(NOON, Patterns()))
    # A day without pain has a line; seven tenths of the room are filled. Fifty days ago was before the eight weeks.
    assert chart.pain == (Bar(x=1.5, y=99, width=7, height=1), Bar(x=491.5, y=50, width=7, height=50))
    assert chart.distance == (Bar(x=430.5, y=120, width=49, height=60), Bar(x=500.5, y=150, width=49, height=30))


def test_sign_without_score_has_no_bar() -> None:
    someone = Runner(settings(), Journal())
    someone.manual_entries.report_pain(None, now=NOON, red_flags=[RedFlag.FEVER])
    assert chart_of(someone.back_report(NOON, Patterns())).pain == ()


def test_axis_has_top_and_days() -> None:
    """42.2 km are 26.2 miles, below the round 30; in twenty-six weeks each of thirteen rows has two."""
    someone = Runner(settings(), Journal())
    someone.deliveries.learn([activity(NOON, km=42.2)], now=NOON, live=False)
    chart = chart_of(someone.back_report(NOON, Patterns(), 26), 1609.344)
    assert chart.top == 30
    # The 26 weeks end with that of Monday, 2 March.
    first = NOON.date() - 25 * 7 * A_DAY
    assert chart.days == tuple(first + number * 14 * A_DAY for number in range(13))
    [bar] = chart.distance
    # The last of 26 weeks, each 560 / 26 = 21.54 wide: 25 x 21.54 + 0.15 x 21.54 = 541.7; 60 x 26.2 / 30 = 52.4.
    assert (bar.x, bar.width, bar.height) == (541.7, 15.1, 52.4)


@pytest.mark.parametrize(
    ("greatest", "expected"), [(0, 1), (0.4, 1), (1, 1), (1.1, 2), (6.5, 8), (10, 10), (10.1, 20), (64, 80), (101, 200)]
)
def test_top_of_axis_is_the_next_round_figure(greatest: float, expected: int) -> None:
    assert round_top(greatest) == expected
