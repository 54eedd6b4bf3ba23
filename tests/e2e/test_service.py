"""Services as sources of runs: a key or a sign-in, years of history, and a run that is heard within one look."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiohttp import web
import pytest

from tests.builders import run_recording
from tests.rig import LOOPBACK, Athlete, Flow, Home, Speaker, Voice, free_port, lead_to, wait_for
from tests.support.services.intervals_icu import ATHLETE, KEY, IntervalsIcuServer, row, stub
from tests.support.services.polar_accesslink import CLIENT_ID, CLIENT_SECRET, CODE, TOKEN, USER, PolarServer, exercise

DISTANCE, MOVING_TIME = 7000.0, 2400
ACTIVITIES = 3000
EVERY_THIRD = ACTIVITIES // 3
# Everything that the guide says that Home Gym asks for.
DOCUMENTED = ("/athlete/0", "/athlete/0/activities", "/athlete/0/events")
DOCUMENTED_BY_POLAR = ("/v2/oauth2/token", "/users", f"/users/{USER}", "/exercises")


def history_of(server: IntervalsIcuServer) -> None:
    """Give an athlete years of activities, two every three days: each third is a run, each ninth has a recording."""
    now = datetime.now(UTC).replace(microsecond=0)
    for number in range(ACTIVITIES):
        start = now - timedelta(hours=36 * number + 48)
        kind = "WeightTraining" if number % 3 else "Run"
        server.activities.append(row(f"i{number}", start, type=kind, distance=5000 + number))
        if number % 9 == 0:
            server.files[f"i{number}"] = run_recording(start, 5000 + number, 1500)
    server.activities.append(stub("777", now - timedelta(days=3)))


@asynccontextmanager
async def serving(application: web.Application) -> AsyncIterator[str]:
    """Serve on loopback, and yield the address."""
    port = free_port()
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    yield f"http://{LOOPBACK}:{port}"
    await runner.cleanup()


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[tuple[IntervalsIcuServer, str]]:
    """Return the service and its address."""
    service = IntervalsIcuServer()
    async with serving(service.application()) as address:
        yield service, f"{address}/api/v1"


@pytest.fixture(scope="module")
async def polar() -> AsyncIterator[tuple[PolarServer, str]]:
    """Return Polar and its address."""
    service = PolarServer()
    async with serving(service.application()) as address:
        yield service, address


@pytest.fixture(scope="module")
async def home(
    folder: Path, server: tuple[IntervalsIcuServer, str], polar: tuple[PolarServer, str]
) -> AsyncIterator[Home]:
    """Return a home that takes the servers for the services."""
    addresses = {"intervals_icu": server[1], "polar_accesslink": f"{polar[1]}/v3"}
    lead_to(
        folder / "config",
        addresses,
        pause=0,
        sign_ins={"polar_accesslink": {"TOKEN_URL": f"{polar[1]}/v2/oauth2/token"}},
    )
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
    history_of(service)
    await connect(home, alex)

    async def is_whole() -> bool:
        return len(await runs_of(home, alex)) == EVERY_THIRD

    await wait_for(is_whole, "the history", timeout=300, every=2)
    assert sorted(await runs_of(home, alex)) == [5000.0 + number for number in range(0, ACTIVITIES, 3)]
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
    assert 5003.0 in await runs_of(home, alex)


async def test_deleted_run_is_withdrawn(home: Home, alex: Athlete, server: tuple[IntervalsIcuServer, str]) -> None:
    service, _ = server
    service.activities = [each for each in service.activities if each["id"] != "i0"]

    async def is_gone() -> bool:
        return 5000.0 not in await runs_of(home, alex)

    await wait_for(is_gone, "the withdrawal")


async def test_polar_is_connected_by_sign_in_and_its_run_arrives(
    home: Home, alex: Athlete, polar: tuple[PolarServer, str]
) -> None:
    service, _ = polar
    await home.api.command(
        "application_credentials/create", domain="home_gym", client_id=CLIENT_ID, client_secret=CLIENT_SECRET
    )
    # From the runner's page to the sign-in, through the browser's callback, and back.
    kinds = await Flow.subentry(home.api, alex.entry_id, "source")
    await kinds.choose("polar")
    _, flow_id = kinds.screen["next_flow"]
    path = f"/api/config/config_entries/flow/{flow_id}"
    assert (await home.api.get(path))["step_id"] == "polar"
    screen = await home.api.post(path, {"runner": alex.entry_id})
    asked = parse_qs(urlsplit(screen["url"]).query)
    assert asked["redirect_uri"] == [f"{home.api.url}/auth/external/callback"]
    await home.api.get(f"/auth/external/callback?code={CODE}&state={asked['state'][0]}")
    ended = await home.api.post(path)
    assert ended["reason"] == "account_added"

    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=5)
    service.files["a1/fit"] = run_recording(start, 6543.0, 2000)
    service.exercises.append(exercise("a1", start, distance=6500))

    async def is_there() -> bool:
        return 6543.0 in await runs_of(home, alex)

    await wait_for(is_there, "the run", every=0.5)


async def test_only_documented_requests_were_made_and_no_key_was_logged(
    home: Home, server: tuple[IntervalsIcuServer, str], polar: tuple[PolarServer, str]
) -> None:
    service, _ = server
    others = {path for path in service.asked if path not in DOCUMENTED and not path.startswith("/activity/i")}
    assert others == set()
    assert set(polar[0].asked) == {*DOCUMENTED_BY_POLAR, "/exercises/a1/fit"}
    assert [secret for secret in (KEY, ATHLETE, TOKEN, CLIENT_SECRET) if secret in home.log] == []
    assert [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
