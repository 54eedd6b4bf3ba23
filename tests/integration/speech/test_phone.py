"""A line as a notification, with buttons on phones that support them."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.home_gym.speech import Line, async_perform
from custom_components.home_gym.speech.phones import phones_of
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ...support.integration.companion_app import real_phones, register_phone
from ...support.integration.voice_home import VoiceHome, error_key

BUTTONS = {"done/1": "Done", "later/1": "Later", "decline/1": "Not today"}


class App:
    """A phone with the companion app."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register the app's device, entity and action."""
        self.hass = hass
        self.asked: list[dict[str, Any]] = []
        self.fault: Exception | None = None
        entry = self.entry = MockConfigEntry(domain="mobile_app", data={"webhook_id": "1"})
        entry.add_to_hass(hass)
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={("mobile_app", "1")}, name="Alex's phone"
        )
        notify = er.async_get(hass).async_get_or_create(
            "notify", "mobile_app", "1", config_entry=entry, device_id=device.id
        )
        self.entity_id = notify.entity_id
        hass.states.async_set(self.entity_id, "unknown")

    def register(self) -> None:
        """Register the app's action."""
        register_phone(self.hass, self.entry, "mobile_app_alex_s_phone", self._ask)

    async def _ask(self, call: ServiceCall) -> None:
        if self.fault:
            raise self.fault
        self.asked.append(dict(call.data))


@pytest.mark.parametrize("buttons", [{}, BUTTONS])
async def test_other_notify_entities_get_no_buttons(
    hass: HomeAssistant, home: VoiceHome, buttons: dict[str, str]
) -> None:
    line = Line(title="Home Gym", text="Roll, Alex", buttons=buttons)
    await async_perform(hass, {"notify": home.phone.entity_id}, line)
    assert home.phone.read == [("Home Gym", "Roll, Alex")]


@pytest.mark.parametrize(("tag", "tagged"), [(None, {}), ("prompt/1", {"tag": "prompt/1"})])
async def test_a_phone_with_buttons(hass: HomeAssistant, tag: str | None, tagged: dict[str, str]) -> None:
    app = App(hass)
    app.register()
    await async_perform(
        hass, {"notify": app.entity_id}, Line(title="Home Gym", text="Roll, Alex", buttons=BUTTONS, tag=tag)
    )
    actions = [
        {"action": "done/1", "title": "Done"},
        {"action": "later/1", "title": "Later"},
        {"action": "decline/1", "title": "Not today"},
    ]
    assert app.asked == [{"title": "Home Gym", "message": "Roll, Alex", "data": {"actions": actions} | tagged}]


async def test_a_phone_that_is_asked_nothing(hass: HomeAssistant) -> None:
    app = App(hass)
    app.register()
    written = async_mock_service(hass, "notify", "send_message")
    await async_perform(hass, {"notify": app.entity_id}, Line(title="Home Gym", text="Roll, Alex"))
    assert app.asked == []
    assert [call.data for call in written] == [
        {"entity_id": app.entity_id, "title": "Home Gym", "message": "Roll, Alex"}
    ]


async def test_a_phone_that_fails(hass: HomeAssistant) -> None:
    app = App(hass)
    app.register()
    app.fault = HomeAssistantError("no connection")
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(hass, {"notify": app.entity_id}, Line(title="", text="", buttons=BUTTONS))


async def test_a_phone_that_is_not_there(hass: HomeAssistant) -> None:
    app = App(hass)
    hass.states.async_set(app.entity_id, "unavailable")
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, {"notify": app.entity_id}, Line(title="", text="", buttons=BUTTONS))
    assert error_key(raised.value) == "speaker_unavailable"


async def test_the_phones_of_a_runner(hass: HomeAssistant, home: VoiceHome) -> None:
    app = App(hass)
    speakers = [home.on_player(), {"notify": home.phone.entity_id}, {"notify": app.entity_id}, {"notify": "0" * 32}]
    entry = MockConfigEntry(
        subentries_data=[
            ConfigSubentryData(data=data, subentry_type="speaker", title="", unique_id=None) for data in speakers
        ]
    )
    assert phones_of(hass, entry) == []
    app.register()
    assert phones_of(hass, entry) == [app.entry.entry_id]


async def test_two_phones_of_one_name_get_their_own_messages(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    phones = await real_phones(hass, aioclient_mock, 2)
    entries = [phone.entry for phone in phones]
    for number, phone in enumerate(phones, 1):
        line = Line(title="Home Gym", text=f"Roll, {number}", buttons=BUTTONS)
        await async_perform(hass, {"notify": phone.notify.id}, line)
    assert [[sent["message"] for sent in phone.pushed] for phone in phones] == [["Roll, 1"], ["Roll, 2"]]

    # Renamed, and its device with it: still the same phone.
    devices = dr.async_get(hass)
    [device] = dr.async_entries_for_config_entry(devices, entries[0].entry_id)
    devices.async_update_device(device.id, name_by_user="Old phone")
    await hass.config_entries.async_remove(entries[1].entry_id)
    await hass.async_block_till_done()
    await async_perform(hass, {"notify": phones[0].notify.id}, Line(title="Home Gym", text="Stretch", buttons=BUTTONS))
    assert [sent["message"] for sent in phones[0].pushed] == ["Roll, 1", "Stretch"]
