"""Each verb changes its part of the runner, at the given instant."""

from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import Area
from custom_components.home_gym.gym.back.signs import Answer, Question
from custom_components.home_gym.gym.coaching.replies import NothingToAnswerError
from custom_components.home_gym.gym.events import (
    BackStateChanged,
    PainReported,
    RunFinished,
    RunStarted,
    SessionLogged,
    SpeakPrompt,
)
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import NothingToUndoError, manual_run
from custom_components.home_gym.gym.prompts.prompt import PromptState, PromptTrigger
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.recordings.symptom import Symptom
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.settings import UnknownShoeError
from custom_components.home_gym.gym.shoes.shoe import Shoe
from tests.support.unit.runner import runner

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SHOE = Shoe(
    id="blue", name="Blue", first_used=date(2026, 1, 1), initial_distance=0, warn_at=483_000, replace_at=805_000
)
START = NOON - 40 * MINUTE


@pytest.fixture
def alex() -> Runner:
    """Return a runner with an empty journal."""
    return runner(shoes=(SHOE,))


def test_session_is_logged_now_or_at_an_earlier_end(alex: Runner) -> None:
    [event] = verbs.log_session(Habit.CORE)(alex, NOON)
    assert isinstance(event, SessionLogged)
    verbs.log_session(Habit.STRETCH, end=NOON - MINUTE, duration=60.0)(alex, NOON)
    assert [(one.habit, one.end, one.duration) for one in alex.sessions.all()] == [
        (Habit.STRETCH, NOON - MINUTE, 60.0),
        (Habit.CORE, NOON, None),
    ]
    assert {one.logged for one in alex.sessions.all()} == {NOON}


def test_run_is_logged_corrected_and_undone(alex: Runner) -> None:
    activity = manual_run(start=START, moving_time=1800.0, distance=5000.0)
    assert any(isinstance(event, RunFinished) for event in verbs.log_run(activity)(alex, NOON))
    earlier = START - timedelta(days=1)
    verbs.correct_run(activity.id, start=earlier, distance=6000.0)(alex, NOON + MINUTE)
    run = alex.runs.named(activity.id)
    assert (run.start, run.day, run.distance) == (earlier, alex.settings.calendar.day_of(earlier), 6000.0)
    [correction] = alex.journal.corrections.values()
    assert correction.at == NOON + MINUTE
    verbs.correct_run(activity.id, distance=7000.0)(alex, NOON + 2 * MINUTE)
    assert alex.runs.named(activity.id).start == earlier
    verbs.undo_last()(alex, NOON)
    assert alex.runs.named(activity.id).distance == 6000.0


def test_nothing_to_undo(alex: Runner) -> None:
    with pytest.raises(NothingToUndoError):
        verbs.undo_last()(alex, NOON)


def test_pain_is_reported_with_its_details(alex: Runner) -> None:
    event, changed = verbs.report_pain(4.0, area=Area.LOWER_BACK)(alex, NOON)
    assert isinstance(event, PainReported)
    assert isinstance(changed, BackStateChanged)
    assert (event.report.score, event.report.area, event.report.at) == (4.0, Area.LOWER_BACK, NOON)


def test_symptoms_are_reported_once_each(alex: Runner) -> None:
    symptoms = [
        Symptom(score=score, at=NOON - MINUTE * number, area=Area.LOWER_BACK, source="phone")
        for number, score in enumerate((1.0, 2.0), start=1)
    ]
    assert len(verbs.report_symptoms(symptoms)(alex, NOON)) == 2
    assert verbs.report_symptoms(symptoms)(alex, NOON + MINUTE) == []
    assert sorted((one.at, one.score, one.area, one.source) for one in alex.journal.pains.values()) == [
        (NOON - 2 * MINUTE, 2.0, Area.LOWER_BACK, "phone"),
        (NOON - MINUTE, 1.0, Area.LOWER_BACK, "phone"),
    ]


def test_check_in_without_a_question_is_refused_and_leaves_nothing(alex: Runner) -> None:
    with pytest.raises(NothingToAnswerError):
        verbs.check_in(4.0)(alex, NOON)
    assert alex.journal.pains == {}


def test_advice_is_acknowledged_at_the_instant(alex: Runner) -> None:
    verbs.report_pain(8.0)(alex, NOON)
    verbs.acknowledge_advice()(alex, NOON + MINUTE)
    assert [notice.at for notice in alex.journal.notices_read.values()] == [NOON + MINUTE]


def test_questions_are_answered_and_the_back_is_cleared(alex: Runner) -> None:
    verbs.report_pain(8.0)(alex, NOON)
    verbs.answer_question(Answer.NO)(alex, NOON + MINUTE)
    assert alex.back.status(NOON + MINUTE).question is Question.BLADDER_OR_BOWEL
    verbs.clear_back(alex.settings.calendar.day_of(NOON), may_run=True)(alex, NOON + 2 * MINUTE)
    assert alex.back.status(NOON + 2 * MINUTE).step == 1
    verbs.report_pain(8.0)(alex, NOON + 3 * MINUTE)
    verbs.withdraw_report()(alex, NOON + 4 * MINUTE)
    assert alex.back.status(NOON + 4 * MINUTE).step == 1


def test_rest_begins_today_or_on_its_day_and_ends_today(alex: Runner) -> None:
    today = alex.settings.calendar.day_of(NOON)
    verbs.rest()(alex, NOON)
    verbs.rest(start=date(2026, 1, 1), end=date(2026, 1, 3))(alex, NOON + MINUTE)
    assert sorted((one.start, one.end) for one in alex.journal.rests.values() if one.end) == [
        (date(2026, 1, 1), date(2026, 1, 3))
    ]
    assert [one.start for one in alex.journal.rests.values() if one.end is None] == [today]
    verbs.end_rest()(alex, NOON + 2 * MINUTE)
    assert not any(one.covers(today) for one in alex.journal.rests.values())


def test_pair_is_chosen_or_refused(alex: Runner) -> None:
    verbs.choose_shoe(SHOE.id)(alex, NOON)
    assert (alex.journal.chosen_shoe, alex.journal.explicitly_chosen) == (SHOE.id, True)
    with pytest.raises(UnknownShoeError):
        verbs.choose_shoe("unknown")(alex, NOON)


@pytest.mark.parametrize("allowed", [False, True])
def test_voice_is_switched(alex: Runner, allowed: bool) -> None:
    verbs.allow_voice(allowed)(alex, NOON)
    assert alex.journal.may_speak is allowed


def test_activities_are_withdrawn(alex: Runner) -> None:
    activities = [
        manual_run(start=START - timedelta(days=day), moving_time=1800.0, distance=5000.0) for day in (0, 1, 2)
    ]
    for activity in activities:
        verbs.log_run(activity)(alex, NOON)
    assert verbs.withdraw([activities[0].id, activities[2].id])(alex, NOON) == []
    assert [run.id for run in alex.runs.all()] == [activities[1].id]


@pytest.mark.parametrize("announce", [True, False])
def test_run_on_a_treadmill_begins_and_ends(alex: Runner, announce: bool) -> None:
    events = verbs.start_run("belt", START, announce=announce)(alex, NOON)
    assert events == ([RunStarted(start=START)] if announce else [])
    assert set(alex.running_on) == {"belt"}
    assert verbs.start_run("belt", START, announce=True)(alex, NOON) == []
    assert verbs.end_run("belt")(alex, NOON) == []
    assert set(alex.running_on) == set()


def test_trigger_is_added_once(alex: Runner) -> None:
    trigger = PromptTrigger(id="planned/1", habit=Habit.WARM_UP, at=NOON)
    assert verbs.add_trigger(trigger)(alex, NOON) == []
    verbs.add_trigger(trigger)(alex, NOON + MINUTE)
    assert alex.journal.triggers == {"planned/1": trigger}


def test_request_becomes_a_prompt_that_is_snoozed_declined_or_settled(alex: Runner) -> None:
    for number, verb, state in (
        (0, verbs.snooze(Habit.CORE), PromptState.SNOOZED),
        (1, verbs.decline(Habit.CORE), PromptState.DECLINED),
        (2, verbs.settle(), PromptState.DONE),
    ):
        now = NOON + timedelta(days=number)
        assert verbs.ask_for(Habit.CORE)(alex, now) == []
        trigger = alex.journal.triggers[f"asked/{now.isoformat()}"]
        assert (trigger.habit, trigger.at, trigger.asked) == (Habit.CORE, now, True)
        alex.tick(now, home=True, speakers=())
        assert len(verb(alex, now + MINUTE)) == 1
        fact = alex.journal.prompts[trigger.id, Habit.CORE]
        assert (fact.state, fact.at) == (state, now + MINUTE)


def test_completed_topic_is_logged_as_session_or_settled(alex: Runner) -> None:
    [event] = verbs.complete(Habit.CORE)(alex, NOON)
    assert isinstance(event, SessionLogged)
    assert event.session.habit is Habit.CORE
    with pytest.raises(NothingToAnswerError):
        verbs.complete(NonHabitTopic.SHOES)(alex, NOON)


@pytest.mark.parametrize("verb", [verbs.snooze, verbs.decline, verbs.settle])
def test_answer_without_a_prompt_is_refused(alex: Runner, verb: object) -> None:
    assert callable(verb)
    with pytest.raises(NothingToAnswerError):
        verb(NonHabitTopic.SHOES)(alex, NOON)


def test_fate_of_an_attempt_is_noted() -> None:
    for verb, state, attempts, events in (
        (verbs.note_spoken, PromptState.SPOKEN, 1, 1),
        (verbs.note_not_spoken, PromptState.DUE, 1, 0),
        (verbs.note_not_asked, PromptState.DUE, 0, 0),
    ):
        alex = runner(prompts=PromptSettings(speakers=("gym",)))
        verbs.ask_for(Habit.CORE)(alex, NOON)
        [spoken] = [event for event in alex.tick(NOON, home=True, speakers=("gym",)) if isinstance(event, SpeakPrompt)]
        assert len(verb(spoken.prompt)(alex, NOON + MINUTE)) == events
        [fact] = alex.journal.prompts.values()
        assert (fact.state, fact.attempts, fact.at) == (state, attempts, NOON + MINUTE)
