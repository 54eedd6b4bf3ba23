"""The import reader: batches from files, folders and archives, from any cursor on."""

from collections.abc import Iterator
from dataclasses import replace
import gzip
import json
import os
from pathlib import Path
import tracemalloc

import pytest

from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.importer import reader as module
from custom_components.home_gym.importer.job import JOB, Job
from custom_components.home_gym.importer.reader import IMPORT_START, ImportBatch, ImportCursor, ImportReader
from tests.builders.health import build_json
from tests.support.archives import zipped
from tests.support.integration.reader import LIST, export
from tests.support.integration.recordings import recording


def batches(path: Path, place: ImportCursor = IMPORT_START) -> Iterator[ImportBatch]:
    """Yield all batches."""
    reader = ImportReader(str(path), place)
    while batch := reader.read():
        yield batch
    reader.close()


def told(found: list[ImportBatch]) -> tuple[list[Activity], int, dict[str, str]]:
    """Return the batches' activities, recordings and problems together."""
    activities = [activity for batch in found for activity in batch.activities]
    problems = {name: problem for batch in found for name, problem in batch.problems}
    return activities, sum(batch.files for batch in found), problems


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read one recording at a time."""
    monkeypatch.setattr(module, "BATCH_SIZE", 1)


def test_export_is_read_with_its_list(tmp_path: Path) -> None:
    path = export(tmp_path / "export.zip")

    [batch] = batches(path)

    activities, files, problems = told([batch])
    assert [activity.gear for activity in activities] == ["Blue shoes", None, None]
    assert (files, batch.runs) == (3, 3)
    assert problems == {"export.zip/export/torn.fit": "damaged"}


def test_reading_goes_on_anywhere(tmp_path: Path, one_by_one: None) -> None:
    path = export(tmp_path / "export.zip")
    whole = list(batches(path))
    expected = told(whole)
    assert len(whole) == 5

    for number, batch in enumerate(whole, 1):
        rest = list(batches(path, batch.place))
        assert told([*whole[:number], *rest]) == expected
        job = replace(Job(path=str(path), name="export.zip"), place=batch.place)
        assert JOB.read(json.loads(json.dumps(JOB.write(job)))) == job


def test_changed_file_is_read_from_start(tmp_path: Path, one_by_one: None) -> None:
    path = export(tmp_path / "export.zip")
    first = next(batches(path))
    path.write_bytes(zipped({"other.fit": recording(9)}))

    activities, *_ = told(list(batches(path, first.place)))

    assert len(activities) == 1


def test_folder_is_read_with_its_archives(tmp_path: Path, one_by_one: None) -> None:
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities.csv").write_text(LIST)
    (tmp_path / "activities" / "1.fit.gz").write_bytes(gzip.compress(recording(1)))
    (tmp_path / "activities" / "2.fit").write_bytes(recording(2))
    (tmp_path / "a.zip").write_bytes(zipped({"3.fit": recording(3)}))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no more")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "empty.fit").write_bytes(b"")

    whole = list(batches(tmp_path))

    activities, files, problems = told(whole)
    assert {activity.gear for activity in activities} == {"Blue shoes", None}
    assert (len(activities), files) == (3, 3)
    assert problems == {"broken.zip": "damaged"}
    for number, batch in enumerate(whole, 1):
        assert told([*whole[:number], *batches(tmp_path, batch.place)]) == (activities, files, problems)


def test_single_recording_is_read(tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(recording())
    assert told(list(batches(path)))[1:] == (1, {})


def test_a_file_that_was_asked_for_by_name(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    assert told(list(batches(path)))[1:] == (0, {"photo.jpg": "unknown_format"})


def test_too_large_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_RECORDING_SIZE", 100)
    path = tmp_path / "run.fit"
    path.write_bytes(recording())
    assert told(list(batches(path)))[1:] == (0, {"run.fit": "too_large"})


def test_unreadable_files_are_problems(tmp_path: Path) -> None:
    path = tmp_path / "gone.fit"
    with pytest.raises(FileNotFoundError):
        next(batches(path))

    path.write_bytes(recording())
    (tmp_path / "activities.csv").write_text(LIST)
    reader = ImportReader(str(tmp_path), IMPORT_START)
    steps = reader._steps
    first = next(steps)
    assert first.place.done == {"activities.csv"} or not first.activities
    path.unlink()
    rest = [step for step in steps if step.problem]
    assert [(step.name, step.problem) for step in rest] == [("gone.fit", "refused")]


def test_batch_ends_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", -1)
    found = list(batches(export(tmp_path / "export.zip")))
    assert len(found) > 5
    assert told(found)[1] == 3


def test_stored_import_is_written_back_unchanged() -> None:
    """With a stamp in nanoseconds, a larger number than any figure of a run."""
    stored = (
        '{"path": "/media/a.zip", "name": "a.zip", "uploaded": true, "begun": true, "done": ["a", "b"],'
        ' "file": "c.zip", "stamp": [12, 1772452800000000000], "members": 3, "files": 5, "runs": 3, "runs_before": 2,'
        ' "skipped": 1, "problems": [["old.fit", "damaged"]]}'
    )
    assert json.dumps(JOB.write(JOB.read(json.loads(stored)))) == stored


def own_runs(number: int, first: int = 0) -> bytes:
    """Return a document of runs in Home Gym's own format, each on a day of its own."""
    starts = [1_500_000_000 + 86_400 * (first + each) for each in range(number)]
    return json.dumps([{"sport": "run", "start": start, "distance": 5000} for start in starts]).encode()


@pytest.mark.parametrize(
    ("documents", "is_read"),
    [
        ([own_runs(3), own_runs(2, 3)], True),
        ([own_runs(3), own_runs(3, 3)], False),
        ([own_runs(6)], False),
        ([build_json("hae_v2"), build_json("hae_v2"), own_runs(3)], True),
        ([gzip.compress(own_runs(3)), zipped({"in": own_runs(3, 3)})], False),
        ([recording(number) for number in range(5)], True),
        ([recording(number) for number in range(6)], False),
    ],
    ids=[
        "limit",
        "one more",
        "one more in one",
        "documents of many parts",
        "wrapped",
        "recordings",
        "one recording more",
    ],
)
def test_archive_of_too_many_activities_is_refused_whole(
    documents: list[bytes], is_read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_by_one: None
) -> None:
    monkeypatch.setattr(module, "MAX_ACTIVITIES_OF_ARCHIVE", 5)
    (tmp_path / "a.zip").write_bytes(zipped({str(number): each for number, each in enumerate(documents)}))
    (tmp_path / "b.fit").write_bytes(recording(9))

    activities, _, problems = told(list(batches(tmp_path)))

    assert problems == ({} if is_read else {"a.zip": "too_many"})
    assert len(activities) == (6 if is_read else 1)


def test_look_at_number_of_activities_can_be_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_SECONDS", -1)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({str(number): recording(number) for number in range(4)}))
    whole = list(batches(path))
    looking = [batch for batch in whole if batch.place.members == 0 and batch.place.after is None]
    assert len(looking) == 4
    assert told(list(batches(path, looking[2].place)))[1] == 4


def test_cursor_of_folder_is_as_short_for_many_files(tmp_path: Path, one_by_one: None) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.json").write_bytes(own_runs(1, number))
    cursors = [JOB.write(replace(Job(path="/media", name="a"), place=batch.place)) for batch in batches(tmp_path)]
    assert len(cursors) == 200
    assert {len(json.dumps(cursor)) for cursor in cursors} == {len(json.dumps(cursors[0]))}


def test_batch_of_many_activities_ends_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BATCH_BYTES", 10_000)
    for number in range(4):
        (tmp_path / f"{number}.json").write_bytes(own_runs(10, 10 * number))
    assert [len(batch.activities) for batch in batches(tmp_path)] == [20, 20]


def test_import_begun_by_earlier_version_goes_on(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.fit").write_bytes(recording(number))
    place = ImportCursor(done=frozenset({"0.fit", "2.fit"}))
    assert told(list(batches(tmp_path, place)))[1] == 2


def test_files_of_names_that_are_no_text_are_read_once(tmp_path: Path, one_by_one: None) -> None:
    for number, name in enumerate((b"a.fit", b"l\xe4uft.fit", b"\xff.fit", b"z.fit")):
        (tmp_path / os.fsdecode(name)).write_bytes(recording(number))
    whole = list(batches(tmp_path))
    assert told(whole)[1] == 4
    for number, batch in enumerate(whole, 1):
        stored = json.dumps(JOB.write(replace(Job(path="/media", name="a"), place=batch.place)), ensure_ascii=False)
        place = JOB.read(json.loads(stored.encode())).place
        assert told([*whole[:number], *batches(tmp_path, place)])[1] == 4


@pytest.mark.parametrize("size", [100, pytest.param(2000, marks=pytest.mark.full)])
def test_import_of_folder_takes_no_memory_for_each_file(size: int, tmp_path: Path) -> None:
    """A kilobyte for each file would be a set of all names before it."""
    for number in range(size):
        (tmp_path / f"{number:05}.json").write_bytes(own_runs(1, number))
    reader = ImportReader(str(tmp_path), IMPORT_START)
    next(reader._steps)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in reader._steps:
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - before < 200_000


def test_unforeseen_error_of_archive_stops_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("odd")

    (tmp_path / "a.zip").write_bytes(zipped({"1.fit": recording(1)}))
    (tmp_path / "b.fit").write_bytes(recording(2))
    monkeypatch.setattr(module, "walk", fail)
    assert told(list(batches(tmp_path)))[1:] == (1, {"a.zip": "damaged"})


def test_lists_of_a_folder_have_no_more_recordings_than_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 1)
    for name in ("a", "b"):
        (tmp_path / name / "activities").mkdir(parents=True)
        (tmp_path / name / "activities.csv").write_text(LIST)
        (tmp_path / name / "activities" / "1.fit.gz").write_bytes(gzip.compress(recording(ord(name))))
    assert [activity.gear for activity in told(list(batches(tmp_path)))[0]] == ["Blue shoes", None]
