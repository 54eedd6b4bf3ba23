"""Phones with the question about a run's pair."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util
from tests.support.integration.companion_app import register_phone
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, OLD_SHOE, shoe_data, with_id

ACTION = "mobile_app_alex_s_phone"


class Phone:
    """A phone with the companion app, as registered in Home Assistant."""

    def __init__(self, hass: HomeAssistant, **data: str) -> None:
        """Register the companion app's device, entity and action, with the data of its entry."""
        self._hass = hass
        self.asked: list[dict[str, Any]] = []
        self.received: list[dict[str, Any]] = []
        self.fault: HomeAssistantError | None = None
        app = MockConfigEntry(domain="mobile_app", title="Alex's phone", data={"webhook_id": "phone", **data})
        app.add_to_hass(hass)
        self.app = app
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=app.entry_id, identifiers={("mobile_app", "phone")}, name="Alex's phone"
        )
        self.entity = er.async_get(hass).async_get_or_create(
            "notify", "mobile_app", "phone", config_entry=app, device_id=device.id
        )
        register_phone(hass, app, ACTION, self._ask)

    async def _ask(self, call: ServiceCall) -> None:
        if self.fault:
            raise self.fault
        self.received.append(dict(call.data))
        if call.data["message"] != "clear_notification":
            self.asked.append(dict(call.data))

    async def touch(self, action: str, **reply: str) -> None:
        """Touch a button, or send a reply in words."""
        self._hass.bus.async_fire("mobile_app_notification_action", {"action": action} | reply)
        await self._hass.async_block_till_done(wait_background_tasks=True)

    @property
    def cleared(self) -> list[str]:
        """The tags of the notifications that were cleared so far."""
        return [sent["data"]["tag"] for sent in self.received if sent["message"] == "clear_notification"]

    @property
    def shown(self) -> dict[str, str]:
        """The notifications on the phone now: the message of each tag."""
        shown: dict[str, str] = {}
        for sent in self.received:
            shown[sent["data"].get("tag", "")] = sent["message"]
        return {tag: message for tag, message in shown.items() if message != "clear_notification"}

    @property
    def titles(self) -> list[str]:
        """The labels of the latest notification's buttons."""
        return [button["title"] for button in self.asked[-1]["data"]["actions"]]

    def action(self, title: str) -> str:
        """Return the action of a button of the latest notification."""
        [found] = [button["action"] for button in self.asked[-1]["data"]["actions"] if button["title"] == title]
        return str(found)


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
    """Deliver the run, and let the time of the question come."""
    await entry.runtime_data.coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(hours=3))
    await hass.async_block_till_done(wait_background_tasks=True)
