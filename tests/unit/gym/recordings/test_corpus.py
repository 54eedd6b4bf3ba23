"""Every recording of the external corpus gives its known values; skipped with one line without the corpus."""

from dataclasses import fields
from datetime import UTC, datetime
from io import BytesIO
import time

import fitdecode
import pytest

from custom_components.home_gym.gym.recordings import RecordingError, parse
from custom_components.home_gym.gym.runs.activity import Activity, Lap, Sport
from tests.corpus import FOLDER, Recorded, Seen, SeenRun, collection, deviations
from tests.corpus.judge import word_deviations

if not FOLDER.exists():
    pytest.skip(f"no collection of recordings in {FOLDER}", allow_module_level=True)

OTHER_MEAN = {"corrupt/derived__run_utf16.gpx", "zip/derived__multi_formats.zip"}
"""Copies of a recording with a known cadence that counts standing still; the recording itself has none any more."""

SECONDS_EACH = 5
"""No recording of the collection may take longer, hostile ones included, on a slow machine under load."""


def see(recorded: Recorded) -> Seen:
    """Return a recording as Home Gym reads it."""
    try:
        activities = parse(recorded.path.name, recorded.path.read_bytes())
    except RecordingError:
        return Seen(kind="corrupt")
    runs = [activity for activity in activities if activity.sport is Sport.RUN]
    return Seen(
        kind="run" if runs else "other_activity" if activities else "not_activity",
        runs=tuple(map(seen_run, runs)),
    )


def seen_run(run: Activity) -> SeenRun:
    """Return a run in the form of the known values."""
    return SeenRun(**{field.name: getattr(run, field.name) for field in fields(SeenRun)})


def test_every_recording_gives_known_values() -> None:
    """Compares kinds, runs, starts, distances, times, cadences, sub-sports and indoors."""
    recordings = collection()
    assert len(recordings) > 200
    wrong = {}
    for recorded in recordings:
        started = time.process_time()
        seen = see(recorded)
        found = deviations(recorded, seen, cadence=recorded.name not in OTHER_MEAN) or word_deviations(recorded, seen)
        if time.process_time() - started > SECONDS_EACH:
            found.append(f"took more than {SECONDS_EACH} s")
        if found:
            wrong[recorded.name] = found
    assert not wrong


def test_no_figure_is_a_position() -> None:
    """Lists all fields of an activity, none of them a position."""
    held = {field.name for each in (Activity, Lap) for field in fields(each)}
    assert not {name for name in held if "lat" in name or "lon" in name or "position" in name}


@pytest.mark.filterwarnings("ignore::UserWarning:fitdecode")
@pytest.mark.parametrize(("step", "fewest"), [(6, 10), pytest.param(1, 81, marks=pytest.mark.full)])
def test_fitdecode_finds_same_sessions(step: int, fewest: int) -> None:
    """The reader fitdecode is independent reader; the full run compares every FIT file, a short run every sixth."""
    compared, wrong = 0, {}
    for recorded in collection()[::step]:
        data = recorded.path.read_bytes()
        if recorded.format != "fit" or data[8:12] != b".FIT":
            continue
        theirs = fitdecode_sessions(data)
        if theirs is None:
            continue
        ours = [
            (activity.start, activity.distance, activity.moving_time, activity.elapsed_time)
            for activity in parse(recorded.path.name, data)
        ]
        if len(ours) != len(theirs) or not all(map(agree, ours, theirs, strict=True)):
            wrong[recorded.name] = (ours, theirs)
        compared += 1
    assert compared >= fewest
    assert not wrong


type Figures = tuple[datetime | None, float | None, float | None, float | None]


def agree(ours: Figures, theirs: Figures) -> bool:
    """Return whether two readers give the same value, if the file has it."""
    return all(
        their is None or (our - their).total_seconds() == 0
        if isinstance(our, datetime) and isinstance(their, datetime | None)
        else not their or our == pytest.approx(their)
        for our, their in zip(ours, theirs, strict=True)
    )


def fitdecode_sessions(data: bytes) -> list[Figures] | None:
    """Return the sessions that fitdecode finds; None if it can't read the file or there are none to compare."""
    try:
        with fitdecode.FitReader(BytesIO(data)) as reader:
            sessions = [
                fitdecode_figures(frame)
                for frame in reader
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "session"
            ]
    except fitdecode.FitError, TypeError, ValueError, LookupError:
        return None
    return sessions or None


def fitdecode_figures(frame: fitdecode.FitDataMessage) -> Figures:
    """Return a session's figures; a start of an unset clock is None, and nobody moves for longer than time passes."""
    start = frame.get_value("start_time", fallback=None)
    moving = frame.get_value("total_timer_time", fallback=None)
    elapsed = frame.get_value("total_elapsed_time", fallback=None)
    return (
        start.astimezone(UTC) if isinstance(start, datetime) else None,
        frame.get_value("total_distance", fallback=None),
        min(moving, elapsed) if moving and elapsed else moving,
        elapsed,
    )
