"""A guided routine in a real home: both sides of a stretch, spoken in order and held as planned, and a power cut."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.rig import Athlete, Home, Speaker, Voice, wait_for

type Json = dict[str, Any]


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner with a speaker."""
    alex = await Athlete.move_in(home, voice, speaker, folder / "recordings")
    await alex.is_set_up()
    return alex


@pytest.fixture(scope="module")
async def sensor(home: Home, alex: Athlete) -> str:
    """Return the entity that shows the routine."""
    return await home.entity_id("sensor", f"{alex.entry_id}_routine")


async def begin(home: Home, alex: Athlete) -> None:
    """Begin the stretch that fits into a minute and a half."""
    await home.act("home_gym.start_routine", {"config_entry_id": alex.entry_id, "habit": "stretch", "minutes": 1.5})


async def test_a_stretch_is_spoken_and_held(
    home: Home, voice: Voice, speaker: Speaker, alex: Athlete, sensor: str
) -> None:
    """Half a minute a side, a rest in between: every step ends within a second of its plan."""
    asked = datetime.now(UTC)
    async with home.api.events("state_changed") as changes:
        await begin(home, alex)
        await home.wait_for_state(sensor, "running")
        await home.wait_for_state(sensor, "idle", timeout=120)
    await speaker.wait_for_sound(after=asked.timestamp())

    states = [change["data"]["new_state"] for change in changes if change["data"]["entity_id"] == sensor]
    shown = [(datetime.fromisoformat(state["last_changed"]), state["attributes"]) for state in states]
    updated = [datetime.fromisoformat(state["last_updated"]) for state in states]
    planned = [datetime.fromisoformat(attributes["ends"]) for _, attributes in shown[:-1]]
    assert len(states) <= 2 * 2 + 1
    for end, then in zip(planned, updated[1:], strict=True):
        assert abs(then - end) <= timedelta(seconds=1)
    sides = [attributes["side"] for _, attributes in shown if attributes["side"]]
    assert list(dict.fromkeys(sides)) == ["left", "right"]

    said = " ".join(voice.lines).casefold()
    assert said.index("left") < said.index("right")
    journal = await home.ask("home_gym.get_journal", {"config_entry_id": alex.entry_id})
    [session] = [session for session in journal["sessions"] if session["habit"] == "stretch"]
    assert session["duration"] == pytest.approx((updated[-1] - updated[0]).total_seconds(), abs=2)
    streak = await home.entity_id("sensor", f"{alex.entry_id}_stretch_streak")
    assert (await home.state(streak))["state"] == "1"


async def test_a_power_cut_pauses_it(home: Home, voice: Voice, alex: Athlete, sensor: str) -> None:
    await begin(home, alex)
    await home.wait_for_state(sensor, "running")
    await wait_for(lambda: len(voice.lines) > 0, "the first line")

    await home.kill()
    before = len(voice.lines)
    await home.start()

    await home.wait_for_state(sensor, "paused")
    await wait_for(lambda: len(voice.lines) > before, "a word that it waits")
    assert "restart" in voice.lines[before].casefold()
    await home.act("home_gym.resume_routine", {"config_entry_id": alex.entry_id})
    await home.wait_for_state(sensor, "running")
    await home.act("home_gym.stop_routine", {"config_entry_id": alex.entry_id})
    await home.wait_for_state(sensor, "idle")


async def test_nothing_failed(home: Home, alex: Athlete) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
