"""Every JSON sample of the external corpus gives its known values; skipped with one line without the corpus."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.corpus import FOLDER

SAMPLES = FOLDER / "json"

if not (SAMPLES / "truth.json").exists():
    pytest.skip(f"no JSON samples in {SAMPLES}", allow_module_level=True)

TRUTHS: dict[str, Any] = json.loads((SAMPLES / "truth.json").read_text())


@pytest.mark.parametrize("name", TRUTHS)
def test_every_sample_gives_known_values(name: str) -> None:
    truth = TRUTHS[name]
    activities = parse(name, (SAMPLES / name).read_bytes())
    runs = [activity for activity in activities if activity.sport is Sport.RUN]

    assert len(runs) == len(truth["runs"])
    assert len(activities) - len(runs) == truth["others"]
    for run, true in zip(runs, truth["runs"], strict=True):
        check(run, true)


def check(run: Activity, true: dict[str, Any]) -> None:
    """Compare a run with its known values."""
    start = true["start_utc"] or f"{true['start_local']}Z"
    assert run.start is not None
    assert abs(run.start - datetime.fromisoformat(start).astimezone(UTC)) < timedelta(seconds=1)
    if true["distance_m"] is not None:
        assert run.distance == pytest.approx(true["distance_m"], rel=1e-3, abs=1)
    if true["timer_s"] is not None:
        assert run.moving_time == pytest.approx(true["timer_s"], abs=1)
    if true["elapsed_s"] is not None:
        assert run.elapsed_time == pytest.approx(true["elapsed_s"], abs=1)
    if true["avg_cadence_spm"] is not None:
        assert run.cadence == pytest.approx(true["avg_cadence_spm"], abs=2)
    if true.get("indoor") is not None:
        assert run.indoor is true["indoor"]
