"""Triggers of a treadmill: a warm-up at its start, a cool-down when it slows down."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.events import RunStarted, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptState, PromptTrigger
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import Topic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.runs.form import AnyCue, Cue
from tests.support.unit.make import NOON, TREADMILL, Household, activity, restarted, settings

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WOKE = PromptTrigger(id="belt woke", habit=Habit.WARM_UP, at=NOON)
SLOWED = PromptTrigger(id="belt slowed", habit=Habit.COOL_DOWN, at=NOON)


def household(**prompts: Any) -> Household:
    """Return a household with one speaker by default."""
    return Household(Runner(settings(prompts=PromptSettings(**{"speakers": ("kitchen",), **prompts})), Journal()), NOON)


def add_trigger(home: Household, trigger: PromptTrigger) -> None:
    """Add a trigger, and tick."""
    home.runner.candidates.add_trigger(trigger)
    home.keep([])


def asked(home: Household) -> list[tuple[float, Topic]]:
    """Return the seconds and the topics of the spoken prompts."""
    return [
        ((when - NOON).total_seconds(), event.prompt.topic)
        for when, event in home.events
        if isinstance(event, SpeakPrompt)
    ]


@pytest.mark.parametrize(("trigger", "seconds"), [(WOKE, 0), (SLOWED, 240)])
def test_trigger_prompts_only_once(trigger: PromptTrigger, seconds: int) -> None:
    """A belt that slowed down may do so for a pause, which takes up to four minutes."""
    home = household()
    add_trigger(home, trigger)
    home.go_on(NOON + 6 * MINUTE)
    home.restart()
    add_trigger(home, trigger)
    home.go_on(NOON + HOUR)
    assert asked(home) == [(seconds, trigger.habit)]
    assert home.runner.journal.prompts[trigger.id, trigger.habit].state is PromptState.SPOKEN
    # A warm-up or cool-down may be known only by the run that follows: within the window of 90 minutes.
    home.go_on(NOON + 2 * HOUR)
    assert home.runner.journal.prompts[trigger.id, trigger.habit].state is PromptState.EXPIRED


@pytest.mark.parametrize(
    ("ago", "is_asked"), [(timedelta(0), False), (2 * HOUR, False), (2 * HOUR + timedelta(seconds=1), True)]
)
def test_recent_warm_up_prevents_prompt(ago: timedelta, is_asked: bool) -> None:
    home = household()
    home.runner.manual_entries.log_session(Habit.WARM_UP, now=NOON, end=NOON - ago)
    add_trigger(home, WOKE)
    home.go_on(NOON + HOUR)
    assert asked(home) == ([(0, Habit.WARM_UP)] if is_asked else [])


@pytest.mark.parametrize(
    ("habit", "asked_for", "since"),
    [
        (Habit.WARM_UP, False, NOON - 2 * HOUR),
        (Habit.WARM_UP, True, NOON),
        (Habit.COOL_DOWN, False, NOON),
        (Habit.COOL_DOWN, True, NOON),
    ],
)
def test_sessions_count_from_start_of_trigger_period(habit: Habit, asked_for: bool, since: datetime) -> None:
    assert PromptTrigger(id="belt", habit=habit, at=NOON, asked=asked_for).since == since


@pytest.mark.parametrize(("asked_for", "expected"), [(False, []), (True, [(0, Habit.WARM_UP)])])
def test_requested_warm_up_is_prompted_despite_recent_one(asked_for: bool, expected: list[tuple[float, Topic]]) -> None:
    home = household()
    home.runner.manual_entries.log_session(Habit.WARM_UP, now=NOON, end=NOON - HOUR)
    add_trigger(home, replace(WOKE, asked=asked_for))
    assert asked(home) == expected


@pytest.mark.parametrize(
    ("ago", "is_asked"), [(timedelta(0), False), (HOUR - timedelta(seconds=1), False), (HOUR, True)]
)
def test_recent_run_prevents_warm_up(ago: timedelta, is_asked: bool) -> None:
    """A run less than an hour ago belongs to the same outing."""
    home = household(offsets={}, at_the_treadmill=frozenset({Habit.WARM_UP}))
    home.learn(activity(NOON - 20 * MINUTE - ago, minutes=20))
    add_trigger(home, WOKE)
    assert bool(asked(home)) is is_asked


def test_recent_run_does_not_prevent_cool_down() -> None:
    home = household(offsets={})
    home.learn(activity(NOON - 20 * MINUTE, minutes=20, **TREADMILL))
    add_trigger(home, SLOWED)
    home.go_on(NOON + HOUR)
    assert asked(home) == [(240, Habit.COOL_DOWN)]


def test_earlier_cool_down_does_not_answer_trigger() -> None:
    home = household()
    home.runner.manual_entries.log_session(Habit.COOL_DOWN, now=NOON - MINUTE)
    add_trigger(home, SLOWED)
    home.go_on(NOON + HOUR)
    assert asked(home) == [(240, Habit.COOL_DOWN)]


def test_prompt_of_trigger_expires_while_runner_is_away() -> None:
    home = household()
    home.home = False
    add_trigger(home, SLOWED)
    home.go_on(NOON + 14 * MINUTE)
    home.home = True
    home.go_on(NOON + HOUR)
    assert asked(home) == []
    assert home.told() == ["PromptDue", "PromptExpired"]


def test_trigger_waits_for_end_of_quiet_hours() -> None:
    home = household(quiet_hours=QuietHours(start=time(12, 30), end=time(13, 5)))  # noon in UTC is one in Berlin
    add_trigger(home, WOKE)
    home.go_on(NOON + HOUR)
    assert asked(home) == [(300, Habit.WARM_UP)]


def test_trigger_of_deselected_habit_is_ignored() -> None:
    home = household(at_the_treadmill=frozenset({Habit.COOL_DOWN}))
    add_trigger(home, WOKE)
    assert home.runner.summary(NOON).due.keys() == {Habit.STRETCH}
    add_trigger(home, SLOWED)
    home.go_on(NOON + HOUR)
    assert asked(home) == [(240, Habit.COOL_DOWN)]


@pytest.mark.parametrize(("trigger", "since"), [(WOKE, NOON), (SLOWED, NOON + 4 * MINUTE)])
def test_triggered_habit_is_due_until_done_or_expired(trigger: PromptTrigger, since: datetime) -> None:
    """A belt that slowed down calls for the cool-down once it is longer than for a pause."""
    someone = Runner(settings(), Journal())
    someone.candidates.add_trigger(trigger)
    assert trigger.habit not in someone.summary(since - MINUTE).due
    assert someone.summary(since).next_habit is trigger.habit
    assert someone.deadline(since) <= since + 10 * MINUTE
    assert trigger.habit in restarted(someone).summary(since + 9 * MINUTE).due
    assert trigger.habit not in someone.summary(since + 10 * MINUTE).due
    someone.manual_entries.log_session(trigger.habit, now=since + MINUTE)
    assert trigger.habit not in someone.summary(since + 2 * MINUTE).due


def test_expiry_of_trigger_is_a_deadline() -> None:
    home = household()
    add_trigger(home, WOKE)
    home.go_on(NOON + 6 * MINUTE)
    assert home.runner.deadline(home.now) == NOON + 10 * MINUTE


def test_cool_down_precedes_foam_roll() -> None:
    home = household()
    add_trigger(home, SLOWED)
    home.learn(activity(NOON - 20 * MINUTE, minutes=20))
    home.go_on(NOON + HOUR)
    # Four minutes of pause, a line of 4 seconds, five minutes of cool-down; the stretch is part of that.
    assert asked(home) == [(240, Habit.COOL_DOWN), (544, Habit.FOAM_ROLL)]


def test_run_on_treadmill_starts_and_ends_once() -> None:
    someone = Runner(settings(), Journal())
    assert not someone.summary(NOON).running
    assert someone.start_run("belt", NOON) == [RunStarted(start=NOON)]
    assert someone.start_run("belt", NOON) == []
    assert someone.summary(NOON).running
    someone.end_run("belt")
    someone.end_run("belt")
    assert not someone.summary(NOON).running


def test_delay_postpones_prompt_and_its_expiry() -> None:
    """It is due eight minutes after the belt slowed down, for ten minutes."""
    home = household(delays={Habit.COOL_DOWN: 8 * MINUTE})
    add_trigger(home, SLOWED)
    assert home.runner.summary(home.now).next_habit is Habit.STRETCH
    home.go_on(NOON + 18 * MINUTE - timedelta(seconds=1))
    assert asked(home) == [(480, Habit.COOL_DOWN)]
    assert Habit.COOL_DOWN in home.runner.summary(home.now).due
    home.go_on(NOON + 18 * MINUTE)
    assert Habit.COOL_DOWN not in home.runner.summary(home.now).due


def test_requested_prompt_has_no_delay() -> None:
    home = household(delays={Habit.COOL_DOWN: 2 * MINUTE})
    add_trigger(home, PromptTrigger(id="asked", habit=Habit.COOL_DOWN, at=NOON, asked=True))
    assert asked(home) == [(0, Habit.COOL_DOWN)]


def test_trigger_added_late_hides_no_recent_one() -> None:
    """A trigger of last week that is added today, after one of today."""
    home = household()
    home.runner.candidates.add_trigger(WOKE)
    add_trigger(home, PromptTrigger(id="late", habit=Habit.COOL_DOWN, at=NOON - 7 * 24 * HOUR))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.WARM_UP)]


# Cues of warm-ups


def cues(home: Household, *runs: Activity, times: int = 6) -> list[AnyCue | None]:
    """Return the cues of warm-ups on consecutive days, after these runs."""
    home.learn(*runs, live=False)
    for day in range(times):
        home.now = NOON + day * DAY
        # What was requested is asked each time, however few were answered.
        home.runner.candidates.add_trigger(replace(WOKE, id=str(day), at=home.now, asked=True))
        home.keep([])
        home.go_on(home.now + MINUTE)
    return [event.cue for _, event in home.events if isinstance(event, SpeakPrompt)]


def test_warm_up_has_cue_in_turn() -> None:
    """Each has its turn where nothing was measured."""
    assert cues(household()) == [*Cue, Cue.CADENCE]


def test_cue_fits_last_run() -> None:
    """160 steps a minute are below 170, and a last third of 155.2 has lost 3 % of the first third's 160."""
    slow = activity(NOON - DAY, cadence=160)
    assert cues(household(), slow, times=3) == [Cue.CADENCE] * 3
    tired = replace(slow, cadence_thirds=(160, 158, 155.2))
    assert cues(household(), tired, times=4) == [Cue.CADENCE, Cue.CHEST] * 2
    assert cues(household(), activity(NOON - DAY, cadence=175), times=2) == [Cue.CADENCE, Cue.CHEST]


def test_cues_can_be_switched_off() -> None:
    assert cues(household(form_cues=False), times=2) == [None, None]


def test_prompts_after_run_have_no_cue() -> None:
    home = household()
    home.learn(activity(NOON - HOUR))
    home.go_on(NOON + HOUR)
    assert {event.cue for _, event in home.events if isinstance(event, SpeakPrompt)} == {None}
