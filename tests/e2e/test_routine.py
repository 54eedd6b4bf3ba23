"""A guided routine in a real home: both sides of a stretch, spoken in order and held as planned, and a power cut."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
import time
from typing import Any

import pytest

from tests.rig import PULSE, Athlete, Home, Speaker, Voice, another_beat, give_pulse, standstill

type Json = dict[str, Any]


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner with a speaker."""
    return await Athlete.move_in(home, voice, speaker, folder / "recordings")


@pytest.fixture(scope="module")
async def sensor(home: Home, alex: Athlete) -> str:
    """Return the routine's entity."""
    return await home.entity_id("sensor", f"{alex.entry_id}_routine")


async def begin(home: Home, alex: Athlete, minutes: float = 1.5) -> None:
    """Start a stretch within some minutes."""
    start = {"config_entry_id": alex.entry_id, "habit": "stretch", "minutes": minutes}
    await home.act("home_gym.start_routine", start)


async def test_a_stretch_is_spoken_and_held(
    home: Home, voice: Voice, speaker: Speaker, alex: Athlete, sensor: str
) -> None:
    """Half a minute a side, a rest between: each ends within a second of its plan, unless the home stood still."""
    await give_pulse(home)
    asked = datetime.now(UTC)
    async with home.api.events(PULSE) as beats, home.api.events("state_changed") as changes:
        await begin(home, alex)
        await home.wait_for_state(sensor, "running")
        await home.wait_for_state(sensor, "idle", timeout=120)
        await another_beat(beats)
    await speaker.wait_for_sound(after=asked.timestamp())

    states = [change["data"]["new_state"] for change in changes if change["data"]["entity_id"] == sensor]
    shown = [(datetime.fromisoformat(state["last_changed"]), state["attributes"]) for state in states]
    updated = [datetime.fromisoformat(state["last_updated"]) for state in states]
    planned = [datetime.fromisoformat(attributes["ends"]) for _, attributes in shown[:-1]]
    assert len(states) <= 2 * 2 + 1
    for end, then in zip(planned, updated[1:], strict=True):
        assert abs(then - end) <= timedelta(seconds=1) + standstill(beats, end, then)
    sides = [attributes["side"] for _, attributes in shown if attributes["side"]]
    assert list(dict.fromkeys(sides)) == ["left", "right"]

    said = " ".join(voice.lines).casefold()
    assert said.index("left") < said.index("right")
    journal = await home.ask("home_gym.get_journal", {"config_entry_id": alex.entry_id})
    [session] = [session for session in journal["sessions"] if session["habit"] == "stretch"]
    assert session["duration"] == pytest.approx((planned[-1] - updated[0]).total_seconds(), abs=2)
    streak = await home.entity_id("sensor", f"{alex.entry_id}_stretch_streak")
    assert (await home.state(streak))["state"] == "1"


async def test_a_power_cut_pauses_it(home: Home, voice: Voice, speaker: Speaker, alex: Athlete, sensor: str) -> None:
    await speaker.wait_for_silence()
    asked = time.time()
    await begin(home, alex, minutes=5)
    await home.wait_for_state(sensor, "running")
    await speaker.wait_for_sound(after=asked)

    await home.kill()
    await home.start()

    await home.wait_for_state(sensor, "paused")
    await voice.wait_for_line("restart")
    await home.act("home_gym.resume_routine", {"config_entry_id": alex.entry_id})
    await home.wait_for_state(sensor, "running")
    await home.act("home_gym.stop_routine", {"config_entry_id": alex.entry_id})
    await home.wait_for_state(sensor, "idle")


async def test_nothing_failed(home: Home, alex: Athlete) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
