"""The cost of a service's history: prints its rows of the table of scale.

`python -m tests.bench.services`, from the project's folder. The service answers in a process of its own.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
import gc
import json
from multiprocessing import Process
import subprocess
import sys
from tempfile import TemporaryDirectory
import time
from typing import Any
from unittest.mock import AsyncMock, Mock, patch

from aiohttp import ClientSession, web
from aiohttp.test_utils import unused_port

from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.settings import settings_of
from custom_components.home_gym.sources import RunnerAccess, SourceConfig
from custom_components.home_gym.sources.ledger_file import LedgerFile
from custom_components.home_gym.sources.services import http, watcher
from custom_components.home_gym.sources.services.intervals_icu import IntervalsIcu, client
from custom_components.home_gym.sources.services.ledger import ServiceLedger
from custom_components.home_gym.sources.services.reports import ServiceReports
from tests.bench import scale
from tests.builders import LapPlan, Recording, build_fit
from tests.support.services.intervals_icu import ATHLETE, KEY, IntervalsIcuServer, row

ACTIVITIES = 3000
LOOPBACK = "127.0.0.1"


def service_of(activities: int) -> IntervalsIcuServer:
    """Return a service with some years of activities: runs with recordings, runs without, and training of strength."""
    service, first = IntervalsIcuServer(), datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
    laps = (LapPlan(duration=1800, distance=5000, cadence=170),)
    for number in range(activities):
        start = first - timedelta(hours=21 * number)
        kind = "WeightTraining" if number % 3 == 2 else "Run"
        service.activities.append(row(f"i{number}", start, type=kind, distance=5000 + number))
        if number % 3 == 0:
            service.files[f"i{number}"] = build_fit(Recording(start=start, laps=laps))
    return service


def serve(port: int, activities: int) -> None:
    """Answer as a service does, in a process of its own."""
    web.run_app(service_of(activities).application(), host=LOOPBACK, port=port, print=None)


async def answering(port: int) -> None:
    """Wait for a server."""
    while True:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            await asyncio.sleep(scale.TICK)
        else:
            writer.close()
            return


async def following(folder: str, activities: int) -> scale.Figures:
    """Read the history of a service as Home Assistant does, without the pauses that spare the service."""
    hass, entry, store = scale.home(folder)
    runner = Runner(settings_of(hass, entry), await store.async_load())
    coordinator = HomeGymCoordinator(hass, entry, runner, store)
    port = unused_port()
    serving = Process(target=serve, args=(port, activities), daemon=True)
    serving.start()
    await answering(port)
    data = {"online": "intervals_icu", "key": KEY, "account": ATHLETE, "since": datetime.now(UTC).isoformat()}
    access = RunnerAccess(
        withdraw=AsyncMock(),
        recent_ends=list,
        plan=Mock(),
        ask_for_key=Mock(),
        follow=Mock(),
        worn=Mock(),
        unseen=Mock(),
    )
    config = SourceConfig(subentry_id="source", runner="Alex", data=data, phrases=Mock(), access=access)
    address = f"http://{LOOPBACK}:{port}/api/v1"
    saves, save = [], LedgerFile.async_save

    async def counted(file: LedgerFile, plain: dict[str, Any]) -> None:
        saves.append(len(plain["taken"]))
        await save(file, plain)

    gaps: list[float] = []
    session = ClientSession()
    with (
        # Home Assistant's own resolver needs its network.
        patch.object(http, "async_get_clientsession", lambda _: session),
        patch.object(client, "BASE_URL", address),
        patch.object(watcher, "PAUSE", 0),
        patch.object(LedgerFile, "async_save", counted),
        patch.object(ServiceReports, "announce_history"),
    ):
        ledger = ServiceLedger(hass, "source")
        await ledger.async_load(ATHLETE)
        deliver = partial(coordinator.async_deliver, source="source")
        follower = watcher.ServiceWatcher(hass, config, deliver, IntervalsIcu(hass, data), ledger)
        watching = asyncio.create_task(scale.watchdog(gaps))
        started = time.perf_counter()
        looking = asyncio.create_task(follower.async_run())
        while not ledger.is_history_read:  # noqa: ASYNC110 - the state of others has no event
            await asyncio.sleep(scale.TICK)
        seconds = time.perf_counter() - started
        watching.cancel()
        looking.cancel()
        await asyncio.gather(watching, looking, return_exceptions=True)
    await session.close()
    serving.terminate()
    return {"held": max(gaps), "seconds": seconds, "runs": len(runner.journal.deliveries), "rows": sum(saves)}


def measured() -> scale.Figures:
    """Make the measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.services", "history"]
    figures: scale.Figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return figures


def main() -> None:
    """Measure, and print the rows."""
    # Other load on the machine makes a pause longer, never shorter.
    history = min((measured() for _ in range(2)), key=lambda figures: figures["held"])
    scale.row(f"{ACTIVITIES} activities of a service: the loop is held for", 1000 * history["held"], 20, "ms")
    scale.row("their ledger: rows written for each", history["rows"] / ACTIVITIES, 5, "x")


if __name__ == "__main__":
    if sys.argv[1:]:
        # As in the other measurements: objects from before belong to Home Assistant.
        gc.collect()
        gc.freeze()
        with TemporaryDirectory() as folder:
            json.dump(asyncio.run(following(folder, ACTIVITIES)), sys.stdout)
    else:
        main()
