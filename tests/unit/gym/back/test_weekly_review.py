"""The weekly review: spoken on the last evening, and reported once at the end of the week."""

import dataclasses
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.back.advice import Advice
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.pain_history import PainFigures, Trend
from custom_components.home_gym.gym.back.weekly_review import (
    Highlight,
    ReviewMessage,
    WeekReview,
    highlight_of,
    review_message_for,
)
from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.events import PromptExpired, SpeakPrompt, WeekReviewed
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.load import Hint

from ....support.unit.make import BERLIN, NOON, Household, activity, at, restarted, settings, shoe

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
THIS_WEEK = date(2026, 3, 2)
# 19:00 in Berlin on Sunday, and the midnight after it.
SUNDAY = at("2026-03-08T18:00")
MIDNIGHT = at("2026-03-08T23:00")


def household(now: datetime = NOON, calendar: Calendar = BERLIN, **prompts: Any) -> Household:
    """Return a household in which a week is reviewed at 19:00."""
    chosen = PromptSettings(**{"offsets": {}, "speakers": ("kitchen",), "review_at": time(19), **prompts})
    home = Household(Runner(settings(prompts=chosen, calendar=calendar), Journal()), now)
    home.keep([])
    return home


def reported(home: Household) -> list[tuple[datetime, date]]:
    """Return the reported weeks and the instants of their events."""
    return [(when, event.review.week) for when, event in home.events if isinstance(event, WeekReviewed)]


def spoken(home: Household) -> list[datetime]:
    """Return the instants at which the review was to be spoken."""
    return [
        when
        for when, event in home.events
        if isinstance(event, SpeakPrompt) and event.prompt.topic is NonHabitTopic.REVIEW
    ]


def test_review_counts_runs_habits_and_pain_days_of_week() -> None:
    """Runs of 5 and 7.5 km against weeks of 10, 10, 8 and 12 km: 12.5 by 10 is 25 % more."""
    home = household()
    before = [activity(NOON - weeks * WEEK, km=km) for weeks, km in ((1, 10), (2, 10), (3, 8), (4, 12))]
    home.learn(*before, activity(NOON, km=5), activity(NOON + 2 * DAY, km=7.5), live=False)
    done = {Habit.CORE: (0, 3, 7), Habit.STRETCH: (0, 0.4, 3, 6, 7), Habit.WARM_UP: (2,), Habit.MASSAGE: (1,)}
    for habit, when in done.items():
        for days in when:
            home.runner.manual_entries.log_session(habit, now=NOON + days * DAY)
    for days, score in ((0, 0), (1, 2), (1.1, 4), (6, 1), (7, 5)):
        home.runner.manual_entries.report_pain(score, now=NOON + days * DAY)
    review, _ = home.runner.review(NOON, NOON)
    # two stretches on one day are one day, and sessions and pain of day 7 are of the next week
    assert review == WeekReview(
        week=THIS_WEEK,
        runs=2,
        distance=12_500,
        change=25,
        core_sessions=2,
        core_goal=2,
        stretch_days=3,
        warm_ups=1,
        pain_days=2,
        longest_run=7500,
        core_streak=1,
        stretch_streak=1,
    )
    assert review.reached_goal
    assert home.runner.review(MIDNIGHT - HOUR, MIDNIGHT + DAY)[0] == review
    assert home.runner.review(MIDNIGHT, MIDNIGHT)[0].week == date(2026, 3, 9)


def test_review_of_empty_week_has_zeros() -> None:
    review, message = household().runner.review(NOON, NOON)
    assert (review.runs, review.distance, review.change, review.stretch_days, review.pain_days) == (0, 0, None, 0, 0)
    assert message is ReviewMessage.KIND


@pytest.mark.parametrize(
    ("core", "hints", "pain", "rested", "message"),
    [
        (0, (), {}, False, ReviewMessage.KIND),
        (2, (), {}, False, ReviewMessage.GOAL),
        (2, (), {"trend": Trend.SAME}, False, ReviewMessage.GOAL),
        (2, (), {"trend": Trend.BETTER}, False, ReviewMessage.BETTER),
        (2, (), {"trend": Trend.BETTER}, True, ReviewMessage.RESTED),
        (2, (Hint.MONOTONY,), {}, True, ReviewMessage.MONOTONY),
        (2, (Hint.NO_REST, Hint.MONOTONY), {}, False, ReviewMessage.NO_REST),
        (2, (Hint.LONGEST_RUN,), {}, False, ReviewMessage.LONGEST_RUN),
        (2, (Hint.RAMP,), {"trend": Trend.BETTER}, False, ReviewMessage.RAMP),
        (2, (Hint.RAMP,), {"trend": Trend.WORSE}, False, ReviewMessage.WORSE),
        (2, (Hint.RAMP,), {"trend": Trend.WORSE, "advice": Advice.LASTING}, False, ReviewMessage.PROFESSIONAL),
    ],
)
def test_weightiest_fact_decides_closing_message(
    core: int, hints: tuple[Hint, ...], pain: dict[str, Any], rested: bool, message: ReviewMessage
) -> None:
    review = WeekReview(
        week=THIS_WEEK,
        runs=1,
        distance=5000,
        change=None,
        core_sessions=core,
        core_goal=2,
        stretch_days=0,
        warm_ups=0,
        pain_days=0,
    )
    assert review_message_for(review, hints=hints, pain=PainFigures(**pain), rested=rested) is message


def test_review_has_good_news_of_its_week() -> None:
    """Core work in three weeks of four; a pair that had run 86 km before this week."""
    someone = Runner(settings(shoes=(shoe("blue", initial_distance=86_000),)), Journal())
    for weeks in (0, 2, 3):
        for hours in (0, 1):
            end = NOON - weeks * WEEK + hours * HOUR
            someone.manual_entries.log_session(Habit.CORE, now=end, end=end)
    someone.deliveries.learn([activity(NOON, km=6), activity(NOON + DAY, km=8)], now=NOON + DAY, live=False)
    review, _ = someone.review(NOON, NOON + DAY)
    assert (review.core_streak, review.forgiven, review.longest_run) == (3, True, 8000)
    assert (review.pair, review.pair_distance) == ("blue", 100_000)
    someone.deliveries.learn([activity(NOON + WEEK, km=9)], now=NOON + WEEK, live=False)
    later, _ = someone.review(NOON + WEEK, NOON + WEEK)
    assert (later.core_streak, later.forgiven, later.pair) == (3, False, None)
    assert someone.review(NOON, NOON + WEEK)[0] == review


@pytest.mark.parametrize(
    ("changes", "message", "expected"),
    [
        ({}, ReviewMessage.KIND, [None, None]),
        ({"runs": 2}, ReviewMessage.KIND, [Highlight.LONGEST_RUN] * 2),
        ({"longest_run": 0, "runs": 2}, ReviewMessage.KIND, [None, None]),
        ({"core_streak": 2, "runs": 2}, ReviewMessage.RAMP, [Highlight.CORE_STREAK, Highlight.LONGEST_RUN]),
        ({"stretch_streak": 3}, ReviewMessage.GOAL, [Highlight.STRETCH_STREAK] * 2),
        ({"stretch_streak": 2, "core_streak": 1}, ReviewMessage.GOAL, [None, None]),
        ({"core_streak": 2, "pair": "blue"}, ReviewMessage.GOAL, [Highlight.PAIR] * 2),
        ({"core_streak": 2, "pair": "blue"}, ReviewMessage.WORSE, [None, None]),
        ({"core_streak": 2}, ReviewMessage.PROFESSIONAL, [None, None]),
    ],
)
def test_news_takes_turns(changes: dict[str, Any], message: ReviewMessage, expected: list[Highlight | None]) -> None:
    review = dataclasses.replace(QUIET_WEEK, **changes)
    assert [highlight_of(review, message, turn) for turn in range(2)] == expected


QUIET_WEEK = WeekReview(
    week=THIS_WEEK,
    runs=1,
    distance=5000,
    change=None,
    core_sessions=0,
    core_goal=2,
    stretch_days=0,
    warm_ups=0,
    pain_days=0,
    longest_run=5000,
)


def test_every_hint_has_a_closing_message() -> None:
    assert {hint.value for hint in Hint} <= {message.value for message in ReviewMessage}


def test_rest_in_week_gives_rested_message() -> None:
    home = household()
    home.runner.manual_entries.rest(start=THIS_WEEK, end=THIS_WEEK, now=NOON)
    assert home.runner.review(SUNDAY, SUNDAY)[1] is ReviewMessage.RESTED
    assert home.runner.review(SUNDAY + WEEK, SUNDAY + WEEK)[1] is ReviewMessage.KIND


# Spoken


def test_review_is_spoken_once_on_last_evening() -> None:
    home = household()
    home.go_on(SUNDAY + HOUR)
    home.restart()
    home.go_on(SUNDAY + 10 * DAY)
    assert spoken(home) == [SUNDAY, SUNDAY + WEEK]
    first = next(event.prompt for _, event in home.events if isinstance(event, SpeakPrompt))
    assert home.runner.review(first.since, SUNDAY + DAY)[0].week == THIS_WEEK


@pytest.mark.parametrize(("weekday", "expected"), [(0, SUNDAY), (6, SUNDAY - DAY), (2, SUNDAY - 5 * DAY)])
def test_review_is_spoken_on_last_day_of_runners_week(weekday: int, expected: datetime) -> None:
    home = household(calendar=Calendar(timezone=BERLIN.timezone, first_weekday=weekday))
    home.go_on(expected + WEEK - HOUR)
    assert spoken(home) == [expected]


def test_review_without_time_is_never_spoken() -> None:
    home = household(review_at=None)
    home.go_on(SUNDAY + 8 * DAY)
    assert spoken(home) == []


def test_red_flag_silences_review() -> None:
    home = household()
    home.keep(home.runner.manual_entries.report_pain(1, now=home.now, red_flags=[RedFlag.NUMBNESS]))
    home.go_on(SUNDAY + DAY)
    assert spoken(home) == []
    [expired] = [event for _, event in home.events if isinstance(event, PromptExpired)]
    assert expired.reason is HoldReason.RED_FLAG


# Reported


def test_week_is_reported_once_at_its_end() -> None:
    """With or without a spoken review, and never twice."""
    home = household(review_at=None, speakers=())
    home.go_on(MIDNIGHT + HOUR)
    home.restart()
    home.go_on(MIDNIGHT + 2 * DAY)
    assert reported(home) == [(MIDNIGHT, THIS_WEEK)]


def test_downtime_reports_only_last_week() -> None:
    home = household()
    home.now = MIDNIGHT + 2 * WEEK + DAY
    home.restart()
    home.restart()
    assert reported(home) == [(home.now, THIS_WEEK + 2 * WEEK)]


def test_week_before_first_tick_is_not_reported() -> None:
    home = household()
    home.learn(activity(NOON - WEEK), live=False)
    assert reported(home) == []
    assert home.runner.journal.reported_week == THIS_WEEK - WEEK
    assert restarted(home.runner).journal.reported_week == THIS_WEEK - WEEK


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        # weeks of Sunday to Saturday: that of 1 March shares only unreported days but one with the
        # week of 23 February, so that of 8 March is the next
        (6, [date(2026, 3, 8)]),
        # weeks of Wednesday to Tuesday: that of 25 February shares days, that of 4 March shares none
        (2, [date(2026, 3, 4), date(2026, 3, 11)]),
    ],
)
def test_change_of_first_weekday_reports_no_day_twice(weekday: int, expected: list[date]) -> None:
    """The week of Monday 23 February was reported; no day of it is reported again."""
    home = household()
    calendar = Calendar(timezone=BERLIN.timezone, first_weekday=weekday)
    home.runner = Runner(settings(calendar=calendar), restarted(home.runner).journal)
    home.go_on(NOON + 16 * DAY)
    assert [week for _, week in reported(home)] == expected


def test_clock_set_back_reports_no_week_twice() -> None:
    home = household()
    home.go_on(MIDNIGHT + HOUR)
    home.now = NOON
    home.keep([])
    home.go_on(MIDNIGHT + DAY)
    assert len(reported(home)) == 1
