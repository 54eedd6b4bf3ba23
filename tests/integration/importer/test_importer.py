"""Imports: silent, counted, resumed after a restart, and summarized at the end."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.flows import subentry
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.importer import reader, task
from custom_components.home_gym.markdown import escaped
from homeassistant.components import persistent_notification
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from tests.support.archives import zipped
from tests.support.home_assistant import notifications as notifications_in
from tests.support.integration.options import opened
from tests.support.integration.reader import LIST, export
from tests.support.integration.recordings import recording
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, shoe_data, state_of, with_id
from tests.support.integration.uploads import upload

from ...support.unit.make import activity

pytestmark = pytest.mark.usefixtures("clock")

type Import = Callable[[str], Awaitable[None]]


@pytest.fixture
async def import_files(hass: HomeAssistant) -> Import:
    """Return the function to import a path and wait for the end."""

    async def import_files(path: str) -> None:
        await begin(hass, path)
        await hass.async_block_till_done(wait_background_tasks=True)

    return import_files


async def begin(hass: HomeAssistant, path: str) -> None:
    """Start an import."""
    data = {"config_entry_id": ENTRY_ID, "path": path}
    await hass.services.async_call(DOMAIN, "import_files", data, blocking=True)


def notification(hass: HomeAssistant) -> str | None:
    """Return the text of the import's notification."""
    told = notifications_in(hass).get(f"{DOMAIN}_import_{ENTRY_ID}")
    return told["message"] if told else None


def queue_of(hass_storage: dict[str, Any]) -> list[Any]:
    """Return the stored queue of imports."""
    jobs: list[Any] = hass_storage[f"{DOMAIN}.imports.{ENTRY_ID}"]["data"]["jobs"]
    return jobs


async def test_an_export_is_imported_silently(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, import_files: Import, hass_storage: dict[str, Any]
) -> None:
    coordinator = await set_up(entry)
    events = async_capture_events(hass, f"{DOMAIN}_import")
    export(Path(hass.config.path("export.zip")))

    await import_files("export.zip")

    assert len(coordinator.runner.runs) == 3
    assert state_of(hass, "event", "run") == state_of(hass, "event", "prompt") == "unknown"
    assert [event.data["state"] for event in events] == ["started", "progress", "finished"]
    counted = {"files": 3, "runs": 3, "fused": 0, "skipped": 1}
    assert events[-1].data == {"config_entry_id": ENTRY_ID, "name": "export.zip", "state": "finished", **counted}
    assert notification(hass) == (
        "export.zip: 3 recordings read for Alex, 3 of them runs. 0 were duplicates and count once."
        " 1 could not be read.\n\n- `export.zip/export/torn.fit`: damaged"
    )
    assert queue_of(hass_storage) == []

    # A second import finds nothing new.
    await import_files("export.zip")
    assert len(coordinator.runner.runs) == 3
    assert events[-1].data["fused"] == 3


async def test_summary_names_doubtful_recordings_and_archives_without_any(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, import_files: Import
) -> None:
    coordinator = await set_up(entry)
    events = async_capture_events(hass, f"{DOMAIN}_import")
    folder = Path(hass.config.path("runs"))
    folder.mkdir()
    (folder / "a.fit").write_bytes(recording(1))
    (folder / "b.fit").write_bytes(recording(2)[:-400])
    (folder / "c.zip").write_bytes(zipped({"readme.txt": b"nothing"}))

    await import_files("runs")

    assert (len(coordinator.runner.runs), len(coordinator.runner.projections.doubts.open())) == (1, 1)
    figures = {name: events[-1].data[name] for name in ("files", "runs", "doubtful", "skipped")}
    assert figures == {"files": 2, "runs": 1, "doubtful": 1, "skipped": 1}
    assert notification(hass) == (
        "runs: 2 recordings read for Alex, 1 of them runs. 0 were duplicates and count once. 1 could not be read."
        " 1 are doubtful: the runs card and a repair ask whether they are runs.\n\n- `c.zip`: no recording in it"
    )

    await import_files("runs")
    assert len(coordinator.runner.projections.doubts.open()) == 1


async def test_empty_archive_is_named(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, import_files: Import
) -> None:
    await set_up(entry)
    Path(hass.config.path("empty.zip")).write_bytes(zipped({}))
    await import_files("empty.zip")
    assert (notification(hass) or "").endswith("- `empty.zip`: no recording in it")


async def test_a_pair_that_the_export_names(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, import_files: Import
) -> None:
    blue = with_id(shoe_data("Blue shoes", first_used="2020-01-01"), "01BLUE")
    named = MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[blue, *[subentry.as_dict() for subentry in entry.subentries.values()]],
    )
    await set_up(named)
    Path(hass.config.path("export.zip")).write_bytes(
        zipped({"activities.csv": LIST.encode(), "activities/1.fit.gz": recording(1), "activities/2.fit": recording(2)})
    )

    await import_files("export.zip")

    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_01BLUE") == "8.01234"


async def test_imports_run_one_after_the_other(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coordinator = await set_up(entry)
    deliver, free = coordinator.async_deliver, asyncio.Event()

    async def held(activities: Sequence[Activity], *, live: bool) -> None:
        await free.wait()
        await deliver(activities, live=live)

    monkeypatch.setattr(coordinator, "async_deliver", held)
    for number in range(3):
        Path(hass.config.path(f"{number}.fit")).write_bytes(recording(number))
    events = async_capture_events(hass, f"{DOMAIN}_import")

    for number in (0, 1, 2, 1):
        await begin(hass, f"{number}.fit")
    assert [job["name"] for job in queue_of(hass_storage)] == ["0.fit", "1.fit", "2.fit"]
    # The first one is read in the background, in another thread.
    async with asyncio.timeout(60):
        while not events:  # noqa: ASYNC110 another thread's doing
            await asyncio.sleep(0.01)
    assert [event.data["name"] for event in events] == ["0.fit"]
    free.set()
    await hass.async_block_till_done(wait_background_tasks=True)

    assert [event.data["name"] for event in events if event.data["state"] == "finished"] == ["0.fit", "1.fit", "2.fit"]
    assert len(coordinator.runner.runs) == 3


async def test_import_is_resumed_after_restart(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "BATCH_SIZE", 1)
    await set_up(entry)
    export(Path(hass.config.path("export.zip")))
    progress = asyncio.Event()

    @callback
    def notice(event: Event) -> None:
        if event.data["files"]:
            progress.set()

    hass.bus.async_listen(f"{DOMAIN}_import", notice)
    await begin(hass, "export.zip")
    await progress.wait()

    await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)

    coordinator: HomeGymCoordinator = entry.runtime_data.coordinator
    assert len(coordinator.runner.runs) == 3
    assert queue_of(hass_storage) == []
    assert "3 recordings read" in (notification(hass) or "")


def absent_job(path: Path) -> dict[str, Any]:
    """Return a stored import of an earlier start; its file may be missing."""
    job = {"path": str(path), "name": path.name, "uploaded": False, "begun": False, "done": [], "file": ""}
    job |= {"stamp": [0, 0], "members": 0, "files": 0, "runs": 0, "runs_before": 0, "skipped": 0, "problems": []}
    return {"version": 1, "minor_version": 1, "data": {"jobs": [job]}}


async def test_import_of_missing_file_waits_until_it_is_there(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(task, "AGAIN_AFTER", 0)
    path = tmp_path / "drive" / "run.fit"
    hass_storage[f"{DOMAIN}.imports.{ENTRY_ID}"] = absent_job(path)

    messages: list[str | None] = []

    @callback
    def wake_drive(*_: object) -> None:
        """Let the drive wake when the import says that it waits."""
        messages.append(notification(hass))
        if not path.exists():
            path.parent.mkdir()
            path.write_bytes(recording())

    persistent_notification.async_register_callback(hass, wake_drive)
    coordinator = await set_up(entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert messages[0] == (
        f"{escaped(str(path))} is not there right now, so its import for Alex waits. Home Gym looks again every minute."
    )
    assert len(coordinator.runner.runs) == 1
    assert queue_of(hass_storage) == []


async def test_import_of_missing_file_ends_after_a_day(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(task, "AGAIN_AFTER", 0)
    monkeypatch.setattr(task, "MAX_LOOKS", 3)
    hass_storage[f"{DOMAIN}.imports.{ENTRY_ID}"] = absent_job(Path("/gone.zip"))

    await set_up(entry)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert notification(hass) == "/gone.zip no longer exists, so its import for Alex ended."
    assert queue_of(hass_storage) == []


@pytest.mark.parametrize("plain", [{"jobs": [{}]}, {"jobs": None}, {}, []])
async def test_damaged_queue_is_dropped(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    import_files: Import,
    hass_storage: dict[str, Any],
    plain: Any,
) -> None:
    hass_storage[f"{DOMAIN}.imports.{ENTRY_ID}"] = {"version": 1, "minor_version": 1, "data": plain}
    coordinator = await set_up(entry)
    Path(hass.config.path("run.fit")).write_bytes(recording())

    await import_files("run.fit")

    assert len(coordinator.runner.runs) == 1


@pytest.mark.parametrize("error", [OSError("full"), HomeAssistantError("full"), RuntimeError("a mistake")])
async def test_a_journal_that_cannot_be_written_is_tried_again(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    coordinator = await set_up(entry)
    monkeypatch.setattr(task, "AGAIN_AFTER", 0)
    deliver = coordinator.async_deliver
    failures = [error, error]

    async def failing(*args: Any, **kwargs: Any) -> None:
        if failures:
            raise failures.pop()
        await deliver(*args, **kwargs)

    monkeypatch.setattr(coordinator, "async_deliver", failing)
    Path(hass.config.path("run.fit")).write_bytes(recording())
    messages: list[str | None] = []
    persistent_notification.async_register_callback(hass, lambda *_: messages.append(notification(hass)))

    await begin(hass, "run.fit")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(coordinator.runner.runs) == 1
    waiting = "run.fit can't be imported for Alex right now. The log says why. Home Gym tries again every minute."
    assert messages.count(waiting) == 1
    assert caplog.text.count("can't be imported for now") == 1


async def test_large_delivery_yields_to_event_loop(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = await set_up(entry)
    monkeypatch.setattr("custom_components.home_gym.coordinator.TIME_SLICE", -1)
    monkeypatch.setattr("custom_components.home_gym.gym.intake.deliveries.MAX_SLICE", 1)
    turns: list[int] = []

    async def somebody_else() -> None:
        while len(coordinator.runner.runs) < 5:
            turns.append(len(coordinator.runner.runs))
            await asyncio.sleep(0)

    other = asyncio.create_task(somebody_else())
    await coordinator.async_deliver([activity(NOW - number * timedelta(days=1)) for number in range(5)], live=False)
    await other

    assert {1, 2, 3, 4} <= set(turns)


# The action


async def test_paths_that_cannot_be_imported(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    wrong = {
        "absent.zip": "import_not_found",
        "/etc/hostname": "import_not_allowed",
        "../../etc": "import_not_allowed",
        "a\0b": "import_not_found",
    }
    for path, key in wrong.items():
        with pytest.raises(ServiceValidationError) as error:
            await begin(hass, path)
        assert error.value.translation_key == key
        assert path.rpartition("/")[2] in (error.value.translation_placeholders or {})["path"]


async def test_a_folder_that_is_allowed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, import_files: Import, tmp_path: Path
) -> None:
    coordinator = await set_up(entry)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "run.fit").write_bytes(recording())
    hass.config.allowlist_external_dirs = {str(folder)}

    await import_files(str(folder))

    assert len(coordinator.runner.runs) == 1


# The upload


async def test_upload_is_imported(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    coordinator = await set_up(entry)
    file = await upload(hass_client, "export.zip", zipped({"run.fit": recording()}))
    screen = await opened(hass, "import")

    done = await hass.config_entries.options.async_configure(screen["flow_id"], {"file": file})
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "import_begun")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(coordinator.runner.runs) == 1
    assert (notification(hass) or "").startswith("export.zip: 1 recordings read for Alex")
    assert not Path(hass.config.path(".storage", "home_gym_imports", ENTRY_ID)).exists()


async def test_an_upload_that_got_lost(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    screen = await opened(hass, "import")

    again = await hass.config_entries.options.async_configure(screen["flow_id"], {"file": "0" * 32})

    assert again["errors"] == {"file": "upload_lost"}


async def test_upload_for_unloaded_runner_is_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subentry, "LOADING_TIMEOUT", 0)
    await set_up(entry)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert entry.state is ConfigEntryState.NOT_LOADED

    screen = await opened(hass, "import")

    assert (screen["type"], screen["reason"]) == (FlowResultType.ABORT, "not_loaded")


async def test_uploads_outside_queue_are_removed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    folder = Path(hass.config.path(".storage", "home_gym_imports", ENTRY_ID))
    for name in ("waiting", "lost"):
        (folder / name).mkdir(parents=True)
        (folder / name / "run.fit").write_bytes(recording())
    job = {"path": str(folder / "waiting" / "run.fit"), "name": "run.fit", "uploaded": True, "begun": True, "done": []}
    job |= {"file": "", "stamp": [0, 0], "members": 0, "files": 0, "runs": 0, "runs_before": 0}
    job |= {"skipped": 0, "problems": [["old.fit", "damaged"]]}
    hass_storage[f"{DOMAIN}.imports.{ENTRY_ID}"] = {"version": 1, "minor_version": 1, "data": {"jobs": [job]}}

    coordinator = await set_up(entry)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(coordinator.runner.runs) == 1
    assert "old.fit" in (notification(hass) or "")
    assert not folder.exists()


async def test_removing_runner_removes_imports(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, import_files: Import, hass_storage: dict[str, Any]
) -> None:
    await set_up(entry)
    Path(hass.config.path("run.fit")).write_bytes(recording())
    await import_files("run.fit")
    folder = Path(hass.config.path(".storage", "home_gym_imports", ENTRY_ID))
    (folder / "left").mkdir(parents=True)
    assert json.dumps(queue_of(hass_storage)) == "[]"

    await hass.config_entries.async_remove(ENTRY_ID)
    await hass.async_block_till_done()

    assert f"{DOMAIN}.imports.{ENTRY_ID}" not in hass_storage
    assert not folder.exists()
    assert notification(hass) is None
