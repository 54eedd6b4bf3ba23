"""The speaker of a routine: the one that asked, or else one near the runner, and never one in an empty room."""

from typing import Any

import pytest

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from tests.support.integration import coach, routines
from tests.support.integration.coach import ENGINE, PLAYER, Lines, phone, runner
from tests.support.integration.routines import Pass, act
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, with_id

pytestmark = pytest.mark.usefixtures("clock")
lines, let_pass = coach.lines, routines.let_pass

KITCHEN, GYM = "01KITCHEN", "01GYM"


def in_room(subentry_id: str, player: str) -> Any:
    """Return a speaker in a room with a sensor of the same name."""
    data = {"media_player": player, "tts_engine": ENGINE, "presence": f"binary_sensor.{subentry_id.lower()}"}
    return with_id(
        ConfigSubentryData(data=data, subentry_type="speaker", title=subentry_id, unique_id=None), subentry_id
    )


def see(hass: HomeAssistant, *, kitchen: str, gym: str) -> None:
    """Set the sensors to on, off, or unavailable."""
    hass.states.async_set(f"binary_sensor.{KITCHEN.lower()}", kitchen)
    hass.states.async_set(f"binary_sensor.{GYM.lower()}", gym)


@pytest.fixture
def entry() -> Any:
    """Return a runner with speakers in two rooms."""
    return runner(in_room(KITCHEN, PLAYER), in_room(GYM, "media_player.gym"))


@pytest.mark.parametrize(
    ("kitchen", "gym", "spoken_in"),
    [
        ("off", "on", GYM),
        ("on", "off", KITCHEN),
        ("unavailable", "on", GYM),
        ("off", "unavailable", GYM),
        ("unavailable", "unavailable", KITCHEN),
        ("off", "off", None),
    ],
)
async def test_a_routine_is_spoken_where_the_runner_is(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, entry: Any, kitchen: str, gym: str, spoken_in: str | None
) -> None:
    coordinator = await set_up(entry)
    see(hass, kitchen=kitchen, gym=gym)
    await act(hass, "start_routine", habit="core")
    assert coordinator.config_entry.runtime_data.routines.player is not None
    assert coordinator.config_entry.runtime_data.routines.player.speaker == spoken_in


async def test_routine_is_spoken_on_named_speaker(hass: HomeAssistant, set_up: SetUp, lines: Lines, entry: Any) -> None:
    coordinator = await set_up(entry)
    see(hass, kitchen="off", gym="on")
    await act(hass, "start_routine", habit="core", speaker=KITCHEN)
    assert coordinator.config_entry.runtime_data.routines.player is not None
    assert coordinator.config_entry.runtime_data.routines.player.speaker == KITCHEN


async def test_a_routine_of_a_habit_with_a_speaker_of_its_own(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, entry: Any
) -> None:
    await set_up(entry)
    see(hass, kitchen="on", gym="on")
    hass.config_entries.async_update_entry(entry, options={"speakers": {"core": GYM}})
    await hass.async_block_till_done()
    await act(hass, "start_routine", habit="core")
    assert entry.runtime_data.routines.player.speaker == GYM


@pytest.mark.parametrize(("gym_afterwards", "spoken_in"), [("on", GYM), ("off", KITCHEN)])
async def test_routine_after_yes_is_spoken_on_speaker_that_asked(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, entry: Any, gym_afterwards: str, spoken_in: str
) -> None:
    """By then both rooms are occupied, or the one that asked is empty."""
    coordinator = await set_up(entry)
    see(hass, kitchen="off", gym="on")
    await act(hass, "prompt", habit="stretch")
    see(hass, kitchen="on", gym=gym_afterwards)
    await act(hass, "answer_prompt", answer="start")
    assert coordinator.config_entry.runtime_data.routines.player is not None
    assert coordinator.config_entry.runtime_data.routines.player.speaker == spoken_in


async def test_no_prompt_in_empty_room(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    """Not even in the only room; a phone is with the runner."""
    await set_up(runner(in_room(KITCHEN, PLAYER), phone()))
    see(hass, kitchen="off", gym="off")
    await act(hass, "prompt", habit="stretch")
    assert lines.heard == []
    assert len(lines.written) == 1


async def test_prompt_follows_within_minute_of_entering_room(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    coordinator = await set_up(runner(in_room(KITCHEN, PLAYER)))
    see(hass, kitchen="off", gym="off")
    await act(hass, "prompt", habit="stretch")
    assert lines.heard == []
    see(hass, kitchen="on", gym="off")
    await let_pass(61)
    assert len(lines.heard) == 1
    assert coordinator.config_entry.entry_id == ENTRY_ID
