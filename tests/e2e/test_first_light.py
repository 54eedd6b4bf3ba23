"""The main job, whole and real: a recording lands in a folder, the shoe grows, the speaker asks for what is due."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
import time
from typing import Any

import pytest

from tests.builders import run_recording
from tests.rig import LOOPBACK, Flow, Home, Speaker, Voice, wait_for

METRES_PER = {"km": 1000, "mi": 1609.344}
DISTANCE = 8012.34
MOVING_TIME = 40 * 60
ROLL = "foam roll"
STRETCH = "stretch"


@dataclass(frozen=True)
class Alex:
    """The runner as set up: where recordings land, and what to look at."""

    entry_id: str
    shoe_id: str
    folder: Path


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Alex:
    """Set up a runner with a pair of shoes, a speaker and a folder, as a person's clicks would."""
    wyoming = await home.add("wyoming", host=LOOPBACK, port=voice.port)
    mpd = await home.add("mpd", host=LOOPBACK, port=speaker.port)
    [engine] = await home.entity_ids(wyoming["entry_id"], "tts.")
    [player] = await home.entity_ids(mpd["entry_id"], "media_player.")
    entry_id = str((await home.add("home_gym", name="Alex"))["entry_id"])
    options = await Flow.options(home.api, entry_id)
    suggested = {field["name"]: field["description"]["suggested_value"] for field in options.screen["data_schema"]}
    await options.finish(**suggested | {"stretch_offset": 0, "quiet_start": "00:00:00", "quiet_end": "00:00:00"})
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    shoe = await Flow.subentry(home.api, entry_id, "shoe")
    await shoe.finish(name="Daily trainers", first_used=yesterday, initial_distance=100, warn_at=483, replace_at=805)
    await (await (await Flow.subentry(home.api, entry_id, "speaker")).choose("media_player")).finish(
        media_player=player, tts_engine=engine
    )
    recordings = folder / "recordings"
    await (await Flow.subentry(home.api, entry_id, "source")).finish(folder=str(recordings))
    [shoe_id] = [s["subentry_id"] for s in await home.subentries(entry_id) if s["subentry_type"] == "shoe"]
    return Alex(entry_id=entry_id, shoe_id=shoe_id, folder=recordings)


async def metres(home: Home, unique_id: str) -> float:
    """Return a distance that a sensor shows, whatever unit the home shows it in, once it shows one."""
    entity_id = await home.entity_id("sensor", unique_id)

    async def shown() -> dict[str, Any] | None:
        state = await home.state(entity_id)
        return None if state["state"] in {"unknown", "unavailable"} else state

    state = await wait_for(shown, f"{entity_id} to show a distance", every=0.1)
    return float(state["state"]) * METRES_PER[state["attributes"]["unit_of_measurement"]]


async def wait_for_run(home: Home, alex: Alex, distance: float) -> None:
    """Wait until the last run is the one of a distance in metres."""

    async def is_shown() -> bool:
        return await metres(home, f"{alex.entry_id}_last_run_distance") == pytest.approx(distance, abs=0.01)

    await wait_for(is_shown, f"a run of {distance} m", timeout=30, every=0.2)


async def test_a_run_is_heard(home: Home, voice: Voice, speaker: Speaker, alex: Alex) -> None:
    shoe = f"{alex.entry_id}_{alex.shoe_id}_distance"
    before = await metres(home, shoe)
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=MOVING_TIME + 15 * 60)
    recording = run_recording(start, DISTANCE, MOVING_TIME, cadence=174, warm_up=300)

    (alex.folder / "2026-run.fit").write_bytes(recording)
    complete = time.time()

    roll = await voice.wait_for_line(ROLL)
    sound = await speaker.wait_for_sound(after=complete, seconds=1)
    assert sound.began - complete <= 3
    assert sound.peak > 3000
    stretch = await voice.wait_for_line(STRETCH, timeout=60)
    assert complete < roll.at < stretch.at
    assert len(voice.lines) == 2
    await wait_for_run(home, alex, DISTANCE)
    assert await metres(home, shoe) - before == pytest.approx(DISTANCE, abs=0.01)
    assert before == pytest.approx(100_000)


async def test_the_same_file_under_another_name_changes_nothing(home: Home, voice: Voice, alex: Alex) -> None:
    shoe = f"{alex.entry_id}_{alex.shoe_id}_distance"
    before = await metres(home, shoe)

    (alex.folder / "copy.fit").write_bytes((alex.folder / "2026-run.fit").read_bytes())
    (alex.folder / "not a recording.fit").write_bytes(b"something else")

    await wait_for(lambda: _is_listed(home), "the repair issue that lists the other file", timeout=20)
    assert await metres(home, shoe) == before
    assert len(voice.lines) == 2


async def _is_listed(home: Home) -> bool:
    issues = (await home.api.command("repairs/list_issues"))["issues"]
    return any(issue["translation_key"] == "unreadable_recordings" for issue in issues)


async def test_a_power_cut_repeats_and_loses_nothing(home: Home, voice: Voice, speaker: Speaker, alex: Alex) -> None:
    shoe = f"{alex.entry_id}_{alex.shoe_id}_distance"
    before = await metres(home, shoe)
    heard = len(speaker.sounds)

    await home.kill()
    await home.start()

    await wait_for_run(home, alex, DISTANCE)
    assert await metres(home, shoe) == before
    # The second run begins after the first one's end, a quarter of an hour ago.
    later = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=600 + 60)
    (alex.folder / "second.fit").write_bytes(run_recording(later, 2000, 600))
    await wait_for_run(home, alex, 2000)
    await wait_for(lambda: len(voice.lines) >= 4, "the lines of the second run", timeout=60)
    assert len(voice.lines) == 4
    assert await metres(home, shoe) == pytest.approx(before + 2000, abs=0.01)
    assert len(speaker.sounds) > heard


async def test_nothing_failed(home: Home) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
