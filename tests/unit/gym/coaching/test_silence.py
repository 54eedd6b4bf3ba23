"""Silence: every reason for it, and their order."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.routine import routine_for
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_SECOND, NOON, settings

TODAY = date(2026, 3, 2)
# Noon in UTC is one o'clock in Berlin.
QUIET = QuietHours(start=time(12, 30), end=time(13, 5))


def runner(*, quiet: bool = False) -> Runner:
    """Return a runner, with noon in the quiet hours or not."""
    hours = QUIET if quiet else QuietHours()
    return Runner(settings(prompts=PromptSettings(speakers=("kitchen",), quiet_hours=hours)), Journal())


def raise_red_flag(someone: Runner) -> None:
    """Report a red flag."""
    someone.manual_entries.report_pain(2, now=NOON, red_flags=[RedFlag.NUMBNESS])


def rest(someone: Runner) -> None:
    """Rest today."""
    someone.manual_entries.rest(start=TODAY, end=TODAY, now=NOON)


def guide(someone: Runner) -> None:
    """Start a routine."""
    player = Player(routine_for(Habit.CORE))
    player.start(NOON)
    someone.journal.routine = player.memory()


def mute(someone: Runner) -> None:
    """Switch the voice off."""
    someone.manual_entries.allow_voice(False)


@pytest.mark.parametrize(
    ("quiet", "facts", "of_all", "of_prompts"),
    [
        (False, [], None, None),
        (True, [], None, HoldReason.QUIET_HOURS),
        (False, [rest], HoldReason.REST, HoldReason.REST),
        (True, [rest], HoldReason.REST, HoldReason.REST),
        (False, [raise_red_flag], HoldReason.RED_FLAG, HoldReason.RED_FLAG),
        (True, [rest, raise_red_flag], HoldReason.RED_FLAG, HoldReason.RED_FLAG),
        (False, [mute, guide], None, None),
    ],
)
def test_red_flag_precedes_rest_and_rest_precedes_quiet_hours(
    quiet: bool, facts: list[Callable[[Runner], None]], of_all: HoldReason | None, of_prompts: HoldReason | None
) -> None:
    someone = runner(quiet=quiet)
    for add in facts:
        add(someone)
    assert someone.silence.of_all_coaching(NOON) is of_all
    assert someone.silence.of_prompts(NOON) is of_prompts
    assert someone.summary(NOON).silence is of_all
    assert bool(someone.summary(NOON).due) is (of_all is None)


@pytest.mark.parametrize(
    ("facts", "home", "has_channel", "expected"),
    [
        ([], True, True, None),
        ([guide], True, True, HoldReason.ROUTINE),
        ([guide], True, False, HoldReason.NO_SPEAKER),
        ([guide, mute], True, False, HoldReason.VOICE_OFF),
        ([guide, mute], False, False, HoldReason.AWAY),
    ],
)
def test_away_precedes_voice_speaker_and_routine(
    facts: list[Callable[[Runner], None]], home: bool, has_channel: bool, expected: HoldReason | None
) -> None:
    someone = runner()
    for add in facts:
        add(someone)
    assert someone.silence.of_speech(home=home, has_channel=has_channel) is expected


@pytest.mark.parametrize(
    ("facts", "may_ask"), [([], True), ([rest], True), ([mute], True), ([raise_red_flag], False), ([guide], False)]
)
def test_questions_wait_for_red_flags_and_routines(facts: list[Callable[[Runner], None]], may_ask: bool) -> None:
    someone = runner()
    for add in facts:
        add(someone)
    assert someone.silence.may_ask is may_ask


def test_rest_ends_with_its_last_day() -> None:
    someone = runner()
    rest(someone)
    # The day in Berlin ends at 23:00 in UTC.
    midnight = NOON + timedelta(hours=11)
    assert someone.silence.of_all_coaching(midnight - A_SECOND) is HoldReason.REST
    assert someone.silence.of_all_coaching(midnight) is None


def test_quiet_hours_end_to_the_second() -> None:
    silence = runner(quiet=True).silence
    end = NOON + timedelta(minutes=5)
    assert silence.may_speak_from(NOON) == end
    assert silence.of_prompts(end - A_SECOND) is HoldReason.QUIET_HOURS
    assert silence.of_prompts(end) is None


@pytest.mark.parametrize(
    ("minutes", "expected"),
    # Quiet from 11:30 to 12:05 in UTC.
    [(-91, False), (-90, True), (-31, True), (0, True), (5, True), (64, True), (65, False)],
)
def test_night_lasts_an_hour_longer_than_quiet_hours_on_both_sides(minutes: int, expected: bool) -> None:
    assert runner(quiet=True).silence.is_night(NOON + timedelta(minutes=minutes)) is expected
