"""Runners with a prompt on the phone."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym import verbs
from homeassistant.core import HomeAssistant
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.shoe_question import Phone, deliver, runner


@pytest.fixture
def phone(hass: HomeAssistant) -> Phone:
    """Return the runner's phone."""
    return Phone(hass)


async def asked(hass: HomeAssistant, set_up: SetUp, phone: Phone, **options: bool) -> MockConfigEntry:
    """Return the entry of a runner with a foam roll prompt on the phone."""
    entry = runner(phone.entity.id)
    quiet = {"quiet_start": "00:00:00", "quiet_end": "00:00:00"}
    object.__setattr__(entry, "options", {"prompts": ["foam_roll"], **quiet, **options})
    hass.states.async_set(phone.entity.entity_id, "unknown")
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.choose_shoe("01NEWSHOE"))
    await deliver(hass, entry)
    return entry
