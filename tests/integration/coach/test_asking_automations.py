"""Repair of questions that a blueprint's automation asks beside the coach, with Home Assistant's automations."""

from collections.abc import AsyncIterator
from pathlib import Path
import shutil
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components import home_gym
from custom_components.home_gym.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.setup import async_setup_component
from tests.support.integration.coach import runner, speaker
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

BLUEPRINTS = Path(home_gym.__file__).parents[2] / "blueprints" / "automation" / DOMAIN
ISSUE = f"asked_twice_{ENTRY_ID}"


def automation(name: str, blueprint: str, **inputs: Any) -> dict[str, Any]:
    """Return an automation made of a blueprint, as Home Assistant stores it."""
    # Imported blueprints are in a folder with the name of their author.
    path = f"home-gym/{blueprint}.yaml"
    return {"id": name, "alias": name, "use_blueprint": {"path": path, "input": inputs}}


async def automate(hass: HomeAssistant, *automations: dict[str, Any]) -> None:
    """Reload the home's automations, after a change of its file."""
    with patch("homeassistant.config.load_yaml_config_file", return_value={"automation": list(automations)}):
        await hass.services.async_call("automation", "reload", blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


def issue_in(hass: HomeAssistant) -> dict[str, str] | None:
    """Return the figures of the issue, None without it."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE)
    return dict(issue.translation_placeholders or {}) if issue else None


@pytest.fixture
async def entry(hass: HomeAssistant, set_up: SetUp) -> AsyncIterator[MockConfigEntry]:
    """Set up a runner with a speaker, in a home with the blueprints."""
    folder = Path(hass.config.path("blueprints", "automation", "home-gym"))
    await hass.async_add_executor_job(shutil.copytree, BLUEPRINTS, folder)
    assert await async_setup_component(hass, "automation", {})
    entry = runner(speaker(), speakers={"check_in": "01SPEAKER"})
    await set_up(entry)
    yield entry
    # Their triggers wait for times of day.
    await automate(hass)


def device(hass: HomeAssistant) -> str:
    """Return the runner's device."""
    found = dr.async_get_device_id_by_identifier(hass, (DOMAIN, ENTRY_ID), config_entry_id=ENTRY_ID)
    assert found
    return found


async def test_issue_names_habits_that_both_ask_for(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Only automations that are on, about this runner, and for habits that the coach asks for, count."""
    mine = {"runner": device(hass)}
    for automations, expected in (
        ([automation("Core", "weekly_core_reminder", **mine)], ("Core", "core work")),
        ([automation("After", "post_run_recovery", **mine)], ("After", "cool-down, foam rolling, stretching")),
        ([automation("After", "post_run_recovery", habits=["stretch"], **mine)], ("After", "stretching")),
        ([automation("Other", "weekly_core_reminder", runner="01OTHER")], None),
        ([automation("Off", "weekly_core_reminder", **mine) | {"initial_state": False}], None),
        ([automation("Family", "announce_run_to_family", **mine)], None),
        (
            [
                automation("A", "weekly_core_reminder", **mine),
                automation("B", "post_run_recovery", habits=["foam_roll"], **mine),
            ],
            ("A, B", "core work, foam rolling"),
        ),
        ([], None),
    ):
        await automate(hass, *automations)
        figures = issue_in(hass)
        assert (figures and (figures["automations"], figures["habits"])) == expected


async def test_fix_leaves_questions_to_automation(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """The coach keeps the speakers of other topics, and the issue is gone."""
    assert await async_setup_component(hass, "repairs", {})
    await automate(hass, automation("After", "post_run_recovery", habits=["stretch", "cool_down"], runner=device(hass)))
    assert issue_in(hass)
    client = await hass_client()

    response = await client.post("/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": ISSUE})
    screen = await response.json()
    assert screen["description_placeholders"]["habits"] == "cool-down, stretching"
    response = await client.post(f"/api/repairs/issues/fix/{screen['flow_id']}", json={})

    assert (await response.json())["type"] == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.options["speakers"] == {
        "check_in": "01SPEAKER",
        "cool_down": "automation",
        "stretch": "automation",
    }
    settings = entry.runtime_data.runner.settings.prompts
    assert settings.is_left_to_automation("stretch")
    assert issue_in(hass) is None
