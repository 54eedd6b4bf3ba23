"""The whole stretch after a run, started by voice: five minutes in real time, each step on time."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import run_recording
from tests.rig import PULSE, Hearing, Home, Satellite, Voice, another_beat, give_pulse, wait_for

from .runners import Runners, routine_of, say, sessions_of, wait_for_prompt
from .stretch import SPOKEN_NAMES, STEPS, is_said, steps_on_plan

MOVING_TIME = 600

pytestmark = pytest.mark.full


async def test_yes_brings_the_whole_stretch(
    runners: Runners, home: Home, hearing: Hearing, satellite: Satellite, satellite_voice: Voice
) -> None:
    """Exercises on both sides, half a minute each: in order, on time, and audible at every step."""
    await give_pulse(home)
    alex, routine = runners.alex, await routine_of(runners.alex)
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5, seconds=MOVING_TIME)
    (alex.folder / "run.fit").write_bytes(run_recording(start, 2000, MOVING_TIME))
    await wait_for_prompt(alex, "foam_roll", "spoken")
    await alex.log("foam_roll")
    await wait_for_prompt(alex, "stretch", "spoken")
    await home.wait_for_state(runners.satellite, "idle")
    streak = await home.entity_id("sensor", f"{alex.entry_id}_stretch_streak")
    before, said, played = await home.state(streak), len(satellite_voice.lines), satellite.seconds_played

    async with home.api.events(PULSE) as beats, home.api.events("state_changed") as changes:
        await say(runners, hearing, "Yes")
        await home.wait_for_state(routine, "running")
        await home.wait_for_state(routine, "idle", timeout=360)
        await wait_for(lambda: is_said(changes, runners.satellite, after=routine), "the last word of the routine")
        await another_beat(beats)

    states = [change["data"]["new_state"] for change in changes]
    steps = next(state["attributes"]["steps"] for state in states if state["entity_id"] == routine)
    assert steps >= len(STEPS)
    begun = steps_on_plan(changes, beats, routine, runners.satellite, steps)
    assert len(begun) == steps + 1
    words = " ".join(satellite_voice.lines[said:]).casefold()
    assert (places := [words.index(name) for name in SPOKEN_NAMES]) == sorted(places)
    assert words.index("left side") < words.index("right side") < places[1]
    # Each step has a cue, a word in the middle and a countdown: at least two seconds of sound.
    assert satellite.seconds_played - played > steps * 3 * 2
    [session] = await sessions_of(alex, "stretch")
    assert session["duration"] == pytest.approx((begun[-1] - begun[0]).total_seconds(), abs=2)
    assert int((await home.state(streak))["state"]) == int(before["state"]) + 1
    await wait_for_prompt(alex, "stretch", "done")
    assert "Traceback" not in satellite.log
