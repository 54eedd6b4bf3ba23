"""Silence: every reason for it, and their order."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.coaching.silence import SilenceStatus
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason
from custom_components.home_gym.gym.prompts.settings import PromptSettings, QuietHours
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_SECOND, NOON, Household, activity, at, settings

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


# Explanations

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def household(**prompts: Any) -> Household:
    """Return a household with one speaker that is asked for the roll after a run."""
    chosen = PromptSettings(
        **{
            "speakers": ("kitchen",),
            "offsets": {Habit.FOAM_ROLL: timedelta(0)},
            "at_the_treadmill": frozenset(),
            **prompts,
        }
    )
    return Household(Runner(settings(prompts=chosen), Journal()), NOON)


def test_coach_that_would_speak_has_no_reason_for_silence() -> None:
    assert household().runner.explanations.waits(NOON) is None


@pytest.mark.parametrize(
    ("change", "reason", "until"),
    [
        (lambda home: setattr(home, "home", False), HoldReason.AWAY, None),
        (lambda home: setattr(home, "heard", ()), HoldReason.NO_SPEAKER, None),
        (lambda home: home.runner.manual_entries.allow_voice(False), HoldReason.VOICE_OFF, None),
        (lambda home: verbs.rest()(home.runner, NOON), HoldReason.REST, None),
        (lambda home: verbs.rest(end=date(2026, 3, 4))(home.runner, NOON), HoldReason.REST, at("2026-03-04T23:00")),
        (lambda home: verbs.rest(end=date.max)(home.runner, NOON), HoldReason.REST, None),
        (
            lambda home: verbs.report_pain(8, red_flags=[RedFlag.NUMBNESS])(home.runner, NOON),
            HoldReason.RED_FLAG,
            None,
        ),
        (lambda home: home.go_on(at("2026-03-02T22:00")), HoldReason.QUIET_HOURS, at("2026-03-03T06:00")),
        (lambda home: home.learn(activity(NOON - 4 * HOUR)), HoldReason.NOT_FRESH, None),
    ],
)
def test_reason_for_silence_has_its_end(change: Any, reason: HoldReason, until: datetime | None) -> None:
    home = household()
    change(home)
    home.keep([])
    assert home.runner.explanations.waits(home.now) == SilenceStatus(reason=reason, until=until)
    assert home.runner.summary(home.now).waits == SilenceStatus(reason=reason, until=until)


def test_run_of_yesterday_explains_nothing_today() -> None:
    home = household()
    home.learn(activity(NOON - 25 * HOUR))
    assert home.runner.explanations.waits(NOON) is None


def test_question_that_was_left_out_is_explained_for_a_day() -> None:
    """Away at noon, the roll expires an hour and a half later."""
    home = household()
    home.home = False
    home.learn(activity(NOON - HOUR))
    home.go_on(NOON + 2 * HOUR)
    home.home = True
    home.keep([])
    assert home.runner.explanations.waits(home.now) is None
    found = home.runner.explanations.unasked(home.now)
    assert found
    assert found[1] == SilenceStatus(reason=HoldReason.AWAY)
    assert home.runner.explanations.unasked(home.now + 24 * HOUR) is None


def test_question_that_was_asked_needs_no_explanation() -> None:
    home = household()
    home.learn(activity(NOON - HOUR))
    home.go_on(NOON + MINUTE)
    assert home.runner.explanations.unasked(home.now) is None


def test_explanations_change_with_the_quiet_hours() -> None:
    """Ten in the evening and seven in the morning in Berlin."""
    assert household().runner.explanations.deadlines(NOON) == [at("2026-03-02T21:00"), at("2026-03-03T06:00")]
    never = QuietHours(start=time(0), end=time(0))
    assert household(quiet_hours=never).runner.explanations.deadlines(NOON) == []
