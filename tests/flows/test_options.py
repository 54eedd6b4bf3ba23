"""The options of a runner, and what becomes of them."""

from datetime import time, timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.habit import Habit
from custom_components.home_gym.gym.prompt import QuietHours
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er

from ..conftest import ENTRY_ID, SetUp
from .test_shoe import suggested


async def opened(hass: HomeAssistant, choice: str) -> ConfigFlowResult:
    """Open a screen from the menu."""
    menu = await hass.config_entries.options.async_init(ENTRY_ID)
    assert menu["type"] is FlowResultType.MENU
    return await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": choice})


@pytest.mark.parametrize(
    ("country", "weekday"), [("DE", "monday"), ("US", "sunday"), ("EG", "saturday"), (None, "monday")]
)
async def test_defaults(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, country: str | None, weekday: str
) -> None:
    hass.config.country = country
    await set_up(entry)

    form = await opened(hass, "settings")

    assert suggested(form) == {
        "core_goal": 2,
        "first_weekday": weekday,
        "prompts": ["warm_up", "cool_down", "foam_roll", "stretch", "core"],
        "foam_roll_offset": 0,
        "stretch_offset": 5,
        "calendar": None,
        "core_time": "18:00:00",
        "stretch_time": "19:00:00",
        "prompt_window": 90,
        "fresh_for": 90,
        "quiet_start": "22:00:00",
        "quiet_end": "07:00:00",
    }


async def test_choices(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await opened(hass, "settings")

    await hass.config_entries.options.async_configure(
        form["flow_id"],
        {
            "core_goal": 3,
            "first_weekday": "sunday",
            "prompts": ["stretch"],
            "foam_roll_offset": 1,
            "stretch_offset": 2.5,
            "prompt_window": 30,
            "fresh_for": 60,
            "quiet_start": "21:30:00",
            "quiet_end": "08:00:00",
        },
    )
    await hass.async_block_till_done()

    settings = entry.runtime_data.runner.settings
    assert settings.core_goal == 3
    assert settings.calendar.first_weekday == 6
    assert settings.prompts.offsets == {Habit.STRETCH: timedelta(minutes=2.5)}
    assert settings.prompts.window == timedelta(minutes=30)
    assert settings.prompts.fresh_for == timedelta(hours=1)
    assert settings.prompts.quiet_hours == QuietHours(start=time(21, 30), end=time(8))


async def test_a_calendar_is_kept_by_its_registry_id(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    calendar = er.async_get(hass).async_get_or_create("calendar", "local_calendar", "training")
    form = await opened(hass, "settings")
    chosen = {key: value for key, value in suggested(form).items() if value is not None}

    await hass.config_entries.options.async_configure(form["flow_id"], chosen | {"calendar": calendar.entity_id})
    await hass.async_block_till_done()

    assert entry.options["calendar"] == calendar.id
    er.async_get(hass).async_update_entity(calendar.entity_id, new_entity_id="calendar.renamed")
    assert suggested(await opened(hass, "settings"))["calendar"] == "calendar.renamed"
