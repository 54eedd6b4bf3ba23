"""Every path through the screens of a folder."""

from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp
from tests.support.integration.shoe import in_form, suggested

pytestmark = pytest.mark.usefixtures("clock")


async def open_form(hass: HomeAssistant) -> Any:
    """Open the screen for a new folder."""
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    assert menu["type"] is FlowResultType.MENU
    return await hass.config_entries.subentries.async_configure(menu["flow_id"], {"next_step_id": "folder"})


async def test_a_folder_is_added_and_made(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path
) -> None:
    await set_up(entry)
    form = await open_form(hass)
    assert suggested(form)["folder"] == hass.config.path("home_gym", "alex")

    made = await hass.config_entries.subentries.async_configure(
        form["flow_id"], in_form(form, {"folder": f" {folder} "})
    )

    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "recordings"
    assert made["data"] == {"folder": str(folder), "since": NOW.isoformat()}
    assert folder.is_dir()


async def test_invalid_folder_is_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, tmp_path: Path
) -> None:
    await set_up(entry)
    file = tmp_path / "file"
    file.touch()
    form = await open_form(hass)

    for path, error in (
        ("recordings", "folder_not_absolute"),
        ("/", "folder_too_wide"),
        (hass.config.config_dir, "folder_too_wide"),
        (str(file), "folder_unusable"),
        ("/nul\0", "folder_unusable"),
    ):
        again = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, {"folder": path}))
        assert again["errors"] == {"folder": error}, path

    made = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, {"folder": str(folder)}))
    assert made["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    form = await open_form(hass)
    again = await hass.config_entries.subentries.async_configure(
        form["flow_id"], in_form(form, {"folder": str(folder)})
    )
    assert again["errors"] == {"folder": "folder_taken"}


async def test_a_folder_is_changed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, tmp_path: Path, clock: Any
) -> None:
    await set_up(entry)
    form = await open_form(hass)
    await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, {"folder": str(folder)}))
    await hass.async_block_till_done()
    [source] = entry.get_subentries_of_type("source")
    clock.tick(3600)

    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert suggested(form) == {"folder": str(folder), "unnamed_runs": None}
    done = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, {"folder": str(folder)}))
    assert done["reason"] == "reconfigure_successful"
    assert entry.subentries[source.subentry_id].data["since"] == NOW.isoformat()

    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    again = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, {"folder": "relative"}))
    assert again["errors"] == {"folder": "folder_not_absolute"}
    other = tmp_path / "other"
    await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, {"folder": str(other)}))
    await hass.async_block_till_done()

    changed = entry.subentries[source.subentry_id]
    assert changed.title == "other"
    assert changed.data == {"folder": str(other), "since": "2026-05-04T19:00:00+00:00"}
