"""The life of a prompt: snoozed, declined, held with a reason, and asked for in the evening."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.coaching.replies import NothingToAnswerError
from custom_components.home_gym.gym.events import PromptExpired, PromptSnoozed, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason, Prompt, PromptState, PromptTrigger
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import Topic
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_SECOND, NOON, Household, activity, settings

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ROLL: dict[str, Any] = {"offsets": {Habit.FOAM_ROLL: timedelta(0)}}
BOTH: dict[str, Any] = {"offsets": {Habit.FOAM_ROLL: timedelta(0), Habit.STRETCH: 5 * MINUTE}}


def household(**prompts: Any) -> Household:
    """Return a household with one speaker by default."""
    without_cool_down: dict[str, Any] = {"at_the_treadmill": frozenset()}
    chosen = settings(prompts=PromptSettings(**{"speakers": ("kitchen",), **without_cool_down, **ROLL, **prompts}))
    return Household(Runner(chosen, Journal()), NOON)


def asked(home: Household) -> list[tuple[float, Topic]]:
    """Return the minutes and the topics of the spoken prompts."""
    return [
        ((when - NOON) / MINUTE, event.prompt.topic) for when, event in home.events if isinstance(event, SpeakPrompt)
    ]


def ran(home: Household) -> None:
    """Let a run end now."""
    home.learn(activity(home.now - 30 * MINUTE))


def open_prompt(home: Household) -> Prompt:
    """Return the only prompt without an outcome."""
    [prompt] = home.runner.replies.unanswered(home.now)
    return prompt


def state_of(home: Household, prompt: Prompt) -> tuple[PromptState, HoldReason | None]:
    """Return the state of a prompt, and its reason."""
    fact = home.runner.journal.prompts[prompt.id, prompt.topic]
    return fact.state, fact.reason


def test_snoozed_prompt_is_repeated_once() -> None:
    home = household()
    ran(home)
    home.go_on(NOON + MINUTE)
    home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now))
    assert isinstance(home.events[-1][1], PromptSnoozed)
    home.restart()
    home.go_on(NOON + 20 * MINUTE)
    assert asked(home) == [(0, Habit.FOAM_ROLL), (16, Habit.FOAM_ROLL)]
    prompt = open_prompt(home)
    home.keep(home.runner.replies.snooze(prompt, now=home.now))
    home.go_on(NOON + 3 * HOUR)
    assert len(asked(home)) == 2
    assert state_of(home, prompt) == (PromptState.DECLINED, None)
    assert home.runner.replies.unanswered(home.now) == []


@pytest.mark.parametrize("minutes", [1, 10, 30, 60, 120])
def test_prompt_is_snoozed_by_the_time_that_was_said(minutes: int) -> None:
    """And by another one after that, unlike a second "later"."""
    home = household()
    ran(home)
    home.go_on(NOON + MINUTE)
    for number in (1, 2):
        home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now, delay=minutes * MINUTE))
        snoozed = home.events[-1][1]
        assert isinstance(snoozed, PromptSnoozed)
        assert snoozed.until == home.now + minutes * MINUTE
        home.go_on(snoozed.until + A_SECOND)
        assert len(asked(home)) == 1 + number


@pytest.mark.parametrize("minutes", [0, -1, 721])
def test_impossible_delay_is_refused(minutes: int) -> None:
    home = household()
    ran(home)
    home.go_on(NOON + MINUTE)
    with pytest.raises(ValueError, match="delay"):
        home.runner.replies.snooze(open_prompt(home), now=home.now, delay=minutes * MINUTE)


def test_prompt_snoozed_shortly_before_expiry_is_repeated() -> None:
    """The window closes after ninety minutes, the runner said "later" after eighty-nine."""
    home = household()
    ran(home)
    home.go_on(NOON + 89 * MINUTE)
    home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now))
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL), (104, Habit.FOAM_ROLL)]


def test_declined_prompt_stays_declined() -> None:
    home = household()
    ran(home)
    home.go_on(NOON + MINUTE)
    prompt = open_prompt(home)
    home.keep(home.runner.replies.decline(prompt, now=home.now))
    assert home.events[-1][1] == PromptExpired(prompt=prompt, declined=True)
    assert home.runner.replies.decline(prompt, now=home.now) == []
    assert home.runner.replies.snooze(prompt, now=home.now) == []
    home.restart()
    home.go_on(NOON + 3 * HOUR)
    assert len(asked(home)) == 1


def test_session_after_snooze_ends_prompt() -> None:
    home = household()
    ran(home)
    home.go_on(NOON + MINUTE)
    prompt = open_prompt(home)
    home.keep(home.runner.replies.snooze(prompt, now=home.now))
    home.go_on(NOON + 2 * MINUTE)
    home.keep(home.runner.manual_entries.log_session(Habit.FOAM_ROLL, now=home.now))
    home.go_on(NOON + HOUR)
    assert len(asked(home)) == 1
    assert state_of(home, prompt)[0] is PromptState.DONE


def test_stretch_waits_for_snoozed_roll() -> None:
    home = household(**BOTH)
    ran(home)
    home.go_on(NOON + MINUTE)
    home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now))
    home.go_on(NOON + HOUR)
    # The line takes 4 seconds, and a roll ten minutes.
    assert asked(home) == [(0, Habit.FOAM_ROLL), (16, Habit.FOAM_ROLL), (pytest.approx(26 + 4 / 60), Habit.STRETCH)]


def test_not_today_counts_for_the_outing() -> None:
    home = household(**BOTH)
    ran(home)
    home.go_on(NOON + MINUTE)
    home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now))
    home.go_on(NOON + 10 * MINUTE)
    [_, roll] = home.runner.replies.unanswered(home.now)
    home.keep(home.runner.replies.decline(roll, now=home.now))
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL)]
    [stretch] = [fact for fact in home.runner.journal.prompts.values() if fact.topic is Habit.STRETCH]
    assert (stretch.state, stretch.reason) == (PromptState.EXPIRED, HoldReason.DECLINED)


@pytest.mark.parametrize(
    ("prompts", "at_home", "may_speak", "reason"),
    [
        ({}, False, True, HoldReason.AWAY),
        ({}, True, False, HoldReason.VOICE_OFF),
        ({"speakers": ()}, True, True, HoldReason.NO_SPEAKER),
        ({"quiet_hours": QuietHours(start=time(12), end=time(20))}, True, True, HoldReason.QUIET_HOURS),
        ({}, True, True, HoldReason.UNANSWERED),
    ],
)
def test_expired_prompt_has_reason(prompts: dict[str, Any], at_home: bool, may_speak: bool, reason: HoldReason) -> None:
    home = household(**prompts)
    home.home = at_home
    home.runner.manual_entries.allow_voice(may_speak)
    ran(home)
    home.go_on(NOON + 3 * HOUR)
    [fact] = home.runner.journal.prompts.values()
    assert fact.reason is reason
    expired = [event.reason for _, event in home.events if isinstance(event, PromptExpired)]
    assert expired == [reason]


def test_failing_speaker_is_reason_of_expiry() -> None:
    home = Household(household().runner, NOON, works=lambda _: False)
    ran(home)
    home.go_on(NOON + 3 * HOUR)
    assert [event.reason for _, event in home.events if isinstance(event, PromptExpired)] == [HoldReason.SPEAKER_FAILED]


NIGHT: dict[str, Any] = {"quiet_hours": QuietHours(start=time(12), end=time(14))}


def test_prompt_is_held_until_quiet_hours_end() -> None:
    """Noon in UTC is 13:00 in Berlin: the prompt is announced at 14:00 and not before, and once despite the restart."""
    home = household(**NIGHT)
    ran(home)
    home.go_on(NOON + 30 * MINUTE)
    home.restart()
    [fact] = home.runner.journal.prompts.values()
    assert (fact.state, fact.reason, fact.at) == (PromptState.HELD, HoldReason.QUIET_HOURS, NOON)
    assert home.runner.replies.unanswered(home.now) == []
    assert "PromptDue" not in home.told()
    home.go_on(NOON + 3 * HOUR)
    assert home.told().count("PromptDue") == 1
    assert asked(home) == [(60, Habit.FOAM_ROLL)]


def test_session_while_held_ends_prompt_without_events() -> None:
    home = household(**NIGHT)
    ran(home)
    home.go_on(NOON + 30 * MINUTE)
    home.keep(home.runner.manual_entries.log_session(Habit.FOAM_ROLL, now=home.now))
    home.go_on(NOON + 3 * HOUR)
    [fact] = home.runner.journal.prompts.values()
    assert fact.state is PromptState.DONE
    assert not {"PromptDue", "PromptDone", "PromptExpired"} & set(home.told())


def test_quiet_hours_replace_earlier_reason_of_due_prompt() -> None:
    home = household(quiet_hours=QuietHours(start=time(13, 10), end=time(20)))
    home.home = False
    ran(home)
    home.go_on(NOON + 5 * MINUTE)
    [fact] = home.runner.journal.prompts.values()
    assert (fact.state, fact.reason) == (PromptState.DUE, HoldReason.AWAY)
    home.go_on(NOON + 3 * HOUR, every=MINUTE)
    [fact] = home.runner.journal.prompts.values()
    assert (fact.state, fact.reason) == (PromptState.EXPIRED, HoldReason.QUIET_HOURS)


def test_reply_refers_to_spoken_prompt_before_waiting_one() -> None:
    """The roll takes ten minutes, and the stretch, due after five, waits for it."""
    home = household(**BOTH)
    ran(home)
    home.go_on(NOON + 4 * MINUTE)
    home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now))
    home.go_on(NOON + 10 * MINUTE)
    assert [prompt.topic for prompt in home.runner.replies.unanswered(home.now)] == [Habit.STRETCH, Habit.FOAM_ROLL]
    assert home.runner.replies.prompt_for(home.now).topic is Habit.FOAM_ROLL


def test_rest_is_reason_of_expiry() -> None:
    home = household()
    home.runner.manual_entries.rest(start=NOON.date(), end=None, now=NOON)
    ran(home)
    home.go_on(NOON + 3 * HOUR)
    assert [event.reason for _, event in home.events if isinstance(event, PromptExpired)] == [HoldReason.REST]


def test_reply_refers_to_latest_spoken_prompt() -> None:
    """Roll at noon, stretch after ten minutes without an answer; each line takes 4 seconds."""
    home = household(**BOTH)
    ran(home)
    home.go_on(NOON + 4 * MINUTE)
    assert [prompt.topic for prompt in home.runner.replies.asked_lately(home.now)] == [Habit.FOAM_ROLL]
    home.go_on(NOON + 11 * MINUTE)
    assert [prompt.topic for prompt in home.runner.replies.asked_lately(home.now)] == [Habit.STRETCH]
    assert home.runner.replies.asked_lately(NOON + 20 * MINUTE) == []


def test_channel_of_prompt_is_that_of_latest_attempt() -> None:
    """The kitchen fails, so the gym asks."""
    home = Household(household(speakers=("kitchen", "gym")).runner, NOON, works=lambda line: line > 0)
    ran(home)
    [roll] = home.runner.replies.unanswered(home.now)
    assert home.runner.replies.channel_of(roll) == "kitchen"
    home.go_on(NOON + MINUTE)
    assert home.runner.replies.channel_of(roll) == "gym"
    never_asked = replace(roll, topic=Habit.MASSAGE)
    assert home.runner.replies.channel_of(never_asked) is None


def evening(core_goal: int = 7, **prompts: Any) -> Household:
    """Return a household that is asked for core work at two and a stretch at three, as Berlin's clocks say."""
    chosen = PromptSettings(
        **{"speakers": ("kitchen",), "evenings": {Habit.CORE: time(14), Habit.STRETCH: time(15)}, **ROLL, **prompts}
    )
    return Household(Runner(settings(prompts=chosen, core_goal=core_goal), Journal()), NOON)


def test_evening_prompts_for_habits_still_due() -> None:
    """Noon in UTC is one o'clock in Berlin; seven sessions a week leave no day out."""
    home = evening()
    home.go_on(NOON + 27 * HOUR)
    assert asked(home) == [
        *[(60, Habit.CORE), (120, Habit.STRETCH)],
        *[(60 + 24 * 60, Habit.CORE), (120 + 24 * 60, Habit.STRETCH)],
    ]


def test_evening_prompts_for_core_on_its_days() -> None:
    """Two sessions a week are due on Tuesday and Saturday, until they are done; then none of that week is left."""
    home = evening(core_goal=2, evenings={Habit.CORE: time(14)})
    home.go_on(NOON + 25 * HOUR + MINUTE)
    assert asked(home) == [(25 * 60, Habit.CORE)]
    home.keep(home.runner.manual_entries.log_session(Habit.CORE, now=home.now))
    home.go_on(NOON + 7 * 24 * HOUR)
    assert [day // (24 * 60) for day, _ in asked(home)] == [1, 5, 6]


def test_evening_does_not_prompt_for_habits_done_today() -> None:
    home = evening()
    home.runner.manual_entries.log_session(Habit.CORE, now=NOON)
    home.runner.manual_entries.log_session(Habit.STRETCH, now=NOON - HOUR)
    home.go_on(NOON + 10 * HOUR)
    assert asked(home) == []


@pytest.mark.parametrize(
    ("ago", "state"),
    [
        (timedelta(0), PromptState.DONE),
        (12 * HOUR, PromptState.DONE),
        (12 * HOUR + timedelta(seconds=1), PromptState.SPOKEN),
    ],
)
def test_session_of_twelve_hours_before_ends_evening_prompt(ago: timedelta, state: PromptState) -> None:
    """Asked at two, the runner remembers to have done it before: at two in the night is soon enough."""
    home = evening(evenings={Habit.CORE: time(14)})
    home.go_on(NOON + HOUR + MINUTE)
    prompt = open_prompt(home)
    home.runner.manual_entries.log_session(Habit.CORE, now=home.now, end=NOON + HOUR - ago)
    home.keep([])
    assert state_of(home, prompt) == (state, None)


def test_evening_does_not_prompt_for_stretch_on_day_of_run() -> None:
    home = evening(evenings={Habit.STRETCH: time(15)}, at_the_treadmill=frozenset())
    ran(home)
    home.go_on(NOON + 10 * HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL)]


def test_evening_prompt_expires_after_three_hours() -> None:
    home = evening(evenings={Habit.CORE: time(14)})
    home.home = False
    home.go_on(NOON + 5 * HOUR)
    home.home = True
    home.go_on(NOON + 9 * HOUR)
    assert asked(home) == []
    assert [event.reason for _, event in home.events if isinstance(event, PromptExpired)] == [HoldReason.AWAY]


def test_requested_habit_is_prompted_despite_settings() -> None:
    home = household(at_the_treadmill=frozenset())
    home.runner.manual_entries.log_session(Habit.WARM_UP, now=NOON - MINUTE)
    home.runner.candidates.add_trigger(PromptTrigger(id="now", habit=Habit.WARM_UP, at=NOON, asked=True))
    home.keep([])
    assert asked(home) == [(0, Habit.WARM_UP)]


def channels(home: Household) -> list[str]:
    """Return the channels of the spoken prompts."""
    return [event.channel for _, event in home.events if isinstance(event, SpeakPrompt)]


@pytest.mark.parametrize(
    ("heard", "expected"),
    [(None, ["kitchen"]), (("gym", "kitchen"), ["gym"]), (("gym",), ["gym"]), ((), ["phone"])],
)
def test_prompt_is_spoken_on_speaker_within_earshot(heard: tuple[str, ...] | None, expected: list[str]) -> None:
    home = household(speakers=("kitchen", "gym"), phones=("phone",))
    home.heard = heard
    ran(home)
    assert channels(home) == expected


def test_prompt_waits_for_speaker_within_earshot() -> None:
    """Without a phone, the line waits for a speaker in an occupied room, checked every minute."""
    home = household(speakers=("kitchen", "gym"))
    home.heard = ()
    ran(home)
    home.go_on(NOON + 10 * MINUTE)
    assert channels(home) == []
    home.heard = ("gym",)
    home.go_on(NOON + 11 * MINUTE)
    assert channels(home) == ["gym"]


# Steps of a prompt's life


def test_life_of_prompt_has_every_step() -> None:
    """Away for ten minutes, asked in the kitchen for 4 s, snoozed, asked again after 15 minutes, and not answered."""
    home = household()
    home.home = False
    ran(home)
    home.go_on(NOON + 10 * MINUTE)
    home.home = True
    home.keep([])
    home.go_on(NOON + 11 * MINUTE)
    prompt = open_prompt(home)
    home.keep(home.runner.replies.snooze(prompt, now=home.now))
    home.restart()
    home.go_on(NOON + 5 * HOUR)
    fact = home.runner.journal.prompts[prompt.id, prompt.topic]
    life = [((step.at - NOON).total_seconds() / 60, step.state, step.reason, step.channel) for step in fact.life]
    spoken, again = 10 + 4 / 60, 26 + 4 / 60
    away, kitchen = HoldReason.AWAY, "kitchen"
    assert life == [
        (0, PromptState.DUE, away, None),
        (10, PromptState.SPEAKING, away, kitchen),
        (pytest.approx(spoken), PromptState.SPOKEN, away, kitchen),
        (11, PromptState.SNOOZED, away, kitchen),
        (26, PromptState.DUE, away, kitchen),
        (26, PromptState.SPEAKING, away, kitchen),
        (pytest.approx(again), PromptState.SPOKEN, away, kitchen),
        (pytest.approx(again + 90), PromptState.EXPIRED, HoldReason.UNANSWERED, kitchen),
    ]


def test_life_of_prompt_is_limited_to_twenty_steps() -> None:
    """By turns away, and at home with the voice switched off."""
    home = household(window=24 * HOUR)
    home.runner.manual_entries.allow_voice(False)
    ran(home)
    for minute in range(1, 60):
        home.home = minute % 2 == 0
        home.go_on(NOON + minute * MINUTE)
    [fact] = home.runner.journal.prompts.values()
    assert len(fact.life) == 20
    assert (fact.life[0].state, fact.life[0].at) == (PromptState.DUE, NOON)
    assert fact.life[-1].at == NOON + 59 * MINUTE


def test_run_learned_too_late_lists_expired_prompts() -> None:
    home = household(**BOTH)
    home.learn(activity(NOON - 4 * HOUR), activity(NOON - 8 * HOUR))
    home.learn(activity(NOON - 30 * HOUR), live=False)
    home.go_on(NOON + HOUR)
    assert asked(home) == []
    facts = home.runner.prompts_between(NOON, NOON + HOUR)
    assert [(fact.topic, fact.state, fact.reason, fact.at) for fact in facts] == [
        (topic, PromptState.EXPIRED, HoldReason.NOT_FRESH, NOON) for topic in (Habit.FOAM_ROLL, Habit.STRETCH) * 2
    ]
    assert all([step.reason for step in fact.life] == [HoldReason.NOT_FRESH] for fact in facts)
    assert home.runner.prompts_between(NOON + MINUTE, NOON + HOUR) == []
    assert home.runner.journal.prompts == {}


# One question at a time


def open_at_once(home: Household) -> int:
    """Return how many prompts are open."""
    states = [fact.state for fact in home.runner.journal.prompts.values()]
    return sum(state in (PromptState.SPEAKING, PromptState.SPOKEN) for state in states)


def test_two_runs_at_once_leave_one_prompt_open() -> None:
    home = household(**BOTH)
    home.learn(activity(NOON - 80 * MINUTE, origin_id="1"), activity(NOON - 30 * MINUTE, origin_id="2"))
    while home.now < NOON + 3 * HOUR:
        home.go_on(home.now + MINUTE)
        assert open_at_once(home) <= 1
    # Both are one outing, so each habit is asked for once, and a roll takes ten minutes after its line of 4 seconds.
    assert [topic for _, topic in asked(home)] == [Habit.FOAM_ROLL, Habit.STRETCH]
    assert [minute for minute, _ in asked(home)] == pytest.approx([0, 10 + 4 / 60])


def test_requested_prompt_does_not_wait_for_reply() -> None:
    """A massage is requested two minutes after the roll was asked for; the roll is given up."""
    home = household()
    ran(home)
    home.go_on(NOON + 2 * MINUTE)
    roll = open_prompt(home)
    home.runner.candidates.add_trigger(PromptTrigger(id="wish", habit=Habit.MASSAGE, at=home.now, asked=True))
    home.keep([])
    assert asked(home) == [(0, Habit.FOAM_ROLL), (2, Habit.MASSAGE)]
    assert state_of(home, roll) == (PromptState.EXPIRED, HoldReason.UNANSWERED)


def test_roll_precedes_stretch_with_any_offsets() -> None:
    home = household(offsets={Habit.FOAM_ROLL: 30 * MINUTE, Habit.STRETCH: 5 * MINUTE})
    ran(home)
    home.go_on(NOON + 2 * HOUR)
    assert asked(home) == [(30, Habit.FOAM_ROLL), (pytest.approx(40 + 4 / 60), Habit.STRETCH)]


@pytest.mark.parametrize("declines", [False, True])
def test_planned_run_and_treadmill_prompt_for_one_warm_up(declines: bool) -> None:
    """The plan asks a quarter of an hour before the run, the belt wakes ten minutes later."""
    home = household(at_the_treadmill=frozenset({Habit.WARM_UP}))
    home.runner.candidates.add_trigger(PromptTrigger(id="planned", habit=Habit.WARM_UP, at=NOON))
    home.keep([])
    home.go_on(NOON + MINUTE)
    if declines:
        home.keep(home.runner.replies.decline(open_prompt(home), now=home.now))
    home.go_on(NOON + 10 * MINUTE)
    home.runner.candidates.add_trigger(PromptTrigger(id="belt", habit=Habit.WARM_UP, at=home.now))
    home.keep([])
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.WARM_UP)]
    fact = home.runner.journal.prompts["belt", Habit.WARM_UP]
    reason = HoldReason.DECLINED if declines else HoldReason.ANOTHER_FIRST
    assert (fact.state, fact.reason) == (PromptState.EXPIRED, reason)
    # A request is prompted, and so is another run in the afternoon.
    home.runner.candidates.add_trigger(PromptTrigger(id="wanted", habit=Habit.WARM_UP, at=home.now, asked=True))
    home.keep([])
    home.go_on(NOON + 4 * HOUR)
    home.runner.candidates.add_trigger(PromptTrigger(id="again", habit=Habit.WARM_UP, at=home.now))
    home.keep([])
    assert [minute for minute, _ in asked(home)] == [0, 60, 240]


def test_running_routine_delays_prompt() -> None:
    home = household(**BOTH)
    player = Player(routine_for(Habit.FOAM_ROLL))
    ran(home)
    home.go_on(NOON + MINUTE)
    player.start(home.now)
    home.runner.journal.routine = player.memory()
    assert not home.runner.silence.may_ask
    home.go_on(NOON + 20 * MINUTE)
    assert asked(home) == [(0, Habit.FOAM_ROLL)]
    [stretch] = [prompt for prompt in home.runner.replies.unanswered(home.now) if prompt.topic is Habit.STRETCH]
    assert state_of(home, stretch) == (PromptState.DUE, HoldReason.ROUTINE)
    # A pause is as good as an end, and that is seen within a minute.
    player.pause(home.now)
    home.runner.journal.routine = player.memory()
    home.go_on(NOON + 22 * MINUTE)
    assert asked(home) == [(0, Habit.FOAM_ROLL), (pytest.approx(20, abs=1), Habit.STRETCH)]


@pytest.mark.parametrize("late", [2 * HOUR, 20 * HOUR])
def test_late_reply_by_topic_is_accepted(late: timedelta) -> None:
    """A notification stays on the phone after the prompt expired."""
    home = household()
    ran(home)
    home.go_on(NOON + MINUTE)
    roll = open_prompt(home)
    home.go_on(NOON + late)
    assert home.runner.replies.unanswered(home.now) == []
    with pytest.raises(NothingToAnswerError):
        home.runner.replies.prompt_for(home.now)
    assert home.runner.replies.prompt_for(home.now, Habit.FOAM_ROLL) == roll
    home.keep(home.runner.replies.snooze(roll, now=home.now))
    home.go_on(NOON + late + 20 * MINUTE)
    assert asked(home) == [(0, Habit.FOAM_ROLL), (late / MINUTE + 15, Habit.FOAM_ROLL)]
    home.go_on(home.now + 3 * HOUR)
    home.keep(home.runner.replies.decline(roll, now=home.now))
    assert state_of(home, roll)[0] is PromptState.DECLINED
    with pytest.raises(NothingToAnswerError):
        home.runner.replies.prompt_for(home.now, Habit.FOAM_ROLL)


# Past midnight


EVENING: dict[str, Any] = {"offsets": {}, "evenings": {Habit.CORE: time(23)}, "quiet_hours": QuietHours(start=time(3))}


@pytest.fixture
def night() -> Household:
    """Return a household at 22:30 on a Sunday, 21:30 in UTC, without the week's goal of two sessions."""
    home = household(**EVENING)
    home.now = NOON.replace(day=8, hour=21, minute=30)
    return home


def test_snoozed_evening_prompt_is_repeated_after_midnight(night: Household) -> None:
    began = night.now
    night.go_on(began + 80 * MINUTE)
    night.keep(night.runner.replies.snooze(open_prompt(night), now=night.now))
    night.go_on(began + 12 * HOUR)
    spoken = [(when - began) / MINUTE for when, event in night.events if isinstance(event, SpeakPrompt)]
    assert spoken == [30, 95]


def test_evening_prompt_is_spoken_on_return_after_midnight(night: Household) -> None:
    began = night.now
    night.home = False
    night.go_on(began + 100 * MINUTE)
    night.home = True
    night.keep([])
    spoken = [(when - began) / MINUTE for when, event in night.events if isinstance(event, SpeakPrompt)]
    assert spoken == [100]


def test_evening_prompt_expired_after_midnight_has_reason(night: Household) -> None:
    """Three hours after 23:00."""
    began = night.now
    night.home = False
    night.go_on(began + 12 * HOUR)
    expired = [
        ((when - began) / MINUTE, event.reason) for when, event in night.events if isinstance(event, PromptExpired)
    ]
    assert expired == [(210, HoldReason.AWAY)]
