"""The question about a run's pair on the phone, once, if only habit suggests one."""

import dataclasses

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.runs.activity import Surface
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from tests.support.integration import shoe_question
from tests.support.integration.companion_app import forget_phone
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, OLD_SHOE, SetUp, state_of
from tests.support.integration.shoe_question import ACTION, Phone, deliver, runner

phone = shoe_question.phone


pytestmark = pytest.mark.usefixtures("clock")


async def test_the_answer_counts(hass: HomeAssistant, set_up: SetUp, phone: Phone) -> None:
    entry = runner(phone.entity.id)
    await set_up(entry)
    await deliver(hass, entry)

    [question] = phone.asked
    assert question["title"] == "Which shoes?"
    assert "New trainers" in question["message"]
    [button] = question["data"]["actions"]
    assert button["title"] == "Daily trainers"
    await phone.touch(button["action"])

    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}") == "8.01234"
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{NEW_SHOE}") == "0.0"
    assert phone.cleared == [question["data"]["tag"]]
    await deliver(hass, entry)
    assert len(phone.asked) == 1


@pytest.mark.parametrize("clear", ["chosen", "surface", "said", "one pair", "no phone", "another's phone"])
async def test_no_question_without_need(hass: HomeAssistant, set_up: SetUp, phone: Phone, clear: str) -> None:
    reference = "notify.unregistered" if clear == "no phone" else phone.entity.id
    entry = runner(reference, **({"surfaces": ["road"]} if clear == "surface" else {}))
    coordinator = await set_up(entry)
    match clear:
        case "chosen":
            await coordinator.async_apply(verbs.choose_shoe(OLD_SHOE))
        case "one pair":
            hass.config_entries.async_remove_subentry(entry, OLD_SHOE)
            await hass.async_block_till_done()
        case "another's phone":
            forget_phone(hass, phone.app, ACTION)
        case "said":
            await coordinator.async_deliver([RUN], live=False)
            await coordinator.async_apply(verbs.correct_run(RUN.id, shoe=OLD_SHOE))

    run = RUN if clear != "surface" else RUN_ON_ROAD
    await entry.runtime_data.coordinator.async_deliver([run], live=True)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert phone.asked == []


RUN_ON_ROAD = dataclasses.replace(RUN, surface=Surface.ROAD)


async def test_a_phone_that_cannot_be_reached(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    entry = runner(phone.entity.id)
    await set_up(entry)
    phone.fault = HomeAssistantError("no push channel")

    await deliver(hass, entry)

    assert "could not be asked: no push channel" in caplog.text


@pytest.mark.parametrize("answer", ["other", "run/shoe", f"{RUN.id}/gone"])
async def test_unknown_answers_change_nothing(hass: HomeAssistant, set_up: SetUp, phone: Phone, answer: str) -> None:
    entry = runner(phone.entity.id)
    coordinator = await set_up(entry)
    await deliver(hass, entry)

    await phone.touch(answer if answer == "other" else f"home_gym_shoe/{ENTRY_ID}/{answer}")

    assert coordinator.runner.journal.corrections == {}
