"""The phone asks which pair a run counts for, once, where nothing but habit says so."""

import dataclasses
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.runs.activity import Surface
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .conftest import ENTRY_ID, NEW_SHOE, OLD_SHOE, SetUp, shoe_data, state_of, with_id
from .test_platforms import RUN

pytestmark = pytest.mark.usefixtures("clock")


class Phone:
    """A phone with the companion app, as Home Assistant knows it."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register what the companion app would."""
        self._hass = hass
        self.asked: list[dict[str, Any]] = []
        self.fault: HomeAssistantError | None = None
        app = MockConfigEntry(domain="mobile_app", title="Alex's phone")
        app.add_to_hass(hass)
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=app.entry_id, identifiers={("mobile_app", "phone")}, name="Alex's phone"
        )
        self.entity = er.async_get(hass).async_get_or_create(
            "notify", "mobile_app", "phone", config_entry=app, device_id=device.id
        )
        hass.services.async_register("notify", "mobile_app_alex_s_phone", self._ask)

    async def _ask(self, call: ServiceCall) -> None:
        if self.fault:
            raise self.fault
        self.asked.append(dict(call.data))

    async def touch(self, action: str) -> None:
        """Touch a button."""
        self._hass.bus.async_fire("mobile_app_notification_action", {"action": action})
        await self._hass.async_block_till_done()


@pytest.fixture
def phone(hass: HomeAssistant) -> Phone:
    """Return a phone."""
    return Phone(hass)


def runner(reference: str, **new: Any) -> MockConfigEntry:
    """Return the entry of a runner with two pairs and a phone."""
    speaker = ConfigSubentryData(data={"notify": reference}, subentry_type="speaker", title="Phone", unique_id=None)
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        options={"prompts": []},
        subentries_data=[
            with_id(shoe_data("Daily trainers"), OLD_SHOE),
            with_id(shoe_data("New trainers", first_used="2026-05-01", **new), NEW_SHOE),
            with_id(speaker, "01PHONE"),
            with_id(ConfigSubentryData(data={}, subentry_type="other", title="-", unique_id=None), "01OTHER"),
        ],
    )


async def deliver(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Let the run become known."""
    await entry.runtime_data.async_deliver([RUN], live=True)
    await hass.async_block_till_done(wait_background_tasks=True)


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
    await deliver(hass, entry)
    assert len(phone.asked) == 1


@pytest.mark.parametrize("clear", ["chosen", "surface", "said", "one pair", "no phone", "another's phone"])
async def test_nobody_is_asked_without_need(hass: HomeAssistant, set_up: SetUp, phone: Phone, clear: str) -> None:
    reference = "notify.unregistered" if clear == "no phone" else phone.entity.id
    entry = runner(reference, **({"surfaces": ["road"]} if clear == "surface" else {}))
    coordinator = await set_up(entry)
    match clear:
        case "chosen":
            await coordinator.async_choose_shoe(OLD_SHOE)
        case "one pair":
            hass.config_entries.async_remove_subentry(entry, OLD_SHOE)
            await hass.async_block_till_done()
        case "another's phone":
            hass.services.async_remove("notify", "mobile_app_alex_s_phone")
        case "said":
            await coordinator.async_deliver([RUN], live=False)
            await coordinator.async_correct(RUN.id, shoe=OLD_SHOE)

    run = RUN if clear != "surface" else RUN_ON_ROAD
    await entry.runtime_data.async_deliver([run], live=True)
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
async def test_answers_that_mean_nothing(hass: HomeAssistant, set_up: SetUp, phone: Phone, answer: str) -> None:
    entry = runner(phone.entity.id)
    coordinator = await set_up(entry)
    await deliver(hass, entry)

    await phone.touch(answer if answer == "other" else f"home_gym_shoe/{ENTRY_ID}/{answer}")

    assert coordinator.runner.journal.corrections == {}
