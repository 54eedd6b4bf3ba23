"""A phone that posts: set up and tested on the screens, and a power cut right after the response."""

import asyncio
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.builders import run_recording
from tests.builders.health import HAE_V2, document_of
from tests.rig import Flow, Home, wait_for
from tests.rig.flows import settled

type Json = dict[str, Any]


@pytest.fixture(scope="module")
async def runner(home: Home) -> Json:
    """Return the entry of a runner."""
    return await home.add("home_gym", name="Alex")


@pytest.fixture(scope="module")
async def address(home: Home, runner: Json) -> str:
    """Return a webhook's address, set up and tested on the screens."""
    flow = await Flow.subentry(home.api, runner["entry_id"], "source")
    await flow.choose("webhook")
    await flow.send(name="Phone", app="health_auto_export")
    assert flow.step == "address_health_auto_export"
    url: str = flow.screen["description_placeholders"]["url"]
    await settled(home.api)
    await flow.choose("webhook_test")
    assert flow.type == "progress"

    assert await post(url, b"[]") == (200, {"taken": 0, "runs": 0, "refused": []})

    async def is_over() -> bool:
        flow.screen = await home.api.get(f"{flow.path}/{flow.screen['flow_id']}")
        return flow.type != "progress"

    await wait_for(is_over, "the screen that says that it works")
    assert flow.step == "webhook_heard"
    await flow.choose("webhook_finish")
    assert flow.type == "abort"
    # Home Assistant saves its entries after a delay, and an earlier power cut isn't ours to survive.
    entries = home.folder / ".storage" / "core.config_entries"
    secret = url.rpartition("/")[2]
    await wait_for(lambda: entries.exists() and secret in entries.read_text(), "the entry to be on disk")
    return url


async def post(url: str, data: Any) -> tuple[int, Json]:
    """Post as a phone does, and return status and response."""
    async with aiohttp.ClientSession() as session, session.post(url, data=data) as response:
        return response.status, json.loads(await response.read() or b"{}")


def workout(ended: datetime) -> Json:
    """Return half an hour's run in a phone's form."""
    started = ended - timedelta(minutes=30)
    times = {"start": f"{started:%Y-%m-%d %H:%M:%S} +0000", "end": f"{ended:%Y-%m-%d %H:%M:%S} +0000"}
    return HAE_V2 | times | {"duration": 1800}


async def test_a_run_survives_a_power_cut_right_after_the_answer(home: Home, runner: Json, address: str) -> None:
    document = json.dumps(document_of("hae_v2", workout(datetime.now(UTC)), {"name": "nothing"})).encode()

    # During a reload of the source, the phone is asked to repeat its post.
    async def is_taken() -> Json | None:
        status, answer = await post(address, document)
        return answer if status == 200 else None

    answer = await wait_for(is_taken, "the post to be taken")
    await home.kill()
    await home.start()

    assert (answer["taken"], answer["runs"], len(answer["refused"])) == (1, 1, 1)
    distance = await home.entity_id("sensor", f"{runner['entry_id']}_last_run_distance")
    await home.wait_for_state(distance, "5.0")


async def test_every_post_confirmed_during_starts_is_kept(home: Home, runner: Json, address: str) -> None:
    """404 before Home Gym is loaded, 503 before the runner is, and every 200 is in the journal."""
    url = f"{home.url}/{address.partition('//')[2].partition('/')[2]}"
    confirmed: list[int] = []
    statuses: set[int] = set()

    async def post_until_confirmed(start: int) -> None:
        numbers = iter(range(7001 + 1000 * start, 8000 + 1000 * start))

        async def is_taken() -> bool:
            metres = next(numbers)
            started = datetime.now(UTC) - timedelta(days=start + 2, minutes=metres % 1000)
            try:
                status, answer = await post(url, run_recording(started, metres, 3000))
            except aiohttp.ClientError, ValueError:
                return False
            statuses.add(status)
            if status == 200:
                assert answer["taken"] == 1
                confirmed.append(metres)
            return status == 200

        await wait_for(is_taken, "the post to be taken", timeout=120, every=0.02)

    for start in range(3):
        await home.stop()
        starting = asyncio.ensure_future(home.start())
        await post_until_confirmed(start)
        await starting

    assert statuses <= {200, 404, 503}
    runs = (await home.ask("home_gym.get_runs", {"config_entry_id": runner["entry_id"]}))["runs"]
    assert set(confirmed) <= {round(run["distance"]) for run in runs}
    assert len(confirmed) == 3


async def test_nothing_failed_and_no_secret_was_logged(home: Home, address: str, folder: Path) -> None:
    assert [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
    assert address.rpartition("/")[2] not in home.log


async def test_removed_address_accepts_nothing(home: Home, runner: Json, address: str) -> None:
    [source] = await home.subentries(runner["entry_id"])
    await home.remove_subentry(runner["entry_id"], source["subentry_id"])

    async def is_gone() -> bool:
        return "taken" not in (await post(address, b"[]"))[1]

    await wait_for(is_gone, "the address to be given up")
