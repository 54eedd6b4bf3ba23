"""The main path in a real home: a recording lands in a folder, the shoe's distance grows, the speaker prompts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
import time

import pytest

from tests.builders import run_recording
from tests.rig import Athlete, Home, Speaker, Voice, wait_for

DISTANCE = 8012.34
MOVING_TIME = 40 * 60
# Long enough for the next run to be another outing.
POWER_CUT = timedelta(hours=4)


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner, just set up."""
    return await Athlete.move_in(home, voice, speaker, folder / "recordings")


def ended(minutes: float, moving_time: float) -> datetime:
    """Return the start of a run that ended some minutes ago."""
    return datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=minutes, seconds=moving_time)


async def test_a_run_is_heard(voice: Voice, speaker: Speaker, alex: Athlete) -> None:
    before = await alex.shoe_metres()
    recording = run_recording(ended(15, MOVING_TIME), DISTANCE, MOVING_TIME, cadence=174, warm_up=300)

    (alex.folder / "first.fit").write_bytes(recording)
    complete = time.time()

    roll = await voice.wait_for_line("foam roll")
    sound = await speaker.wait_for_sound(after=complete, seconds=1)
    assert sound.began - complete <= 3
    assert sound.peak > 3000
    await alex.log("foam_roll")
    stretch = await voice.wait_for_line("stretch")
    assert complete < roll.at < stretch.at
    assert len(voice.lines) == 2
    await alex.wait_for_run(DISTANCE)
    assert before == pytest.approx(100_000)
    assert await alex.shoe_metres() - before == pytest.approx(DISTANCE, abs=0.01)
    await alex.log("stretch")


async def test_the_same_file_under_another_name_changes_nothing(home: Home, voice: Voice, alex: Athlete) -> None:
    before = await alex.shoe_metres()

    (alex.folder / "copy.fit").write_bytes((alex.folder / "first.fit").read_bytes())
    (alex.folder / "not a recording.fit").write_bytes(b"something else")

    # Files are read in the order of their age, so the copy has been read by the time the later file is listed.
    await wait_for(lambda: _is_listed(home), "the repair issue that lists the other file")
    assert await alex.shoe_metres() == before
    assert len(voice.lines) == 2


async def _is_listed(home: Home) -> bool:
    issues = (await home.api.command("repairs/list_issues"))["issues"]
    return any(issue["translation_key"] == "unreadable_recordings" for issue in issues)


async def test_a_power_cut_repeats_and_loses_nothing(home: Home, voice: Voice, speaker: Speaker, alex: Athlete) -> None:
    before = await alex.shoe_metres()

    await home.kill()
    await home.start(ahead=POWER_CUT)

    await alex.wait_for_run(DISTANCE)
    assert await alex.shoe_metres() == before
    # The second run is another outing.
    asked = time.time()
    (alex.folder / "second.fit").write_bytes(run_recording(ended(1, 900) + POWER_CUT, 3000, 900))
    await alex.wait_for_run(3000)
    await wait_for(lambda: len(voice.lines) >= 3, "the roll of the second run")
    await alex.log("foam_roll")
    await wait_for(lambda: len(voice.lines) >= 4, "the stretch of the second run")
    await speaker.wait_for_sound(after=asked)
    assert len(voice.lines) == 4
    assert await alex.shoe_metres() == pytest.approx(before + 3000, abs=0.01)


async def test_nothing_failed(home: Home) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
