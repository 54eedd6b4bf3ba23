"""Usual commands, through Home Assistant's own conversation agent, are left to Home Assistant."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from homeassistant.components.conversation import agent_manager
from homeassistant.components.light import DOMAIN as LIGHT
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from tests.support.commands import LANGUAGES, commands_in
from tests.support.integration import assist
from tests.support.integration.assist import Say
from tests.support.integration.runner_entry import SetUp

pytestmark = pytest.mark.usefixtures("clock")
say = assist.say


@pytest.mark.parametrize(("language", "least"), [("de", 50), ("en", 126), ("es", 50), ("fr", 50), ("nl", 50)])
def test_list_is_long_enough(language: str, least: int) -> None:
    assert len(set(commands_in(language))) >= least


@pytest.mark.parametrize("language", LANGUAGES)
async def test_usual_command_is_answered_as_without_home_gym(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, language: str
) -> None:
    without = {text: await answer(hass, text, language) for text in commands_in(language)}
    coordinator = await set_up(entry)
    assert {text: await answer(hass, text, language) for text in commands_in(language)} == without
    assert not coordinator.runner.journal.pains


async def answer(hass: HomeAssistant, text: str, language: str) -> str | None:
    """Return the agent's answer; some commands are answered without speech."""
    result = await agent_manager.async_converse(hass, text, None, context=Context(), language=language)
    speech: str | None = result.response.speech.get("plain", {}).get("speech")
    return speech


async def test_exposed_names_win(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    coordinator = await set_up(entry)
    hass.states.async_set("light.sore_back", "off", {"friendly_name": "My sore back"})
    calls = async_mock_service(hass, LIGHT, "turn_on")
    await say("turn on my sore back")
    assert len(calls) == 1
    assert not coordinator.runner.journal.pains
