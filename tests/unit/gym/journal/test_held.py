"""Facts dated after now, under clocks that are wrong in both directions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.calendar import A_DAY, A_WEEK
from custom_components.home_gym.gym.events import WeekReviewed
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.codec import from_plain, to_plain
from custom_components.home_gym.gym.journal.held import hold_back, is_any_due
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptTrigger
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_MINUTE, NOON, activity, settings

IN_2040 = datetime(2040, 6, 4, 12, tzinfo=UTC)
NEVER_SET = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
THIS_WEEK = date(2026, 3, 2)


def started(journal: Journal, now: datetime) -> Runner:
    """Return the runner as started at an instant from the journal as stored."""
    stored = from_plain(to_plain(journal))
    config = settings()
    hold_back(stored, now, config.calendar.week_of(config.calendar.day_of(now)))
    return Runner(config, stored)


def test_facts_of_a_clock_in_2040_dont_count_until_then() -> None:
    runner = Runner(settings(), Journal())
    runner.manual_entries.log_session(Habit.CORE, now=IN_2040)
    runner.manual_entries.report_pain(4, now=IN_2040)
    runner.manual_entries.report_function(pain=4, enjoyment=3, activity=2, now=IN_2040)
    runner.deliveries.learn([activity(IN_2040 - 30 * A_MINUTE)], now=IN_2040, live=True)
    runner.candidates.add_trigger(PromptTrigger(id="belt", habit=Habit.WARM_UP, at=IN_2040))
    runner.tick(IN_2040 + A_MINUTE, home=True)
    assert runner.journal.prompts

    now = started(runner.journal, NOON)
    summary = now.summary(NOON)
    assert (summary.last_run.start, summary.last_session[Habit.CORE], summary.pain.latest) == (None, None, None)
    assert (now.journal.prompts, now.journal.triggers) == ({}, {})
    assert Habit.STRETCH in summary.due
    assert now.journal.function_scores == {}
    # Nothing is lost: it is all stored, and counts in 2040.
    later = started(now.journal, IN_2040 + A_DAY)
    for collection in ("deliveries", "sessions", "pains", "function_scores", "triggers"):
        assert getattr(later.journal, collection) == getattr(runner.journal, collection)
    assert later.journal.prompts.keys() == runner.journal.prompts.keys()
    assert later.summary(IN_2040).pain.latest == 4


@pytest.mark.parametrize(("score", "flags"), [(8, []), (2, [RedFlag.NUMBNESS])])
def test_serious_report_counts_under_a_wrong_clock(score: float, flags: list[RedFlag]) -> None:
    runner = Runner(settings(), Journal())
    runner.manual_entries.report_pain(score, now=IN_2040, red_flags=flags)
    expected = Advice.RED_FLAG if flags else Advice.SEVERE
    assert started(runner.journal, NOON).summary(NOON).pain.advice is expected


def test_report_after_a_clock_of_2040_counts() -> None:
    runner = Runner(settings(), Journal())
    runner.manual_entries.report_pain(8, now=IN_2040)
    runner.manual_entries.acknowledge_advice(IN_2040)
    runner = started(runner.journal, NOON)
    runner.manual_entries.report_pain(3, now=NOON, red_flags=[RedFlag.FEVER])
    assert runner.summary(NOON).pain.advice is Advice.RED_FLAG


def test_week_reported_by_a_clock_of_2040_doesnt_end_reviews() -> None:
    runner = Runner(settings(), Journal())
    runner.tick(IN_2040, home=True)
    runner = started(runner.journal, NOON)
    assert runner.tick(NOON, home=True) == []
    assert [type(event) for event in runner.tick(NOON + A_WEEK, home=True)] == [WeekReviewed]


def test_start_before_the_clock_is_set_reports_no_week_twice() -> None:
    runner = Runner(settings(), Journal())
    runner.deliveries.learn([activity(NOON)], now=NOON + A_DAY, live=True)
    runner.tick(NOON, home=True)
    early = started(runner.journal, NEVER_SET)
    assert len(early.runs) == 0
    early.tick(NEVER_SET, home=True)
    assert is_any_due(early.journal, NOON + A_DAY)
    again = started(early.journal, NOON + A_DAY)
    assert len(again.runs) == 1
    assert again.tick(NOON + A_DAY, home=True) == []


@pytest.mark.parametrize(("ahead", "held"), [(0, 0), (14, 0), (15, 0), (16, 1)])
def test_watch_in_another_zone_is_not_from_the_future(ahead: int, held: int) -> None:
    runner = Runner(settings(), Journal())
    runner.deliveries.learn([activity(NOON + timedelta(hours=ahead))], now=NOON + A_DAY, live=True)
    journal = from_plain(to_plain(runner.journal))
    assert hold_back(journal, NOON, THIS_WEEK) == held
    assert is_any_due(journal, NOON) is False
