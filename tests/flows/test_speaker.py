"""Every path through the screens of a speaker."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er

from ..conftest import ENTRY_ID, SetUp
from .test_shoe import suggested


@pytest.fixture
def player(hass: HomeAssistant) -> er.RegistryEntry:
    """Return a media player with an entry in the registry."""
    entry = er.async_get(hass).async_get_or_create("media_player", "test", "gym", suggested_object_id="gym")
    hass.states.async_set(entry.entity_id, "idle", {"friendly_name": "Gym speaker"})
    return entry


async def choose(hass: HomeAssistant, kind: str) -> Any:
    """Open the screen for a new speaker of a kind."""
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "speaker"), context={"source": SOURCE_USER})
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["media_player", "notify"]
    form = await hass.config_entries.subentries.async_configure(menu["flow_id"], {"next_step_id": kind})
    assert form["type"] is FlowResultType.FORM
    return form


async def test_a_media_player(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, player: er.RegistryEntry
) -> None:
    await set_up(entry)
    form = await choose(hass, "media_player")

    made = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"media_player": player.entity_id, "tts_engine": "tts.unregistered"}
    )
    await hass.async_block_till_done()

    assert made["title"] == "Gym speaker"
    assert made["data"] == {"media_player": player.id, "tts_engine": "tts.unregistered"}
    [speaker] = entry.get_subentries_of_type("speaker")
    assert entry.runtime_data.runner.settings.prompts.speakers == (speaker.subentry_id,)

    er.async_get(hass).async_update_entity(player.entity_id, new_entity_id="media_player.renamed")
    form = await entry.start_subentry_reconfigure_flow(hass, speaker.subentry_id)
    assert suggested(form) == {"media_player": "media_player.renamed", "tts_engine": "tts.unregistered"}
    done = await hass.config_entries.subentries.async_configure(
        form["flow_id"], {"media_player": "media_player.unknown", "tts_engine": "tts.other"}
    )
    await hass.async_block_till_done()

    assert done["reason"] == "reconfigure_successful"
    changed = entry.subentries[speaker.subentry_id]
    assert changed.title == "media_player.unknown"
    assert changed.data == {"media_player": "media_player.unknown", "tts_engine": "tts.other"}


async def test_a_phone(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    hass.states.async_set("notify.phone", "unknown")
    form = await choose(hass, "notify")

    await hass.config_entries.subentries.async_configure(form["flow_id"], {"notify": "notify.phone"})
    await hass.async_block_till_done()

    [phone] = entry.get_subentries_of_type("speaker")
    assert phone.title == "notify.phone"
    assert entry.runtime_data.runner.settings.prompts.phones == (phone.subentry_id,)
    form = await entry.start_subentry_reconfigure_flow(hass, phone.subentry_id)
    assert form["step_id"] == "notify"
    assert suggested(form) == {"notify": "notify.phone"}
