"""Questions of an outing: at most two beside the warm-up, in their order, none after "not today"."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.events import SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason, PromptFact, PromptState, PromptTrigger, Wording
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import Topic
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import NOON, PHONE, TREADMILL, Household, activity, settings

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def household(**prompts: Any) -> Household:
    """Return a household with one speaker."""
    return Household(Runner(settings(prompts=PromptSettings(**{"speakers": ("kitchen",), **prompts})), Journal()), NOON)


def asked(home: Household) -> list[tuple[float, Topic]]:
    """Return the minutes and the topics of the spoken prompts."""
    return [
        ((when - NOON) / MINUTE, event.prompt.topic) for when, event in home.events if isinstance(event, SpeakPrompt)
    ]


def topics(home: Household) -> list[Topic]:
    """Return the topics of the spoken prompts."""
    return [topic for _, topic in asked(home)]


def slow(home: Household, name: str = "slow") -> None:
    """Let the belt slow down now."""
    home.keep(verbs.add_trigger(PromptTrigger(id=name, habit=Habit.COOL_DOWN, at=home.now))(home.runner, home.now))


def fact_of(home: Household, topic: Topic) -> PromptFact:
    """Return the only prompt of a topic."""
    [fact] = [fact for fact in home.runner.journal.prompts.values() if fact.topic is topic]
    return fact


def reply(home: Household, verb: verbs.Verb) -> None:
    """Apply a reply now."""
    home.keep(verb(home.runner, home.now))


@pytest.mark.parametrize("learned", [0, 15])
def test_cool_down_comes_first_as_run_arrives(learned: int) -> None:
    home = household()
    home.now = NOON + learned * MINUTE
    home.learn(activity(NOON - 30 * MINUTE))
    home.go_on(NOON + 3 * HOUR)
    # The walk includes the stretch; it takes five minutes after a line of 4 seconds.
    assert asked(home) == [(learned, Habit.COOL_DOWN), (pytest.approx(learned + 5 + 4 / 60), Habit.FOAM_ROLL)]
    lines = [event for _, event in home.events if isinstance(event, SpeakPrompt)]
    assert [event.wording for event in lines] == [Wording.OUTDOORS, None]
    assert fact_of(home, Habit.STRETCH).reason is HoldReason.OUTING


def test_run_that_arrives_later_is_rolled_and_stretched_only() -> None:
    home = household()
    home.now = NOON + 16 * MINUTE
    home.learn(activity(NOON - 30 * MINUTE))
    home.go_on(NOON + 3 * HOUR)
    assert topics(home) == [Habit.FOAM_ROLL, Habit.STRETCH]


def test_cool_down_done_during_its_question_is_one_question() -> None:
    home = household()
    home.learn(activity(NOON - 30 * MINUTE))
    reply(home, verbs.log_session(Habit.COOL_DOWN))
    home.go_on(NOON + 3 * HOUR)
    assert topics(home) == [Habit.COOL_DOWN, Habit.FOAM_ROLL]
    assert fact_of(home, Habit.COOL_DOWN).state is PromptState.DONE


def test_short_run_asks_for_nothing() -> None:
    home = household()
    home.learn(activity(NOON - 9 * MINUTE, minutes=9, km=2))
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == []


def test_three_files_of_one_workout_bring_two_questions() -> None:
    home = household()
    for start, minutes in ((0, 12), (14, 18), (35, 10)):
        home.go_on(NOON + (start + minutes) * MINUTE)
        home.learn(activity(NOON + start * MINUTE, minutes=minutes, km=minutes / 6))
    home.go_on(NOON + 4 * HOUR)
    assert topics(home) == [Habit.COOL_DOWN, Habit.FOAM_ROLL]


def test_files_in_any_order_bring_two_questions() -> None:
    home = household()
    home.now = NOON + 50 * MINUTE
    for start, minutes in ((35, 10), (0, 12), (14, 18)):
        home.learn(activity(NOON + start * MINUTE, minutes=minutes, km=minutes / 6))
        home.go_on(home.now + 7 * MINUTE)
    home.go_on(NOON + 4 * HOUR)
    assert len(asked(home)) == 2


def test_not_today_before_run_counts_for_the_outing() -> None:
    home = household()
    home.keep(verbs.add_trigger(PromptTrigger(id="plan", habit=Habit.WARM_UP, at=NOON))(home.runner, NOON))
    home.go_on(NOON + MINUTE)
    reply(home, verbs.decline())
    home.go_on(NOON + 50 * MINUTE)
    home.learn(activity(NOON + 20 * MINUTE))
    home.go_on(NOON + 4 * HOUR)
    assert topics(home) == [Habit.WARM_UP]
    assert fact_of(home, Habit.FOAM_ROLL).reason is HoldReason.DECLINED


def test_request_is_asked_after_not_today() -> None:
    home = household()
    home.learn(activity(NOON - 30 * MINUTE))
    home.go_on(NOON + MINUTE)
    reply(home, verbs.decline())
    reply(home, verbs.ask_for(Habit.STRETCH))
    home.go_on(NOON + 2 * MINUTE)
    assert topics(home) == [Habit.COOL_DOWN, Habit.STRETCH]


def test_later_outing_ends_the_questions_of_the_one_before() -> None:
    """The roll waits for the runner's return, and by then another run has begun."""
    home = household(at_the_treadmill=frozenset({Habit.WARM_UP}))
    home.learn(activity(NOON - 30 * MINUTE))
    home.home = False
    home.keep([])
    home.go_on(NOON + 70 * MINUTE)
    home.home = True
    home.keep(verbs.add_trigger(PromptTrigger(id="woke", habit=Habit.WARM_UP, at=home.now))(home.runner, home.now))
    home.go_on(NOON + 3 * HOUR)
    assert topics(home) == [Habit.FOAM_ROLL, Habit.WARM_UP]


def test_question_of_the_outing_before_counts_for_the_present_one() -> None:
    """Runs an hour and ten minutes apart; the roll of the first is refused while the second goes on unnoticed."""
    home = household(at_the_treadmill=frozenset(), offsets={Habit.FOAM_ROLL: 75 * MINUTE})
    home.learn(activity(NOON - 30 * MINUTE))
    home.go_on(NOON + 76 * MINUTE)
    reply(home, verbs.decline())
    home.go_on(NOON + 100 * MINUTE)
    home.learn(activity(NOON + 70 * MINUTE))
    home.go_on(NOON + 5 * HOUR)
    assert topics(home) == [Habit.FOAM_ROLL]


# The treadmill


def test_belt_that_pauses_brings_one_cool_down_at_the_end() -> None:
    """Four pieces with pauses of two and a half minutes; each piece is a session that ends 20 seconds later."""
    home = household()
    start = NOON
    for piece in range(4):
        end = start + 4 * MINUTE
        home.go_on(start)
        reply(home, verbs.start_run("belt", start, announce=True))
        home.go_on(end)
        slow(home, f"slow {piece}")
        home.go_on(end + timedelta(seconds=20))
        reply(home, verbs.end_run("belt"))
        home.learn(activity(start, minutes=4, km=0.7, origin_id=str(piece), **TREADMILL))
        start = end + 2.5 * MINUTE
    home.go_on(NOON + 4 * HOUR)
    # The last piece ends after 23.5 minutes, and a pause takes up to four.
    assert asked(home) == [(27.5, Habit.COOL_DOWN), (pytest.approx(32.5 + 4 / 60), Habit.FOAM_ROLL)]


def test_walk_between_two_runs_on_the_belt_is_a_pause() -> None:
    home = household(offsets={})
    for minute in (12, 24, 40):
        home.go_on(NOON + minute * MINUTE)
        slow(home, str(minute))
        if minute < 40:
            home.go_on(home.now + 3 * MINUTE)
            reply(home, verbs.resume_run(home.now))
    home.go_on(NOON + 4 * HOUR)
    assert asked(home) == [(44, Habit.COOL_DOWN)]


def test_moment_of_slowing_down_is_no_pause() -> None:
    home = household(offsets={})
    slow(home)
    home.now += timedelta(seconds=10)
    reply(home, verbs.resume_run(home.now))
    home.restart()
    home.go_on(NOON + 4 * HOUR)
    assert home.runner.journal.triggers == {}
    assert asked(home) == []


def test_usual_pause_is_learnt() -> None:
    """Two pauses of six minutes let the belt be slow for seven and a half."""
    home = household(offsets={}, delays={})
    for number in range(2):
        slow(home, str(number))
        home.now += 6 * MINUTE
        home.runner.resume_run(home.now)
        home.now += 20 * MINUTE
    at = home.now
    slow(home, "end")
    home.restart()
    home.go_on(at + HOUR)
    # The first pauses were longer than four minutes, but no time went by in them here.
    assert [when for when, topic in asked(home) if topic is Habit.COOL_DOWN] == [(at - NOON) / MINUTE + 7.5]


def test_belt_that_slows_down_soon_after_the_start_asks_for_nothing() -> None:
    home = household(offsets={})
    home.keep(verbs.add_trigger(PromptTrigger(id="woke", habit=Habit.WARM_UP, at=NOON))(home.runner, NOON))
    home.go_on(NOON + 9 * MINUTE)
    slow(home)
    home.go_on(NOON + HOUR)
    assert topics(home) == [Habit.WARM_UP]


def test_roll_waits_while_a_run_goes_on() -> None:
    home = household(at_the_treadmill=frozenset())
    reply(home, verbs.start_run("belt", NOON - MINUTE, announce=True))
    home.learn(activity(NOON - 30 * MINUTE, minutes=20))
    home.go_on(NOON + 10 * MINUTE)
    assert asked(home) == []
    assert fact_of(home, Habit.FOAM_ROLL).reason is HoldReason.RUNNING
    reply(home, verbs.end_run("belt"))
    home.go_on(NOON + HOUR)
    assert topics(home) == [Habit.FOAM_ROLL, Habit.STRETCH]


def test_cool_down_that_was_asked_stays_although_the_runner_runs_on() -> None:
    home = household(offsets={})
    slow(home)
    home.go_on(NOON + 5 * MINUTE)
    reply(home, verbs.snooze())
    reply(home, verbs.resume_run(home.now))
    home.go_on(NOON + HOUR)
    assert topics(home) == [Habit.COOL_DOWN, Habit.COOL_DOWN]
    assert fact_of(home, Habit.COOL_DOWN).snoozes == 1


def test_watch_that_saw_the_walk_after_the_belt_brings_the_cool_down_at_once() -> None:
    home = household(offsets={})
    slow(home)
    home.go_on(NOON + 2 * MINUTE)
    home.learn(activity(NOON - 30 * MINUTE, minutes=32, **PHONE))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(2, Habit.COOL_DOWN)]


# Other things than the outing


def test_question_of_withdrawn_run_is_closed() -> None:
    home = household()
    run = activity(NOON - 30 * MINUTE)
    home.learn(run)
    home.go_on(NOON + MINUTE)
    reply(home, verbs.withdraw([run.id]))
    fact = fact_of(home, Habit.COOL_DOWN)
    assert (fact.state, fact.reason) == (PromptState.EXPIRED, HoldReason.UNANSWERED)


def test_habit_that_is_done_after_its_question_expired_was_answered() -> None:
    home = household(at_the_treadmill=frozenset(), offsets={Habit.FOAM_ROLL: timedelta(0)})
    home.learn(activity(NOON - 30 * MINUTE))
    home.go_on(NOON + 2 * HOUR)
    assert fact_of(home, Habit.FOAM_ROLL).is_unanswered
    reply(home, verbs.log_session(Habit.FOAM_ROLL))
    assert fact_of(home, Habit.FOAM_ROLL).state is PromptState.DONE
