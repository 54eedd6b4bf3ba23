"""Trends by week, month and year, and records."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.views.trends import Period, RecordKind, TrendsView, trends_view

from ....support.unit.make import NOON, activity, settings

A_DAY = timedelta(days=1)
TODAY = NOON.date()


def trends(*activities: Activity, period: Period = Period.MONTH, first_weekday: int = 0) -> TrendsView:
    calendar = Calendar(timezone=ZoneInfo("Europe/Berlin"), first_weekday=first_weekday)
    runner = Runner(settings(calendar=calendar), Journal())
    runner.deliveries.learn(list(activities), now=NOON + A_DAY, live=False)
    return trends_view(runner, TODAY, period)


@pytest.mark.parametrize(
    ("period", "first_weekday", "firsts"),
    [
        # 2 March 2026 is a Monday.
        (Period.WEEK, 0, (date(2025, 12, 15), date(2026, 2, 23), date(2026, 3, 2))),
        (Period.WEEK, 6, (date(2025, 12, 14), date(2026, 2, 22), date(2026, 3, 1))),
        (Period.MONTH, 0, (date(2025, 4, 1), date(2026, 2, 1), date(2026, 3, 1))),
        (Period.YEAR, 0, (date(2015, 1, 1), date(2025, 1, 1), date(2026, 1, 1))),
    ],
)
def test_twelve_periods_end_with_the_present_one(period: Period, first_weekday: int, firsts: tuple[date, ...]) -> None:
    bars = trends(period=period, first_weekday=first_weekday).bars
    assert len(bars) == 12
    assert (bars[0].first, bars[-2].first, bars[-1].first) == firsts


def test_first_years_of_the_calendar_have_fewer_periods() -> None:
    runner = Runner(settings(), Journal())
    assert [bar.first.year for bar in trends_view(runner, date(3, 5, 1), Period.YEAR).bars] == [1, 2, 3]


def test_bar_has_distance_pace_and_means_by_time() -> None:
    # 5 km in 30 minutes and 10 km in 50: 15 km in 80 minutes.
    slow = activity(NOON, km=5, minutes=30, cadence=160, heart_rate=140)
    fast = activity(NOON - A_DAY, km=10, minutes=50, cadence=176)
    # Without a distance, it counts by its cadence alone.
    indoors = activity(NOON - 20 * A_DAY, km=None, minutes=20, cadence=150)

    # Before the periods shown.
    earlier = activity(NOON - 400 * A_DAY, km=9)

    view = trends(slow, fast, indoors, earlier)

    march, february = view.bars[-1], view.bars[-2]
    assert (march.runs, march.distance) == (2, 15_000)
    assert march.pace == pytest.approx(80 * 60 / 15_000)
    assert march.cadence == pytest.approx((160 * 30 + 176 * 50) / 80)
    assert (february.runs, february.distance, february.pace, february.cadence) == (1, 0, None, 150)
    assert (view.bars[0].runs, view.bars[0].cadence) == (0, None)
    assert sum(bar.runs for bar in view.bars) == 3


def test_heart_rate_is_that_of_runs_at_the_usual_pace() -> None:
    # 6:00, 6:00 and 4:00 a kilometre: the median is 6:00.
    usual = [activity(NOON - back * A_DAY, km=5, minutes=30, heart_rate=140 + back) for back in (0, 1)]
    race = activity(NOON - 2 * A_DAY, km=5, minutes=20, heart_rate=180)

    view = trends(*usual, race, period=Period.YEAR)

    assert view.usual_pace == pytest.approx(0.36)
    assert view.bars[-1].heart_rate == pytest.approx(140.5)


def test_records_name_value_and_day() -> None:
    runs = [
        activity(NOON, km=4, minutes=16),
        activity(NOON - 2 * A_DAY, km=6, minutes=30),
        activity(NOON - 3 * A_DAY, km=12, minutes=72),
        activity(NOON - 40 * A_DAY, km=11, minutes=60),
    ]

    records = {record.kind: (record.value, record.day) for record in trends(*runs).records}

    assert records == {
        RecordKind.LONGEST: (12_000, TODAY - 3 * A_DAY),
        # 6 km in 30 minutes; the 4 km are too short to count.
        RecordKind.FASTEST_5_KM: (pytest.approx(0.3), TODAY - 2 * A_DAY),
        # 11 km in an hour, against 12 in 72 minutes.
        RecordKind.FASTEST_10_KM: (pytest.approx(60 * 60 / 11_000), TODAY - 40 * A_DAY),
        # 27 and 28 February.
        RecordKind.BIGGEST_WEEK: (18_000, date(2026, 2, 23)),
        RecordKind.BIGGEST_MONTH: (18_000, date(2026, 2, 1)),
    }


def test_records_need_a_distance() -> None:
    assert trends(activity(NOON, km=None, minutes=20)).records == ()
    untimed = trends(activity(NOON, km=6, minutes=None)).records
    assert RecordKind.FASTEST_5_KM not in {record.kind for record in untimed}
