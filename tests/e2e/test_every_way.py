"""The same run by folder, webhook and entity, in three orders: one run, one set of prompts, one more on the shoe."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import run_recording
from tests.rig import Athlete, Flow, Home, Speaker, Voice, wait_for

SENSOR = "sensor.watch"
MOVING_TIME = 1800


@dataclass(frozen=True)
class Ways:
    """The sources of a run: a watch's recording, and the copies of a phone and an integration."""

    alex: Athlete
    address: str

    async def folder(self, start: datetime, distance: float) -> None:
        """Drop the watch's own recording."""
        recording = run_recording(start, distance, MOVING_TIME)
        (self.alex.folder / f"{start:%H%M%S}.fit").write_bytes(recording)

    async def webhook(self, start: datetime, distance: float) -> None:
        """Post a phone's measurement: it began 20 s later, and was 1 % further."""
        began = start + timedelta(seconds=20)
        run = {
            "id": f"phone-{start:%H%M%S}",
            "sport": "run",
            "start": began.isoformat(),
            "elapsed_time": MOVING_TIME - 20,
            "distance": distance * 1.01,
        }
        await self.alex.home.api.post(self.address, run)

    async def entity(self, start: datetime, distance: float) -> None:
        """Set an integration's sensor to a rounded copy."""
        await self.show(start, round(distance / 1000, 1))

    async def show(self, start: datetime, kilometres: float) -> None:
        """Set the state of the sensor."""
        attributes = {
            "activity_id": f"{start:%H%M%S}",
            "start_time": start.isoformat(),
            "duration": MOVING_TIME,
            "distance": kilometres,
            "activity_type": "running",
        }
        await self.alex.home.api.post(f"/api/states/{SENSOR}", {"state": "Run", "attributes": attributes})


@pytest.fixture(scope="module")
async def ways(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Ways:
    """Return a runner with a source of each kind."""
    alex = await Athlete.move_in(home, voice, speaker, folder / "recordings")
    flow = await (await Flow.subentry(home.api, alex.entry_id, "source")).choose("webhook")
    await flow.send(name="Phone", app="other")
    address = str(flow.screen["description_placeholders"]["url"]).removeprefix(home.url)
    await flow.choose("webhook_finish")
    assert flow.type == "abort"
    ways = Ways(alex, address)
    long_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    await ways.show(long_ago, 5)
    flow = await (await Flow.subentry(home.api, alex.entry_id, "source")).choose("entity")
    await flow.send(entity=SENSOR)
    await flow.send(distance_unit="km", duration_unit="s")
    await flow.send()
    assert flow.type == "create_entry", flow.screen
    await alex.wait_for_run(5000)
    return ways


ORDERS: list[tuple[str, list[Callable[[Ways, datetime, float], Awaitable[None]]]]] = [
    ("recording first", [Ways.folder, Ways.webhook, Ways.entity]),
    ("phone first", [Ways.webhook, Ways.entity, Ways.folder]),
    ("integration first", [Ways.entity, Ways.folder, Ways.webhook]),
]


@pytest.mark.parametrize("number", range(len(ORDERS)), ids=[name for name, _ in ORDERS])
async def test_three_sources_in_any_order_make_one_run(ways: Ways, voice: Voice, number: int) -> None:
    alex, home = ways.alex, ways.alex.home
    _, order = ORDERS[number]
    runs, lines, metres = await _runs(alex), len(voice.lines), await alex.shoe_metres()
    # They ended 70, 45 and 20 minutes ago, so that all are fresh and none is another.
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=70 - 25 * number, seconds=MOVING_TIME)
    distance = 2000.0 + number

    for told, tell in enumerate(order, start=1):
        await tell(ways, start, distance)

        async def is_told(sources: int = told) -> bool:
            return [run["sources"] for run in await _runs(alex)][:1] == [sources]

        await wait_for(is_told, f"source {told}", every=0.5)

    if not lines:
        await wait_for(lambda: len(voice.lines) >= 1, "the roll")
        await alex.log("foam_roll")
        await wait_for(lambda: len(voice.lines) >= 2, "the stretch")
        # The later runs belong to the same outing, and "not today" is for all of it.
        await alex.decline("stretch")
    after = await _runs(alex)
    assert len(after) == len(runs) + 1
    # Of all sources, the watch is trusted most.
    assert after[0]["distance"] == pytest.approx(distance, abs=0.01)
    assert await alex.shoe_metres() - metres == pytest.approx(distance, abs=0.01)
    assert len(voice.lines) == 2
    assert [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []


async def _runs(alex: Athlete) -> list[dict[str, object]]:
    """Return all runs, the latest first."""
    answer = await alex.home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id})
    runs: list[dict[str, object]] = answer["runs"]
    return runs
