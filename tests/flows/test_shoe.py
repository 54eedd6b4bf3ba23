"""Every path through the screens of a pair of shoes."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

from ..conftest import ENTRY_ID, OLD_SHOE, SetUp

SHOE = {
    "name": "Racers",
    "first_used": "2026-04-01",
    "initial_distance": 12.5,
    "warn_at": 300,
    "replace_at": 500,
}


def suggested(form: Any) -> dict[str, Any]:
    """Return what a form suggests, by field."""
    return {str(key): (key.description or {}).get("suggested_value") for key in form["data_schema"].schema}


async def open_form(hass: HomeAssistant) -> Any:
    """Open the screen for a new pair."""
    return await hass.config_entries.subentries.async_init((ENTRY_ID, "shoe"), context={"source": SOURCE_USER})


async def test_a_pair_is_added_in_kilometres(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await open_form(hass)
    # 300 and 500 miles of 1609.344 m, to the kilometre
    assert suggested(form)["warn_at"] == 483
    assert suggested(form)["replace_at"] == 805

    made = await hass.config_entries.subentries.async_configure(form["flow_id"], SHOE)
    await hass.async_block_till_done()

    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "Racers"
    assert made["data"] == {
        "first_used": "2026-04-01",
        "initial_distance": 12_500,
        "warn_at": 300_000,
        "replace_at": 500_000,
    }
    assert [shoe.name for shoe in entry.runtime_data.runner.settings.shoes] == [
        "Daily trainers",
        "New trainers",
        "Racers",
    ]


async def test_a_pair_is_added_in_miles(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await set_up(entry)
    form = await open_form(hass)
    assert suggested(form)["warn_at"] == 300
    assert suggested(form)["replace_at"] == 500

    made = await hass.config_entries.subentries.async_configure(form["flow_id"], SHOE)

    assert made["data"]["replace_at"] == pytest.approx(500 * 1609.344)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": " "}, {"name": "name_missing"}),
        ({"name": "daily TRAINERS"}, {"name": "name_taken"}),
        ({"warn_at": 501}, {"warn_at": "warns_too_late"}),
        ({"warn_at": 0, "replace_at": 0}, {"warn_at": "warns_too_late"}),
    ],
)
async def test_a_pair_that_cannot_be(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, change: dict[str, Any], errors: dict[str, str]
) -> None:
    await set_up(entry)
    form = await open_form(hass)

    again = await hass.config_entries.subentries.async_configure(form["flow_id"], SHOE | change)

    assert again["type"] is FlowResultType.FORM
    assert again["errors"] == errors
    assert suggested(again)["name"] == (SHOE | change)["name"]
    made = await hass.config_entries.subentries.async_configure(form["flow_id"], SHOE)
    assert made["type"] is FlowResultType.CREATE_ENTRY


async def test_a_pair_is_changed_and_retired(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await entry.start_subentry_reconfigure_flow(hass, OLD_SHOE)
    shown = suggested(form)
    assert (shown["name"], shown["initial_distance"], shown["retired"]) == ("Daily trainers", 480, None)
    asked = SHOE | {"name": "Daily trainers", "retired": "2026-03-31"}

    again = await hass.config_entries.subentries.async_configure(form["flow_id"], asked)
    assert again["errors"] == {"retired": "retired_before_used"}
    done = await hass.config_entries.subentries.async_configure(form["flow_id"], asked | {"retired": "2026-04-30"})
    await hass.async_block_till_done()

    assert done["reason"] == "reconfigure_successful"
    assert entry.subentries[OLD_SHOE].data["retired"] == "2026-04-30"
    form = await entry.start_subentry_reconfigure_flow(hass, OLD_SHOE)
    assert suggested(form)["retired"] == "2026-04-30"
