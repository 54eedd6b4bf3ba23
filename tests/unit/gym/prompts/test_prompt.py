from datetime import datetime, time, timedelta

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.prompt import (
    PromptFact,
    PromptState,
    channel_of_attempt,
    next_attempt_at,
    prompts_after,
)
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours, may_speak_from
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from tests.support.unit.make import BERLIN, NOON, at, run

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("start", "end", "wall", "covered"),
    [
        (time(22), time(7), time(21, 59, 59), False),
        (time(22), time(7), time(22), True),
        (time(22), time(7), time(0), True),
        (time(22), time(7), time(6, 59, 59), True),
        (time(22), time(7), time(7), False),
        (time(13), time(15), time(12, 59), False),
        (time(13), time(15), time(13), True),
        (time(13), time(15), time(15), False),
        (time(8), time(8), time(8), False),  # none
    ],
)
def test_quiet_hours_cover_their_times(start: time, end: time, wall: time, covered: bool) -> None:
    assert QuietHours(start=start, end=end).covers(wall) is covered


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("2026-03-02T12:00", "2026-03-02T12:00"),
        ("2026-03-02T21:00", "2026-03-03T06:00"),  # 22:00 in Berlin to 7:00
        ("2026-03-03T05:59", "2026-03-03T06:00"),
        ("2026-03-03T06:00", "2026-03-03T06:00"),
        ("2026-03-28T21:30", "2026-03-29T05:00"),  # the clocks go forward: 7:00 comes an hour sooner
        ("2026-10-24T20:30", "2026-10-25T06:00"),  # and an hour later
    ],
)
def test_speech_waits_for_end_of_quiet_hours(instant: str, expected: str) -> None:
    assert may_speak_from(at(instant), QuietHours(), BERLIN) == at(expected)


@pytest.mark.parametrize(
    ("speakers", "phones", "attempts"),
    [
        ((), (), ()),
        (("a",), (), ("a", "a")),
        (("a",), ("p",), ("a", "a", "p")),
        (("a", "b"), ("p", "q"), ("a", "b", "p", "q")),
        ((), ("p",), ("p",)),
    ],
)
def test_channels_are_tried_in_turn(
    speakers: tuple[str, ...], phones: tuple[str, ...], attempts: tuple[str, ...]
) -> None:
    settings = PromptSettings(speakers=speakers, phones=phones)
    assert settings.attempts_on(settings.speakers, Habit.STRETCH) == attempts
    if attempts:
        assert [channel_of_attempt(made, attempts) for made in range(2 * len(attempts))] == [*attempts, *attempts]


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [(0, 0), (1, 10), (2, 10), (3, 300), (4, 10), (6, 600)],
)
def test_next_attempt_follows_after_ten_seconds_or_minutes_that_double(attempts: int, wait: int) -> None:
    """One speaker and one phone are three attempts, after which all is tried again five minutes later."""
    settings = PromptSettings(speakers=("a",), phones=("p",))
    fact = PromptFact(activity="x", topic=Habit.STRETCH, state=PromptState.DUE, at=NOON, attempts=attempts)
    channels = settings.attempts_on(settings.speakers, Habit.STRETCH)
    assert next_attempt_at(fact, channels) == NOON + timedelta(seconds=wait)


def test_run_prompts_at_offsets_within_window() -> None:
    learned = NOON + 7 * MINUTE
    after = [(prompt.topic, prompt.due, prompt.expires) for prompt in prompts_after(run(), learned, PromptSettings())]
    expected: list[tuple[Habit, datetime, datetime]] = [
        (Habit.FOAM_ROLL, learned, learned + 90 * MINUTE),
        (Habit.STRETCH, learned + 5 * MINUTE, learned + 95 * MINUTE),
    ]
    assert after == expected


@pytest.mark.parametrize("state", PromptState)
def test_prompt_is_over_when_done_declined_or_expired(state: PromptState) -> None:
    assert state.is_over == (state in {PromptState.DONE, PromptState.DECLINED, PromptState.EXPIRED})


@pytest.mark.parametrize(
    ("heard", "chosen", "channels"),
    [
        (("a", "b"), "b", ("b", "a", "p", "q")),
        (("a", "b"), "a", ("a", "b", "p", "q")),
        # a phone may be chosen, and a lone speaker is still tried twice
        (("a", "b"), "q", ("q", "a", "b", "p")),
        (("a",), "p", ("p", "a", "a", "q")),
        (("a",), "a", ("a", "a", "p", "q")),
        # the chosen speaker is out of earshot, or was removed
        (("a",), "b", ("a", "a", "p", "q")),
        ((), "b", ("p", "q")),
        (("a", "b"), "gone", ("a", "b", "p", "q")),
    ],
)
def test_chosen_channel_of_habit_comes_first(heard: tuple[str, ...], chosen: str, channels: tuple[str, ...]) -> None:
    settings = PromptSettings(speakers=("a", "b"), phones=("p", "q"), chosen={Habit.CORE: chosen})
    assert settings.attempts_on(heard, Habit.CORE) == channels
    assert settings.attempts_on(heard, Habit.STRETCH) == settings.attempts_on(heard, NonHabitTopic.SHOES)
    assert chosen != settings.attempts_on(("a", "b"), Habit.STRETCH)[0] or chosen == "a"
