"""A service as a source: history, news, edits, deletions, planned runs and faults, with a server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from aiohttp.test_utils import TestServer
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.diagnostics import async_get_config_entry_diagnostics
from custom_components.home_gym.gym.events import RunFinished
from custom_components.home_gym.gym.runs.activity import Origin, Sport
from custom_components.home_gym.sources.ledger_file import LedgerFile
from custom_components.home_gym.sources.services import watcher
from custom_components.home_gym.sources.services.intervals_icu import client
from custom_components.home_gym.sources.services.ledger import ServiceLedger
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.support.integration.runner_entry import OLD_SHOE, SetUp
from tests.support.integration.services import (
    DAY,
    SOURCE,
    now,
    recording,
    runner_with,
    runs,
    source_of,
    until,
    without_pauses,
)
from tests.support.services.case import IntervalsIcuCase
from tests.support.services.intervals_icu import ATHLETE, IntervalsIcuServer, row, stub, workout

pytestmark = pytest.mark.usefixtures("socket_enabled")

ISSUE_STUBS = f"service_stubs_{SOURCE}"


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[IntervalsIcuServer]:
    """Return the service, with looks that follow without pauses."""
    service = IntervalsIcuServer()
    async with TestServer(service.application()) as running:
        monkeypatch.setattr(client, "BASE_URL", str(running.make_url("/api/v1")))
        without_pauses(monkeypatch)
        yield service


def source(**data: Any) -> Any:
    """Return the subentry of the service, added an hour ago."""
    return source_of(IntervalsIcuCase().data() | data, "intervals.icu")


async def looked(server: IntervalsIcuServer, times: int = 2) -> None:
    """Wait for some more looks."""
    before = server.asked["/athlete/0/activities"]
    await until(lambda: server.asked["/athlete/0/activities"] >= before + times)


def pairs(coordinator: HomeGymCoordinator) -> list[str | None]:
    """Return the pair of each run, the earliest first."""
    found = sorted(coordinator.runner.runs.all(), key=lambda run: run.start)
    return [coordinator.runner.rack.shoe_of(run) for run in found]


def origins(coordinator: HomeGymCoordinator) -> dict[str, tuple[Origin, Sport]]:
    """Return the origin and the sport of each activity, by the service's id."""
    activities = [each.activity for each in coordinator.runner.journal.deliveries.values()]
    return {(each.origin_id or "").removeprefix("intervals_icu:"): (each.origin, each.sport) for each in activities}


async def test_history_is_read_then_news_edits_and_deletions_are_followed(
    hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer
) -> None:
    years_ago, last_week = now() - 500 * DAY, now() - 7 * DAY
    server.activities = [
        row("i1", years_ago),
        row("i2", years_ago + DAY, distance=5000),
        row("i3", last_week, gear={"id": "g1", "name": "Pegasus"}, distance=7000),
        row("i4", last_week + DAY, type="WeightTraining", distance=None),
        row("i5", last_week + 2 * DAY, type="Ride", distance=40_000),
        row("i6", last_week + 3 * DAY, distance=900_000),
        stub("777", last_week + 4 * DAY),
    ]
    server.files = {"i1": recording(years_ago)}
    server.fit_files = {"i2": recording(years_ago + DAY, km=5)}
    entry = runner_with(source(gear={"intervals_icu:g1": OLD_SHOE}))
    coordinator = await set_up(entry)
    finished: list[RunFinished] = []
    coordinator.async_listen(lambda event: finished.append(event) if isinstance(event, RunFinished) else None)
    ledger = await _ledger_read(hass, entry)
    assert origins(coordinator) == {
        "i1": (Origin.FILE, Sport.RUN),
        "i2": (Origin.FILE, Sport.RUN),
        "i3": (Origin.CLOUD, Sport.RUN),
        "i4": (Origin.CLOUD, Sport.STRENGTH),
        "i5": (Origin.CLOUD, Sport.OTHER),
    }
    assert runs(coordinator) == [9000, 5000, 7000]
    assert pairs(coordinator)[-1] == OLD_SHOE
    assert ledger == {"activities": 7, "recordings": 2, "runs": 3, "stubs": 1, "impossible": 1}
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_STUBS) is not None
    assert finished == []

    today = now() - timedelta(minutes=50)
    server.files["i8"] = recording(today)
    server.activities.append(row("i8", today))
    await until(lambda: bool(finished))
    assert runs(coordinator)[-1] == 9000
    await looked(server)
    assert server.asked["/activity/i8/file"] == 1

    server.activities[-1] |= {"gear": {"id": "g1", "name": "Pegasus"}, "icu_rpe": 8}
    await until(lambda: pairs(coordinator)[-1] == OLD_SHOE)
    assert len(finished) == 1
    (run,) = coordinator.runner.runs.since(today)
    assert run.exertion is not None
    assert run.exertion.perceived == 8

    server.activities.pop()
    await until(lambda: len(runs(coordinator)) == 3)
    asked = server.asked["/activity/i1/file"]
    await hass.config_entries.async_reload(entry.entry_id)
    await looked(server)
    assert server.asked["/activity/i1/file"] == asked == 1
    assert len(runs(entry.runtime_data.coordinator)) == 3


async def _ledger_read(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, int]:
    """Return the counts of the source after its history was read."""
    async with asyncio.timeout(15):
        while True:
            counts: dict[str, int] = (await async_get_config_entry_diagnostics(hass, entry))["sources"].get(SOURCE, {})
            stored = hass.states.async_entity_ids("sensor") and counts
            if stored and counts.get("activities") == 7:
                return counts
            await asyncio.sleep(0.02)


async def test_one_incomplete_list_withdraws_nothing(
    hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer
) -> None:
    server.activities = [row("i1", now() - 2 * DAY)]
    coordinator = await set_up(runner_with(source()))
    await until(lambda: len(runs(coordinator)) == 1)
    shown = server.activities.pop()
    await looked(server, 1)
    server.activities.append(shown)
    await looked(server, 4)
    assert len(runs(coordinator)) == 1


async def test_recording_that_comes_later_takes_the_place_of_the_list(
    hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer
) -> None:
    start = now() - timedelta(hours=3)
    server.activities = [row("i1", start)]
    coordinator = await set_up(runner_with(source()))
    await until(lambda: runs(coordinator) == [8012.3])
    server.activities[0]["file_type"] = "gpx"
    server.files = {"i1": recording(start)}
    await until(lambda: runs(coordinator) == [9000])
    assert origins(coordinator) == {"i1": (Origin.FILE, Sport.RUN)}


async def test_refused_key_is_asked_for_again(hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer) -> None:
    server.key = "another"
    server.activities = [row("i1", now() - 2 * DAY)]
    entry = runner_with(source())
    await set_up(entry)
    flows = hass.config_entries.flow
    await until(lambda: bool(flows.async_progress_by_handler(DOMAIN)))
    (flow,) = flows.async_progress_by_handler(DOMAIN)
    assert (flow["context"]["source"], flow["step_id"]) == (SOURCE_REAUTH, "reauth_key")
    form = await flows.async_configure(flow["flow_id"], {"key": "wrong"})
    assert form["errors"] == {"key": "key_refused"}
    server.athlete = "i1"
    form = await flows.async_configure(flow["flow_id"], {"key": "another"})
    assert form["errors"] == {"key": "other_account"}
    server.athlete = ATHLETE
    ended = await flows.async_configure(flow["flow_id"], {"key": " another "})
    assert ended["reason"] == "reauth_successful"
    assert entry.subentries[SOURCE].data["key"] == "another"
    await hass.async_block_till_done()
    await until(lambda: len(runs(entry.runtime_data.coordinator)) == 1)


async def test_planned_run_asks_for_warm_up(hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer) -> None:
    await hass.config.async_set_time_zone("UTC")
    soon = now() + timedelta(minutes=10)
    server.events = [
        workout("Tempo", soon.strftime("%Y-%m-%dT%H:%M:%S")),
        workout("Ride", "2026-05-06T00:00:00", type="Ride"),
    ]
    entry = runner_with(source(planned=True))
    await set_up(entry)
    await hass.config.async_set_time_zone("UTC")
    journal = entry.runtime_data.coordinator.runner.journal
    await until(lambda: f"planned/{soon.isoformat()}" in entry.runtime_data.coordinator.runner.journal.triggers)
    assert len(journal.triggers) <= 1


async def test_removed_source_leaves_no_file_and_no_issue(
    hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer, hass_storage: dict[str, Any]
) -> None:
    server.activities = [stub("7", now() - 2 * DAY), row("i1", now() - 2 * DAY)]
    entry = runner_with(source())
    await set_up(entry)
    await until(lambda: ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_STUBS) is not None)
    key = f"home_gym.service.{SOURCE}"
    await until(lambda: key in hass_storage)
    hass.config_entries.async_remove_subentry(entry, SOURCE)
    await hass.async_block_till_done()
    await until(lambda: key not in hass_storage)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_STUBS) is None
    assert len(runs(entry.runtime_data.coordinator)) == 1


async def test_ledger_is_written_once_a_minute_while_history_is_read_and_whole_at_the_end(
    hass: HomeAssistant,
    set_up: SetUp,
    server: IntervalsIcuServer,
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saves: list[int] = []
    save = LedgerFile.async_save

    async def counted(file: LedgerFile, plain: dict[str, Any]) -> None:
        if "is_history_read" in plain:
            saves.append(len(plain["taken"]))
        await save(file, plain)

    monkeypatch.setattr(LedgerFile, "async_save", counted)
    monkeypatch.setattr(watcher, "time_to_next_look", lambda _now, _ends: timedelta(hours=1))
    server.activities = [row(f"i{number}", now() - (100 + number) * DAY, type="Ride") for number in range(300)]
    await set_up(runner_with(source()))
    await until(lambda: 300 in saves)
    # The first batch, and the end.
    assert saves == [20, 300]
    key = f"home_gym.service.{SOURCE}"
    await until(lambda: len(hass_storage.get(key, {"data": {"taken": {}}})["data"]["taken"]) == 300)


async def test_stopped_history_keeps_its_activities(
    hass: HomeAssistant, set_up: SetUp, server: IntervalsIcuServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "BATCH", 5)
    server.activities = [row(f"i{number}", now() - (100 + number) * DAY) for number in range(40)]
    entry = runner_with(source())
    coordinator = await set_up(entry)
    await until(lambda: len(runs(coordinator)) >= 20)
    server.slow = 0.05
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    read = len(runs(coordinator))
    ledger = ServiceLedger(hass, SOURCE)
    await ledger.async_load(ATHLETE)
    assert read < 40
    # A batch that was just delivered may be read again, which changes nothing.
    assert read - 5 <= ledger.counts()["runs"] <= read
