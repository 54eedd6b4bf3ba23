"""Running dynamics of real recordings, compared with another reader and an independent count."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import fitdecode
import pytest

from custom_components.home_gym.gym.recordings import RecordingError, parse
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.corpus import FOLDER

if not FOLDER.exists():
    pytest.skip(f"no collection of recordings in {FOLDER}", allow_module_level=True)

SLOWEST_OF_ALL, LONGEST_GAP = 120, 10
# The other reader takes its time: every run in the full run, one in so many otherwise.
every = pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.full)])


def runs() -> Iterator[tuple[Path, Activity]]:
    """Yield the complete recordings of a single run."""
    for path in sorted((FOLDER / "fit").glob("*.fit")):
        try:
            found = parse(path.name, path.read_bytes())
        except RecordingError:
            continue
        if len(found) == 1 and found[0].sport is Sport.RUN and not found[0].incomplete:
            yield path, found[0]


def messages(path: Path, name: str) -> list[dict[str, Any]]:
    """Return the messages of a kind from the other reader, none if it can't read the recording."""
    found = []
    try:
        with fitdecode.FitReader(str(path), error_handling=fitdecode.ErrorHandling.IGNORE) as reader:
            for frame in reader:
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == name:
                    fields = [
                        field
                        for field in frame.fields
                        if field.field_def and not field.field_def.is_dev and field.value is not None
                    ]
                    found.append({field.name: field.value for field in fields})
    except fitdecode.FitError:
        return []
    return found


def app_means(path: Path) -> dict[str, float]:
    """Return the means of the fields that apps added to the records, by name, from the other reader; 0 is none."""
    values: dict[str, list[float]] = {}
    with fitdecode.FitReader(str(path), error_handling=fitdecode.ErrorHandling.IGNORE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record":
                for field in frame.fields:
                    if field.field_def and field.field_def.is_dev and field.value and field.name in APP_FIELDS:
                        values.setdefault(field.name, []).append(field.value)
    return {name: sum(each) / len(each) for name, each in values.items()}


APP_FIELDS = {"Vertical Oscillation", "Ground Time", "Power"}
CENTIMETRE = 10


@every
def test_dynamics_equal_other_reader(step: int) -> None:
    """The units are millimetres, milliseconds, per cent and watts; apps' fields count where the watch has none."""
    seen = from_apps = 0
    for path, run in islice(runs(), 0, None, step):
        summary = next(iter(messages(path, "session")), None)
        if summary is None:
            continue
        apps = app_means(path)
        oscillation = apps["Vertical Oscillation"] * CENTIMETRE if "Vertical Oscillation" in apps else None
        expected = (
            summary.get("avg_vertical_oscillation") or oscillation,
            summary.get("avg_stance_time") or apps.get("Ground Time"),
            summary.get("avg_stance_time_balance"),
            summary.get("avg_vertical_ratio"),
            summary.get("avg_step_length"),
        )
        if power := summary.get("avg_power") or apps.get("Power"):
            assert run.power == pytest.approx(power), path
        from_apps += any(apps.values())
        if run.dynamics is None:
            assert not any(expected), path
            continue
        seen += 1
        figures = run.dynamics
        ours = (
            figures.vertical_oscillation and 1000 * figures.vertical_oscillation,
            figures.ground_contact_time and 1000 * figures.ground_contact_time,
            figures.ground_contact_balance,
            figures.vertical_ratio,
            figures.step_length and 1000 * figures.step_length,
        )
        assert ours == tuple(value and pytest.approx(value) for value in expected), path
    assert seen > 5 / step
    assert from_apps > 3 / step


@every
def test_share_in_band_equals_independent_count(step: int) -> None:
    """Each record's cadence holds until the next record."""
    seen = 0
    for path, run in islice(runs(), 0, None, step):
        records = [record for record in messages(path, "record") if "timestamp" in record]
        strides = [record.get("cadence", 0) + record.get("fractional_cadence", 0) for record in records]
        moving = [stride for stride in strides if stride]
        if run.cadence_profile is None or not moving:
            continue
        feet = 1 if sum(moving) / len(moving) > SLOWEST_OF_ALL else 2
        times = [record["timestamp"].timestamp() for record in records]
        within = total = 0.0
        for stride, time, later in zip(strides, times, times[1:], strict=False):
            held = min(max(later - time, 0), LONGEST_GAP) if stride else 0
            total += held
            within += held if 170 <= round(stride * feet) <= 180 else 0
        seen += 1
        assert run.cadence_profile.share_between(170, 180) == pytest.approx(100 * within / total, abs=0.5), path
    assert seen > 5 / step
