"""Hints on a pair's professional fitting: on the pair's card until they are read, and no repair issues."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.views.dashboard import dashboard_of
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, SetUp, shoe_data, with_id
from tests.support.integration.shoe import in_form, suggested

pytestmark = pytest.mark.usefixtures("clock")


def runner(**pair: Any) -> MockConfigEntry:
    """Return the entry of a runner with one pair in use since 1 May 2026; today is the 4th."""
    shoe = shoe_data("New trainers", **{"first_used": "2026-05-01", **pair})
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[with_id(shoe, NEW_SHOE)],
    )


async def test_hint_is_on_the_card_until_it_is_read(
    hass: HomeAssistant, set_up: SetUp, hass_ws_client: WebSocketGenerator
) -> None:
    entry = runner(arch="flat")
    coordinator = await set_up(entry)

    def shown() -> list[str]:
        return list(dashboard_of(coordinator.runner, coordinator.data, dt_util.utcnow()).shoes[NEW_SHOE].hints)

    async def read(hint: str) -> bool:
        message = {"type": "home_gym/read_shoe_hint", "config_entry_id": ENTRY_ID, "shoe": NEW_SHOE, "hint": hint}
        await (reader := await hass_ws_client()).send_json_auto_id(message)
        success: bool = (await reader.receive_json())["success"]
        await hass.async_block_till_done()
        return success

    assert shown() == ["fitting_missing", "arch_support"]
    assert await read("arch_support")
    assert not await read("unknown")
    assert shown() == ["fitting_missing"]
    # A change of the pair brings no hint back.
    form = await entry.start_subentry_reconfigure_flow(hass, NEW_SHOE)
    filled_in = in_form(form, {name: value for name, value in suggested(form).items() if value is not None})
    await hass.config_entries.subentries.async_configure(form["flow_id"], filled_in)
    await hass.async_block_till_done()
    assert shown() == ["fitting_missing"]
    assert coordinator.config_entry.subentries[NEW_SHOE].data["hints_read"] == ["arch_support"]
    assert not [key for domain, key in ir.async_get(hass).issues if domain == DOMAIN]
