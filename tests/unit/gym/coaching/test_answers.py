"""Topics that go unanswered: asked about less, offered to be switched off, and brought back by an answer."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.coaching.answers import TopicAnswers
from custom_components.home_gym.gym.events import PromptDone, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason, Prompt
from custom_components.home_gym.gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic, Topic
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import NOON, Household, activity, settings

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def household(core_goal: int = 7, **prompts: Any) -> Household:
    """Return a household that is asked for core work every day at two, as Berlin's clocks say: at one in UTC."""
    chosen = {
        "speakers": ("kitchen",),
        "offsets": {},
        "evenings": {Habit.CORE: time(14)},
        "at_the_treadmill": frozenset(),
    }
    return Household(
        Runner(settings(core_goal=core_goal, prompts=PromptSettings(**(chosen | prompts))), Journal()), NOON
    )


def days(home: Household, topic: Topic = Habit.CORE) -> list[int]:
    """Return the days on which a topic was asked about, counted from 0."""
    return [
        (when - NOON).days
        for when, event in home.events
        if isinstance(event, SpeakPrompt) and event.prompt.topic is topic
    ]


def latest(home: Household, topic: Topic) -> Prompt:
    """Return the latest prompt of a topic."""
    return [event.prompt for _, event in home.events if isinstance(event, SpeakPrompt) and event.prompt.topic is topic][
        -1
    ]


def apply(home: Household, verb: verbs.Verb) -> None:
    """Apply a change now."""
    home.keep(verb(home.runner, home.now))


def test_unanswered_topic_thins_out_to_once_a_week() -> None:
    """Three times, then after two days, after four, and weekly."""
    home = household()
    home.go_on(NOON + 48 * DAY)
    assert days(home) == [0, 1, 2, 4, 8, 15, 22, 29, 36, 43]
    assert home.runner.explanations.asked_less(home.now).keys() == {Habit.CORE}


def test_answer_brings_topic_back() -> None:
    home = household()
    home.go_on(NOON + 8 * DAY + 2 * HOUR)
    apply(home, verbs.decline(Habit.CORE))
    assert home.runner.explanations.asked_less(home.now) == {}
    home.restart()
    home.go_on(NOON + 12 * DAY)
    assert days(home) == [0, 1, 2, 4, 8, 9, 10, 11]


def test_later_without_an_answer_to_the_next_line_begins_again() -> None:
    home = household()
    home.go_on(NOON + 4 * DAY + HOUR + MINUTE)
    apply(home, verbs.snooze())
    assert home.runner.answers.of(Habit.CORE) == TopicAnswers()
    home.go_on(NOON + 5 * DAY)
    assert home.runner.answers.of(Habit.CORE).unanswered == 1


def test_session_past_midnight_moves_no_prompt() -> None:
    """Done past midnight, within the four hours in which a session answers the question."""
    home = household(evenings={Habit.CORE: time(21, 30)}, quiet_hours=QuietHours(start=time(5), end=time(6)))
    for day in range(5):
        home.go_on(NOON + day * DAY + 11.2 * HOUR)
        apply(home, verbs.log_session(Habit.CORE))
    home.go_on(NOON + 6 * DAY)
    assert {when.hour * 60 + when.minute for when, event in home.events if isinstance(event, SpeakPrompt)} == {
        20 * 60 + 30
    }


def test_restored_topic_is_asked_about_as_before() -> None:
    home = household()
    home.go_on(NOON + 6 * DAY)
    apply(home, verbs.restore_topic(Habit.CORE))
    assert home.runner.summary(home.now).asked_less == {}
    home.restart()
    home.go_on(NOON + 9 * DAY)
    assert days(home) == [0, 1, 2, 4, 6, 7, 8]


def test_topic_that_is_held_back_says_why_and_until_when() -> None:
    home = household()
    home.go_on(NOON + 3 * DAY + 2 * HOUR)
    asked_again = NOON + 4 * DAY + HOUR
    assert home.runner.summary(home.now).asked_less == {Habit.CORE: asked_again}
    found = home.runner.explanations.unasked(home.now)
    assert found
    fact, status = found
    assert (fact.topic, status.reason, status.until) == (Habit.CORE, HoldReason.ASKED_LESS, asked_again)


def test_offer_comes_once_after_three_weeks() -> None:
    """Asked at one on day 0, so three weeks later at 19:30 in Berlin; the offer itself is not repeated."""
    home = household()
    home.go_on(NOON + 60 * DAY)
    assert days(home, NonHabitTopic.OFFER) == [21]
    assert latest(home, NonHabitTopic.OFFER).about is Habit.CORE


def test_accepted_offer_is_reported_with_its_topic() -> None:
    home = household()
    home.go_on(NOON + 21 * DAY + 7 * HOUR)
    apply(home, verbs.settle(NonHabitTopic.OFFER))
    [done] = [event for _, event in home.events if isinstance(event, PromptDone)]
    assert done.prompt.about is Habit.CORE


def test_declined_offer_restores_topic() -> None:
    home = household()
    home.go_on(NOON + 21 * DAY + 7 * HOUR)
    apply(home, verbs.decline_offer(NonHabitTopic.OFFER))
    home.go_on(NOON + 24 * DAY + 2 * HOUR)
    assert days(home)[-3:] == [22, 23, 24]


def test_declining_another_question_restores_nothing() -> None:
    home = household()
    home.go_on(NOON + 2 * HOUR)
    apply(home, verbs.decline_offer(Habit.CORE))
    assert home.runner.journal.restored_topics == {}


def test_seldom_asked_topic_is_weekly_after_three_weeks() -> None:
    asked = TopicAnswers(unanswered=2, first=NOON, last=NOON + 15 * DAY)
    assert asked.asked_from(NOON + 20 * DAY) is None
    assert asked.asked_from(NOON + 21 * DAY) == NOON + 22 * DAY
    assert TopicAnswers().asked_from(NOON) is None
    assert asked.offered_from() is None


def test_check_in_after_severe_pain_is_asked_every_morning() -> None:
    """Silence is no health."""
    home = household(evenings={}, check_in=CheckIn.ALWAYS)
    apply(home, verbs.report_pain(7.5))
    home.go_on(NOON + 8 * DAY)
    assert len(days(home, NonHabitTopic.CHECK_IN)) == 8


def test_words_of_repeated_question_differ() -> None:
    home = household()
    home.go_on(NOON + HOUR + MINUTE)
    apply(home, verbs.snooze())
    home.go_on(NOON + 2 * DAY)
    turns = [event.turn for _, event in home.events if isinstance(event, SpeakPrompt)]
    assert turns == [0, 1, 2]


# Evenings


def done_at(home: Household, hours: float, number: int) -> None:
    """Let core work be done some hours after noon on as many days, always after it was asked for."""
    for day in range(number):
        home.go_on(NOON + day * DAY + hours * HOUR)
        apply(home, verbs.log_session(Habit.CORE))


@pytest.mark.parametrize(
    ("hours", "number", "expected"),
    [
        (2.75, 3, 1.0),  # too few answers
        (1.25, 4, 1.0),  # a quarter of an hour is chance
        (2.75, 4, 2 + 40 / 60),  # an hour and three quarters later, less five minutes
        (4.75, 4, 3.0),  # no more than two hours
    ],
)
def test_time_follows_when_the_runner_answers(hours: float, number: int, expected: float) -> None:
    home = household()
    done_at(home, hours, number)
    home.go_on(NOON + (number + 1) * DAY - HOUR)
    last = [when for when, event in home.events if isinstance(event, SpeakPrompt)][-1]
    assert last == NOON + number * DAY + timedelta(hours=expected)


def ran_weekly(home: Household, at: datetime, weeks: int) -> None:
    """Let runs of half an hour begin at an instant and in the weeks before it."""
    runs = [activity(at - number * 7 * DAY, origin_id=str(number)) for number in range(1, weeks + 1)]
    home.learn(*runs, live=False)


@pytest.mark.parametrize(
    ("begins", "weeks", "expected"),
    [
        (0.75, 1, [1]),  # a single run is no habit
        (0.75, 2, [2.75]),  # the run usually ends at 1:15, and 90 minutes later there is time
        (-3, 4, [1]),  # in the morning
    ],
)
def test_evening_prompt_comes_after_the_usual_run(begins: float, weeks: int, expected: list[float]) -> None:
    home = household()
    ran_weekly(home, NOON + begins * HOUR, weeks)
    home.go_on(NOON + 20 * HOUR)
    asked = [(when - NOON) / HOUR for when, event in home.events if isinstance(event, SpeakPrompt)]
    assert asked == expected


def test_evening_prompt_that_would_come_too_late_is_left_out() -> None:
    """The usual run takes from half past one to half past four, so the prompt would come more than three hours late."""
    home = household()
    runs = [activity(NOON + 1.5 * HOUR - week * 7 * DAY, minutes=180, km=30, origin_id=str(week)) for week in (1, 2)]
    home.learn(*runs, live=False)
    home.go_on(NOON + 20 * HOUR)
    assert days(home) == []


def test_core_is_not_asked_for_on_the_evening_of_a_long_run() -> None:
    home = household()
    home.learn(*(activity(NOON - day * DAY, km=5, origin_id=str(day)) for day in range(2, 20, 2)), live=False)
    home.now = NOON - 5 * HOUR
    home.learn(activity(NOON - 8 * HOUR, km=20, minutes=120))
    home.go_on(NOON + 20 * HOUR)
    assert days(home) == []


# Rests


def test_open_rest_is_asked_about_every_two_weeks() -> None:
    """On the mornings of days 14 and 28, at eight in Berlin."""
    home = household()
    apply(home, verbs.rest())
    home.go_on(NOON + 30 * DAY)
    assert days(home, NonHabitTopic.REST) == [13, 27]
    assert days(home) == []


def test_yes_ends_the_rest() -> None:
    home = household()
    apply(home, verbs.rest())
    home.go_on(NOON + 14 * DAY)
    apply(home, verbs.settle(NonHabitTopic.REST))
    assert not home.runner.summary(home.now).resting
    home.go_on(NOON + 15 * DAY)
    assert days(home) == [14]


def test_no_is_asked_again_in_two_weeks() -> None:
    home = household()
    apply(home, verbs.rest())
    home.go_on(NOON + 14 * DAY)
    apply(home, verbs.decline())
    home.go_on(NOON + 30 * DAY)
    assert days(home, NonHabitTopic.REST) == [13, 27]


def test_rest_with_an_end_is_not_asked_about() -> None:
    home = household()
    apply(home, verbs.rest(end=(NOON + 40 * DAY).date()))
    home.go_on(NOON + 30 * DAY)
    assert days(home, NonHabitTopic.REST) == []


def test_rest_question_waits_for_the_end_of_quiet_hours_and_of_an_emergency() -> None:
    home = household(check_in_at=time(3))
    apply(home, verbs.rest())
    home.go_on(NOON + 14 * DAY)
    # Seven in the morning in Berlin is six in UTC.
    [asked] = [when for when, event in home.events if isinstance(event, SpeakPrompt)]
    assert (asked - NOON) == 13 * DAY + 18 * HOUR
