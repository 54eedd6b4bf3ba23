"""Answers by buttons of phones: each counts for the outing of its own message, once."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import button_verbs, verbs
from custom_components.home_gym.gym.coaching.messages import is_message_current, message_ends
from custom_components.home_gym.gym.coaching.replies import NothingToAnswerError
from custom_components.home_gym.gym.events import PromptDone, SpeakPrompt, TopicMoved
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import Prompt, PromptState, PromptTrigger
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.verbs import Verb
from tests.support.unit.make import NOON, Household, activity, settings

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ROLL: dict[str, Any] = {"offsets": {Habit.FOAM_ROLL: timedelta(0)}, "at_the_treadmill": frozenset()}
WARM_UP: dict[str, Any] = {"offsets": {}, "at_the_treadmill": frozenset({Habit.WARM_UP})}


def household(**prompts: Any) -> Household:
    """Return a household with a phone."""
    return Household(Runner(settings(prompts=PromptSettings(phones=("phone",), **prompts)), Journal()), NOON)


def apply(home: Household, verb: Verb) -> None:
    """Apply a change now."""
    home.keep(verb(home.runner, home.now))


def asked(home: Household) -> list[Prompt]:
    """Return the prompts that were asked so far."""
    return [event.prompt for _, event in home.events if isinstance(event, SpeakPrompt)]


def rolled(home: Household) -> list[datetime]:
    """Return the ends of the logged foam rolls."""
    return [session.end for session in home.runner.sessions.all() if session.habit is Habit.FOAM_ROLL]


def after_run(**prompts: Any) -> Household:
    """Return a household that was asked to roll at noon, after a run."""
    home = household(**ROLL, **prompts)
    home.learn(activity(home.now - 30 * MINUTE))
    home.go_on(NOON + MINUTE)
    return home


@pytest.mark.parametrize(
    ("touched", "runs", "done"),
    [
        # Soon after the question it was just done.
        (20 * MINUTE, (), 20 * MINUTE),
        (89 * MINUTE, (), 89 * MINUTE),
        # Later, it was done in the ten minutes that a roll takes after the question at noon.
        (3 * HOUR, (), 10 * MINUTE),
        (20 * HOUR, (), 10 * MINUTE),
        # Another outing follows: the answer counts for the one that was asked about.
        (5 * HOUR, (4 * HOUR,), 10 * MINUTE),
        (9 * HOUR, (4 * HOUR, 8 * HOUR), 10 * MINUTE),
        # So does one after days, when the prompt is no candidate any more.
        (100 * HOUR, (4 * HOUR,), 10 * MINUTE),
    ],
)
def test_late_done_counts_for_outing_of_its_question(
    touched: timedelta, runs: tuple[timedelta, ...], done: timedelta
) -> None:
    home = after_run()
    [prompt] = asked(home)
    for end in runs:
        home.go_on(NOON + end)
        home.learn(activity(home.now - 30 * MINUTE))
    home.go_on(NOON + touched)
    for _ in range(3):
        apply(home, button_verbs.complete_prompt(Habit.FOAM_ROLL, prompt.id))
    assert rolled(home) == [NOON + done]
    assert home.runner.journal.prompts[prompt.id, prompt.topic].state is PromptState.DONE
    assert [event.prompt.id for _, event in home.events if isinstance(event, PromptDone)].count(prompt.id) <= 1


def test_second_run_of_same_outing_is_no_later_outing() -> None:
    home = after_run()
    [prompt] = asked(home)
    home.go_on(NOON + 40 * MINUTE)
    home.learn(activity(home.now - 30 * MINUTE))
    home.go_on(NOON + 50 * MINUTE)
    apply(home, button_verbs.complete_prompt(Habit.FOAM_ROLL, prompt.id))
    assert rolled(home) == [NOON + 50 * MINUTE]


def test_done_during_later_run_on_treadmill_counts_for_time_before() -> None:
    home = after_run()
    [prompt] = asked(home)
    home.go_on(NOON + 85 * MINUTE)
    apply(home, verbs.start_run("belt", NOON + 80 * MINUTE, announce=False))
    apply(home, button_verbs.complete_prompt(Habit.FOAM_ROLL, prompt.id))
    assert rolled(home) == [NOON + 10 * MINUTE]


def test_done_after_guided_roll_adds_no_second_one() -> None:
    """Also after the answer window, and before a tick has settled the prompt."""
    home = after_run()
    [prompt] = asked(home)
    home.go_on(NOON + 6 * HOUR)
    apply(home, verbs.log_session(Habit.FOAM_ROLL, end=NOON + 2 * HOUR))
    apply(home, button_verbs.complete_prompt(Habit.FOAM_ROLL, prompt.id))
    assert rolled(home) == [NOON + 2 * HOUR]


def test_done_after_not_today_is_logged_and_prompt_stays_declined() -> None:
    home = after_run()
    [prompt] = asked(home)
    apply(home, button_verbs.decline_prompt(Habit.FOAM_ROLL, prompt.id))
    home.go_on(NOON + 20 * MINUTE)
    for _ in range(2):
        apply(home, button_verbs.complete_prompt(Habit.FOAM_ROLL, prompt.id))
    assert rolled(home) == [NOON + 10 * MINUTE]
    assert home.runner.journal.prompts[prompt.id, prompt.topic].state is PromptState.DECLINED


def test_warm_up_answered_after_run_was_before_it() -> None:
    home = household(**WARM_UP)
    apply(home, verbs.add_trigger(PromptTrigger(id="belt", habit=Habit.WARM_UP, at=NOON)))
    home.go_on(NOON + MINUTE)
    [prompt] = asked(home)
    home.go_on(NOON + 40 * MINUTE)
    home.learn(activity(NOON + 6 * MINUTE))
    apply(home, button_verbs.complete_prompt(Habit.WARM_UP, prompt.id))
    [warm_up] = [session for session in home.runner.sessions.all() if session.habit is Habit.WARM_UP]
    assert warm_up.end == NOON + 6 * MINUTE


def test_message_of_warm_up_is_past_once_run_has_begun() -> None:
    """After ten minutes, although the answer counts for longer."""
    home = household(**WARM_UP)
    apply(home, verbs.add_trigger(PromptTrigger(id="belt", habit=Habit.WARM_UP, at=NOON)))
    home.go_on(NOON + MINUTE)
    fact = home.runner.journal.prompts["belt", Habit.WARM_UP]
    assert message_ends(fact) == NOON + 10 * MINUTE
    assert is_message_current(fact, NOON + 9 * MINUTE)
    assert not is_message_current(fact, NOON + 10 * MINUTE)


def test_message_of_roll_is_current_until_its_outcome() -> None:
    home = after_run()
    [prompt] = asked(home)
    key = prompt.id, prompt.topic
    assert message_ends(home.runner.journal.prompts[key]) is None
    assert is_message_current(home.runner.journal.prompts[key], home.now)
    home.go_on(NOON + 3 * HOUR)
    assert home.runner.journal.prompts[key].state is PromptState.EXPIRED
    assert not is_message_current(home.runner.journal.prompts[key], home.now)


@pytest.mark.parametrize(
    "verb",
    [
        button_verbs.complete_prompt(Habit.FOAM_ROLL, "unknown"),
        button_verbs.complete_prompt(NonHabitTopic.SHOES, "unknown"),
        button_verbs.snooze_prompt(Habit.FOAM_ROLL, "unknown"),
        button_verbs.decline_prompt(Habit.FOAM_ROLL, "unknown"),
        button_verbs.decline_prompt(NonHabitTopic.OFFER, "unknown"),
        button_verbs.check_in_for(3, "check_in/2020-01-01"),
        button_verbs.rate_outing_of("unknown", 5),
    ],
)
def test_button_of_unknown_prompt_changes_nothing(verb: Verb) -> None:
    home = after_run()
    with pytest.raises(NothingToAnswerError):
        apply(home, verb)
    assert rolled(home) == []


def test_later_snoozes_its_own_prompt_unless_another_outing_began() -> None:
    home = after_run()
    [prompt] = asked(home)
    apply(home, button_verbs.snooze_prompt(Habit.FOAM_ROLL, prompt.id))
    assert home.runner.journal.prompts[prompt.id, prompt.topic].state is PromptState.SNOOZED
    home.go_on(NOON + 3 * HOUR)
    home.learn(activity(home.now - 30 * MINUTE))
    home.go_on(home.now + MINUTE)
    with pytest.raises(NothingToAnswerError):
        apply(home, button_verbs.snooze_prompt(Habit.FOAM_ROLL, prompt.id))


def rated(home: Household) -> list[float | None]:
    """Return the ratings of the runs, the earliest run first."""
    runs = sorted(home.runner.runs.since(NOON - 2 * HOUR), key=lambda run: run.start)
    return [run.exertion.perceived if run.exertion else None for run in runs]


@pytest.mark.parametrize(("touched", "first"), [(5 * HOUR, 7.0), (11 * HOUR, 7.0)])
def test_late_effort_counts_for_its_own_outing_once(touched: timedelta, first: float) -> None:
    home = after_run(effort=True)
    run = home.runner.effort.unrated(home.now)[-1]
    home.go_on(NOON + 4 * HOUR)
    home.learn(activity(home.now - 30 * MINUTE))
    home.go_on(NOON + touched)
    apply(home, button_verbs.rate_outing_of(run.id, 7))
    assert rated(home) == [first, None]
    with pytest.raises(NothingToAnswerError):
        apply(home, button_verbs.rate_outing_of(run.id, 3))
    with pytest.raises(ValueError, match="expected, not 11"):
        apply(home, verbs.rate_effort(11))


def test_effort_after_half_a_day_is_a_guess() -> None:
    home = after_run(effort=True)
    run = home.runner.effort.unrated(home.now)[-1]
    home.go_on(NOON + 13 * HOUR)
    with pytest.raises(NothingToAnswerError):
        apply(home, button_verbs.rate_outing_of(run.id, 7))


ANSWERS: list[tuple[Callable[[str], Verb], PromptState]] = [
    (lambda name: button_verbs.complete_prompt(NonHabitTopic.REST, name), PromptState.DONE),
    (lambda name: button_verbs.decline_prompt(NonHabitTopic.REST, name), PromptState.DECLINED),
]


@pytest.mark.parametrize(("verb", "state"), ANSWERS)
def test_question_about_rest_is_answered_by_its_own_button(verb: Callable[[str], Verb], state: PromptState) -> None:
    home = household(**ROLL)
    apply(home, verbs.rest())
    home.go_on(NOON + timedelta(days=15))
    [prompt] = asked(home)
    apply(home, verb(prompt.id))
    assert home.runner.journal.prompts[prompt.id, prompt.topic].state is state


def test_moved_topic_is_asked_about_as_before_and_answers_its_offer() -> None:
    """By the button of the offer, or by itself without one."""
    home = household(evenings={Habit.CORE: time(18)}, offsets={}, at_the_treadmill=frozenset())
    home.go_on(NOON + timedelta(days=40))
    offers = [prompt for prompt in asked(home) if prompt.topic is NonHabitTopic.OFFER]
    [offer] = offers
    apply(home, button_verbs.move_offered(NonHabitTopic.OFFER, offer.id))
    assert home.runner.journal.prompts[offer.id, offer.topic].state is PromptState.DECLINED
    assert home.runner.journal.restored_topics[Habit.CORE].at == home.now
    assert [event.topic for _, event in home.events if isinstance(event, TopicMoved)] == [Habit.CORE]
    apply(home, verbs.move_topic(NonHabitTopic.SHOES))
    assert [event.topic for _, event in home.events if isinstance(event, TopicMoved)] == [
        Habit.CORE,
        NonHabitTopic.SHOES,
    ]


def test_button_that_moves_is_of_offers_only() -> None:
    home = after_run()
    [prompt] = asked(home)
    apply(home, button_verbs.move_offered(Habit.FOAM_ROLL, prompt.id))
    assert home.runner.journal.prompts[prompt.id, prompt.topic].state is PromptState.SPOKEN


def test_offer_is_declined_by_its_own_button() -> None:
    home = household(evenings={Habit.CORE: time(18)}, offsets={}, at_the_treadmill=frozenset())
    home.go_on(NOON + timedelta(days=40))
    [offer] = [prompt for prompt in asked(home) if prompt.topic is NonHabitTopic.OFFER]
    apply(home, button_verbs.decline_prompt(NonHabitTopic.OFFER, offer.id))
    assert home.runner.journal.prompts[offer.id, offer.topic].state is PromptState.DECLINED
    assert Habit.CORE in home.runner.journal.restored_topics


def test_check_in_is_answered_by_its_own_button() -> None:
    home = household(**ROLL)
    apply(home, verbs.report_pain(8))
    home.go_on(NOON + 21 * HOUR)
    [prompt] = [prompt for prompt in asked(home) if prompt.topic is NonHabitTopic.CHECK_IN]
    apply(home, button_verbs.check_in_for(2, prompt.id))
    assert [report.score for report in home.runner.journal.pains.values()] == [8, 2]


def test_done_days_after_not_today_is_logged_for_its_outing() -> None:
    home = after_run()
    [prompt] = asked(home)
    apply(home, button_verbs.decline_prompt(Habit.FOAM_ROLL, prompt.id))
    home.go_on(NOON + 100 * HOUR)
    apply(home, button_verbs.complete_prompt(Habit.FOAM_ROLL, prompt.id))
    assert rolled(home) == [NOON + 10 * MINUTE]
