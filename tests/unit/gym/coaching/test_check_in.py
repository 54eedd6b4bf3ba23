"""Check-ins: the coach asks for pain on the morning after a demanding run."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.coaching.replies import NothingToAnswerError
from custom_components.home_gym.gym.events import PromptDone, PromptExpired, SpeakPrompt
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import HoldReason, PromptState
from custom_components.home_gym.gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.corrections import Correction
from custom_components.home_gym.gym.runs.demanding_runs import Ramp, is_demanding
from custom_components.home_gym.gym.runs.load import LoadSettings

from ....support.unit.make import NOON, Household, activity, at, run, settings

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
# 8:00 in Berlin on the day after a run of Monday noon.
MORNING = at("2026-03-03T07:00")
HEART = LoadSettings(resting_heart_rate=50, max_heart_rate=190)
NO_RAMP = Ramp(without=None, included=None)


# Demanding runs


@pytest.mark.parametrize(
    ("km", "before", "demanding"),
    [
        # the threshold of the longest run is 10 % beyond the longest: 11 km, and a bit more
        (11, [10, 10, 8], False),
        (11.001, [10, 10, 8], True),
        # the middle of 4, 6 and 16 km is 6, and half as much again 9
        (8.999, [4, 6, 16], False),
        (9, [4, 6, 16], True),
        # the middle of 4 and 6 km is 5, and half as much again 7.5, which beats the longest, too
        (6.6, [4, 6], False),
        # steady runs are not demanding, and without runs before there is nothing to compare with
        (5, [5, 5, 5], False),
        (30, [], False),
        (30, [None, None], False),
        (None, [5, 5], False),
    ],
)
def test_long_run_exceeds_threshold_or_half_again_the_median(
    km: float | None, before: list[float | None], demanding: bool
) -> None:
    ran = [run(NOON - (number + 1) * DAY, km=each) for number, each in enumerate(before)]
    assert is_demanding(run(km=km), ran, NO_RAMP, LoadSettings()) is demanding


@pytest.mark.parametrize(
    ("minutes", "load", "demanding"),
    [
        # the impulse grows with the minutes: 45 of them are half as much again as 30 at the same heart rate
        (44.9, HEART, False),
        (45.1, HEART, True),
        (90, LoadSettings(), False),
    ],
)
def test_hard_run_has_half_again_the_median_impulse(minutes: float, load: LoadSettings, demanding: bool) -> None:
    """Without the heart's limits no impulse is known, and distance alone decides."""
    before = [run(NOON - days * DAY, heart_rate=140) for days in (1, 2, 3)]
    assert is_demanding(run(minutes=minutes, heart_rate=140), before, NO_RAMP, load) is demanding


@pytest.mark.parametrize(
    ("without", "included", "demanding"),
    [(29, 30, False), (30, 30.1, True), (30.1, 50, False), (-80, 31, True), (None, 31, True), (None, None, False)],
)
def test_run_is_demanding_if_it_passes_ramp_threshold(
    without: float | None, included: float | None, demanding: bool
) -> None:
    assert is_demanding(run(), [], Ramp(without=without, included=included), LoadSettings()) is demanding


# When it is asked


def household(*, hurt: bool = True, **prompts: Any) -> Household:
    """Return the home of a runner with 5 km on every third day, and with pain a month ago unless `hurt` is False."""
    chosen = PromptSettings(**{"offsets": {}, "speakers": ("kitchen",), **prompts})
    home = Household(Runner(settings(prompts=chosen), Journal()), NOON)
    home.learn(*(activity(NOON - days * DAY, km=5) for days in range(3, 60, 3)), live=False)
    if hurt:
        home.runner.manual_entries.report_pain(3, now=NOON - 30 * DAY)
    return home


def ran(home: Household, km: float = 8, **rest: Any) -> None:
    """Let a run end now; half as much again as 5 km is 7.5."""
    home.learn(activity(home.now - HOUR, km=km, **rest))


def ran_twice(home: Household) -> None:
    """Let two runs end five hours apart."""
    ran(home)
    home.go_on(NOON + 5 * HOUR)
    ran(home)


def asked(home: Household) -> list[Any]:
    """Return the instants of the check-ins."""
    return [
        when
        for when, event in home.events
        if isinstance(event, SpeakPrompt) and event.prompt.topic is NonHabitTopic.CHECK_IN
    ]


def fact_of(home: Household) -> Any:
    """Return the fact of the one check-in."""
    [fact] = [fact for fact in home.runner.journal.prompts.values() if fact.topic is NonHabitTopic.CHECK_IN]
    return fact


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (ran, [MORNING]),
        (lambda home: ran(home, 5), []),
        # imported runs are history
        (lambda home: home.learn(activity(NOON - HOUR, km=8), live=False), []),
        # twice a day is once a morning
        (ran_twice, [MORNING]),
    ],
)
def test_check_in_is_spoken_once_on_next_morning(happened: Callable[[Household], Any], expected: list[Any]) -> None:
    home = household()
    happened(home)
    home.restart()
    home.go_on(NOON + 5 * DAY)
    assert asked(home) == expected


def test_late_report_answers_expired_check_in_once() -> None:
    """It is asked at 8 and over at noon, and on the phone it is read at 3."""
    home = household()
    ran(home)
    home.go_on(MORNING + 7 * HOUR)
    assert (fact_of(home).state, fact_of(home).reason) == (PromptState.EXPIRED, HoldReason.UNANSWERED)
    assert home.runner.replies.prompt_for(home.now, NonHabitTopic.CHECK_IN).topic is NonHabitTopic.CHECK_IN
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now))
    assert fact_of(home).state is PromptState.DONE
    assert [event.prompt.topic for _, event in home.events if isinstance(event, PromptDone)] == [NonHabitTopic.CHECK_IN]
    with pytest.raises(NothingToAnswerError):
        home.runner.replies.prompt_for(home.now, NonHabitTopic.CHECK_IN)


@pytest.mark.parametrize(
    ("choice", "hurt", "times"),
    [
        (CheckIn.AUTOMATIC, False, 1),
        (CheckIn.AUTOMATIC, True, 1),
        (CheckIn.ALWAYS, False, 1),
        (CheckIn.NEVER, True, 0),
    ],
)
def test_choice_and_pain_history_decide_on_check_in(choice: CheckIn, hurt: bool, times: int) -> None:
    home = household(hurt=hurt, check_in=choice)
    ran(home)
    home.go_on(NOON + 2 * DAY)
    assert len(asked(home)) == times


def answer(score: float) -> Callable[[Household], Any]:
    """Return an answer with a score."""
    return lambda home: home.keep(home.runner.manual_entries.report_pain(score, now=home.now))


def decline(home: Household) -> None:
    """Decline the check-in."""
    home.keep(home.runner.replies.decline(home.runner.replies.prompt_for(home.now, NonHabitTopic.CHECK_IN), home.now))


def be_silent(_home: Household) -> None:
    """Leave the check-in unanswered."""


@pytest.mark.parametrize(
    ("answers", "times"),
    [
        # without any pain so far, one is asked, and the next only after an answer to the last
        ([be_silent, be_silent, be_silent], 1),
        ([answer(0), answer(0), answer(0)], 3),
        ([answer(0), be_silent, answer(0)], 2),
        ([decline, answer(0), answer(0)], 1),
        ([answer(1), be_silent, be_silent], 3),
    ],
)
def test_runner_without_pain_is_asked_again_while_answering(
    answers: list[Callable[[Household], Any]], times: int
) -> None:
    """Runs of 8, 12 and 18 km are each half as long again as the one before."""
    home = household(hurt=False)
    for km, reply in zip((8, 12, 18), answers, strict=True):
        ran(home, km)
        before = len(asked(home))
        home.go_on(home.now + 20 * HOUR)
        if len(asked(home)) > before:
            reply(home)
        home.go_on(home.now + 2 * DAY + 4 * HOUR)
        home.restart()
    assert len(asked(home)) == times
    assert all(report.recorded_at > NOON for report in home.runner.journal.pains.values())


def test_late_answer_continues_check_ins() -> None:
    home = household(hurt=False)
    ran(home, 8)
    home.go_on(MORNING + 7 * HOUR)
    answer(0)(home)
    home.go_on(home.now + 2 * HOUR)
    ran(home, 12)
    home.go_on(MORNING + 2 * DAY)
    assert asked(home) == [MORNING, MORNING + DAY]


def test_check_in_held_while_away_was_not_asked() -> None:
    home = household(hurt=False)
    home.home = False
    ran(home, 8)
    home.go_on(NOON + 2 * DAY)
    home.home = True
    ran(home, 12)
    home.go_on(home.now + 2 * DAY)
    assert asked(home) == [MORNING + 2 * DAY]


@pytest.mark.parametrize(
    ("reports", "mornings"),
    [
        # the days of reports after the first, and the mornings of Tuesday (1) to Sunday (6) with a question
        ([(0, 6.9)], []),
        ([(0, 7)], [1, 2, 3, 4, 5, 6]),
        ([(0, 9), (2, 3)], [1, 2, 3, 4, 5, 6]),
        ([(0, 9), (2, 2)], [1, 2]),
        ([(0, 9), (0, 1)], []),
        ([(0, 9), (2, 2), (4, 8)], [1, 2, 5, 6]),
    ],
)
def test_severe_pain_brings_check_in_every_morning_until_better(
    reports: list[tuple[int, float]], mornings: list[int]
) -> None:
    """Reports come at 13:00 in Berlin; the check-ins of the mornings stay unanswered."""
    home = household(hurt=False)
    for day, score in reports:
        home.go_on(NOON + day * DAY)
        answer(score)(home)
        home.now += MINUTE
    home.restart()
    home.go_on(NOON + 6 * DAY)
    assert asked(home) == [MORNING + (day - 1) * DAY for day in mornings]
    scores = [report.score for report in home.runner.journal.pains.values()]
    assert scores == [score for _, score in reports]


def test_report_of_the_morning_prevents_check_in_after_severe_pain() -> None:
    home = household(hurt=False)
    answer(9)(home)
    home.go_on(MORNING - HOUR)
    answer(5)(home)
    home.go_on(NOON + 3 * DAY)
    assert asked(home) == [MORNING + DAY, MORNING + 2 * DAY]


def test_check_ins_after_severe_pain_end_after_two_weeks_of_silence() -> None:
    home = household(hurt=False)
    answer(9)(home)
    home.go_on(NOON + 30 * DAY)
    assert asked(home) == [MORNING + day * DAY for day in range(14)]


def test_choice_of_no_check_ins_holds_after_severe_pain() -> None:
    home = household(check_in=CheckIn.NEVER)
    answer(9)(home)
    home.go_on(NOON + 3 * DAY)
    assert asked(home) == []


def test_withdrawn_severe_pain_brings_no_check_in() -> None:
    home = household()
    answer(9)(home)
    home.keep(home.runner.manual_entries.withdraw_report(now=home.now + MINUTE))
    home.go_on(NOON + 3 * DAY)
    assert asked(home) == []


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"check_in_at": time(9, 30)}, at("2026-03-03T08:30")),
        # quiet hours delay it, and its four hours begin after them
        ({"quiet_hours": QuietHours(start=time(22), end=time(13))}, at("2026-03-03T12:00")),
        ({"quiet_hours": QuietHours(start=time(22), end=time(6)), "check_in_at": time(23)}, at("2026-03-04T05:00")),
    ],
)
def test_check_in_waits_for_its_time_and_quiet_hours(choice: dict[str, Any], expected: Any) -> None:
    home = household(**choice)
    ran(home)
    home.go_on(NOON + 3 * DAY)
    assert asked(home) == [expected]


def test_run_learned_next_morning_gets_check_in_at_once() -> None:
    home = household()
    home.go_on(MORNING + HOUR)
    home.learn(activity(NOON - HOUR, km=8))
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == [MORNING + HOUR]


def test_run_that_takes_week_past_ramp_gets_check_in() -> None:
    """The weeks before have 2, 2, 3 and 2 runs of 5 km: 11.25 km on average, and 30 % more is 14.625 km.

    Of 4.4 km a day, the third makes 13.2 and the fourth 17.6 km; those after it are no news.
    """
    home = household()
    for _ in range(6):
        ran(home, 4.4)
        home.go_on(home.now + DAY)
    assert asked(home) == [MORNING + 3 * DAY]


def test_new_runner_has_no_ramp() -> None:
    chosen = PromptSettings(offsets={}, speakers=("kitchen",), check_in=CheckIn.ALWAYS)
    home = Household(Runner(settings(prompts=chosen), Journal()), NOON)
    home.learn(*(activity(NOON - days * DAY, km=10) for days in (8, 15, 22, 29)), live=False)
    for _ in range(5):
        ran(home, 10)
        home.go_on(home.now + 20 * HOUR)
    assert asked(home) == []


@pytest.mark.parametrize(("km", "says", "expected"), [(5, 8_000, [MORNING]), (8, 5_000, [])])
def test_corrected_distance_decides_on_check_in(km: float, says: float, expected: list[Any]) -> None:
    home = household()
    ran(home, km)
    home.go_on(NOON + HOUR)
    run = home.runner.runs.latest()
    assert run is not None
    home.keep(home.runner.manual_entries.correct(Correction(activity=run.id, at=home.now, distance=says)))
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == expected


# How it ends


def test_report_after_run_prevents_check_in() -> None:
    home = household()
    ran(home)
    home.now += HOUR
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now))
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == []
    assert fact_of(home).state is PromptState.DONE
    assert not [event for _, event in home.events if isinstance(event, PromptDone)]


def test_report_before_second_run_does_not_prevent_check_in() -> None:
    home = household()
    ran(home)
    home.keep(home.runner.manual_entries.report_pain(2, now=home.now))
    home.go_on(NOON + 5 * HOUR)
    ran(home)
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == [MORNING]


@pytest.mark.parametrize("score", [0, 3])
def test_report_answers_open_check_in(score: float) -> None:
    home = household()
    ran(home)
    home.go_on(MORNING + MINUTE)
    assert [prompt.topic for prompt in home.runner.replies.asked_lately(home.now)] == [NonHabitTopic.CHECK_IN]
    home.keep(home.runner.manual_entries.report_pain(score, now=home.now))
    assert home.runner.replies.asked_lately(home.now) == []
    assert [event.prompt.topic for _, event in home.events if isinstance(event, PromptDone)] == [NonHabitTopic.CHECK_IN]


def test_snoozed_check_in_is_repeated() -> None:
    home = household()
    ran(home)
    home.go_on(MORNING + MINUTE)
    home.keep(
        home.runner.replies.snooze(home.runner.replies.prompt_for(home.now, NonHabitTopic.CHECK_IN), now=home.now)
    )
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == [MORNING, MORNING + 16 * MINUTE]


@pytest.mark.parametrize(
    ("hold", "reason"),
    [
        (lambda home: setattr(home, "home", False), HoldReason.AWAY),
        (lambda home: home.runner.manual_entries.allow_voice(False), HoldReason.VOICE_OFF),
        (lambda home: home.runner.manual_entries.rest(start=NOON.date(), end=None, now=NOON), HoldReason.REST),
        (
            lambda home: home.runner.manual_entries.report_pain(1, now=NOON - 2 * HOUR, red_flags=[RedFlag.FEVER]),
            HoldReason.RED_FLAG,
        ),
    ],
)
def test_held_check_in_expires_after_four_hours_with_reason(
    hold: Callable[[Household], Any], reason: HoldReason
) -> None:
    """After four hours the morning is over."""
    home = household()
    hold(home)
    ran(home)
    home.go_on(NOON + 2 * DAY)
    assert asked(home) == []
    [(when, expired)] = [(when, event) for when, event in home.events if isinstance(event, PromptExpired)]
    assert (when, expired.reason) == (MORNING + 4 * HOUR, reason)


def test_missed_morning_leaves_no_check_in() -> None:
    """No event reports a prompt that was never recorded."""
    home = household()
    ran(home)
    home.now = NOON + 2 * DAY
    home.restart()
    home.go_on(NOON + 3 * DAY)
    prompts = [event.prompt for _, event in home.events if isinstance(event, (PromptExpired, SpeakPrompt))]
    assert NonHabitTopic.CHECK_IN not in [prompt.topic for prompt in prompts]
