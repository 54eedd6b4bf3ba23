"""Repair issues of journals and treadmills' logs."""

from contextlib import closing
from datetime import timedelta
import sqlite3
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.repairs import async_create_fix_flow
from custom_components.home_gym.storage.files import files_of
from homeassistant.components.repairs import RepairsFlow
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.support.integration.full_disk import full_disk
from tests.support.integration.repairs import PLUG, TREADMILL, treadmill_entry
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.stored import rows_in

pytestmark = pytest.mark.usefixtures("clock")


def issue_of(hass: HomeAssistant, prefix: str, owner: str = ENTRY_ID) -> ir.IssueEntry | None:
    """Return a raised issue."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{prefix}_{owner}")


async def repair(hass: HomeAssistant) -> RepairsFlow:
    """Return the repair flow of the runner's journal."""
    flow = await async_create_fix_flow(hass, f"journal_{ENTRY_ID}", {"entry_id": ENTRY_ID})
    flow.hass = hass
    flow.flow_id, flow.handler = "test", DOMAIN
    return flow


async def damaged(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory) -> None:
    """Damage the file of a runner with copies of two days, and start again."""
    coordinator = await set_up(entry)
    for _ in range(2):
        await coordinator.async_apply(verbs.log_session(Habit.CORE))
        await coordinator.store.async_look_after()
        clock.tick(timedelta(days=1))
    await hass.config_entries.async_unload(ENTRY_ID)
    files_of(hass, ENTRY_ID).rows.write_bytes(b"x" * 9000)
    await hass.config_entries.async_setup(ENTRY_ID)


async def test_damaged_journal_goes_back_to_the_copy_of_a_day(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    await damaged(hass, set_up, entry, clock)
    issue = issue_of(hass, "journal")
    assert issue
    assert (issue.translation_key, issue.is_fixable) == ("journal_damaged", True)

    flow: Any = await repair(hass)
    form = await flow.async_step_init()
    assert form["step_id"] == "generation"
    assert form["description_placeholders"].keys() >= {"runner", "error", "path"}
    [options] = [selector.config["options"] for selector in form["data_schema"].schema.values()]
    assert [option["value"] for option in options] == ["2026-05-05", "2026-05-04"]
    assert (await flow.async_step_generation({"day": "2026-05-04"}))["type"] == "create_entry"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert len(entry.runtime_data.runner.journal.sessions) == 1
    assert issue_of(hass, "journal") is None


async def test_damaged_copy_is_refused(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await damaged(hass, set_up, entry, clock)
    for path in files_of(hass, ENTRY_ID).generations().values():
        path.write_bytes(b"y" * 9000)
    flow: Any = await repair(hass)
    await flow.async_step_init()
    assert (await flow.async_step_generation({"day": "2026-05-04"}))["reason"] == "generation_unreadable"
    assert "can't be read" in caplog.text
    assert files_of(hass, ENTRY_ID).rows.read_bytes() == b"x" * 9000


async def test_rows_that_can_not_be_read_are_reported_and_all_else_works(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    for habit in (Habit.CORE, Habit.STRETCH):
        await coordinator.async_apply(verbs.log_session(habit))
    assert issue_of(hass, "set_aside") is None
    await hass.config_entries.async_unload(ENTRY_ID)
    with closing(sqlite3.connect(files_of(hass, ENTRY_ID).rows)) as connection, connection:
        connection.execute("UPDATE facts SET body = '{' WHERE kind = 'sessions' AND key LIKE 'core%'")
    await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()

    assert entry.runtime_data.coordinator.data.done_today == {Habit.STRETCH}
    issue = issue_of(hass, "set_aside")
    assert issue
    assert issue.translation_placeholders == {
        "runner": "Alex",
        "count": "1",
        "rows": "sessions 2026-05-04",
        "path": str(files_of(hass, ENTRY_ID).rows),
    }
    await entry.runtime_data.coordinator.async_apply(verbs.log_session(Habit.CORE))
    await hass.config_entries.async_reload(ENTRY_ID)
    assert issue_of(hass, "set_aside") is None


async def test_treadmill_that_can_not_be_written_is_reported_and_written_later(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.states.async_set(PLUG, "0", {"unit_of_measurement": "W"})
    await set_up(entry)
    coordinator: Any = await set_up(treadmill_entry(ENTRY_ID))
    await hass.async_block_till_done(wait_background_tasks=True)
    with full_disk() as write:
        for _ in range(3):
            await coordinator.async_save()
        assert write.call_count >= 3
    issue = issue_of(hass, "log_not_written", TREADMILL)
    assert issue
    assert issue.translation_placeholders == {"treadmill": "Treadmill", "error": "no space left on device"}
    assert caplog.text.count("The log of Treadmill can't be written") == 1

    clock.tick(timedelta(minutes=2))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issue_of(hass, "log_not_written", TREADMILL) is None
    assert "The log of Treadmill can be written again" in caplog.text
    assert ("belt", "") in rows_in(files_of(hass, TREADMILL))
