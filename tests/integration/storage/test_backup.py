"""Home Assistant's own backup, while facts arrive: the files in it are consistent, and hold all facts before it."""

import asyncio
from datetime import timedelta
import io
from pathlib import Path
import tarfile

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.storage.files import EntryFiles, files_of
from homeassistant.components.backup import async_get_manager
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp
from tests.support.integration.stored import journal_in, stored_journal

pytestmark = pytest.mark.usefixtures("clock")


def restore(archive: Path, folder: Path) -> EntryFiles:
    """Unpack the storage folder of a backup, and return the runner's files in it."""
    with tarfile.open(archive) as outer:
        inner = outer.extractfile(next(name for name in outer.getnames() if "homeassistant.tar" in name))
        assert inner
        with tarfile.open(fileobj=io.BytesIO(inner.read()), mode="r:*") as data:
            data.extractall(folder, filter="data")
    [stored] = folder.rglob(f"home_gym.{ENTRY_ID}.db")
    return EntryFiles(folder=stored.parent, entry_id=ENTRY_ID)


@pytest.mark.parametrize("reloads", [False, True])
async def test_backup_made_while_facts_arrive_is_consistent(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, tmp_path: Path, reloads: bool
) -> None:
    coordinator = await set_up(entry)
    assert await async_setup_component(hass, "backup", {})
    await hass.async_block_till_done()
    # Something that takes a while to copy.
    Path(hass.config.path("media.bin")).write_bytes(bytes(40_000_000))
    logged, is_over = 0, asyncio.Event()

    async def log() -> None:
        nonlocal logged
        current = entry.runtime_data.coordinator
        end = NOW - timedelta(minutes=logged + 1)
        await current.async_apply(verbs.log_session(Habit.CORE, end=end))
        logged += 1

    async def go_on() -> None:
        while not is_over.is_set():
            await log()
            if reloads and logged % 25 == 0:
                await hass.config_entries.async_reload(ENTRY_ID)
            await asyncio.sleep(0)

    for _ in range(20):
        await log()
    load = asyncio.create_task(go_on())
    manager = async_get_manager(hass)
    before = logged
    await hass.services.async_call("backup", "create", blocking=True)
    after = logged
    # A reload that is cut off would leave the entry half unloaded.
    is_over.set()
    await load
    await hass.async_block_till_done()

    backups, errors = await manager.async_get_backups()
    assert (len(backups), errors) == (1, {})
    [archive] = Path(hass.config.path("backups")).glob("*.tar")
    files = await hass.async_add_executor_job(restore, archive, tmp_path / "restored")
    restored = journal_in(files)
    assert before < after
    assert before <= len(restored.sessions) <= after
    assert restored.sessions.items() <= entry.runtime_data.runner.journal.sessions.items()
    # Afterwards the log goes into the file again.
    await hass.config_entries.async_unload(ENTRY_ID)
    assert stored_journal(hass).sessions == coordinator.runner.journal.sessions or reloads
    assert not any(path.exists() for path in files_of(hass, ENTRY_ID).sides())
