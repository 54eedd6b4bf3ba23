"""A red flag silences everything, also waiting lines, and with a full disk."""

import pytest

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.prompt import HoldReason, PromptState
from custom_components.home_gym.speech import AnnouncementCancelledError, Line, async_perform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from tests.support.integration import coach, routines
from tests.support.integration.coach import Lines, phone, runner, speaker
from tests.support.integration.full_disk import full_disk
from tests.support.integration.routines import Pass, act, begin, settle
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, state_of

pytestmark = pytest.mark.usefixtures("clock")
lines, let_pass = coach.lines, routines.let_pass

FEVER = {"score": 3, "red_flags": ["fever"]}


async def busy(hass: HomeAssistant) -> None:
    """Keep the speaker busy for six seconds."""
    await act(hass, "play_cadence", duration={"seconds": 6}, cadence=170)


async def test_a_prompt_that_waits_is_not_spoken(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker(), phone())
    coordinator = await set_up(entry)
    await busy(hass)
    heard = len(lines.heard)
    await act(hass, "prompt", habit="massage")

    await act(hass, "log_pain", **FEVER)
    await let_pass(60)

    assert lines.heard[heard:] == lines.written == []
    [fact] = coordinator.runner.journal.prompts.values()
    assert (fact.topic, fact.state, fact.reason, fact.attempts) == (
        Habit.MASSAGE,
        PromptState.DUE,
        HoldReason.RED_FLAG,
        0,
    )


async def test_a_line_of_a_routine_that_waits_is_not_spoken(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await busy(hass)
    heard = len(lines.heard)
    await begin(hass, entry)
    await let_pass(2)

    await act(hass, "log_pain", **FEVER)
    await let_pass(60)

    assert lines.heard[heard:] == []
    assert state_of(hass, "sensor", "routine") == "idle"


async def test_red_flag_silences_in_spite_of_full_disk(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(2)
    heard = len(lines.heard)

    with full_disk():
        with pytest.raises(HomeAssistantError, match="could not be written"):
            await act(hass, "log_pain", **FEVER)
        await let_pass(30)
        assert lines.heard[heard:] == []
        assert state_of(hass, "sensor", "routine") == "idle"
        assert state_of(hass, "binary_sensor", "see_professional") == "on"
        assert (DOMAIN, f"urgent_advice_{ENTRY_ID}") in ir.async_get(hass).issues
        with pytest.raises(HomeAssistantError, match="medical"):
            await act(hass, "start_routine", habit="core")


async def test_line_is_checked_at_its_turn(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    entry = runner(speaker())
    await set_up(entry)
    [data] = [dict(one.data) for one in entry.subentries.values()]
    unwanted = Line(title="Home Gym", text="Roll", is_wanted=lambda: False)
    with pytest.raises(AnnouncementCancelledError):
        await async_perform(hass, data, unwanted)
    await settle(hass)
    assert lines.heard == []
    await async_perform(hass, data, Line(title="Home Gym", text="Roll"))
    assert len(lines.heard) == 1
