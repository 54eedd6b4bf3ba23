from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.journal.facts import Delivery
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptFact, PromptState
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.runs.corrections import Correction
from tests.support.unit.make import BERLIN, NOON, activity, settings as settings_of

A_DAY = timedelta(days=1)


def delivery(one: Activity, *, learned_at: datetime = NOON, live: bool = True, chosen: str | None = None) -> Delivery:
    """Return an activity as it was learned of."""
    day = BERLIN.day_of(one.end or NOON)
    return Delivery(activity=one, learned_at=learned_at, day=day, live=live, chosen_shoe=chosen)


def logged(end: datetime, when: datetime, habit: Habit = Habit.CORE) -> Session:
    """Return a session logged by hand."""
    return Session(habit=habit, end=end, day=BERLIN.day_of(end), logged=when)


def test_circumstances_of_first_delivery_stay() -> None:
    journal = Journal()
    first = delivery(activity(origin_id="7"), chosen="old")
    edited = delivery(activity(NOON + A_DAY, origin_id="7", km=6), learned_at=NOON + A_DAY, live=False, chosen="new")
    assert journal.deliver(first)
    assert not journal.deliver(replace(first, learned_at=NOON + A_DAY, live=False))
    assert journal.deliver(edited)
    assert list(journal.deliveries.values()) == [replace(first, activity=edited.activity, day=edited.day)]


@pytest.mark.parametrize(
    ("known_incomplete", "new_incomplete", "replaced"),
    [(False, False, True), (True, False, True), (True, True, True), (False, True, False)],
)
def test_incomplete_recording_never_replaces_complete_one(
    known_incomplete: bool, new_incomplete: bool, replaced: bool
) -> None:
    journal = Journal()
    journal.deliver(delivery(activity(km=5, incomplete=known_incomplete)))
    assert journal.deliver(delivery(activity(km=3, incomplete=new_incomplete))) is replaced
    (kept,) = journal.deliveries.values()
    assert kept.activity.distance == (3000 if replaced else 5000)


def test_latest_entry_is_last_by_hand_regardless_of_its_time() -> None:
    journal = Journal()
    assert journal.last_by_hand() is None
    journal.deliver(delivery(activity()))
    journal.add(Session(habit=Habit.CORE, end=NOON + 2 * A_DAY, day=NOON.date()))
    assert journal.last_by_hand() is None
    now, late = logged(NOON, NOON), logged(NOON - A_DAY, NOON + A_DAY)
    journal.add(late)
    journal.add(now)
    journal.add(now)
    assert len(journal.sessions) == 3
    assert journal.last_by_hand() == late


def test_copy_is_independent_of_later_changes() -> None:
    journal = Journal(chosen_shoe="a")
    copy = journal.copy()
    journal.deliver(delivery(activity()))
    journal.add(logged(NOON, NOON))
    journal.add(PromptFact(activity="x", topic=Habit.CORE, state=PromptState.DUE, at=NOON))
    journal.chosen_shoe, journal.may_speak = "b", False
    assert copy == Journal(chosen_shoe="a")
    assert journal.copy() == journal


@pytest.mark.parametrize("state", PromptState)
def test_interrupted_prompt_counts_as_spoken(state: PromptState) -> None:
    journal = Journal()
    fact = PromptFact(activity="x", topic=Habit.CORE, state=state, at=NOON, attempts=1, channel="kitchen")
    journal.add(fact)
    journal.settle_interrupted_prompts()
    expected = PromptState.SPOKEN if state is PromptState.SPEAKING else state
    assert list(journal.prompts.values()) == [replace(fact, state=expected, life=journal.prompts["x", Habit.CORE].life)]
    assert [step.state for step in journal.prompts["x", Habit.CORE].life] == (
        [PromptState.SPOKEN] if state is PromptState.SPEAKING else []
    )


def test_run_with_an_unsaved_activity_or_correction_is_unsaved() -> None:
    someone = Runner(settings_of(), Journal())
    someone.deliveries.learn([activity(), activity(NOON + A_DAY)], now=NOON + A_DAY, live=False)
    journal, (first, second) = someone.journal, someone.runs.all()
    assert journal.is_unsaved(first)
    journal.unsaved.settle(journal.unsaved.all())
    assert not journal.is_unsaved(first)
    someone.manual_entries.correct(Correction(activity=first.id, at=NOON + A_DAY, distance=4900))
    assert (journal.is_unsaved(first), journal.is_unsaved(second)) == (True, False)


@pytest.mark.parametrize("known", [True, False])
def test_activity_is_withdrawn_by_its_id(known: bool) -> None:
    journal = Journal()
    journal.deliver(delivery(activity()))
    assert journal.withdraw(activity().id if known else "x") is known
    assert len(journal.deliveries) == (0 if known else 1)
