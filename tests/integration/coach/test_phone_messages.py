"""Messages on phones of the real companion app: cleared when answered anywhere, expired or past."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.prompt import PromptTrigger
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.support.integration import coach
from tests.support.integration.coach import Move
from tests.support.integration.companion_app import real_phones, runner_with
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

move_to = coach.move_to

pytestmark = pytest.mark.usefixtures("clock")

TAG = f"home_gym_prompt/{ENTRY_ID}/core"


async def ask_for(hass: HomeAssistant, entry: MockConfigEntry, habit: Habit) -> None:
    """Ask for a habit now."""
    await entry.runtime_data.coordinator.async_apply(verbs.ask_for(habit))
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_message_is_cleared_however_it_was_answered(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, move_to: Move
) -> None:
    """By an action or card, a voice, the other phone, a session that was recorded, and by time."""
    one, other = await real_phones(hass, aioclient_mock, 2)
    entry = runner_with(one, other)
    coordinator = await set_up(entry)
    for answer in ("complete", "log", "decline", "snooze", "touched", "expired"):
        await ask_for(hass, entry, Habit.CORE)
        assert TAG in one.shown, answer
        match answer:
            case "complete":
                await hass.services.async_call(
                    DOMAIN, "log_session", {"config_entry_id": ENTRY_ID, "habit": "core"}, blocking=True
                )
            case "log":
                await coordinator.async_apply(verbs.log_session(Habit.CORE, duration=600.0))
            case "decline":
                await coordinator.async_apply(verbs.decline(Habit.CORE))
            case "snooze":
                await coordinator.async_apply(verbs.snooze(Habit.CORE))
                await coordinator.async_apply(verbs.decline(Habit.CORE))
            case "touched":
                await other.touch(one.action("Done"))
            case "expired":
                await move_to(dt_util.utcnow() + timedelta(minutes=89))
                assert TAG in one.shown
                await move_to(dt_util.utcnow() + timedelta(minutes=5))
        await hass.async_block_till_done(wait_background_tasks=True)
        assert one.shown == {}, answer
        await move_to(dt_util.utcnow() + timedelta(hours=1))
    # Nothing is cleared that isn't shown.
    assert len([sent for sent in one.pushed if sent["message"] == "clear_notification"]) == 6


async def test_late_touches_count_once_for_their_own_question(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, move_to: Move
) -> None:
    [phone] = await real_phones(hass, aioclient_mock, 1)
    entry = runner_with(phone)
    await set_up(entry)
    first = dt_util.utcnow()
    await ask_for(hass, entry, Habit.CORE)
    done = phone.action("Done")
    await move_to(first + timedelta(hours=20))
    await ask_for(hass, entry, Habit.CORE)
    await move_to(dt_util.utcnow() + timedelta(minutes=1))
    assert phone.action("Done") != done
    await phone.touch(done)
    await phone.touch(done)
    sessions = entry.runtime_data.runner.sessions.all()
    assert [(session.habit, session.end) for session in sessions] == [(Habit.CORE, first + timedelta(minutes=10))]
    # The later question is still open.
    assert TAG in phone.shown


async def test_messages_are_found_again_after_restart_and_past_ones_cleared(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, move_to: Move
) -> None:
    [phone] = await real_phones(hass, aioclient_mock, 1)
    entry = runner_with(phone, prompts=["warm_up"])
    coordinator = await set_up(entry)
    start = dt_util.utcnow()
    trigger = PromptTrigger(id="belt", habit=Habit.WARM_UP, at=start)
    await coordinator.async_apply(verbs.add_trigger(trigger))
    await hass.async_block_till_done(wait_background_tasks=True)
    tag = f"home_gym_prompt/{ENTRY_ID}/warm_up"
    assert list(phone.shown) == [tag]
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await move_to(start + timedelta(minutes=9))
    assert list(phone.shown) == [tag]
    # The run has begun by now.
    await move_to(start + timedelta(minutes=11))
    assert phone.shown == {}
