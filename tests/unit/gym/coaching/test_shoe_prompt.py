"""Prompts for worn-out pairs."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.events import PromptDone, PromptDue, PromptExpired, PromptSnoozed, SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason, Prompt, PromptState, evening_prompt
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.shoes.shoe import Shoe
from tests.support.profiles import examples

from ....support.unit.make import NOON, Household, activity, at, restarted, settings, shoe

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# No other prompts, and no quiet hours.
ALONE: dict[str, Any] = {
    "offsets": {},
    "at_the_treadmill": frozenset(),
    "speakers": ("kitchen",),
    "quiet_hours": QuietHours(start=NOON.time(), end=NOON.time()),
}


def household(*shoes: Shoe, now: datetime = NOON, **prompts: Any) -> Household:
    """Return a household with pairs, by default one that is to be replaced after 10 km."""
    chosen = PromptSettings(**{**ALONE, **prompts})
    return Household(Runner(settings(shoes=shoes or (pair(),), prompts=chosen), Journal()), now)


def pair(name: str = "blue", **rest: Any) -> Shoe:
    """Return a pair that lasts for 10 km."""
    return shoe(name, **{"warn_at": 5000, "replace_at": 10_000, **rest})


def ran(home: Household, km: float, **rest: Any) -> None:
    """Let a run end now."""
    home.learn(activity(home.now - 30 * MINUTE, km=km, **rest))


def asked(home: Household) -> list[tuple[float, str | None]]:
    """Return the minutes and the pairs of the spoken prompts."""
    return [
        ((when - NOON) / MINUTE, event.prompt.shoe)
        for when, event in home.events
        if isinstance(event, SpeakPrompt) and event.prompt.topic is NonHabitTopic.SHOES
    ]


def open_prompt(home: Household) -> Prompt:
    """Return the only prompt without an outcome."""
    [prompt] = home.runner.replies.unanswered(home.now)
    return prompt


def test_run_that_wears_pair_out_prompts_once() -> None:
    """Ten minutes after it was learned, since a run of 100 m asks for nothing itself."""
    home = household()
    ran(home, 9.9)
    home.go_on(NOON + DAY)
    assert asked(home) == []
    ran(home, 0.1)
    home.go_on(NOON + 2 * DAY)
    ran(home, 5)
    home.restart()
    home.go_on(NOON + 30 * DAY)
    assert asked(home) == [(24 * 60 + 10, "blue")]
    assert life_of_prompt(home) == ["PromptDue", "SpeakPrompt", "PromptSpoken", "PromptExpired"]


def life_of_prompt(home: Household) -> list[str]:
    """Return the kinds of events of the shoe prompt."""
    prompts = [event for _, event in home.events if getattr(event, "prompt", None)]
    return [type(event).__name__ for event in prompts if event.prompt.topic is NonHabitTopic.SHOES]  # type: ignore[union-attr]


def test_shoe_prompt_follows_habit_prompts() -> None:
    home = household(offsets=PromptSettings().offsets)
    ran(home, 10)
    home.go_on(NOON + DAY)
    spoken = [event.prompt.topic for _, event in home.events if isinstance(event, SpeakPrompt)]
    assert spoken == [Habit.FOAM_ROLL, Habit.STRETCH, NonHabitTopic.SHOES]


def test_shoe_prompts_can_be_switched_off() -> None:
    home = household(shoes=False)
    ran(home, 10)
    home.go_on(NOON + 3 * DAY)
    assert asked(home) == []
    assert home.told() == ["RunFinished", "RunRecorded"]


@pytest.mark.parametrize(
    "worn_out",
    [
        # history, a pair that was worn out when it was described, and one that was retired before
        lambda home: home.learn(activity(NOON - HOUR, km=10), live=False),
        lambda home: ran(home, 1, gear="done"),
        lambda home: ran(home, 20, gear="retired"),
    ],
)
def test_history_and_pairs_worn_out_or_retired_before_prompt_nothing(worn_out: Any) -> None:
    shoes = (
        pair(),
        pair("done", initial_distance=10_000),
        pair("retired", retired=date(2026, 2, 1)),
    )
    chosen = PromptSettings(**ALONE)
    gear = {"done": "done", "retired": "retired"}
    home = Household(Runner(settings(shoes=shoes, gear=gear, prompts=chosen), Journal()), NOON)
    worn_out(home)
    home.go_on(NOON + 4 * DAY)
    assert asked(home) == []
    assert life_of_prompt(home) == []


def test_run_learned_late_wears_pair_out() -> None:
    """It is not fresh, so it asks for nothing itself."""
    home = household(offsets=PromptSettings().offsets)
    home.learn(activity(NOON - 4 * DAY, km=10))
    home.go_on(NOON + HOUR)
    spoken = [event.prompt.topic for _, event in home.events if isinstance(event, SpeakPrompt)]
    assert spoken == [NonHabitTopic.SHOES]


def test_older_run_learned_later_wears_pair_out() -> None:
    """The instant of delivery counts, so an old run changes nothing about a past day."""
    home = household()
    ran(home, 6)
    home.now += DAY
    home.learn(activity(NOON - 3 * DAY, km=6))
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == [(24 * 60 + 10, "blue")]


def test_shoe_prompt_waits_for_end_of_quiet_hours() -> None:
    """21:55 in Berlin, and the night until 7:00 is quiet."""
    home = household(now=at("2026-03-02T20:55"), quiet_hours=QuietHours())
    ran(home, 10)
    home.go_on(NOON + DAY)
    assert asked(home) == [((at("2026-03-03T06:00") - NOON) / MINUTE, "blue")]


def test_shoe_prompt_waits_for_return_of_runner() -> None:
    home = household()
    home.home = False
    ran(home, 10)
    home.go_on(NOON + DAY)
    home.home = True
    home.keep([])
    assert asked(home) == [(24 * 60, "blue")]


@pytest.mark.parametrize(
    ("hold", "reason"),
    [
        (lambda home: setattr(home, "home", False), HoldReason.AWAY),
        (lambda home: home.runner.manual_entries.allow_voice(False), HoldReason.VOICE_OFF),
        (lambda home: home.runner.manual_entries.rest(start=date(2026, 3, 2), end=None, now=NOON), HoldReason.REST),
    ],
)
def test_held_shoe_prompt_expires_after_two_days_with_reason(hold: Any, reason: HoldReason) -> None:
    home = household()
    hold(home)
    ran(home, 10)
    home.go_on(NOON + 4 * DAY)
    assert asked(home) == []
    when, expired = home.events[-1]
    assert isinstance(expired, PromptExpired)
    assert (when, expired.reason) == (NOON + 2 * DAY + 10 * MINUTE, reason)


def test_snoozed_shoe_prompt_is_repeated_once() -> None:
    home = household()
    ran(home, 10)
    home.go_on(NOON + 91 * MINUTE)
    home.keep(home.runner.replies.snooze(open_prompt(home), now=home.now))
    home.go_on(NOON + DAY)
    # An hour and a half after the outing, whose own questions come first, and a quarter of an hour after "later".
    assert asked(home) == [(90, "blue"), (106, "blue")]
    assert any(isinstance(event, PromptSnoozed) for _, event in home.events)


def test_shoe_prompt_is_settled_by_reply() -> None:
    home = household()
    ran(home, 10)
    home.go_on(NOON + 91 * MINUTE)
    prompt = open_prompt(home)
    assert (
        home.runner.replies.prompt_for(home.now)
        == home.runner.replies.prompt_for(home.now, NonHabitTopic.SHOES)
        == prompt
    )
    home.keep(home.runner.replies.settle(prompt, now=home.now))
    home.keep(home.runner.replies.settle(prompt, now=home.now))
    assert [event for _, event in home.events if isinstance(event, PromptDone)] == [PromptDone(prompt=prompt)]
    assert home.runner.replies.unanswered(home.now) == []
    assert home.runner.journal.prompts[prompt.id, NonHabitTopic.SHOES].state is PromptState.DONE


def test_retired_pair_ends_its_prompt() -> None:
    """Its last day is that of the run, so the next day it is done with."""
    home = household()
    home.home = False
    ran(home, 10)
    home.go_on(NOON + HOUR)
    chosen = settings(shoes=(pair(retired=date(2026, 3, 2)),), prompts=PromptSettings(**ALONE))
    home.runner = Runner(chosen, restarted(home.runner).journal)
    home.go_on(NOON + DAY)
    home.home = True
    home.go_on(NOON + 2 * DAY)
    assert life_of_prompt(home) == ["PromptDue", "PromptDone"]


def test_new_limit_prompts_again() -> None:
    home = household()
    ran(home, 10)
    home.go_on(NOON + DAY)
    chosen = settings(shoes=(pair(replace_at=12_000),), prompts=PromptSettings(**ALONE))
    home.runner = Runner(chosen, restarted(home.runner).journal)
    ran(home, 2)
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == [(90, "blue"), (24 * 60 + 90, "blue")]


def test_two_worn_out_pairs_prompt_one_by_one() -> None:
    """From an hour and a half after the runs; a line takes 4 seconds, and for 5 minutes it can be answered."""
    chosen = settings(shoes=(pair("a"), pair("b")), gear={"a": "a", "b": "b"}, prompts=PromptSettings(**ALONE))
    home = Household(Runner(chosen, Journal()), NOON)
    home.learn(activity(NOON - 3 * HOUR, km=10, gear="a"), activity(NOON - HOUR, km=10, gear="b"))
    home.go_on(NOON + 2 * HOUR)
    assert asked(home) == [(60, "a"), (pytest.approx(65 + 4 / 60), "b")]


def test_evening_prompt_has_habit() -> None:
    assert evening_prompt(Habit.CORE, date(2026, 3, 2), NOON).habit is Habit.CORE


@examples(60)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([0, 3, 4.5, 7]), st.integers(-4, 0), st.booleans()), max_size=6
    )
)
def test_worn_out_pair_is_same_after_restart(prompts: list[tuple[int, float, int, bool]]) -> None:
    """For runs learned late, a restarted runner has the same prompts as one that kept running."""
    home = household()
    for number, (days, km, back, live) in enumerate(prompts):
        home.now += days * DAY
        home.learn(activity(home.now + back * DAY - HOUR, km=km, origin_id=str(number)), live=live)
        again = restarted(home.runner)
        assert again.replies.unanswered(home.now) == home.runner.replies.unanswered(home.now)
        assert again.deadline(home.now) == home.runner.deadline(home.now)
    home.go_on(home.now + 4 * DAY)
    assert len(asked(home)) <= 1
    due = [event.prompt for _, event in home.events if isinstance(event, PromptDue)]
    assert [prompt.shoe for prompt in due if prompt.topic is NonHabitTopic.SHOES] in ([], ["blue"])
