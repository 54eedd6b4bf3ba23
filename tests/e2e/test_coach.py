"""The coach on three real things at once: a voice satellite, MPD and a phone, each asking a runner of its own.

The one on the satellite answers by voice, the one with the phone by its buttons. A power cut of a quarter of an hour
ends what was put off, and interrupts a routine.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
import time
from typing import Any

import pytest

from tests.builders import run_recording
from tests.rig import LOOPBACK, Athlete, Hearing, Home, Phone, Satellite, Speaker, Voice, wait_for

type Json = dict[str, Any]

MOVING_TIME = 600
# As long as "later" means, and a moment more.
POWER_CUT = timedelta(minutes=15, seconds=5)
A_SECOND = timedelta(seconds=1)
SHORT_STRETCH = [
    (exercise, side)
    for exercise in ("hip_flexor_stretch", "hamstring_stretch", "figure_four", "pigeon")
    for side in ("left", "right")
]
# From one end to the next: 15 seconds to begin, half a minute's hold, 5 for the other side, 10 for what is new.
SECONDS = [15 + 30, 5 + 30, *[10 + 30, 5 + 30] * 3]
# What their lines have in common, whichever variant is spoken.
SPOKEN_NAMES = ["hip flexor", "hamstring", "figure four", "pigeon"]


@pytest.fixture(scope="module")
async def hearing() -> AsyncIterator[Hearing]:
    """Return ears that understand what a test says."""
    async with Hearing() as hearing:
        yield hearing


@pytest.fixture(scope="module")
async def satellite(folder: Path, hearing: Hearing) -> AsyncIterator[Satellite]:
    """Return a voice satellite."""
    async with Satellite(folder / "satellite", hearing) as satellite:
        yield satellite


@pytest.fixture(scope="module")
async def satellite_voice() -> AsyncIterator[Voice]:
    """Return the voice that only the satellite speaks with."""
    async with Voice("Satellite voice") as voice:
        yield voice


@pytest.fixture(scope="module")
async def phone() -> AsyncIterator[Phone]:
    """Return a phone with the companion app."""
    async with Phone("Sams phone") as phone:
        yield phone


@dataclass(frozen=True)
class Runners:
    """Alex hears the satellite, Sam has the phone, and Kim hears the speaker."""

    alex: Athlete
    sam: Athlete
    kim: Athlete
    satellite: str

    @property
    def all(self) -> list[Athlete]:
        """The three of them."""
        return [self.alex, self.sam, self.kim]


@pytest.fixture(scope="module")
async def runners(
    home: Home,
    voice: Voice,
    satellite_voice: Voice,
    speaker: Speaker,
    hearing: Hearing,
    satellite: Satellite,
    phone: Phone,
    folder: Path,
) -> Runners:
    """Return three runners who moved in."""
    entities = [
        await _entity(home, "wyoming", port, domain)
        for port, domain in (
            (voice.port, "tts"),
            (satellite_voice.port, "tts"),
            (hearing.port, "stt"),
            (satellite.port, "assist_satellite"),
        )
    ]
    engine, engine_of_satellite, ears, satellite_entity = entities
    player = await _entity(home, "mpd", speaker.port, "media_player")
    await home.speak_with(engine_of_satellite)
    await home.hear_with(ears)
    gym = await home.api.command("config/area_registry/create", name="Gym")
    registered = await home.api.command("config/entity_registry/get", entity_id=satellite_entity)
    await home.api.command("config/device_registry/update", device_id=registered["device_id"], area_id=gym["area_id"])
    notifier = await phone.register(home)
    on_satellite = {"satellite": satellite_entity}
    on_player = {"media_player": player, "tts_engine": engine}
    runners = Runners(
        alex=await Athlete.join(home, "Alex", folder / "alex", ["stretch"], "satellite", **on_satellite),
        sam=await Athlete.join(home, "Sam", folder / "sam", ["foam_roll", "stretch"], "notify", notify=notifier),
        kim=await Athlete.join(home, "Kim", folder / "kim", ["foam_roll"], "media_player", **on_player),
        satellite=satellite_entity,
    )
    await runners.kim.is_set_up()
    for one in (voice, satellite_voice):
        one.spoken.clear()
    return runners


async def _entity(home: Home, integration: str, port: int, domain: str) -> str:
    entry = await home.add(integration, host=LOOPBACK, port=port)

    async def find() -> str | None:
        return next(iter(await home.entity_ids(entry["entry_id"], f"{domain}.")), None)

    return await wait_for(find, f"{domain} of {integration}", every=0.2)


async def prompt_of(athlete: Athlete, habit: str) -> str | None:
    """Return what became of a prompt."""
    journal = await athlete.home.ask("home_gym.get_journal", {"config_entry_id": athlete.entry_id})
    return next((prompt["state"] for prompt in journal["prompts"] if prompt["habit"] == habit), None)


async def wait_for_prompt(athlete: Athlete, habit: str, state: str) -> None:
    """Wait until this became of a prompt."""

    async def is_so() -> bool:
        return await prompt_of(athlete, habit) == state

    await wait_for(is_so, f"{habit} to be {state}", every=0.3)


async def say(runners: Runners, hearing: Hearing, words: str) -> None:
    """Have somebody speak to the satellite when it has said its word.

    To who talks while an answer is still being made, Home Assistant doesn't listen, and the satellite waits for good.
    """
    await runners.alex.home.wait_for_state(runners.satellite, "idle")
    await hearing.hear(words)


async def routine_of(athlete: Athlete) -> str:
    """Return the entity that shows a runner's routine."""
    return await athlete.home.entity_id("sensor", f"{athlete.entry_id}_routine")


async def test_a_run_by_file_is_asked_about_on_all_three(
    runners: Runners, satellite: Satellite, satellite_voice: Voice, voice: Voice, speaker: Speaker, phone: Phone
) -> None:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5, seconds=MOVING_TIME)
    played, complete = satellite.seconds_played, time.time()
    for runner in runners.all:
        (runner.folder / "run.fit").write_bytes(run_recording(start, 2000, MOVING_TIME))

    asked = await satellite_voice.wait_for_line("Alex")
    assert "stretch" in asked.text.casefold()
    roll = await voice.wait_for_line("Kim")
    assert "foam roll" in roll.text.casefold()
    assert (await speaker.wait_for_sound(after=complete, seconds=1)).peak > 3000
    notified = await phone.wait_for("Sam")
    assert "foam roll" in notified["message"].casefold()
    assert [button["title"] for button in notified["data"]["actions"]] == ["Done", "Later", "Not today"]
    await wait_for_prompt(runners.alex, "stretch", "spoken")
    # A chime, and a line of more than two seconds.
    assert satellite.seconds_played - played > 2
    assert len(satellite_voice.lines) == 1


async def test_not_now_is_said_to_the_satellite(
    runners: Runners, hearing: Hearing, satellite: Satellite, satellite_voice: Voice
) -> None:
    played = satellite.seconds_played

    await say(runners, hearing, "Not now.")

    await wait_for_prompt(runners.alex, "stretch", "snoozed")
    await satellite_voice.wait_for_line("later")
    await wait_for(lambda: satellite.seconds_played > played + 1, "the reply on the satellite")
    assert [await prompt_of(runner, "foam_roll") for runner in (runners.sam, runners.kim)] == ["spoken", "spoken"]


async def test_buttons_are_touched_on_the_phone(runners: Runners, home: Home, phone: Phone) -> None:
    await phone.touch(home, phone.shown[0], "Done")
    await wait_for_prompt(runners.sam, "foam_roll", "done")
    journal = await home.ask("home_gym.get_journal", {"config_entry_id": runners.sam.entry_id})
    assert [session["habit"] for session in journal["sessions"]] == ["foam_roll"]

    stretch = await phone.wait_for("tretch", after=1)
    await wait_for_prompt(runners.sam, "stretch", "spoken")
    await phone.touch(home, stretch, "Later")
    await wait_for_prompt(runners.sam, "stretch", "snoozed")
    assert len(phone.shown) == 2


async def test_a_power_cut_pauses_a_routine_and_ends_a_snooze(
    runners: Runners, home: Home, hearing: Hearing, satellite_voice: Voice, phone: Phone
) -> None:
    routine = await routine_of(runners.alex)
    await say(runners, hearing, "Start my core workout")
    await home.wait_for_state(routine, "running")
    await satellite_voice.wait_for_line("minutes")
    before = len(satellite_voice.lines)

    await home.kill()
    # What was said before is in there, and would not be asked of the voice again.
    rmtree(home.folder / "tts")
    await home.start(ahead=POWER_CUT)

    await home.wait_for_state(routine, "paused")
    await wait_for(lambda: _spoken_since(satellite_voice, before, "restart"), "a word that it waits")
    await wait_for(lambda: _spoken_since(satellite_voice, before, "Alex"), "the prompt again")
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
    await wait_for(lambda: _spoken_since(satellite_voice, before, "ntil next time"), "the last word of the routine")
    await home.wait_for_state(runners.satellite, "idle")


def _spoken_since(voice: Voice, before: int, words: str) -> list[str]:
    return [line for line in voice.lines[before:] if words in line]


async def test_yes_brings_the_whole_stretch(
    runners: Runners, home: Home, hearing: Hearing, satellite: Satellite, satellite_voice: Voice
) -> None:
    """Four exercises a side, half a minute each: in order, within a second of the plan, and heard at every step."""
    alex, routine = runners.alex, await routine_of(runners.alex)
    streak = await home.entity_id("sensor", f"{alex.entry_id}_stretch_streak")
    before, said, played = await home.state(streak), len(satellite_voice.lines), satellite.seconds_played

    async with home.api.events("state_changed") as changes:
        await say(runners, hearing, "Yes")
        await home.wait_for_state(routine, "running")
        await home.wait_for_state(routine, "idle", timeout=360)
        await home.wait_for_state(runners.satellite, "responding")
        await home.wait_for_state(runners.satellite, "idle")

    states = [change["data"]["new_state"] for change in changes]
    *steps, over = [state for state in states if state["entity_id"] == routine]
    assert [(step["attributes"]["exercise"], step["attributes"]["side"]) for step in steps] == SHORT_STRETCH
    begun = [datetime.fromisoformat(state["last_updated"]) for state in (*steps, over)]
    planned = [begun[0] + timedelta(seconds=sum(SECONDS[: number + 1])) for number in range(len(SECONDS))]
    shown = [datetime.fromisoformat(step["attributes"]["ends"]) for step in steps]
    for plan, end, then in zip(planned, shown, begun[1:], strict=True):
        assert abs(end - plan) <= A_SECOND
        assert abs(then - plan) <= A_SECOND
    spoken = [
        datetime.fromisoformat(state["last_updated"])
        for state in states
        if state["entity_id"] == runners.satellite and state["state"] == "responding"
    ]
    for begin in begun[1:-1]:
        assert any(-A_SECOND < moment - begin < 2 * A_SECOND for moment in spoken), begin
    words = " ".join(satellite_voice.lines[said:]).casefold()
    assert (places := [words.index(name) for name in SPOKEN_NAMES]) == sorted(places)
    assert words.index("left side") < words.index("right side") < places[1]
    # Eight steps take a cue, a word in the middle and a countdown each: some two seconds at the least.
    assert satellite.seconds_played - played > 8 * 3 * 2
    journal = await home.ask("home_gym.get_journal", {"config_entry_id": alex.entry_id})
    [session] = [session for session in journal["sessions"] if session["habit"] == "stretch"]
    assert session["duration"] == pytest.approx(sum(SECONDS), abs=1)
    assert int((await home.state(streak))["state"]) == int(before["state"]) + 1
    await wait_for_prompt(alex, "stretch", "done")


async def test_nothing_failed(home: Home, runners: Runners, satellite: Satellite) -> None:
    wrong = [line for line in home.log.splitlines() if "home_gym" in line and ("ERROR" in line or "WARNING" in line)]
    # Whoever starts on a machine that is busy says what it waits for.
    passing = ("not been tested", "bootstrap")
    assert [line for line in wrong if not any(words in line for words in passing)] == []
    assert "Traceback" not in satellite.log
