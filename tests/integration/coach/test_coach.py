"""The coach after a fresh run: real services of test integrations, quiet hours, absence, and faults."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.home_gym.gym import verbs
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from tests.support.integration import coach
from tests.support.integration.coach import ENGINE, PLAYER, Lines, Move, deliver, phone, runner, speaker
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of

lines = coach.lines
move_to = coach.move_to
prompts = coach.prompts


pytestmark = pytest.mark.usefixtures("clock")


async def test_stretch_is_prompted_after_roll(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), phone())
    await set_up(entry)

    await deliver(hass, entry)
    assert len(lines.heard) == 1
    assert "roller" in lines.heard[0]
    await move_to(NOW + timedelta(minutes=9, seconds=59))
    assert len(lines.heard) == 1
    await move_to(NOW + timedelta(minutes=10))
    await move_to(NOW + timedelta(hours=3))

    assert len(lines.heard) == 2
    assert "tretch" in lines.heard[1]
    assert all(line.startswith(ENGINE) and "Alex" in line for line in lines.heard)
    assert lines.made == lines.heard
    assert lines.written == []
    assert prompts() == [
        ("due", "foam_roll"),
        ("spoken", "foam_roll", "Gym speaker 1"),
        ("due", "stretch"),
        # The second prompt comes without an answer to the first, and none comes after it.
        ("expired", "foam_roll"),
        ("spoken", "stretch", "Gym speaker 1"),
        ("expired", "stretch"),
    ]


@pytest.mark.parametrize(
    "fault",
    [HomeAssistantError("no answer"), RuntimeError("a player's own fault"), TimeoutError()],
)
async def test_a_speaker_that_fails_is_tried_again_then_the_phone(
    hass: HomeAssistant,
    set_up: SetUp,
    lines: Lines,
    move_to: Move,
    prompts: Callable[[], Any],
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    entry = runner(speaker(), phone(), prompts=["foam_roll"])
    await set_up(entry)
    lines.player_fault = fault

    await deliver(hass, entry)
    assert (lines.heard, lines.written) == ([], [])
    await move_to(NOW + timedelta(seconds=10))
    assert (lines.heard, lines.written) == ([], [])
    await move_to(NOW + timedelta(seconds=20))

    assert lines.heard == []
    assert len(lines.written) == 1
    assert "roller" in lines.written[0]
    assert prompts() == [("due", "foam_roll"), ("spoken", "foam_roll", "Phone 3")]
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len([warning for warning in warnings if "wasn't asked for foam_roll" in warning]) == 1


@pytest.mark.parametrize("broken", ["engine", "silence", "engine gone", "player gone", "player unknown"])
async def test_faulty_speaker_is_tried_again(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any], broken: str
) -> None:
    entry = runner(speaker(), prompts=["foam_roll"])
    await set_up(entry)
    match broken:
        case "engine":
            lines.engine_fault = HomeAssistantError("no voice")
        case "silence":
            lines.sound = b""
        case "engine gone":
            hass.states.async_set(ENGINE, "unavailable")
        case "player gone":
            hass.states.async_set(PLAYER, "unavailable")
        case "player unknown":
            hass.states.async_remove(PLAYER)

    await deliver(hass, entry)
    assert lines.heard == []
    lines.engine_fault, lines.sound = None, b"sound"
    for entity_id in (PLAYER, ENGINE):
        hass.states.async_set(entity_id, "idle")
    await move_to(NOW + timedelta(seconds=10))

    assert len(lines.heard) == 1
    assert prompts()[-1] == ("spoken", "foam_roll", "Gym speaker 2")


async def test_a_speaker_that_never_answers(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), phone(), prompts=["foam_roll"])
    await set_up(entry)
    lines.engine_hangs = True
    with patch("custom_components.home_gym.speech.loudspeaker.REACTION_TIMEOUT", 0):
        await deliver(hass, entry)
        for seconds in range(5, 60, 5):
            await move_to(NOW + timedelta(seconds=seconds))

    assert prompts()[-1] == ("spoken", "foam_roll", "Phone 3")


async def test_an_entity_that_was_removed(hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move) -> None:
    data = {"media_player": "0123456789abcdef0123456789abcdef", "tts_engine": ENGINE}
    gone = {**speaker(), "data": data}
    entry = runner(gone, phone(), prompts=["foam_roll"])
    await set_up(entry)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(seconds=10))
    await move_to(NOW + timedelta(seconds=20))

    assert len(lines.written) == 1


async def test_quiet_hours_delay_prompt_until_morning(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    # It is 20:00 in Berlin.
    entry = runner(speaker(), prompts=["foam_roll"], quiet_start="19:00:00", quiet_end="21:00:00")
    await set_up(entry)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(minutes=59))
    assert (lines.heard, prompts()) == ([], [])
    await move_to(NOW + timedelta(minutes=60))

    assert len(lines.heard) == 1
    assert prompts()[-1] == ("spoken", "foam_roll", "Gym speaker 1")


async def test_prompt_expires_during_quiet_hours(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), prompts=["foam_roll"], quiet_start="19:00:00", quiet_end="07:00:00")
    await set_up(entry)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(minutes=90))
    await move_to(NOW + timedelta(hours=12))

    assert lines.heard == []
    assert prompts() == [("expired", "foam_roll")]


async def test_prompt_waits_until_runner_is_home(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, prompts: Callable[[], Any]
) -> None:
    hass.states.async_set("person.alex", "not_home")
    entry = runner(speaker(), person="person.alex", prompts=["foam_roll"])
    await set_up(entry)
    await deliver(hass, entry)
    assert lines.heard == []
    assert prompts() == [("due", "foam_roll")]

    hass.states.async_set("person.alex", "not_home", {"latitude": 50.2})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert lines.heard == []
    hass.states.async_set("person.alex", "home")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(lines.heard) == 1


async def test_person_without_tracker_counts_as_home(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    hass.states.async_set("person.alex", "unknown", {"device_trackers": []})
    entry = runner(speaker(), person="person.alex", prompts=["foam_roll"])
    await set_up(entry)

    await deliver(hass, entry)

    assert len(lines.heard) == 1


async def test_silenced_coach_says_nothing(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), phone(), prompts=["foam_roll"])
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.allow_voice(False))

    await deliver(hass, entry)
    await move_to(NOW + timedelta(hours=2))

    assert (lines.heard, lines.written) == ([], [])
    assert prompts() == [("due", "foam_roll"), ("expired", "foam_roll")]


async def test_a_restart_neither_repeats_nor_loses(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await deliver(hass, entry)
    assert len(lines.heard) == 1

    await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(lines.heard) == 1
    assert await hass.config_entries.async_unload(ENTRY_ID)
    await move_to(NOW + timedelta(minutes=12))
    assert len(lines.heard) == 1
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(lines.heard) == 2
    assert "tretch" in lines.heard[1]


async def test_done_habit_is_not_prompted(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await deliver(hass, entry)
    for key in ("log_foam_roll", "log_stretch"):
        await hass.services.async_call(
            "button", "press", {"entity_id": entity_id_of(hass, "button", key)}, blocking=True
        )

    await move_to(NOW + timedelta(minutes=5))

    assert len(lines.heard) == 1
    assert prompts() == [
        ("due", "foam_roll"),
        ("spoken", "foam_roll", "Gym speaker 1"),
        ("done", "foam_roll"),
    ]
