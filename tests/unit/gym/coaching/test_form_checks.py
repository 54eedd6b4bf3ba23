"""Offers of form checks: every eight weeks, or when form fades, at another time than an outing."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.signs import Answer
from custom_components.home_gym.gym.coaching.form_checks import FormDialogue
from custom_components.home_gym.gym.events import PromptDone, SpeakPrompt
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.form_check import FormPoint
from custom_components.home_gym.gym.prompts.prompt import PromptState
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity
from tests.support.unit.make import NOON, Household, activity, at, settings

DAY, WEEK, HOUR, MINUTE = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1), timedelta(minutes=1)
# 19:30 in Berlin on Monday, eight weeks after the first run of the history below, in summer time.
FIRST_RUN = NOON
EVENING = at("2026-04-27T17:30")


def history(*, weeks: int = 9, cadence: float | None = 175) -> list[Activity]:
    """Return two runs a week, from the first run on."""
    days = [week * 7 + day for week in range(weeks) for day in (0, 3)]
    return [activity(FIRST_RUN + day * DAY, cadence=cadence) for day in days]


def household(now: datetime, runs: list[Activity], **prompts: Any) -> Household:
    """Return a household with a history of runs, in which the coach asks for no habit by itself."""
    quiet: dict[str, Any] = {"speakers": ("kitchen",), "offsets": {}, "at_the_treadmill": frozenset()}
    home = Household(Runner(settings(prompts=PromptSettings(**(quiet | prompts))), Journal()), now)
    home.learn(*(each for each in runs if each.start and each.start < now), live=False)
    return home


def offers(home: Household) -> list[datetime]:
    """Return the instants at which a check was offered."""
    return [when for when, topic, _ in home.spoken if topic == NonHabitTopic.FORM_CHECK]


def spoken_at(*instants: datetime) -> list[datetime]:
    """Return the ends of lines of four seconds."""
    return [instant + timedelta(seconds=4) for instant in instants]


def test_check_is_offered_eight_weeks_after_first_run_and_once() -> None:
    home = household(EVENING - 5 * DAY, history())
    assert not home.runner.form_checks.is_due(home.now)
    home.go_on(EVENING + 4 * WEEK)
    assert offers(home) == spoken_at(EVENING)
    assert home.runner.form_checks.is_due(EVENING)


def test_check_is_offered_again_eight_weeks_after_last_check() -> None:
    home = household(EVENING - 20 * DAY, history(weeks=18))
    home.keep(verbs.log_form_check(good=[FormPoint.ARMS])(home.runner, home.now))
    home.learn(*history(weeks=18), live=False)
    home.go_on(EVENING - 20 * DAY + 8 * WEEK + DAY)
    [offer] = offers(home)
    # The day of the check, and 56 more; the evening is later than its hour.
    assert offer == EVENING - 20 * DAY + 8 * WEEK + timedelta(seconds=4)


@pytest.mark.parametrize(
    ("runs", "prompts"),
    [
        (history(weeks=9)[-9:], {}),
        (history(weeks=6), {}),
        (history(), {"form_check": False}),
    ],
    ids=["too few runs", "no run lately", "switched off"],
)
def test_runner_without_need_of_a_check_is_not_asked(runs: list[Activity], prompts: dict[str, Any]) -> None:
    home = household(EVENING - DAY, runs, **prompts)
    home.go_on(EVENING + 3 * DAY)
    assert offers(home) == []
    assert not home.runner.form_checks.is_due(home.now)


def test_emergency_and_rest_call_for_no_check() -> None:
    home = household(EVENING - DAY, history())
    home.keep(home.runner.manual_entries.report_pain(3, now=home.now, red_flags=[RedFlag.BLADDER_OR_BOWEL]))
    assert not home.runner.form_checks.is_due(EVENING)
    resting = household(EVENING - DAY, history())
    resting.keep(resting.runner.manual_entries.rest(start=resting.now.date(), end=None, now=resting.now))
    assert not resting.runner.form_checks.is_due(EVENING)
    for each in (home, resting):
        each.go_on(EVENING + DAY)
        assert offers(each) == []


@pytest.mark.parametrize(
    ("cadences", "is_offered"),
    [
        ((165, 165, 165), True),
        ((165, 175, 165), False),
        ((165,), False),
        ((165, 165, None, 165), True),
    ],
)
def test_form_that_faded_in_three_runs_calls_for_a_check(cadences: tuple[float | None, ...], is_offered: bool) -> None:
    """Four weeks after the last check at the earliest, and not again in the four weeks after."""
    home = household(FIRST_RUN + 5 * WEEK, history(weeks=5), at_the_treadmill=frozenset())
    for number, cadence in enumerate(cadences):
        home.go_on(FIRST_RUN + 5 * WEEK + (number * 2 + 1) * DAY)
        home.learn(activity(home.now - timedelta(hours=1), cadence=cadence))
    home.go_on(home.now + 5 * DAY)
    home.learn(activity(home.now - timedelta(hours=1), cadence=165))
    home.go_on(home.now + 5 * DAY)
    assert bool(offers(home)) is is_offered
    assert len(offers(home)) <= 1


def test_form_that_faded_soon_after_a_check_calls_for_none() -> None:
    home = household(FIRST_RUN + 5 * WEEK, history(weeks=5, cadence=165))
    home.keep(verbs.log_form_check(to_work_on=[FormPoint.STEPS])(home.runner, home.now))
    home.go_on(home.now + WEEK)
    assert not home.runner.form_checks.is_due(home.now)
    assert offers(home) == []


def test_check_waits_for_another_time_than_an_outing() -> None:
    """A run that ends at seven in the evening: an hour and a half later at the earliest."""
    home = household(EVENING - 2 * DAY, history())
    home.go_on(EVENING - 30 * MINUTE)
    home.learn(activity(home.now - 30 * MINUTE, km=5))
    home.go_on(EVENING + DAY)
    assert offers(home) == spoken_at(EVENING + 60 * MINUTE)


def test_offer_of_an_evening_away_is_made_at_home() -> None:
    home = household(EVENING - DAY, history())
    home.home = False
    home.go_on(EVENING + DAY)
    home.home = True
    home.keep([])
    home.go_on(EVENING + 2 * DAY)
    assert offers(home) == spoken_at(EVENING + DAY)


def test_check_answers_the_offer_also_late() -> None:
    home = household(EVENING - DAY, history())
    home.go_on(EVENING + 4 * DAY)
    [fact] = [fact for fact in home.runner.journal.prompts.values() if fact.topic is NonHabitTopic.FORM_CHECK]
    assert fact.is_unanswered
    assert home.runner.answers.of(NonHabitTopic.FORM_CHECK).unanswered == 1
    home.keep(verbs.log_form_check(good=[FormPoint.ARMS])(home.runner, home.now))
    assert home.runner.journal.prompts[fact.key].state is PromptState.DONE
    assert isinstance(home.events[-1][1], PromptDone)
    assert home.runner.answers.of(NonHabitTopic.FORM_CHECK).unanswered == 0
    assert not home.runner.form_checks.is_due(home.now)


def test_yes_and_no_answer_the_offer_but_only_a_check_ends_its_turn() -> None:
    for reply in (verbs.settle, verbs.decline):
        home = household(EVENING - DAY, history())
        home.go_on(EVENING + MINUTE)
        home.keep(reply(NonHabitTopic.FORM_CHECK)(home.runner, home.now))
        home.go_on(EVENING + 3 * DAY)
        assert len([event for _, event in home.events if isinstance(event, SpeakPrompt)]) == 1
        assert home.runner.form_checks.is_due(home.now)


# The questions by voice


def test_dialogue_asks_each_point_once_in_order() -> None:
    dialogue, now = FormDialogue(), NOON
    assert dialogue.question(now) is None
    asked: list[FormPoint | None] = [dialogue.start(now)]
    answers = [Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.YES, Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.YES]
    for answer in answers:
        now += MINUTE
        asked.append(dialogue.answer(answer, now))
    assert asked == [*FormPoint, None]
    assert dialogue.points(Answer.YES) == (FormPoint.POSTURE, FormPoint.SHIN, FormPoint.LANDING, FormPoint.STEPS)
    assert dialogue.points(Answer.NO) == (FormPoint.ARMS, FormPoint.HIPS)


def test_dialogue_that_is_left_is_over_after_ten_minutes() -> None:
    dialogue = FormDialogue()
    dialogue.start(NOON)
    assert dialogue.answer(Answer.YES, NOON + 10 * MINUTE) is FormPoint.ARMS
    assert dialogue.question(NOON + 20 * MINUTE) is FormPoint.ARMS
    assert dialogue.question(NOON + 20.1 * MINUTE) is None
    assert dialogue.answer(Answer.NO, NOON + 20.1 * MINUTE) is None
    dialogue.start(NOON + HOUR)
    dialogue.answer(Answer.YES, NOON + HOUR)
    dialogue.end()
    assert dialogue.question(NOON + HOUR) is None
    assert dialogue.points(Answer.YES) == ()
