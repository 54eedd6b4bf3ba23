from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.events import PromptSpoken, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import Prompt, PromptFact, PromptState, next_attempt_at
from custom_components.home_gym.gym.prompts.settings import BY_AUTOMATION, PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import Topic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Origin, Sport
from custom_components.home_gym.gym.verbs import ask_for
from tests.support.unit.make import A_SECOND, NOON, PHONE, TREADMILL, Household, activity, at, lap, settings

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# Without the cool-down, which would be the first question.
ONE_SPEAKER: dict[str, Any] = {"speakers": ("kitchen",), "phones": ("phone",), "at_the_treadmill": frozenset()}


def ran_until(end: datetime, **rest: Any) -> Activity:
    """Return a run of half an hour that ended at an instant."""
    return activity(end - 30 * MINUTE, **rest)


def household(now: datetime = NOON, *, works: Callable[[int], bool] = lambda _: True, **prompts: Any) -> Household:
    """Return a household with one speaker and one phone by default."""
    chosen = settings(prompts=PromptSettings(**{**ONE_SPEAKER, **prompts}))
    return Household(Runner(chosen, Journal()), now, works=works)


def asked(home: Household, since: datetime = NOON) -> list[tuple[float, Topic, str]]:
    """Return the seconds, topics and channels of the spoken prompts."""
    return [
        ((when - since).total_seconds(), event.prompt.topic, event.channel)
        for when, event in home.events
        if isinstance(event, SpeakPrompt)
    ]


def prompt_events(home: Household) -> list[tuple[str, Topic]]:
    """Return the events of prompts, by kind and topic."""
    return [
        (type(event).__name__, event.prompt.topic)
        for _, event in home.events
        if not isinstance(event, SpeakPrompt) and hasattr(event, "prompt")
    ]


def test_fresh_run_prompts_for_each_habit_at_its_offset() -> None:
    home = household()
    home.learn(ran_until(NOON))
    home.go_on(NOON + 3 * HOUR)
    # The line takes 4 seconds, and a roll ten minutes.
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (604, Habit.STRETCH, "kitchen")]
    assert home.told() == [
        *("RunFinished", "RunRecorded"),
        *("PromptDue", "SpeakPrompt", "PromptSpoken"),
        *("PromptDue", "PromptExpired", "SpeakPrompt", "PromptSpoken"),
        "PromptExpired",
    ]


@pytest.mark.parametrize(
    ("learned", "live", "fresh"),
    [
        (90 * MINUTE, True, True),
        (90 * MINUTE + A_SECOND, True, False),
        (-90 * MINUTE, True, True),
        (-90 * MINUTE - A_SECOND, True, False),
        (MINUTE, False, False),
    ],
)
def test_only_fresh_run_prompts(learned: timedelta, live: bool, fresh: bool) -> None:
    home = household(NOON + learned)
    home.learn(ran_until(NOON), live=live)
    assert bool(asked(home)) is fresh
    assert ("RunFinished" in home.told()) is fresh
    assert ("RunRecorded" in home.told()) is live


def test_habits_due_at_once_are_prompted_one_by_one() -> None:
    """The line takes 4 seconds, and a roll ten minutes."""
    home = household(offsets={Habit.STRETCH: timedelta(0), Habit.FOAM_ROLL: timedelta(0)})
    home.learn(ran_until(NOON))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (604, Habit.STRETCH, "kitchen")]


def test_long_line_delays_next_prompt() -> None:
    home = household(offsets={Habit.FOAM_ROLL: timedelta(0), Habit.STRETCH: timedelta(0)})
    home.takes = timedelta(seconds=65)
    home.learn(ran_until(NOON))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (665, Habit.STRETCH, "kitchen")]


def test_session_logged_during_prompt_delays_next_prompt() -> None:
    home = household(offsets={Habit.FOAM_ROLL: timedelta(0), Habit.STRETCH: timedelta(0)})
    home.learn(ran_until(NOON))
    home.now += 2 * A_SECOND
    home.keep(home.runner.manual_entries.log_session(Habit.FOAM_ROLL, now=home.now))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (22, Habit.STRETCH, "kitchen")]
    assert ("PromptDone", Habit.FOAM_ROLL) in prompt_events(home)


@pytest.mark.parametrize(
    ("prompts", "failures", "expected"),
    [
        # a lone speaker is tried twice, ten seconds after it failed, then the phone
        ({}, 1, [(0, "kitchen"), (14, "kitchen")]),
        ({}, 2, [(0, "kitchen"), (14, "kitchen"), (28, "phone")]),
        # then all is tried again, five minutes after the phone failed
        ({}, 3, [(0, "kitchen"), (14, "kitchen"), (28, "phone"), (332, "kitchen")]),
        # several speakers are tried in turn
        ({"speakers": ("a", "b")}, 2, [(0, "a"), (14, "b"), (28, "phone")]),
        ({"speakers": ()}, 1, [(0, "phone"), (304, "phone")]),
    ],
)
def test_failed_attempt_is_followed_by_next_channel(
    prompts: dict[str, Any], failures: int, expected: list[tuple[float, str]]
) -> None:
    home = household(works=lambda line: line >= failures, offsets={Habit.STRETCH: timedelta(0)}, **prompts)
    home.learn(ran_until(NOON))
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == [(seconds, Habit.STRETCH, channel) for seconds, channel in expected]
    spoken = [event for _, event in home.events if isinstance(event, PromptSpoken)]
    assert [(event.channel, event.attempts) for event in spoken] == [(expected[-1][1], failures + 1)]


def test_attempts_go_on_less_and_less_until_prompt_expires() -> None:
    """A round of three takes 32 seconds; the next ones follow after 5, 10, 20 and 40 minutes, within 90."""
    home = household(works=lambda _: False, offsets={Habit.STRETCH: timedelta(0)})
    home.learn(ran_until(NOON))
    home.go_on(NOON + 3 * HOUR)
    begun = [seconds for seconds, _, _ in asked(home)]
    rounds = [number * 32 + pause * 60 for number, pause in enumerate((0, 5, 15, 35, 75))]
    assert begun == [start + wait for start in rounds for wait in (0, 14, 28)]
    assert prompt_events(home) == [("PromptDue", Habit.STRETCH), ("PromptExpired", Habit.STRETCH)]
    assert home.events[-1][0] == NOON + 90 * MINUTE


@pytest.mark.parametrize(("rounds", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (5000, 60)])
def test_pause_after_each_round_doubles_up_to_an_hour(rounds: int, minutes: int) -> None:
    fact = PromptFact(
        activity="run", topic=Habit.STRETCH, state=PromptState.DUE, at=NOON, attempts=3 * rounds, channel="phone"
    )
    assert next_attempt_at(fact, ["kitchen", "kitchen", "phone"]) == NOON + minutes * MINUTE


def test_prompt_left_to_automation_falls_due_and_is_not_spoken() -> None:
    """Others are; and so is this one on request."""
    home = household(chosen={Habit.FOAM_ROLL: BY_AUTOMATION})
    home.learn(ran_until(NOON))
    home.go_on(NOON + HOUR)
    assert ("PromptDue", Habit.FOAM_ROLL) in prompt_events(home)
    assert [topic for _, topic, _ in asked(home)] == [Habit.STRETCH]
    home.go_on(NOON + 4 * HOUR)
    home.keep(ask_for(Habit.FOAM_ROLL)(home.runner, home.now))
    assert [topic for _, topic, _ in asked(home)] == [Habit.STRETCH, Habit.FOAM_ROLL]


def test_prompt_without_channels_expires() -> None:
    home = household(speakers=(), phones=())
    home.learn(ran_until(NOON))
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == []
    assert prompt_events(home) == [
        ("PromptDue", Habit.FOAM_ROLL),
        ("PromptDue", Habit.STRETCH),
        ("PromptExpired", Habit.FOAM_ROLL),
        ("PromptExpired", Habit.STRETCH),
    ]


def test_prompt_expires_after_removal_of_all_channels() -> None:
    home = household(works=lambda _: False, offsets={Habit.STRETCH: timedelta(0)})
    home.learn(ran_until(NOON))
    home.go_on(NOON + MINUTE)
    home.runner = Runner(settings(prompts=PromptSettings(offsets={Habit.STRETCH: timedelta(0)})), home.runner.journal)
    attempts = len(asked(home))
    home.go_on(NOON + 3 * HOUR)
    assert len(asked(home)) == attempts
    assert home.told()[-1] == "PromptExpired"


def test_prompt_waits_for_return_of_runner() -> None:
    home = household()
    home.home = False
    home.learn(ran_until(NOON))
    home.go_on(NOON + 20 * MINUTE)
    assert asked(home) == []
    assert prompt_events(home) == [("PromptDue", Habit.FOAM_ROLL), ("PromptDue", Habit.STRETCH)]
    home.home = True
    home.keep([])
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == [(1200, Habit.FOAM_ROLL, "kitchen"), (1804, Habit.STRETCH, "kitchen")]


def test_prompt_expires_if_runner_stays_away() -> None:
    home = household()
    home.home = False
    home.learn(ran_until(NOON))
    home.go_on(NOON + 3 * HOUR)
    home.home = True
    home.go_on(NOON + 4 * HOUR)
    assert asked(home) == []


def test_prompt_waits_for_voice_switched_on() -> None:
    home = household()
    home.runner.manual_entries.allow_voice(False)
    home.learn(ran_until(NOON))
    home.go_on(NOON + MINUTE)
    assert prompt_events(home) == [("PromptDue", Habit.FOAM_ROLL)]
    home.runner.manual_entries.allow_voice(True)
    home.keep([])
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == [(60, Habit.FOAM_ROLL, "kitchen"), (664, Habit.STRETCH, "kitchen")]


def test_session_after_run_prevents_prompt() -> None:
    home = household()
    home.learn(ran_until(NOON))
    home.go_on(NOON + MINUTE)
    home.keep(home.runner.manual_entries.log_session(Habit.STRETCH, now=home.now))
    home.go_on(NOON + 3 * HOUR)
    assert [habit for _, habit, _ in asked(home)] == [Habit.FOAM_ROLL]
    assert ("PromptDue", Habit.STRETCH) not in prompt_events(home)
    assert ("PromptDone", Habit.STRETCH) not in prompt_events(home)  # it was never announced


def test_session_before_end_of_run_does_not_prevent_prompt() -> None:
    home = household(NOON - MINUTE)
    home.keep(home.runner.manual_entries.log_session(Habit.STRETCH, now=home.now))
    home.now = NOON
    home.learn(ran_until(NOON))
    home.go_on(NOON + HOUR)
    assert [habit for _, habit, _ in asked(home)] == [Habit.FOAM_ROLL, Habit.STRETCH]


def test_session_after_prompt_is_reported_as_done() -> None:
    home = household()
    home.learn(ran_until(NOON))
    home.go_on(NOON + 4 * MINUTE)
    stretching = activity(NOON + 2 * MINUTE, minutes=2, sport=Sport.MOBILITY)
    home.keep(home.runner.manual_entries.log_session(Habit.FOAM_ROLL, now=home.now))
    home.learn(stretching)
    home.go_on(NOON + 3 * HOUR)
    assert prompt_events(home) == [
        ("PromptDue", Habit.FOAM_ROLL),
        ("PromptSpoken", Habit.FOAM_ROLL),
        ("PromptDone", Habit.FOAM_ROLL),
    ]


def test_recorded_cool_down_prevents_prompt() -> None:
    home = household(offsets={Habit.COOL_DOWN: timedelta(0)})
    cool_down = lap(5, Intensity.COOL_DOWN, start=NOON - 5 * MINUTE)
    home.learn(ran_until(NOON, laps=(cool_down,)))
    home.go_on(NOON + HOUR)
    assert asked(home) == []


@pytest.mark.parametrize(
    ("learned", "quiet", "spoken"),
    [
        # 21:58 in Berlin: foam roll at once, stretch would be due at 22:03 and expires before 7:00
        ("2026-03-02T20:58", QuietHours(), ["2026-03-02T20:58"]),
        # quiet hours end within the window
        ("2026-03-03T05:30", QuietHours(), ["2026-03-03T06:00:00", "2026-03-03T06:10:04"]),
        # over midnight, and none at all
        ("2026-03-02T23:30", QuietHours(start=time(23), end=time(1)), ["2026-03-03T00:00:00", "2026-03-03T00:10:04"]),
        ("2026-03-02T23:30", QuietHours(start=time(0), end=time(0)), ["2026-03-02T23:30", "2026-03-02T23:40:04"]),
        # the night in which 2:30 is skipped: quiet until 3:00, which is the moment of the jump
        ("2026-03-29T00:30", QuietHours(end=time(2, 30)), ["2026-03-29T01:00:00", "2026-03-29T01:10:04"]),
        # the night in which 2:30 comes twice: quiet again from the jump back to the second 2:30
        ("2026-10-25T01:10", QuietHours(end=time(2, 30)), ["2026-10-25T01:30:00", "2026-10-25T01:40:04"]),
    ],
)
def test_prompt_waits_for_end_of_quiet_hours_or_expires(learned: str, quiet: QuietHours, spoken: list[str]) -> None:
    home = household(at(learned), quiet_hours=quiet)
    home.learn(ran_until(home.now))
    home.go_on(home.now + 3 * HOUR)
    begun = [when for when, event in home.events if isinstance(event, SpeakPrompt)]
    assert begun == [at(instant) for instant in spoken]


def test_restart_during_line_counts_it_as_spoken() -> None:
    home = household()
    home.learn(ran_until(NOON))
    home.now += 2 * A_SECOND
    home.restart()
    home.go_on(NOON + 3 * HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (600, Habit.STRETCH, "kitchen")]


def test_restart_between_attempts_continues_with_next() -> None:
    home = household(works=lambda line: line > 0, offsets={Habit.STRETCH: timedelta(0)})
    home.learn(ran_until(NOON))
    home.go_on(NOON + 5 * A_SECOND)
    home.restart()
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.STRETCH, "kitchen"), (14, Habit.STRETCH, "kitchen")]


def test_restart_after_expiry_speaks_nothing() -> None:
    home = household()
    home.home = False
    home.learn(ran_until(NOON))
    home.now += 5 * HOUR
    home.home = True
    home.restart()
    assert asked(home) == []
    assert prompt_events(home)[-2:] == [("PromptExpired", Habit.FOAM_ROLL), ("PromptExpired", Habit.STRETCH)]


@pytest.mark.parametrize("later", [MINUTE, HOUR, 20 * HOUR])
@pytest.mark.parametrize("source", [PHONE, TREADMILL])
def test_late_second_source_does_not_prompt_again(later: timedelta, source: dict[str, Any]) -> None:
    home = household()
    home.learn(ran_until(NOON))
    home.go_on(NOON + later)
    home.learn(ran_until(NOON + 5 * A_SECOND, **source))
    home.restart()
    home.go_on(NOON + 30 * HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (604, Habit.STRETCH, "kitchen")]
    assert home.told().count("RunFinished") == 1
    assert home.told().count("RunChanged") == 1


def test_each_run_of_day_prompts() -> None:
    home = household()
    home.learn(ran_until(NOON))
    home.go_on(NOON + 4 * HOUR)
    home.learn(ran_until(NOON + 4 * HOUR))
    home.go_on(NOON + 8 * HOUR)
    assert [(seconds, habit) for seconds, habit, _ in asked(home)] == [
        (0, Habit.FOAM_ROLL),
        (604, Habit.STRETCH),
        (14400, Habit.FOAM_ROLL),
        (15004, Habit.STRETCH),
    ]


def test_each_prompt_of_habit_has_next_turn() -> None:
    home = household()
    for hours in (0, 4, 8):
        home.go_on(NOON + hours * HOUR)
        home.learn(ran_until(NOON + hours * HOUR))
    home.restart()
    home.go_on(NOON + 9 * HOUR)
    turns = [(event.prompt.topic, event.turn) for _, event in home.events if isinstance(event, SpeakPrompt)]
    assert turns == [(habit, turn) for turn in range(3) for habit in (Habit.FOAM_ROLL, Habit.STRETCH)]


def test_runs_joined_by_third_source_prompt_no_more() -> None:
    """A treadmill and an entity, half an hour each, one after the other; then the phone's record joins both."""
    home = household(NOON - 30 * MINUTE)
    home.learn(ran_until(NOON - 30 * MINUTE, **TREADMILL))
    home.go_on(NOON)
    home.learn(ran_until(NOON, km=4, origin=Origin.ENTITY))
    home.go_on(NOON + 10 * MINUTE)
    before = len(asked(home))
    home.learn(activity(NOON - HOUR, minutes=60, km=9, **PHONE))
    home.go_on(NOON + 3 * HOUR)
    # Both parts are one outing, which has two questions.
    assert before == len(asked(home)) == 2
    assert len(home.runner.runs) == 1


def test_late_report_on_attempt_changes_nothing() -> None:
    home = household()
    home.learn(ran_until(NOON))
    (line,) = [event for _, event in home.events if isinstance(event, SpeakPrompt)]
    home.keep(home.runner.manual_entries.log_session(Habit.FOAM_ROLL, now=NOON))
    home.runner.replies.not_spoken(line.prompt, now=NOON)
    assert home.runner.replies.spoken(line.prompt, now=NOON).channel == "kitchen"
    home.go_on(NOON + HOUR)
    assert [habit for _, habit, _ in asked(home)] == [Habit.FOAM_ROLL, Habit.STRETCH]


def test_report_on_unknown_prompt_is_refused() -> None:
    names = frozenset({"unknown"})
    never = Prompt(topic=Habit.CORE, id="unknown", names=names, run=None, since=NOON, due=NOON, expires=NOON)
    with pytest.raises(ValueError, match="never due"):
        Runner(settings(), Journal()).replies.spoken(never, now=NOON)


def test_habit_is_prompted_on_its_chosen_speaker() -> None:
    home = household(speakers=("kitchen", "gym"), chosen={Habit.STRETCH: "gym"})
    home.learn(ran_until(NOON))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (604, Habit.STRETCH, "gym")]


def test_chosen_speaker_out_of_earshot_is_skipped() -> None:
    home = household(speakers=("kitchen", "gym"), chosen={Habit.STRETCH: "gym"})
    home.heard = ("kitchen",)
    home.learn(ran_until(NOON))
    home.go_on(NOON + HOUR)
    assert asked(home) == [(0, Habit.FOAM_ROLL, "kitchen"), (604, Habit.STRETCH, "kitchen")]
