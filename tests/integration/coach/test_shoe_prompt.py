"""The prompt about a worn-out pair, on the speaker or the phone, once, and its replies."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from homeassistant.core import HomeAssistant
from tests.support.integration import assist, coach, shoe_question
from tests.support.integration.assist import Say
from tests.support.integration.coach import PHONE_ID, SPEAKER_ID, Lines, Move, deliver, speaker
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of
from tests.support.integration.shoe_prompt import runner
from tests.support.integration.shoe_question import Phone
from tests.support.integration.trigger import by_device

from ...support.integration.automations import automate

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines
move_to = coach.move_to
prompts = coach.prompts
phone = shoe_question.phone
say = assist.say


async def run_it_out(hass: HomeAssistant, entry: MockConfigEntry, move_to: Move) -> None:
    """Deliver the run, and let an hour and a half pass, as other things than the run wait for so long."""
    await deliver(hass, entry)
    await move_to(NOW + timedelta(minutes=91))


async def test_worn_out_pair_is_prompted_once(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    calls = await automate(
        hass,
        {"trigger": "home_gym.prompt_due", "target": by_device(hass, entity_id_of(hass, "event", "prompt"))},
    )

    await deliver(hass, entry)
    assert lines.heard == []
    await move_to(NOW + timedelta(minutes=91))
    await move_to(NOW + timedelta(days=3))

    assert len(lines.heard) == 1
    assert "Alex" in lines.heard[0]
    assert "Daily trainers" in lines.heard[0]
    assert prompts() == [("due", "shoes"), ("spoken", "shoes", "Gym speaker 1"), ("expired", "shoes")]
    # The trigger is about habits; pairs have one of their own.
    assert calls == []


async def test_unspoken_prompt_keeps_its_hold_reason(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = runner(speaker())
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.allow_voice(False))
    await run_it_out(hass, entry, move_to)

    state = hass.states.get(entity_id_of(hass, "event", "prompt"))
    assert state is not None
    told = {name: state.attributes[name] for name in ("event_type", "habit", "shoe", "run")}
    assert told == {"event_type": "due", "habit": "shoes", "shoe": "Daily trainers", "run": None}
    journal: Any = await hass.services.async_call(
        DOMAIN, "get_journal", {"config_entry_id": ENTRY_ID}, blocking=True, return_response=True
    )
    [prompt] = journal["prompts"]
    assert (prompt["habit"], prompt["state"], prompt["reason"]) == ("shoes", "due", "voice_off")
    # The to-do list has no item for it.
    assert "shoes" not in coordinator.data.due


async def test_no_prompt_with_shoe_prompts_switched_off(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), ask_shoes=False)
    await set_up(entry)
    await run_it_out(hass, entry, move_to)
    assert (lines.heard, prompts()) == ([], [])


async def test_shoe_prompt_may_have_its_own_speaker(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = runner(speaker(), coach.phone(), prompts=["foam_roll"], speakers={"shoes": PHONE_ID})
    await set_up(entry)
    await run_it_out(hass, entry, move_to)
    # The roll ended a moment ago without an answer, and lines keep a distance.
    await move_to(NOW + timedelta(minutes=92))
    assert ["roller" in line for line in lines.heard] == [True]
    [written] = lines.written
    assert "Daily trainers" in written


async def test_removed_speaker_is_replaced_by_others(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = runner(speaker(), coach.phone(), speakers={"shoes": PHONE_ID})
    await set_up(entry)
    hass.config_entries.async_remove_subentry(entry, PHONE_ID)
    await hass.async_block_till_done()
    await run_it_out(hass, entry, move_to)
    assert len(lines.heard) == 1


@pytest.mark.parametrize(("button", "state"), [(0, "done"), (1, "snoozed")])
async def test_button_answers_shoe_prompt(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, button: int, state: str
) -> None:
    entry = shoe_question.runner(phone.entity.id, initial_distance=800_000)
    coordinator = await set_up(entry)
    hass.states.async_set(phone.entity.entity_id, "unknown")
    await coordinator.async_apply(verbs.choose_shoe("01NEWSHOE"))
    await run_it_out(hass, entry, move_to)

    [question] = phone.asked
    assert "New trainers" in question["message"]
    assert [one["title"] for one in question["data"]["actions"]] == ["Done", "Later"]
    await phone.touch(question["data"]["actions"][button]["action"])
    [fact] = coordinator.runner.journal.prompts.values()
    assert fact.state == state
    assert [session for session in coordinator.runner.sessions.all() if session.logged] == []


@pytest.mark.parametrize(
    ("text", "answer", "state"),
    [
        ("Yes", "Good. I won't mention it again.", "done"),
        ("Done", "Good. I won't mention it again.", "done"),
        ("Later", "All right, I will ask again later.", "snoozed"),
        ("Not today", "All right, not today.", "declined"),
    ],
)
async def test_spoken_reply_answers_shoe_prompt(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, say: Say, text: str, answer: str, state: str
) -> None:
    entry = runner(speaker())
    coordinator = await set_up(entry)
    await run_it_out(hass, entry, move_to)
    assert await say(text) == answer
    [fact] = coordinator.runner.journal.prompts.values()
    assert fact.state == state
    assert coordinator.config_entry.runtime_data.routines.player is None


@pytest.mark.parametrize(("action", "state"), [("snooze_prompt", "snoozed"), ("dismiss_prompt", "declined")])
async def test_action_answers_shoe_prompt(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, action: str, state: str
) -> None:
    entry = runner(speaker())
    coordinator = await set_up(entry)
    await run_it_out(hass, entry, move_to)
    await hass.services.async_call(DOMAIN, action, {"config_entry_id": ENTRY_ID, "habit": "shoes"}, blocking=True)
    [fact] = coordinator.runner.journal.prompts.values()
    assert (fact.state, fact.channel) == (state, SPEAKER_ID)
