"""The coach on three real devices at once: a voice satellite, MPD and a phone, each with a runner of its own.

The runner on the satellite answers by voice, the one with the phone by its buttons, while the other rolls. A power cut
of a quarter of an hour ends a snooze, and interrupts a routine; a snoozed prompt returns without one, too.
"""

from datetime import UTC, datetime, timedelta
from shutil import rmtree
import time
from typing import Any

from tests.builders import run_recording
from tests.rig import (
    PULSE,
    Hearing,
    Home,
    Phone,
    Satellite,
    Speaker,
    Voice,
    another_beat,
    give_pulse,
    wait_for,
)

from .runners import Runners, prompt_of, routine_of, say, sessions_of, spoken_since, wait_for_prompt
from .stretch import SPOKEN_NAMES, is_said, steps_on_plan

type Json = dict[str, Any]

MOVING_TIME = 600
# The length of a snooze, and a moment more.
POWER_CUT = timedelta(minutes=15, seconds=5)
# The rest of a snooze after the clock was set.
SOON = timedelta(seconds=8)


async def test_a_routine_is_put_on_hold(runners: Runners, home: Home, hearing: Hearing, satellite_voice: Voice) -> None:
    routine = await routine_of(runners.alex)
    await say(runners, hearing, "Start my massage workout")
    await home.wait_for_state(routine, "running")
    await satellite_voice.wait_for_line("minutes")
    await say(runners, hearing, "Pause the routine")
    await home.wait_for_state(routine, "paused")
    await satellite_voice.wait_for_line("resume")


async def test_run_by_file_is_prompted_on_all_three_speakers(
    runners: Runners, satellite: Satellite, satellite_voice: Voice, voice: Voice, speaker: Speaker, phone: Phone
) -> None:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5, seconds=MOVING_TIME)
    played, complete = satellite.seconds_played, time.time()
    for runner in runners.all:
        (runner.folder / "run.fit").write_bytes(run_recording(start, 2000, MOVING_TIME))

    asked = await satellite_voice.wait_for_line("Alex")
    assert "foam roll" in asked.text.casefold()
    roll = await voice.wait_for_line("Kim")
    assert "foam roll" in roll.text.casefold()
    assert (await speaker.wait_for_sound(after=complete, seconds=1)).peak > 3000
    notified = await phone.wait_for("Sam")
    assert "foam roll" in notified["message"].casefold()
    assert [button["title"] for button in notified["data"]["actions"]] == ["Done", "Later", "Not today"]
    await wait_for_prompt(runners.alex, "foam_roll", "spoken")
    # A chime, and a line of more than two seconds.
    assert satellite.seconds_played - played > 2
    assert len(spoken_since(satellite_voice, 0, "Alex")) == 1


async def test_yes_starts_roll_in_place_of_paused_routine(runners: Runners, home: Home, hearing: Hearing) -> None:
    routine = await routine_of(runners.alex)
    told = await home.entity_id("event", f"{runners.alex.entry_id}_routine")
    assert (await home.state(routine))["state"] == "paused"

    async with home.api.events("state_changed") as changes:
        await say(runners, hearing, "Yes")
        await home.wait_for_state(routine, "running")

    states = [change["data"]["new_state"] for change in changes]
    shown = [(state["state"], state["attributes"].get("habit")) for state in states if state["entity_id"] == routine]
    assert {*shown} == {("running", "foam_roll")}
    events = [state["attributes"] for state in states if state["entity_id"] == told]
    kinds = [(event["event_type"], event["habit"]) for event in events]
    assert kinds[:2] == [("stopped", "massage"), ("started", "foam_roll")]
    assert "massage" not in [habit for _, habit in kinds[2:]]
    assert await sessions_of(runners.alex, "massage") == []


async def test_buttons_are_touched_on_the_phone(runners: Runners, home: Home, phone: Phone) -> None:
    await phone.touch(home, phone.shown[0], "Done")
    await wait_for_prompt(runners.sam, "foam_roll", "done")
    assert len(await sessions_of(runners.sam, "foam_roll")) == 1
    await wait_for(lambda: len(phone.cleared) == 1, "the notification to be cleared")
    # A second touch is no second roll.
    await phone.touch(home, phone.shown[0], "Done")

    stretch = await phone.wait_for("tretch", after=1)
    await wait_for_prompt(runners.sam, "stretch", "spoken")
    await phone.touch(home, stretch, "Later")
    await wait_for_prompt(runners.sam, "stretch", "snoozed")
    assert len(await sessions_of(runners.sam, "foam_roll")) == 1
    assert len(phone.shown) == 2


async def test_a_roll_that_is_ended_after_half_brings_the_stretch(
    runners: Runners, home: Home, hearing: Hearing, satellite_voice: Voice
) -> None:
    """Of four minutes on the roller two are enough: of two sides 45 seconds each, and 30 of the third."""
    alex, routine = runners.alex, await routine_of(runners.alex)

    async def is_at_the_third() -> Json | None:
        state = await home.state(routine)
        return state if state["attributes"].get("step") == 3 else None

    third = await wait_for(is_at_the_third, "the third step of the roll", timeout=180, every=0.5)
    enough = datetime.fromisoformat(third["attributes"]["ends"]) - timedelta(seconds=45 - 30)
    await wait_for(lambda: datetime.now(UTC) > enough, "half of the roll", every=0.2)
    assert await prompt_of(alex, "stretch") == "due"
    assert spoken_since(satellite_voice, 0, "tretch") == []
    await say(runners, hearing, "Stop the routine")
    await home.wait_for_state(routine, "idle")

    await wait_for_prompt(alex, "foam_roll", "done")
    [session] = await sessions_of(alex, "foam_roll")
    assert 120 <= session["duration"] < 240
    await wait_for_prompt(alex, "stretch", "spoken")
    [asked] = spoken_since(satellite_voice, 0, "tretch")
    assert "Alex" in asked


async def test_not_now_is_said_to_the_satellite(
    runners: Runners, hearing: Hearing, satellite: Satellite, satellite_voice: Voice
) -> None:
    played = satellite.seconds_played

    await say(runners, hearing, "Not now.")

    await wait_for_prompt(runners.alex, "stretch", "snoozed")
    await satellite_voice.wait_for_line("later")
    await wait_for(lambda: satellite.seconds_played > played + 1, "the reply on the satellite")
    assert await prompt_of(runners.sam, "stretch") == "snoozed"
    assert await prompt_of(runners.kim, "foam_roll") == "spoken"


async def test_a_power_cut_pauses_a_routine_and_ends_a_snooze(
    runners: Runners, home: Home, hearing: Hearing, satellite_voice: Voice, phone: Phone
) -> None:
    routine, before = await routine_of(runners.alex), len(satellite_voice.lines)
    await say(runners, hearing, "Start my core workout")
    await home.wait_for_state(routine, "running")
    await wait_for(lambda: spoken_since(satellite_voice, before, "minutes"), "the first line of the routine")
    before = len(satellite_voice.lines)

    await home.kill()
    # Lines from before are cached, and would not be requested from the voice again.
    rmtree(home.folder / "tts")
    await home.start(ahead=POWER_CUT)

    await home.wait_for_state(routine, "paused")
    await wait_for(lambda: spoken_since(satellite_voice, before, "restart"), "a word that it waits")
    await wait_for(lambda: spoken_since(satellite_voice, before, "Alex"), "the prompt again")
    await wait_for_prompt(runners.alex, "stretch", "spoken")
    stretch = await phone.wait_for("tretch", after=2)
    await wait_for_prompt(runners.sam, "stretch", "spoken")
    await phone.touch(home, stretch, "Not today")
    await wait_for_prompt(runners.sam, "stretch", "declined")
    assert len(phone.shown) == 3
    await say(runners, hearing, "Resume the routine")
    await home.wait_for_state(routine, "running")
    await say(runners, hearing, "Stop the routine")
    await home.wait_for_state(routine, "idle")
    await wait_for(lambda: spoken_since(satellite_voice, before, "ntil next time"), "the last word of the routine")
    await home.wait_for_state(runners.satellite, "idle")


async def test_yes_brings_the_stretch(
    runners: Runners, home: Home, hearing: Hearing, satellite: Satellite, satellite_voice: Voice
) -> None:
    """Both sides of the first of four exercises, and then stopped: too little to count."""
    await give_pulse(home)
    alex, routine = runners.alex, await routine_of(runners.alex)
    said = len(satellite_voice.lines)

    async def is_at_the_third() -> bool:
        return bool((await home.state(routine))["attributes"].get("step") == 3)

    async with home.api.events(PULSE) as beats, home.api.events("state_changed") as changes:
        await say(runners, hearing, "Yes")
        await home.wait_for_state(routine, "running")
        await wait_for(is_at_the_third, "the third step of the stretch", timeout=180, every=0.5)
        await say(runners, hearing, "Stop the routine")
        await home.wait_for_state(routine, "idle")
        await wait_for(lambda: is_said(changes, runners.satellite, after=routine), "the last word of the routine")
        await another_beat(beats)

    begun = steps_on_plan(changes, beats, routine, runners.satellite, 2)
    assert len(begun) == 3
    words = " ".join(satellite_voice.lines[said:]).casefold()
    assert words.index(SPOKEN_NAMES[0]) < words.index("left side") < words.index("right side")
    assert await sessions_of(alex, "stretch") == []
    assert await prompt_of(alex, "stretch") != "done"


async def test_snoozed_prompt_returns_by_itself(runners: Runners, home: Home, voice: Voice) -> None:
    """A quarter of an hour passes in a moment, except for its last seconds without any other event."""
    kim, before = runners.kim, len(voice.lines)
    assert await prompt_of(kim, "foam_roll") == "spoken"
    answer = {"config_entry_id": kim.entry_id, "habit": "foam_roll"}
    prompted = await home.entity_id("event", f"{kim.entry_id}_prompt")
    await home.act("home_gym.snooze_prompt", answer)
    snoozed = await home.state(prompted)
    assert snoozed["attributes"]["event_type"] == "snoozed"
    until = datetime.fromisoformat(snoozed["attributes"]["until"])

    await home.put_clock(until - SOON - datetime.now(UTC))
    # Any change makes the coach read its deadline again.
    await home.act("home_gym.log_pain", {"config_entry_id": kim.entry_id, "score": 0})
    assert await prompt_of(kim, "foam_roll") == "snoozed"
    assert len(voice.lines) == before

    async def is_asked() -> Json | None:
        state = await home.state(prompted)
        return state if state["attributes"]["event_type"] == "spoken" else None

    asked = await wait_for(is_asked, "the roll to be asked for again", every=0.3)
    assert timedelta(0) < datetime.fromisoformat(asked["state"]) - until < 2 * SOON
    [again] = voice.lines[before:]
    assert "foam roll" in again.casefold()


async def test_nothing_failed(home: Home, runners: Runners, satellite: Satellite) -> None:
    wrong = [line for line in home.log.splitlines() if "home_gym" in line and ("ERROR" in line or "WARNING" in line)]
    # Components starting on a busy machine log the ones they wait for.
    passing = ("not been tested", "bootstrap")
    assert [line for line in wrong if not any(words in line for words in passing)] == []
    assert "Traceback" not in satellite.log
