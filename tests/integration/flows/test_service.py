"""Every path through the screens of services and of mapped entities."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.integrations.efforts import RUNS
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration.garmin import GarminActions
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, OLD_SHOE, SetUp
from tests.support.integration.shoe import in_form, suggested

pytestmark = pytest.mark.usefixtures("clock")

LAST: dict[str, Any] = {
    "activityId": 1,
    "activityType": "treadmill_running",
    "startTime": datetime(2026, 5, 4, 5, 2, 11, tzinfo=UTC),
    "elapsedDuration": 2591,
    "distance": 8012.3,
    "averageRunningCadenceInStepsPerMinute": 169.4,
    "friendly_name": "Garmin Connect Last activity",
}
MAPPING = {
    "start": "start_time",
    "own_id": "workout_id",
    "distance": "distance",
    "distance_unit": "m",
    "duration_unit": "s",
    "one_foot": False,
    "sport": "type",
}


def show(hass: HomeAssistant, unique_id: str, name: str, platform: str = "garmin_connect", **attributes: Any) -> str:
    """Set an entity's state, and return its id; without attributes it is unavailable."""
    registry = er.async_get(hass)
    entity_id = registry.async_get_or_create("sensor", platform, unique_id, suggested_object_id=name).entity_id
    if attributes:
        hass.states.async_set(entity_id, "Morning Run", attributes)
    return entity_id


async def choose(hass: HomeAssistant, kind: str) -> Any:
    """Choose a kind of source."""
    flows = hass.config_entries.subentries
    menu = await flows.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    return await flows.async_configure(menu["flow_id"], {"next_step_id": kind})


async def fill_in(hass: HomeAssistant, form: Any, **values: Any) -> Any:
    """Submit a screen, and return the next."""
    return await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, values))


def activities(form: Any) -> list[str]:
    """Return the lines of a preview."""
    lines: str = form["description_placeholders"]["activities"]
    return lines.splitlines()


# Services


async def test_no_service_is_installed(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    er.async_get(hass).async_get_or_create("sensor", "rest", "A_lastActivity")
    er.async_get(hass).async_get_or_create(
        "sensor", "garmin_connect", "B_lastActivity", disabled_by=er.RegistryEntryDisabler.USER
    )
    menu = await choose(hass, "service")
    assert (menu["type"], menu["step_id"]) == (FlowResultType.MENU, "no_service")
    form = await hass.config_entries.subentries.async_configure(menu["flow_id"], {"next_step_id": "folder"})
    assert form["step_id"] == "folder"


async def test_a_service_is_added(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    entity_id = show(hass, "A_lastActivity", "garmin_a", **LAST)
    show(hass, "A_lastActivities", "garmin_list", last_activities=[LAST | {"activityId": n} for n in range(2, 9)])
    show(hass, "B_lastActivity", "garmin_b")

    form = await choose(hass, "service")
    [selector] = form["data_schema"].schema.values()
    assert selector.config["include_entities"] == [entity_id, "sensor.garmin_b"]
    assert suggested(form) == {"service": None}

    preview = await fill_in(hass, form, service=entity_id)
    assert preview["step_id"] == "preview"
    assert suggested(preview) == {"runs": list(RUNS), "unnamed_runs": None}
    assert len(activities(preview)) == 5
    line = "- May 4, 2026 at 7:02 AM · `run` · `treadmillrunning` · 8.01 km · 0:43:11 · 169/min"
    assert activities(preview)[0].replace("_", "") == line

    again = await fill_in(hass, preview, runs=["trail_running"])
    assert again["step_id"] == "preview"
    assert "`other`" in activities(again)[0]
    assert suggested(again) == {"runs": ["trail_running"], "unnamed_runs": None}

    made = await fill_in(hass, again, runs=["trail_running"])
    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "Garmin Connect Last activity"
    assert made["data"] == {"service": "garmin_connect", "account": "A", "runs": ["trail_running"], "gear": {}}


async def test_recordings_are_asked_for_where_integration_downloads_them(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    GarminActions(hass)
    entity_id = show(hass, "A_lastActivity", "garmin_a", **LAST)
    preview = await fill_in(hass, await choose(hass, "service"), service=entity_id)
    assert preview["data_schema"](in_form(preview, {"runs": ["running"]}))["recordings"] is True
    again = await fill_in(hass, preview, runs=["running"], recordings=False)
    assert suggested(again)["recordings"] is False
    made = await fill_in(hass, again, runs=["running"], recordings=False)
    assert made["data"]["recordings"] is False
    [source] = entry.get_subentries_of_type("source")

    flow = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    preview = await fill_in(hass, flow, service=entity_id)
    assert suggested(preview)["recordings"] is False
    hass.services.async_remove("garmin_connect", "download_activity")
    without = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    preview = await fill_in(hass, without, service=entity_id)
    assert "recordings" not in suggested(preview)
    await fill_in(hass, preview, runs=["running"])
    assert entry.subentries[source.subentry_id].data["recordings"] is False


async def test_preview_is_in_miles(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    hass.config.units = US_CUSTOMARY_SYSTEM
    entity_id = show(hass, "A_lastActivity", "garmin_a", **LAST)
    preview = await fill_in(hass, await choose(hass, "service"), service=entity_id)
    assert "4.98 mi" in activities(preview)[0]


async def test_markup_from_service_is_escaped(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    told = {"activityId": 1, "activityType": "`<b>[x](y)\\", "startTime": LAST["startTime"]}
    entity_id = show(hass, "A_lastActivity", "garmin_a", **told)
    preview = await fill_in(hass, await choose(hass, "service"), service=entity_id)
    assert activities(preview) == ["- May 4, 2026 at 7:02 AM · `other` · `bx(y)`"]


async def test_empty_preview_is_explained(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    entity_id = show(hass, "A_lastActivity", "garmin_a")
    preview = await fill_in(hass, await choose(hass, "service"), service=entity_id)
    assert preview["step_id"] == "preview_empty"
    again = await fill_in(hass, preview, runs=["running"])
    assert again["step_id"] == "preview_empty"
    made = await fill_in(hass, again, runs=["running"])
    assert (made["type"], made["title"]) == (FlowResultType.CREATE_ENTRY, entity_id)


async def test_an_account_counts_for_one_runner(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    mine, other = show(hass, "A_lastActivity", "garmin_a"), show(hass, "B_lastActivity", "garmin_b")
    preview = await fill_in(hass, await choose(hass, "service"), service=mine)
    await fill_in(hass, preview, runs=list(RUNS))
    await hass.async_block_till_done()

    form = await choose(hass, "service")
    again = await fill_in(hass, form, service=mine)
    assert again["errors"] == {"service": "service_taken"}
    assert suggested(again) == {"service": mine}
    assert (await fill_in(hass, form, service=other))["step_id"] == "preview_empty"


async def test_shoes_are_linked(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    entity_id = show(hass, "A_lastActivity", "garmin_a", **LAST)
    show(hass, "A_gear_1", "pair_1", custom_make_model="Pegasus_40")
    show(hass, "A_gear_2", "pair_2", custom_make_model="Ghost")
    preview = await fill_in(hass, await choose(hass, "service"), service=entity_id)

    first = await fill_in(hass, preview, runs=list(RUNS))
    assert (first["step_id"], first["description_placeholders"]) == ("gear", {"gear": "Pegasus40"})
    [selector] = first["data_schema"].schema.values()
    assert [option["value"] for option in selector.config["options"]] == [OLD_SHOE, NEW_SHOE]
    second = await fill_in(hass, first, shoe=OLD_SHOE)
    assert second["description_placeholders"] == {"gear": "Ghost"}
    made = await fill_in(hass, second)
    assert made["data"]["gear"] == {"garmin_connect:1": OLD_SHOE}
    await hass.async_block_till_done()
    assert entry.runtime_data.runner.settings.gear["garmin_connect:1"] == OLD_SHOE

    [source] = entry.get_subentries_of_type("source")
    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert suggested(form) == {"service": entity_id}
    preview = await fill_in(hass, form, service=entity_id)
    first = await fill_in(hass, preview, runs=list(RUNS))
    assert suggested(first) == {"shoe": OLD_SHOE}
    second = await fill_in(hass, first)
    assert suggested(second) == {"shoe": None}
    done = await fill_in(hass, second, shoe=NEW_SHOE)
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert entry.subentries[source.subentry_id].data["gear"] == {"garmin_connect:2": NEW_SHOE}


async def test_no_shoe_links_without_shoes(hass: HomeAssistant, set_up: SetUp) -> None:
    await set_up(MockConfigEntry(domain="home_gym", title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}))
    entity_id = show(hass, "A_lastActivity", "garmin_a", **LAST)
    show(hass, "A_gear_1", "pair_1", custom_make_model="Pegasus")
    preview = await fill_in(hass, await choose(hass, "service"), service=entity_id)
    assert (await fill_in(hass, preview, runs=list(RUNS)))["type"] is FlowResultType.CREATE_ENTRY


async def test_another_account_has_other_shoes(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    mine, other = show(hass, "A_lastActivity", "garmin_a"), show(hass, "B_lastActivity", "garmin_b")
    show(hass, "A_gear_1", "pair_1", custom_make_model="Pegasus")
    preview = await fill_in(hass, await choose(hass, "service"), service=mine)
    preview = await fill_in(hass, preview, runs=["running"])
    await fill_in(hass, await fill_in(hass, preview, runs=["running"]), shoe=OLD_SHOE)
    await hass.async_block_till_done()
    er.async_get(hass).async_remove(mine)
    [source] = entry.get_subentries_of_type("source")

    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert suggested(form) == {"service": None}
    preview = await fill_in(hass, form, service=other)
    assert suggested(preview) == {"runs": ["running"], "unnamed_runs": None}
    await fill_in(hass, preview, runs=["running"])
    data = entry.subentries[source.subentry_id].data
    assert data == {"service": "garmin_connect", "account": "B", "runs": ["running"], "gear": {}}


# Mapped entities


async def test_an_entity_is_mapped(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    shown = {"start_time": "2026-05-04 07:02:11", "workout_id": "7", "distance": 8012, "type": "Run", "mood": 3}
    entity_id = show(hass, "1", "treadmill", "rest", **shown, friendly_name="Treadmill")
    entity = er.async_get(hass).async_get(entity_id)
    assert entity is not None

    form = await fill_in(hass, await choose(hass, "entity"), entity=entity_id)
    assert form["step_id"] == "mapping"
    assert {field: value for field, value in suggested(form).items() if value is not None} == MAPPING
    preview = await fill_in(hass, form, **MAPPING)
    assert activities(preview) == ["- May 4, 2026 at 7:02 AM · `run` · `Run` · 8.01 km"]
    made = await fill_in(hass, preview, runs=list(RUNS))
    assert made["title"] == "Treadmill"
    assert made["data"] == {"entity": entity.id, "mapping": MAPPING, "runs": list(RUNS)}
    await hass.async_block_till_done()

    again = await fill_in(hass, await choose(hass, "entity"), entity=entity_id)
    assert again["errors"] == {"entity": "entity_taken"}
    assert suggested(again) == {"entity": entity_id}

    [source] = entry.get_subentries_of_type("source")
    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert suggested(form) == {"entity": entity_id}
    form = await fill_in(hass, form, entity=entity_id)
    assert suggested(form)["own_id"] == "workout_id"
    changed = {field: value for field, value in MAPPING.items() if field != "own_id"}
    done = await fill_in(hass, await fill_in(hass, form, **changed), runs=list(RUNS))
    assert done["reason"] == "reconfigure_successful"
    assert entry.subentries[source.subentry_id].data["mapping"] == changed


async def test_an_entity_that_is_gone(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    entity_id = show(hass, "1", "treadmill", "rest")
    form = await fill_in(hass, await choose(hass, "entity"), entity=entity_id)
    assert suggested(form)["start"] == "state"
    preview = await fill_in(hass, form, start="state", distance_unit="m", duration_unit="s", one_foot=False)
    assert preview["step_id"] == "preview_empty"
    await fill_in(hass, preview, runs=list(RUNS))
    await hass.async_block_till_done()
    er.async_get(hass).async_remove(entity_id)
    [source] = entry.get_subentries_of_type("source")

    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert suggested(form) == {"entity": None}
