"""Imports killed repeatedly, each in its own process, and resumed.

`python -m tests.integration.importer.killed FOLDER KILLS SEED` prints one JSON object: the journal of an undisturbed
import, and the journals of the imports killed that many times in all, after they ended.
"""

from tests.support import home_assistant  # noqa: F401 before the test plugin

# isort: split

import asyncio
from datetime import UTC, datetime
import json
import os
from pathlib import Path
from random import Random
import signal
import sys
import time
from typing import Any
from zipfile import ZipFile

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.journal.codec import to_plain
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.importer import Importer, reader
from custom_components.home_gym.languages import PHRASES
from custom_components.home_gym.settings import settings_of
from custom_components.home_gym.storage.files import EntryFiles
from custom_components.home_gym.storage.journal_file import JournalFile
from custom_components.home_gym.store import JournalStore
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import HomeAssistant
from tests.support.integration.recordings import recording

RECORDINGS = 40
ENGLISH = PHRASES / "en.json"


def export(path: Path) -> None:
    """Write an export with runs on different days, some of them twice, and a torn one."""
    with ZipFile(path, "w") as archive:
        for number in range(RECORDINGS):
            archive.writestr(f"{number}.fit", recording(number % 30, 8000 + number))
        archive.writestr("torn.fit", recording(99)[:200])


async def go_on(folder: Path, archive: Path) -> None:
    """Start Home Assistant, start or resume the import, and wait for its end."""
    hass = HomeAssistant(str(folder))
    hass.config_entries = ConfigEntries(hass, {})
    entry = MockConfigEntry(domain=DOMAIN, title="Alex", entry_id="me", data={"name": "Alex"})
    store = JournalStore(hass, entry.entry_id)
    runner = Runner(settings_of(hass, entry), await store.async_load())
    coordinator = HomeGymCoordinator(hass, entry, runner, store)
    phrases = json.loads(ENGLISH.read_text())
    importer = Importer(hass, coordinator, phrases)
    await importer.async_resume()
    if importer._task is None:
        await importer.async_add(archive)
    assert importer._task is not None
    await importer._task


def child(folder: Path, archive: Path) -> int:
    """Start a process that imports, and return its id."""
    process = os.fork()
    if not process:
        reader.BATCH_SIZE = 3
        asyncio.run(go_on(folder, archive))
        os._exit(0)
    return process


def journal(folder: Path) -> Any:
    """Return the journal, without the instants of delivery."""
    file = JournalFile(EntryFiles(folder=folder / ".storage", entry_id="me"))
    data = json.loads(json.dumps(to_plain(file.load(datetime.now(UTC)).journal)))
    file.rows.close()
    for delivery in data["deliveries"]:
        del delivery["learned"]
    queue = json.loads((folder / ".storage" / f"{DOMAIN}.imports.me").read_text())
    assert queue["data"]["jobs"] == []
    return data


def is_killed_within(process: int, seconds: float) -> bool:
    """Kill a process after a delay, and return whether it was still running."""
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def main() -> None:
    """Import once undisturbed, and then with kills."""
    root, kills, chance = Path(sys.argv[1]), int(sys.argv[2]), Random(sys.argv[3])
    archive = root / "export.zip"
    export(archive)
    started = time.monotonic()
    (root / "calm").mkdir()
    os.waitpid(child(root / "calm", archive), 0)
    whole = time.monotonic() - started
    killed = 0
    journals: list[Any] = []
    while killed < kills:
        folder = root / str(len(journals))
        folder.mkdir()
        while is_killed_within(child(folder, archive), chance.uniform(0, whole / 2)):
            killed += 1
        journals.append(journal(folder))
    json.dump({"kills": killed, "calm": journal(root / "calm"), "journals": journals}, sys.stdout)


if __name__ == "__main__":
    main()
