"""A watched folder in Home Assistant: deliveries, notifications, the ledger, and repeated attempts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.languages import PHRASES
from custom_components.home_gym.sources import SourceConfig
from custom_components.home_gym.sources.folder import watcher as module
from custom_components.home_gym.sources.folder.recordings import SETTLING_TIMES, STUCK_FOR, Recordings
from custom_components.home_gym.sources.folder.watcher import FolderWatcher, watch
from homeassistant.components import persistent_notification
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.json import load_json
from tests.support.archives import zipped
from tests.support.home_assistant import notifications as notifications_in
from tests.support.integration.recordings import START, recording
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, SetUp, shoe_data, state_of, with_id

SOURCE = "01SOURCE"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Poll a hundred times a second."""
    monkeypatch.setattr(module, "SCAN_INTERVAL", 0.01)


class Home:
    """A folder, its watcher, and the deliveries."""

    def __init__(self, hass: HomeAssistant, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hass = hass
        self.folder = folder
        self.seconds = 0.0
        self.looks = 0
        self.delivered: list[tuple[datetime | None, bool]] = []
        self.before_delivery: Callable[[Sequence[Activity]], None] = lambda _: None
        self.on_delivery = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.ends: list[CALLBACK_TYPE] = []
        monkeypatch.setattr(module, "monotonic", lambda: self.seconds)
        look = FolderWatcher._poll

        async def counted(watcher: FolderWatcher) -> bool:
            try:
                return await look(watcher)
            finally:
                self.looks += 1

        monkeypatch.setattr(FolderWatcher, "_poll", counted)

    async def deliver(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Accept a delivery, as a coordinator does."""
        self.before_delivery(activities)
        self.delivered += [(activity.start, live) for activity in activities]
        self.on_delivery.set()
        await self.go_on.wait()

    async def watch(self, since: datetime = LONG_AGO, delivered: set[str] | None = None) -> None:
        """Start watching, and poll twice."""
        await self.begin(since, delivered)
        await self.look()

    async def begin(self, since: datetime = LONG_AGO, delivered: set[str] | None = None) -> None:
        """Start watching."""
        phrases: Any = await self.hass.async_add_executor_job(load_json, PHRASES / "en.json")
        config = SourceConfig(
            subentry_id=SOURCE,
            runner="Alex",
            data={"folder": str(self.folder), "since": since.isoformat()},
            phrases=phrases,
            delivered=delivered,
        )
        self.ends.append(await watch(self.hass, config, self.deliver))

    def end(self) -> None:
        """Stop watching."""
        while self.ends:
            self.ends.pop()()

    async def restart(self, since: datetime = LONG_AGO, delivered: set[str] | None = None) -> None:
        """Stop and start watching, as a restart does; the new start has no deliveries yet."""
        self.end()
        self.delivered.clear()
        await self.watch(since, delivered)

    async def look(self, seconds: float = 0) -> None:
        """Let some seconds pass, then two whole polls."""
        self.seconds += seconds
        await self.until(self.looks + 3)

    async def until(self, looks: int) -> None:
        """Wait for a number of polls."""
        async with asyncio.timeout(60):
            while self.looks < looks:  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    def write(self, name: str, data: bytes) -> Path:
        """Write a file into the folder."""
        self.folder.mkdir(exist_ok=True)
        file = self.folder / name
        file.write_bytes(data)
        return file

    def listed(self) -> str | None:
        """Return the files in the repair issue, None without one."""
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, f"unreadable_{SOURCE}")
        return None if issue is None else (issue.translation_placeholders or {})["files"]

    def notifications(self) -> list[str]:
        """Return the texts of the notifications."""
        notifications = notifications_in(self.hass)
        return [notification["message"] for notification in notifications.values()]


@pytest.fixture
async def home(hass: HomeAssistant, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Home]:
    """Return a home with a folder, and stop watching at the end."""
    home = Home(hass, folder, monkeypatch)
    yield home
    home.end()
    await asyncio.sleep(0)


def day(number: int, *, live: bool = True) -> tuple[datetime, bool]:
    """Return the delivery of the recording with a number."""
    return START - timedelta(days=number), live


async def test_new_files_are_news(home: Home) -> None:
    await home.watch()
    assert home.folder.is_dir()

    home.write("run.fit", recording())
    await home.look()

    assert home.delivered == [day(0)]
    assert home.notifications() == []
    assert home.listed() is None


async def test_old_files_are_history(
    home: Home, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_SIZE", 2)
    caplog.set_level("INFO", "custom_components.home_gym")
    for number in range(5):
        home.write(f"{number}.fit", recording(number))
    home.write("notes.csv", b"date;distance\n")

    await home.watch(since=FAR_AHEAD)
    assert home.notifications() == []
    await home.look(seconds=1)
    await home.look(seconds=1)

    assert sorted(home.delivered) == sorted(day(number, live=False) for number in range(5))
    assert [record.args for record in caplog.records if "to go" in record.msg] == [
        (str(home.folder), 2, 4),
        (str(home.folder), 2, 2),
        (str(home.folder), 1, 0),
    ]
    [message] = home.notifications()
    # Markdown shows the path as it is.
    assert str(home.folder).replace("_", r"\_") in message
    assert "5 recordings read for Alex, 5 of them runs. 1 could not be read." in message


async def test_history_is_announced_once(home: Home) -> None:
    home.write("run.fit", recording())
    await home.watch(since=FAR_AHEAD)
    assert len(home.notifications()) == 1
    persistent_notification.async_dismiss(home.hass, f"{DOMAIN}_{SOURCE}")

    await home.restart(since=FAR_AHEAD)
    home.write("other.fit", recording(1))
    await home.look()

    assert home.notifications() == []
    assert home.delivered == [day(1, live=False)]


async def test_history_in_two_polls_is_announced_once(home: Home) -> None:
    """An incomplete old copy needs a second poll."""
    home.write("export.fit.gz", gzip.compress(recording())[:-4])
    await home.watch(since=FAR_AHEAD)
    assert home.notifications() == []

    await home.look(seconds=SETTLING_TIMES[False])

    assert len(home.notifications()) == 1


async def test_interrupted_history_is_resumed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_SIZE", 2)
    for number in range(6):
        home.write(f"{number}.fit", recording(number))

    def interrupt(activities: Sequence[Activity]) -> None:
        if len(home.delivered) == 4:
            home.end()
            raise asyncio.CancelledError

    home.before_delivery = interrupt
    await home.begin(since=FAR_AHEAD)
    await home.until(3)
    assert len(home.delivered) == 4
    assert home.notifications() == []

    home.before_delivery = lambda _: None
    await home.restart(since=FAR_AHEAD)

    assert len(home.delivered) == 2
    assert len(home.notifications()) == 1


async def test_empty_history_is_not_announced(home: Home) -> None:
    await home.watch()
    home.write("run.fit", recording())
    await home.look()
    assert home.notifications() == []


async def test_file_from_downtime_is_news(home: Home) -> None:
    await home.watch()
    home.end()
    home.write("run.fit", recording())

    await home.restart()

    assert home.delivered == [day(0)]


async def test_a_restart_reads_nothing_twice(home: Home) -> None:
    home.write("run.fit", recording())
    home.write("notes.csv", b"date;distance\n")
    await home.watch()
    await home.look(seconds=1)
    assert home.listed() == "- `notes.csv`: not a recording format that Home Gym reads"
    ir.async_delete_issue(home.hass, DOMAIN, f"unreadable_{SOURCE}")

    await home.restart()

    assert home.delivered == []
    assert home.listed() == "- `notes.csv`: not a recording format that Home Gym reads"


async def test_lost_ledger_does_no_harm(home: Home, hass_storage: dict[str, Any]) -> None:
    home.write("run.fit", recording())
    await home.watch()
    del hass_storage[f"{DOMAIN}.folder.{SOURCE}"]

    await home.restart()

    assert home.delivered == [day(0)]


async def test_activity_missing_in_journal_is_read_again(home: Home) -> None:
    home.write("run.fit", recording())
    await home.watch()

    await home.restart(delivered=set())

    assert home.delivered == [day(0)]


async def test_crash_between_delivery_and_ledger_reads_twice(home: Home) -> None:
    """Reading twice is harmless, losing a run is not."""
    home.write("run.fit", recording())
    home.go_on.clear()
    await home.begin()
    async with asyncio.timeout(60):
        await home.on_delivery.wait()
    home.end()
    await asyncio.sleep(0)
    home.go_on.set()

    await home.restart()

    assert home.delivered == [day(0)]


async def test_unreadable_file_is_reported(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    home.write("broken.fit", recording()[:40])
    home.write("notes.csv", b"date;distance\n")
    home.write("run.fit", recording(1))
    await home.watch()
    await home.look(seconds=SETTLING_TIMES[False])

    assert home.delivered == [day(1)]
    assert home.listed() == "- `broken.fit`: damaged\n- `notes.csv`: not a recording format that Home Gym reads"
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, f"unreadable_{SOURCE}")
    assert issue is not None
    assert issue.severity is ir.IssueSeverity.WARNING
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["folder"] == str(home.folder)
    assert issue.translation_placeholders["count"] == "2"
    assert caplog.text.count("broken.fit") == 1

    home.write("replacement", recording()).replace(home.folder / "broken.fit")
    await home.look()
    assert home.delivered == [day(1), day(0)]
    assert home.listed() == "- `notes.csv`: not a recording format that Home Gym reads"

    (home.folder / "notes.csv").unlink()
    await home.look()
    assert home.listed() is None
    assert caplog.text.count("notes.csv") == 1


async def test_doubtful_recordings_of_history_are_named(home: Home) -> None:
    home.write("whole.fit", recording(1))
    home.write("broken.fit", recording()[:-400])
    home.write("empty.zip", zipped({"readme.txt": b"nothing"}))
    await home.watch(since=FAR_AHEAD)
    await home.look(seconds=SETTLING_TIMES[False])

    assert sorted(home.delivered) == sorted([day(1, live=False), day(0, live=False)])
    assert home.listed() == "- `empty.zip`: no recording in it"
    [message] = home.notifications()
    assert message.endswith("1 are doubtful: the runs card and a repair ask whether they are runs.")


async def test_last_problem_is_cleared_with_its_file(home: Home) -> None:
    file = home.write("notes.csv", b"date;distance\n")
    await home.watch()
    await home.look(seconds=1)
    assert home.listed() is not None

    file.unlink()
    await home.look()

    assert home.listed() is None


async def test_problem_is_cleared_after_file_removed_during_downtime(home: Home) -> None:
    file = home.write("notes.csv", b"date;distance\n")
    await home.watch()
    await home.look(seconds=1)
    home.end()
    file.unlink()

    await home.restart()

    assert home.listed() is None


async def test_a_long_list_is_cut(home: Home) -> None:
    for number in range(25):
        home.write(f"{number:02}.csv", b"date;distance\n")
    await home.watch()
    await home.look(seconds=1)

    assert (home.listed() or "").count("\n") == 19
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, f"unreadable_{SOURCE}")
    assert issue is not None
    assert (issue.translation_placeholders or {})["count"] == "25"


async def test_file_with_invalid_name_is_read(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    await home.watch()
    home.write(os.fsdecode(b"l\xe4uft.fit"), recording())
    home.write(os.fsdecode(b"l\xe4uft `nicht`.csv"), b"date;distance\n")
    home.write("fine.fit", recording(1))
    await home.look()
    await home.look(seconds=1)

    assert sorted(home.delivered) == [day(1), day(0)]
    assert home.listed() == "- `l\ufffduft \ufffdnicht\ufffd.csv`: not a recording format that Home Gym reads"
    caplog.text.encode()
    assert "ERROR" not in caplog.text

    # A name that can't be saved is not in the ledger; reading it again is harmless.
    await home.restart()
    assert home.delivered == [day(0)]


async def test_unreachable_folder_is_logged_once(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    home.folder.write_text("a file where the folder should be")
    await home.watch()
    await home.look()
    assert caplog.text.count("can't be read for now") == 1
    assert "Traceback" not in caplog.text

    home.folder.unlink()
    home.write("run.fit", recording())
    await home.look()

    assert home.delivered == [day(0)]
    assert caplog.text.count("can be read again") == 1


async def test_vanished_folder_is_created_again(home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    home.write("run.fit", recording())
    await home.watch()
    home.folder.rename(tmp_path / "away")
    await home.look()
    assert home.folder.is_dir()

    home.write("other.fit", recording(1))
    await home.look()

    assert home.delivered == [day(0), day(1)]
    assert "be read" not in caplog.text


async def test_a_drive_that_comes_back_is_not_read_again(home: Home, tmp_path: Path) -> None:
    home.write("run.fit", recording())
    await home.watch()
    home.folder.rename(tmp_path / "away")
    await home.look()
    home.folder.rmdir()
    (tmp_path / "away").rename(home.folder)
    await home.look()
    await home.restart()

    assert home.delivered == []


async def test_fault_of_ours_is_logged_once_and_survived(
    home: Home, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Recordings, "find", lambda *_: 1 / 0)
        await home.watch()
    home.write("run.fit", recording())
    await home.look()

    assert home.delivered == [day(0)]
    assert caplog.text.count("ZeroDivisionError: ") == 1


async def test_a_delivery_that_fails(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    def fail(activities: Sequence[Activity]) -> None:
        if any(activity.start == START for activity in activities):
            raise RuntimeError("no room left")

    home.before_delivery = fail
    for number in range(3):
        home.write(f"{number}.fit", recording(number))
    await home.watch()

    assert sorted(home.delivered) == [day(2), day(1)]
    assert (home.listed() or "").startswith("- `0.fit`: could not be recorded")
    await home.look(seconds=STUCK_FOR)
    assert caplog.text.count("RuntimeError: no room left") == 1

    home.before_delivery = lambda _: None
    await home.look(seconds=STUCK_FOR)
    assert home.delivered[2:] == [day(0)]
    assert home.listed() is None
    await home.restart()
    assert home.delivered == []


async def test_undelivered_file_is_not_in_ledger(home: Home) -> None:
    def fail(_: Sequence[Activity]) -> None:
        raise OSError("no room left")

    home.before_delivery = fail
    home.write("run.fit", recording())
    await home.watch()
    assert home.delivered == []

    home.before_delivery = lambda _: None
    await home.restart()

    assert home.delivered == [day(0)]


async def test_failing_deliveries_do_not_stop_others(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_SIZE", 2)

    def fail(activities: Sequence[Activity]) -> None:
        if any(activity.start != day(9)[0] for activity in activities):
            raise RuntimeError("no room left")

    home.before_delivery = fail
    for number in range(10):
        home.write(f"{number}.fit", recording(number))
    await home.watch()
    await home.look()

    assert home.delivered == [day(9)]


async def test_ending_leaves_nothing_behind(home: Home) -> None:
    await home.watch()
    name = f"Alex: {home.folder}"
    assert [task for task in asyncio.all_tasks() if task.get_name() == name]

    home.end()
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert [task for task in asyncio.all_tasks() if task.get_name() == name] == []


@pytest.fixture
def entry(folder: Path) -> MockConfigEntry:
    """Return a runner with a pair of shoes and a folder."""
    source = {
        "data": {"folder": str(folder), "since": LONG_AGO.isoformat()},
        "subentry_type": "source",
        "title": "recordings",
        "unique_id": None,
        "subentry_id": SOURCE,
    }
    shoe = with_id(shoe_data("Daily trainers"), NEW_SHOE)
    return MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=[shoe, source]
    )


async def shown(hass: HomeAssistant, key: str, value: str, owner: str = ENTRY_ID) -> None:
    """Wait until a sensor has a value."""
    async with asyncio.timeout(60):
        while state_of(hass, "sensor", key, owner) != value:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_recording_becomes_a_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, hass_storage: dict[str, Any]
) -> None:
    await set_up(entry)
    folder.mkdir(exist_ok=True)

    (folder / "run.fit").write_bytes(recording())
    await shown(hass, "last_run_distance", "8.01234")

    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{NEW_SHOE}") == "8.01234"
    (folder / "copy.fit").write_bytes(recording())
    (folder / "other.fit").write_bytes(recording(1, distance=1000))
    await shown(hass, "distance", "9.01234", f"{ENTRY_ID}_{NEW_SHOE}")

    assert await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", "distance", f"{ENTRY_ID}_{NEW_SHOE}") == "9.01234"
    known = hass_storage[f"{DOMAIN}.folder.{SOURCE}"]["data"]["known"]
    assert sorted(known) == ["copy.fit", "other.fit", "run.fit"]


async def test_unloading_and_removing(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path, hass_storage: dict[str, Any]
) -> None:
    await set_up(entry)
    folder.mkdir(exist_ok=True)
    (folder / "run.fit").write_bytes(recording())
    await shown(hass, "last_run_distance", "8.01234")

    hass.config_entries.async_remove_subentry(entry, SOURCE)
    await hass.async_block_till_done()
    assert f"{DOMAIN}.folder.{SOURCE}" not in hass_storage
    assert state_of(hass, "sensor", "last_run_distance") == "8.01234"

    (folder / "other.fit").write_bytes(recording(-1, distance=1000))
    await asyncio.sleep(0.05)
    assert await hass.config_entries.async_unload(ENTRY_ID)
    await hass.async_block_till_done()
    assert [task.get_name() for task in asyncio.all_tasks() if str(folder) in task.get_name()] == []
    assert f"{DOMAIN}.folder.{SOURCE}" not in hass_storage
    assert (folder / "run.fit").read_bytes() == recording()
