"""The back over the last weeks, as it is drawn."""

from datetime import date, timedelta

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.views.back import back_view

from ....support.unit.make import NOON, activity, settings

A_DAY = timedelta(days=1)


def test_view_has_days_with_records() -> None:
    runner = Runner(settings(), Journal())
    runner.deliveries.learn([activity(NOON - A_DAY, km=5), activity(NOON - 60 * A_DAY, km=9)], now=NOON, live=False)
    runner.manual_entries.log_session(Habit.CORE, now=NOON)
    runner.manual_entries.report_pain(2, now=NOON)
    runner.manual_entries.report_pain(4, now=NOON)
    runner.manual_entries.report_pain(0, now=NOON - A_DAY)

    view = back_view(runner, NOON, 8)

    # Eight weeks are 56 days, today included.
    assert (view.first, view.last) == (date(2026, 1, 6), date(2026, 3, 2))
    assert view.scores == {date(2026, 3, 2): 4, date(2026, 3, 1): 0}
    assert view.distances == {date(2026, 3, 1): 5000}
    assert view.habits[Habit.CORE] == (date(2026, 3, 2),)
    assert view.habits[Habit.STRETCH] == ()


@pytest.mark.parametrize("weeks", [0, -1, 53])
def test_weeks_out_of_range_are_refused(weeks: int) -> None:
    with pytest.raises(ValueError, match="weeks"):
        back_view(Runner(settings(), Journal()), NOON, weeks)
