"""The same with a recording of a real watch, moved in time so that the run ended minutes ago."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
import time

import pytest

from tests.corpus.collection import FOLDER, collection
from tests.corpus.shift import shifted
from tests.rig import Athlete, Home, Speaker, Voice

RECORDING = "fit/connectstats__track_cs_857090.fit"
ENDED_AGO = timedelta(minutes=5)


@pytest.mark.skipif(not FOLDER.exists(), reason="no collection of real recordings beside the repository")
async def test_a_real_run_is_heard(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> None:
    alex = await Athlete.move_in(home, voice, speaker, folder / "recordings")
    before = await alex.shoe_metres()
    [recorded] = [recorded for recorded in collection() if recorded.name == RECORDING]
    [run] = recorded.runs
    assert run.start is not None
    assert run.distance is not None
    ended = run.start + timedelta(seconds=run.elapsed_time or 0)
    moved = shifted(recorded.path.read_bytes(), int((datetime.now(UTC) - ENDED_AGO - ended).total_seconds()))

    (alex.folder / "real.fit").write_bytes(moved)
    complete = time.time()

    sound = await speaker.wait_for_sound(after=complete, seconds=1)
    assert sound.began - complete <= 3
    await alex.log("foam_roll")
    await voice.wait_for_line("stretch")
    await alex.wait_for_run(run.distance)
    assert await alex.shoe_metres() - before == pytest.approx(run.distance, abs=0.01)
    assert len(voice.lines) == 2
