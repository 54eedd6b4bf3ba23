"""Routines that a report of pain pauses: they go on in an easier form, or end and count."""

import pytest

from custom_components.home_gym.gym.exercises.plans import GentleReason
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.routine import Routine
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from tests.support.integration import coach, routines
from tests.support.integration.coach import Lines, runner, speaker
from tests.support.integration.routines import Pass, act, begin, step
from tests.support.integration.runner_entry import SetUp

lines = coach.lines
let_pass = routines.let_pass
pytestmark = pytest.mark.usefixtures("clock")

LONG = Routine(id="core", habit=Habit.CORE, steps=(step(300), step(300, exercise="dead_bug")))


async def test_routine_goes_on_in_easier_form(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry, LONG)
    await let_pass(20)
    await act(hass, "log_pain", score=4, area="lower_back")
    playing = entry.runtime_data.routines.player
    assert (playing.state, playing.hurt) == ("paused", "front_plank")
    await act(hass, "resume_routine")
    assert playing.state == "running"
    assert [each.exercise for each in playing.ahead] == ["heel_tap"]
    assert playing.routine.because is GentleReason.SORE


@pytest.mark.parametrize(("seconds", "sessions"), [(60, 0), (120, 1)])
async def test_routine_ended_by_pain_counts(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, seconds: int, sessions: int
) -> None:
    entry = runner(speaker())
    coordinator = await set_up(entry)
    await begin(hass, entry, LONG)
    await let_pass(seconds)
    await act(hass, "log_pain", score=3)
    await act(hass, "stop_routine")
    assert len(coordinator.runner.sessions.all()) == sessions


async def test_severe_pain_lets_no_core_work_go_on(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry, LONG)
    await act(hass, "log_pain", score=9)
    with pytest.raises(ServiceValidationError):
        await act(hass, "resume_routine")
    assert entry.runtime_data.routines.player.state == "paused"


async def test_excluded_habit_is_refused_in_words(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    await set_up(runner(speaker(), conditions=["clot"]))
    with pytest.raises(ServiceValidationError) as refused:
        await act(hass, "start_routine", habit="foam_roll")
    assert refused.value.translation_key == "nothing_left"


async def test_leg_pain_changes_own_routine(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    own = {"name": "Mine", "habit": "stretch", "steps": "Pigeon, 40 s, each side\nSquats, 40 s"}
    entry = runner(speaker(), routines=[own])
    await set_up(entry)
    await act(hass, "log_pain", score=2, area="leg", side="left")
    for _ in range(3):
        await act(hass, "answer_triage", answer="no")
    await act(hass, "start_routine", routine="Mine")
    player = entry.runtime_data.routines.player
    assert [each.name for each in player.routine.steps] == ["Squats"]
    assert player.routine.because is GentleReason.LEG_PAIN
