"""A runner's entry: setup, reload, unload, removal, and an unreadable journal."""

import asyncio
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import RunnerClosedError
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.storage.files import files_of
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigSubentry
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, SetUp, shoe_data, state_of
from tests.support.integration.shoe import in_form
from tests.support.integration.stored import first_form, slow_disk, stored_journal, write_json

pytestmark = pytest.mark.usefixtures("clock")


async def test_a_journal_outlives_its_entry_being_unloaded(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    await coordinator.async_apply(verbs.choose_shoe(NEW_SHOE))
    await coordinator.async_apply(verbs.allow_voice(False))
    before = coordinator.runner.journal.copy()

    assert await hass.config_entries.async_unload(ENTRY_ID)
    assert entry.state is ConfigEntryState.NOT_LOADED
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()

    assert entry.runtime_data.runner.journal == before
    assert state_of(hass, "switch", "voice") == "off"
    assert state_of(hass, "sensor", "core_sessions_this_week") == "1"
    assert [delivery.activity.distance for delivery in stored_journal(hass).deliveries.values()] == [8012.34]


async def test_change_in_progress_survives_reload(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """A phone may post during a change of settings; confirmed activities must be there afterwards."""
    before = await set_up(entry)
    with slow_disk() as disk_answers:
        delivery = hass.async_create_task(before.async_deliver([RUN], live=False))
        reload = hass.async_create_task(hass.config_entries.async_reload(ENTRY_ID))
        for _ in range(20):
            await asyncio.sleep(0)
        assert not delivery.done()
        disk_answers.set()
        assert await reload
        await delivery

    assert entry.runtime_data.coordinator is not before
    assert [run.distance for run in entry.runtime_data.runner.runs.all()] == [8012.34]


async def test_closed_coordinator_rejects_changes(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    before = await set_up(entry)
    assert await hass.config_entries.async_reload(ENTRY_ID)
    await entry.runtime_data.coordinator.async_apply(verbs.log_session(Habit.CORE))

    with pytest.raises(RunnerClosedError, match="Alex"):
        await before.async_apply(verbs.log_session(Habit.STRETCH))
    await before.async_tick()

    assert await hass.config_entries.async_reload(ENTRY_ID)
    assert [session.habit for session in entry.runtime_data.runner.sessions.all()] == [Habit.CORE]


async def test_start_of_home_assistant_reloads_no_runner(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    before = await set_up(entry)
    hass.bus.async_fire(EVENT_CORE_CONFIG_UPDATE)
    await hass.config.async_update(elevation=100)
    await hass.async_block_till_done()
    assert entry.runtime_data.coordinator is before


async def test_a_pair_comes_and_goes(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    devices = dr.async_get(hass)
    [runner] = [device for device in dr.async_entries_for_config_entry(devices, ENTRY_ID) if device.name == "Alex"]
    shoes = {
        device.name: device for device in dr.async_entries_for_config_entry(devices, ENTRY_ID) if device.name != "Alex"
    }
    assert set(shoes) == {"Daily trainers", "New trainers"}
    assert {device.via_device_id for device in shoes.values()} == {runner.id}

    form = await hass.config_entries.subentries.async_init((ENTRY_ID, "shoe"), context={"source": SOURCE_USER})
    racers = shoe_data("Racers")["data"]
    await hass.config_entries.subentries.async_configure(
        form["flow_id"], in_form(form, {"name": "Racers", **racers, "warn_at": 300, "replace_at": 500})
    )
    await hass.async_block_till_done()
    [made] = [subentry for subentry in entry.subentries.values() if subentry.title == "Racers"]
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{made.subentry_id}") == "0.0"

    hass.config_entries.async_remove_subentry(entry, NEW_SHOE)
    await hass.async_block_till_done()

    assert "New trainers" not in {device.name for device in dr.async_entries_for_config_entry(devices, ENTRY_ID)}
    # A run in a removed pair counts for no other.
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{made.subentry_id}") == "0.0"
    assert state_of(hass, "sensor", "last_run_distance") == "8.01234"


async def test_a_pair_that_comes_while_the_runner_is_set_up(
    hass: HomeAssistant, enable_custom_integrations: None, entry: MockConfigEntry
) -> None:
    forward = hass.config_entries.async_forward_entry_setups
    racers = ConfigSubentry(**shoe_data("Racers"), subentry_id="01RACERS")  # type: ignore[arg-type]

    async def add_and_forward(*args: Any) -> None:
        if racers.subentry_id not in entry.subentries:
            hass.config_entries.async_add_subentry(entry, racers)
        await forward(*args)

    entry.add_to_hass(hass)
    with patch.object(hass.config_entries, "async_forward_entry_setups", add_and_forward):
        await hass.config_entries.async_setup(ENTRY_ID)
        await hass.async_block_till_done()

    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{racers.subentry_id}") == "0.0"


async def test_days_follow_the_home(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)

    await hass.config.async_update(time_zone="America/New_York")
    await hass.async_block_till_done()

    assert str(entry.runtime_data.runner.settings.calendar.timezone) == "America/New_York"


async def test_removed_runner_leaves_no_files(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_storage: dict[str, Any], folder: Path
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    form = await hass.config_entries.subentries.async_configure(menu["flow_id"], {"next_step_id": "folder"})
    await hass.config_entries.subentries.async_configure(menu["flow_id"], in_form(form, {"folder": str(folder)}))
    await hass.async_block_till_done()

    await hass.config_entries.async_remove(ENTRY_ID)
    await hass.async_block_till_done()

    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("document", "issue"),
    [
        (first_form(ENTRY_ID, "none"), "journal_unreadable"),
        (first_form(ENTRY_ID, {"deliveries": "none"}), "journal_unreadable"),
        (first_form(ENTRY_ID, {"deliveries": [], "sessions": "none", "prompts": []}), "journal_unreadable"),
        (first_form(ENTRY_ID, {}, version=99), "journal_too_new"),
    ],
)
async def test_a_journal_of_another_kind_is_left_alone(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    entry: MockConfigEntry,
    document: dict[str, Any],
    issue: str,
) -> None:
    file = files_of(hass, ENTRY_ID).json
    write_json(files_of(hass, ENTRY_ID), document)
    entry.add_to_hass(hass)

    await refused_with(hass, entry, issue)
    assert orjson.loads(file.read_bytes()) == document

    file.unlink()
    await begins_anew(hass, entry)


@pytest.mark.parametrize("content", ['{"version": 1, "minor_version": 1, "key"', "[]", "\0\0\0"])
async def test_a_damaged_file_is_left_alone(
    hass: HomeAssistant, enable_custom_integrations: None, entry: MockConfigEntry, content: str
) -> None:
    file = Path(hass.config.path(".storage", f"{DOMAIN}.{ENTRY_ID}"))
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)
    entry.add_to_hass(hass)

    await refused_with(hass, entry, "journal_unreadable")
    assert file.read_text() == content
    assert list(file.parent.glob(f"{file.name}*")) == [file]

    file.unlink()
    await begins_anew(hass, entry)


async def refused_with(hass: HomeAssistant, entry: MockConfigEntry, issue: str) -> None:
    """Check that the setup fails repeatedly, and that a repair issue names the file."""
    await hass.config_entries.async_setup(ENTRY_ID)
    for _ in range(2):
        await hass.config_entries.async_reload(ENTRY_ID)
        await hass.async_block_till_done()
        assert entry.state is ConfigEntryState.SETUP_ERROR
        raised = ir.async_get(hass).async_get_issue(DOMAIN, f"journal_{ENTRY_ID}")
        assert raised is not None
        assert raised.translation_key == issue
        assert raised.severity is ir.IssueSeverity.CRITICAL
        path = hass.config.path(".storage", f"{DOMAIN}.{ENTRY_ID}")
        assert (raised.translation_placeholders or {})["path"] == path


async def begins_anew(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Check that the setup succeeds after the file is moved away."""
    await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"journal_{ENTRY_ID}") is None
    await hass.config_entries.async_unload(ENTRY_ID)


@pytest.mark.parametrize(
    ("version", "minor", "state"),
    [
        (1, 1, ConfigEntryState.LOADED),
        (1, 9, ConfigEntryState.LOADED),
        (2, 1, ConfigEntryState.MIGRATION_ERROR),
    ],
)
async def test_entry_of_newer_minor_version_is_set_up_and_of_newer_major_version_is_left_alone(
    hass: HomeAssistant, enable_custom_integrations: None, version: int, minor: int, state: ConfigEntryState
) -> None:
    data = {"name": "Alex", "later": 1}
    entry = MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data=data, version=version, minor_version=minor
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()
    assert entry.state is state
    assert (dict(entry.data), entry.version, entry.minor_version) == (data, version, minor)
