"""Bars of the back report's chart, by the arithmetic of its drawing."""

from datetime import timedelta

from custom_components.home_gym.gym.back.patterns import Patterns
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.views.back_chart import DISTANCE_HEIGHT, HEIGHT, PAIN_HEIGHT, WIDTH, Bar, chart_of
from tests.support.unit.make import NOON, activity, settings

A_DAY = timedelta(days=1)


def test_chart_of_empty_report_has_no_bars() -> None:
    chart = chart_of(Runner(settings(), Journal()).back_report(NOON, Patterns()))
    assert (chart.pain, chart.distance) == ((), ())


def test_bars_lie_at_their_days_and_weeks() -> None:
    """The Monday of the last of eight weeks is day 49 of 56, each of them 10 wide; a week is 70 wide."""
    assert (WIDTH, PAIN_HEIGHT, DISTANCE_HEIGHT, HEIGHT) == (560, 100, 60, 172)
    someone = Runner(settings(), Journal())
    for ago, score in ((0, 5), (0, 2), (49, 0), (50, 9)):
        someone.manual_entries.report_pain(score, now=NOON, at=NOON - ago * A_DAY)
    someone.deliveries.learn([activity(NOON, km=5), activity(NOON - 7 * A_DAY, km=10)], now=NOON, live=False)
    chart = chart_of(someone.back_report(NOON, Patterns()))
    # A day without pain has a line; seven tenths of the room are filled. Fifty days ago was before the eight weeks.
    assert chart.pain == (Bar(x=1.5, y=99, width=7, height=1), Bar(x=491.5, y=50, width=7, height=50))
    assert chart.distance == (Bar(x=430.5, y=112, width=49, height=60), Bar(x=500.5, y=142, width=49, height=30))
