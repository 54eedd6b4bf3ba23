"""Recordings of one run fuse and those of different runs don't, in the collection beside the project."""

from collections import defaultdict
from datetime import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.recordings import RecordingError, parse
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.corpus import FOLDER
from tests.support.unit.make import NOON, restarted, settings

if not FOLDER.exists():
    pytest.skip(f"no collection of recordings in {FOLDER}", allow_module_level=True)


def runs_in(path: Path) -> list[Activity]:
    """Return the dated runs of a recording, none of one that cannot be read."""
    try:
        activities = parse(path.name, path.read_bytes())
    except RecordingError:
        return []
    return [activity for activity in activities if activity.sport is Sport.RUN and activity.start]


def is_of(activity: Activity, true_run: dict[str, Any]) -> bool:
    """Return whether an activity is this true run: at most a second, and 2 % or a metre, apart."""
    start, distance = true_run["start_utc"], true_run["distance_m"]
    if start is None or activity.start is None:
        return False
    near = abs((datetime.fromisoformat(start) - activity.start).total_seconds()) <= 1
    alike = None in (distance, activity.distance) or abs(distance - activity.distance) <= max(1, 0.02 * distance)
    return near and alike


def truly_the_same() -> dict[str, set[Activity]]:
    """Return the activities of all recordings by the run that they truly saw."""
    seen = defaultdict(set)
    for truth in json.loads((FOLDER / "truth.json").read_text()).values():
        for activity in runs_in(FOLDER.parent / truth["file"]):
            for run in (run for run in truth["runs"] if is_of(activity, run)):
                seen[run.get("same_run_group") or f"{truth['file']} {run['start_utc']}"].add(activity)
    return seen


def test_fused_runs_equal_true_runs() -> None:
    seen = truly_the_same()
    assert sum(len(activities) > 1 for activities in seen.values()) >= 5
    runner = Runner(settings(), Journal())
    for activities in seen.values():
        runner.deliveries.learn(activities, now=NOON, live=False)
    fused = {run.activities for run in runner.runs.all()}
    assert fused == {frozenset(activity.id for activity in activities) for activities in seen.values()}
    assert restarted(runner).runs.all() == runner.runs.all()
