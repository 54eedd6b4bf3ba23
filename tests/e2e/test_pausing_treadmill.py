"""An evening on a treadmill that pauses: two sessions of the belt and one recording of the watch are one run."""

import asyncio
from datetime import UTC, datetime
from math import sin
from pathlib import Path
from typing import Any

import pytest

from tests.builders import run_recording
from tests.rig import Athlete, Flow, Home, Plug, Speaker, Voice, wait_for

type Json = dict[str, Any]

AWAKE, RUN = 8.0, 420.0
RUNNING = 250
# Seconds of each session and of the drink between them, and metres by the watch.
RAN, PAUSED, DISTANCE = 125, 12, 820.0
SILENCE = 15


def ripple(watts: float, seconds: int) -> list[float]:
    """Return watts that swing by a sixth with every step, once a second."""
    return [watts * (1 + sin(2.3 * second) / 6) for second in range(seconds)]


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner with one pair."""
    return await Athlete.move_in(home, voice, speaker, folder / "recordings")


@pytest.fixture(scope="module")
async def plug(home: Home, alex: Athlete) -> Plug:
    """Return the plug of a treadmill with the shortest hold times, so that a drink ends a session."""
    plug = await Plug.plug_in(home)
    flow = await Flow.config(home.api, "home_gym")
    await flow.choose("treadmill")
    await flow.choose("treadmill_plug")
    await flow.send(name="Treadmill", power=plug.power)
    await flow.choose("thresholds")
    await flow.finish(standby=1, stop=40, start=80, run=RUNNING, start_hold=1, stop_hold=2, run_hold=1)
    return plug


async def runs(home: Home, alex: Athlete) -> list[Json]:
    """Return the runner's runs."""
    found: list[Json] = (await home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id}))["runs"]
    return found


async def test_pausing_treadmill_and_watch_are_one_evening(home: Home, voice: Voice, alex: Athlete, plug: Plug) -> None:
    before = await alex.shoe_metres()
    await plug.replay([AWAKE] * 3)
    started = datetime.now(UTC).replace(microsecond=0)
    for _ in range(2):
        await plug.replay(ripple(RUN, RAN))
        await plug.replay([AWAKE] * PAUSED)

    async def has_both_sessions() -> bool:
        return len(await runs(home, alex)) == 2

    await wait_for(has_both_sessions, "both sessions of the belt")
    seconds = 2 * RAN + PAUSED
    (alex.folder / "watch.fit").write_bytes(run_recording(started, DISTANCE, seconds, surface="treadmill"))
    await alex.wait_for_run(DISTANCE)

    # One run, from three activities, and the watch's metres on the pair, once.
    [run] = await runs(home, alex)
    assert (run["sources"], run["distance"], run["duration"]) == (3, DISTANCE, seconds)
    assert await alex.shoe_metres() - before == pytest.approx(DISTANCE, abs=0.01)

    # One warm-up before; so short an outing asks for nothing after it.
    await asyncio.sleep(SILENCE)
    [warm_up] = voice.lines
    assert "warm-up" in warm_up


async def test_nothing_failed(home: Home, alex: Athlete) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
