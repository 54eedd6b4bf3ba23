"""Experiments of one: days drawn by lot, reasons to end, and the difference with its interval."""

from datetime import date, datetime, time, timedelta
from random import Random
from statistics import mean, stdev

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.experiment import (
    DAYS,
    Experiment,
    ExperimentEnd,
    ExperimentRunningError,
    NoExperimentError,
    NoTimeForExperimentError,
    drawn,
    result_of,
)
from custom_components.home_gym.gym.events import ExperimentEnded
from custom_components.home_gym.gym.habits.due import DueReason
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import NOON, activity, settings

A_DAY = timedelta(days=1)
FIRST = NOON.date()
LOT = 7


def experiment(lot: int = LOT) -> Experiment:
    """Return an experiment with core work from today on."""
    return Experiment(habit=Habit.CORE, started=NOON, first=FIRST, lot=lot)


def begun(**prompts: object) -> Runner:
    """Return a runner with an experiment that begins."""
    runner = Runner(settings(prompts=PromptSettings(speakers=("kitchen",), **prompts)), Journal())  # type: ignore[arg-type]
    verbs.start_experiment(Habit.CORE, LOT)(runner, NOON)
    return runner


def on(day: int) -> datetime:
    """Return the noon of a day of the experiment, 1 for its first."""
    return NOON + (day - 1) * A_DAY


def a_day(is_drawn: bool) -> int:
    """Return the number of the first day that is drawn, or isn't, after the first."""
    return next(number for number in range(2, DAYS) if drawn(LOT)[number - 1] is is_drawn)


@pytest.mark.parametrize("lot", [0, 1, 7, 2**32 - 1])
def test_two_of_every_four_days_are_drawn(lot: int) -> None:
    days = drawn(lot)
    assert len(days) == 56
    assert {sum(days[block : block + 4]) for block in range(0, 56, 4)} == {2}


def test_every_day_of_a_block_is_drawn_as_often() -> None:
    """Half of 2,000 lots each, within four standard deviations: 4 * sqrt(2000) / 2 = 89."""
    lots = [drawn(lot)[:8] for lot in range(2000)]
    assert all(abs(sum(lot[day] for lot in lots) - 1000) < 90 for day in range(8))


def test_lots_differ() -> None:
    assert len({tuple(drawn(lot)) for lot in range(100)}) == 100


def outcomes(effect: float, reported: int = DAYS, seed: int = 3) -> dict[date, float]:
    """Return the scores of the days after each day, with an effect after drawn days, and noise."""
    chance = Random(seed)
    days = list(enumerate(drawn(LOT)))
    return {FIRST + (number + 1) * A_DAY: 2 + effect * core + chance.uniform(-1, 1) for number, core in days[:reported]}


def test_result_is_difference_of_the_days_after() -> None:
    """The means by hand; an interval of about twice the standard error of a difference of means."""
    scores = outcomes(-1)
    with_core = [scores[FIRST + (number + 1) * A_DAY] for number, core in enumerate(drawn(LOT)) if core]
    without = [scores[FIRST + (number + 1) * A_DAY] for number, core in enumerate(drawn(LOT)) if not core]
    found = result_of(experiment(), scores)
    assert found is not None
    assert found.difference == pytest.approx(mean(with_core) - mean(without))
    assert (found.days_after_drawn, found.days_after_others) == (28, 28)
    assert found.low < -1 < found.high < 0
    # Of all scores, since under other lots the effect is noise as well.
    expected = 1.96 * stdev(scores.values()) * (2 / 28) ** 0.5
    assert (found.high - found.low) / 2 == pytest.approx(expected, rel=0.15)


def test_interval_holds_no_difference_in_nineteen_of_twenty() -> None:
    """200 runners without an effect: ten are expected outside; more than twenty come once in a thousand."""
    outside = 0
    for seed in range(200):
        found = result_of(experiment(), outcomes(0, seed=seed))
        assert found is not None
        outside += not found.low <= 0 <= found.high
    assert 1 <= outside <= 20


@pytest.mark.parametrize(("reported", "is_told"), [(0, False), (18, False), (24, True)])
def test_few_reports_have_no_result(reported: int, is_told: bool) -> None:
    """Twenty-four days have twelve of each kind, eighteen at most ten and eight."""
    assert (result_of(experiment(), outcomes(-1, reported)) is not None) is is_told


def test_habit_is_due_on_drawn_days_only() -> None:
    runner = begun()
    for number in range(1, DAYS + 1):
        due = runner.summary(on(number)).due
        assert (Habit.CORE in due) is drawn(LOT)[number - 1]
    drawn_day = on(a_day(True))
    assert runner.summary(drawn_day).due[Habit.CORE].reason is DueReason.EXPERIMENT
    runner.manual_entries.log_session(Habit.CORE, now=drawn_day)
    assert Habit.CORE not in runner.summary(drawn_day).due


def test_coach_asks_on_the_evening_of_drawn_days_only() -> None:
    """At 18:00 without a time of its own; nobody would ask without the experiment."""
    runner = begun()
    calendar = runner.settings.calendar
    for number in range(1, 9):
        evening = calendar.instant_of(time(18), on(number).date())
        asked = [prompt for prompt in runner.candidates.prompts(evening) if prompt.topic is Habit.CORE]
        assert [prompt.due for prompt in asked] == ([evening] if drawn(LOT)[number - 1] else [])
        assert runner.deadline(evening - timedelta(hours=1)) <= evening


def test_stretch_after_run_is_left_to_the_lot() -> None:
    runner = Runner(settings(prompts=PromptSettings(offsets={Habit.STRETCH: timedelta(0)})), Journal())
    verbs.start_experiment(Habit.STRETCH, LOT)(runner, NOON)
    for number in range(2, 9):
        runner.deliveries.learn([activity(on(number) - timedelta(hours=1))], now=on(number), live=True)
        asked = [prompt.run for prompt in runner.candidates.prompts(on(number)) if prompt.due == on(number)]
        assert bool(asked) is drawn(LOT)[number - 1]


@pytest.mark.parametrize(
    ("fact", "end"),
    [
        (lambda runner, now: runner.manual_entries.report_pain(5, now=now), ExperimentEnd.PAIN),
        (lambda runner, now: runner.manual_entries.report_pain(3, now=now), ExperimentEnd.BACK),
        (lambda runner, now: runner.manual_entries.rest(start=now.date(), end=None, now=now), ExperimentEnd.REST),
    ],
)
def test_pain_state_or_rest_ends_experiment(fact: object, end: ExperimentEnd) -> None:
    runner = begun()
    now = on(10)
    assert not [event for event in runner.tick(now, home=True) if isinstance(event, ExperimentEnded)]
    fact(runner, now)  # type: ignore[operator]
    [event] = [event for event in runner.tick(now, home=True) if isinstance(event, ExperimentEnded)]
    assert (event.status.end, event.status.day, event.status.result, event.status.asks_today) == (end, 10, None, False)
    assert not [event for event in runner.tick(now, home=True) if isinstance(event, ExperimentEnded)]
    with pytest.raises(NoTimeForExperimentError):
        runner.experiments.start(Habit.CORE, lot=1, now=now)


def test_mild_pain_goes_on() -> None:
    runner = begun()
    runner.manual_entries.report_pain(2, now=on(5))
    runner.tick(on(5), home=True)
    assert runner.experiments.running is not None


def test_experiment_ends_the_day_after_its_last_outcome() -> None:
    """Day 57 still counts; the answer comes on the next."""
    runner = begun()
    for number in range(2, DAYS + 2):
        runner.tick(on(number), home=True)
        runner.manual_entries.report_pain(1 + drawn(LOT)[number - 2], now=on(number))
    assert runner.experiments.running is not None
    [event] = [event for event in runner.tick(on(58), home=True) if isinstance(event, ExperimentEnded)]
    status = event.status
    assert (status.end, status.day) == (ExperimentEnd.COMPLETED, 56)
    assert status.result is not None
    assert status.result.difference == pytest.approx(1)
    assert runner.summary(on(60)).experiment == status


def test_experiment_is_stopped_and_started_again() -> None:
    runner = begun()
    with pytest.raises(ExperimentRunningError):
        runner.experiments.start(Habit.STRETCH, lot=1, now=on(2))
    verbs.stop_experiment()(runner, on(2))
    with pytest.raises(NoExperimentError):
        runner.experiments.stop(on(2))
    status = runner.summary(on(2)).experiment
    assert status is not None
    assert status.end is ExperimentEnd.STOPPED
    runner.experiments.start(Habit.STRETCH, lot=1, now=on(3))
    assert runner.experiments.running is not None
    assert runner.experiments.running.habit is Habit.STRETCH


def test_only_core_and_stretch_can_be_tried() -> None:
    with pytest.raises(ValueError, match="foam_roll"):
        Runner(settings(), Journal()).experiments.start(Habit.FOAM_ROLL, lot=1, now=NOON)


def test_runner_without_experiment_has_none() -> None:
    runner = Runner(settings(), Journal())
    assert runner.summary(NOON).experiment is None
    assert runner.experiments.asks(FIRST) is None


def test_yesterday_has_no_lot() -> None:
    """The evening prompts of the day before may still be open."""
    assert begun().experiments.asks(FIRST - A_DAY) is None
    assert not experiment().asks_on(FIRST - A_DAY)
    assert not experiment().asks_on(FIRST + DAYS * A_DAY)
