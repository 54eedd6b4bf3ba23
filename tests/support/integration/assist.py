"""Sentences for Assist, and voice satellites."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from homeassistant.components.conversation import agent_manager
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from tests.support.integration import coach
from tests.support.integration.runner_entry import ENTRY_ID, with_id

lines = coach.lines
NOT_OURS = "Sorry, I couldn't understand that"
SAM = "02RUNNER"
type Say = Callable[..., Awaitable[str]]


@pytest.fixture
async def say(hass: HomeAssistant) -> Say:
    """Return a function that speaks to the built-in agent and returns its answer."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})

    async def say(text: str, *, language: str = "en", device_id: str | None = None) -> str:
        """Speak as a pipeline does, since the action has no device."""
        result = await agent_manager.async_converse(
            hass, text, None, context=Context(), language=language, device_id=device_id
        )
        await hass.async_block_till_done()
        return speech_of(result.as_dict())

    return say


def speech_of(answer: Any) -> str:
    """Return the speech of an agent's answer."""
    speech: str = answer["response"]["speech"]["plain"]["speech"]
    return speech


def runner(name: str = "Alex", entry_id: str = ENTRY_ID, *subentries: Any) -> MockConfigEntry:
    """Return the entry of a runner."""
    return MockConfigEntry(
        domain=DOMAIN, title=name, entry_id=entry_id, data={"name": name}, subentries_data=list(subentries)
    )


def speaker_in(area: str, subentry_id: str) -> Any:
    """Return a speaker in earshot of an area."""
    data = {"media_player": coach.PLAYER, "tts_engine": coach.ENGINE, "area": area}
    return with_id(
        ConfigSubentryData(data=data, subentry_type="speaker", title=f"Speaker {area}", unique_id=None), subentry_id
    )


@pytest.fixture
def satellite(hass: HomeAssistant) -> Callable[[str], tuple[str, str]]:
    """Return a function that adds a voice satellite to an area, and returns the ids of its device and its entity."""

    def put(area: str) -> tuple[str, str]:
        owner = MockConfigEntry(domain="test", title=area)
        owner.add_to_hass(hass)
        areas = ar.async_get(hass)
        place = areas.async_get_area_by_name(area) or areas.async_create(area)
        devices = dr.async_get(hass)
        device = devices.async_get_or_create(config_entry_id=owner.entry_id, identifiers={("test", area)})
        devices.async_update_device(device.id, area_id=place.id)
        entity = er.async_get(hass).async_get_or_create("assist_satellite", "test", area, device_id=device.id)
        return device.id, entity.entity_id

    return put


async def ask(hass: HomeAssistant, habit: str, entry_id: str = ENTRY_ID) -> None:
    """Prompt a habit."""
    await hass.services.async_call(DOMAIN, "prompt", {"config_entry_id": entry_id, "habit": habit}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
