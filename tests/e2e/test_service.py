"""A service as a source of runs: a key, years of history, and a run that is heard within one look."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web
import pytest

from tests.builders import run_recording
from tests.rig import LOOPBACK, Athlete, Flow, Home, Speaker, Voice, free_port, lead_to, wait_for
from tests.support.services.intervals_icu import ATHLETE, KEY, IntervalsIcuServer, row, stub

DISTANCE, MOVING_TIME = 7000.0, 2400
HISTORY = 60
# Everything that the guide says that Home Gym asks for.
DOCUMENTED = ("/athlete/0", "/athlete/0/activities", "/athlete/0/events")


def history_of(server: IntervalsIcuServer, runs: int) -> None:
    """Give an athlete some years of runs, one every other day."""
    now = datetime.now(UTC).replace(microsecond=0)
    for number in range(runs):
        start = now - timedelta(days=2 * number + 2)
        server.activities.append(row(f"i{number}", start, distance=5000 + number))
        if number % 3 == 0:
            server.files[f"i{number}"] = run_recording(start, 5000 + number, 1500)
    server.activities.append(stub("777", now - timedelta(days=3)))


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[tuple[IntervalsIcuServer, str]]:
    """Return the service and its address."""
    service, port = IntervalsIcuServer(), free_port()
    runner = web.AppRunner(service.application())
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    yield service, f"http://{LOOPBACK}:{port}/api/v1"
    await runner.cleanup()


@pytest.fixture(scope="module")
async def home(folder: Path, server: tuple[IntervalsIcuServer, str]) -> AsyncIterator[Home]:
    """Return a home that takes the server for the service."""
    lead_to(folder / "config", {"intervals_icu": server[1]})
    async with Home(folder / "config") as home:
        yield home


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner, just set up."""
    return await Athlete.move_in(home, voice, speaker, folder / "recordings")


async def connect(home: Home, alex: Athlete) -> None:
    """Enter the key on the screens."""
    kinds = await Flow.subentry(home.api, alex.entry_id, "source")
    await kinds.choose("online")
    await kinds.send(key="wrong", planned=True)
    assert kinds.screen["errors"] == {"key": "key_refused"}
    await kinds.finish(key=KEY, planned=True)


async def runs_of(home: Home, alex: Athlete) -> list[float]:
    """Return the distances of all runs in metres."""
    answer = await home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id, "limit": 1000})
    return [run["distance"] for run in answer["runs"]]


async def test_history_arrives_in_silence_and_a_run_is_heard(
    home: Home, alex: Athlete, voice: Voice, server: tuple[IntervalsIcuServer, str]
) -> None:
    service, _ = server
    history_of(service, HISTORY)
    await connect(home, alex)

    async def is_whole() -> bool:
        return len(await runs_of(home, alex)) == HISTORY

    await wait_for(is_whole, "the history", timeout=120, every=0.5)
    assert sorted(await runs_of(home, alex)) == [5000.0 + number for number in range(HISTORY)]
    assert voice.lines == []

    # The roll is asked for at once.
    options = await Flow.options(home.api, alex.entry_id)
    await (await options.choose("settings")).finish(foam_roll={"ask": True, "foam_roll_offset": 0})
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=MOVING_TIME)
    service.files["i9000"] = run_recording(start, DISTANCE, MOVING_TIME)
    service.activities.append(row("i9000", start, distance=DISTANCE))
    await voice.wait_for_line("foam roll")
    await alex.wait_for_run(DISTANCE)
    assert len(voice.lines) == 1


async def test_restart_asks_for_no_recording_again(
    home: Home, alex: Athlete, server: tuple[IntervalsIcuServer, str]
) -> None:
    service, _ = server
    await home.stop()
    service.asked.clear()
    await home.start()
    await wait_for(lambda: service.asked["/athlete/0/activities"] >= 2, "two looks")
    assert [path for path in service.asked if path.endswith("file")] == []
    assert len(await runs_of(home, alex)) == HISTORY + 1


async def test_deleted_run_is_withdrawn(home: Home, alex: Athlete, server: tuple[IntervalsIcuServer, str]) -> None:
    service, _ = server
    service.activities = [each for each in service.activities if each["id"] != "i0"]

    async def is_gone() -> bool:
        return 5000.0 not in await runs_of(home, alex)

    await wait_for(is_gone, "the withdrawal")


async def test_only_documented_requests_were_made_and_no_key_was_logged(
    home: Home, server: tuple[IntervalsIcuServer, str]
) -> None:
    service, _ = server
    others = {path for path in service.asked if path not in DOCUMENTED and not path.startswith("/activity/i")}
    assert others == set()
    assert KEY not in home.log
    assert ATHLETE not in home.log
    assert [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
