"""Nothing that one file does stops another: in a watched folder, in an import, in an archive, and in a post."""

from collections.abc import Callable
from datetime import UTC, datetime
import os
from pathlib import Path

import pytest

from custom_components.home_gym.gym.recordings import read
from custom_components.home_gym.gym.recordings.completeness import completeness
from custom_components.home_gym.gym.recordings.phone_json import DEFAULT_CONTEXT
from custom_components.home_gym.importer.reader import IMPORT_START, ImportReader
from custom_components.home_gym.sources.folder import recordings as folder_module
from custom_components.home_gym.sources.folder.opening import opened
from custom_components.home_gym.sources.folder.recordings import REFUSED, Recordings
from custom_components.home_gym.sources.folder.survey import Stamp, survey
from custom_components.home_gym.sources.webhook import intake
from custom_components.home_gym.sources.webhook.intake import parse_post
from tests.corpus import FOLDER
from tests.support.archives import zipped
from tests.support.integration.faulty import FAULTY
from tests.support.integration.recordings import recording

NOW = datetime(2026, 11, 30, tzinfo=UTC)
ERRORS = (ValueError, OverflowError, RecursionError, MemoryError, TypeError, KeyError, AssertionError, EOFError)

type Seen = tuple[int, dict[str, str]]
"""The number of runs, and the problems of files."""


def in_folder(root: Path) -> Seen:
    """Watch a folder for a minute and a half, as files that may still grow take."""
    recordings, known, runs, problems = Recordings(str(root), 0), dict[str, Stamp](), 0, dict[str, str]()

    def is_known(path: str, stamp: Stamp) -> bool:
        return known.get(path) == stamp

    for now in range(90):
        found = recordings.find(now, is_known)
        readings = recordings.read(found or (), now)
        known.update({reading.path: reading.stamp for reading in readings})
        recordings.settle(readings, taken=known, now=now)
        runs += sum(reading.runs for reading in readings)
        problems |= {reading.path: reading.problem for reading in readings if reading.problem}
    return runs, problems | recordings.stuck


def imported(root: Path) -> Seen:
    """Import a folder."""
    reader, runs, problems = ImportReader(str(root), IMPORT_START), 0, dict[str, str]()
    while batch := reader.read():
        runs += batch.runs
        problems |= dict(batch.problems)
    return runs, problems


WAYS: dict[str, Callable[[Path], Seen]] = {"folder": in_folder, "import": imported}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with two good recordings, one of them in order before any other file and one after."""
    (tmp_path / "a.fit").write_bytes(recording(1))
    (tmp_path / "z.fit").write_bytes(recording(2))
    return tmp_path


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FAULTY)
def test_faulty_file_is_named_and_stops_no_other(way: str, name: str, root: Path) -> None:
    write, problem = FAULTY[name]
    write(root)
    runs, problems = WAYS[way](root)
    assert runs == 2
    assert list(problems.values()) == ([] if problem is None else [problem])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("error", ERRORS)
def test_unforeseen_error_of_reader_stops_no_other(
    way: str, error: type[Exception], root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(name: str, data: bytes, *rest: object, **how: object) -> object:
        if name == "odd.fit":
            raise error
        return read(name, data)

    (root / "odd.fit").write_bytes(recording(3))
    monkeypatch.setattr(folder_module, "read", fail)
    assert WAYS[way](root) == (2, {"odd.fit": "damaged"})
    assert "odd.fit made a reader fail" in caplog.text


@pytest.mark.parametrize("error", ERRORS)
def test_unforeseen_error_of_look_at_completeness_stops_no_other(
    error: type[Exception], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = recording(3)

    def fail(data: bytes) -> bool | None:
        if data == odd:
            raise error
        return completeness(data)

    (root / "odd.fit").write_bytes(odd)
    monkeypatch.setattr(folder_module, "completeness", fail)
    assert in_folder(root) == (2, {"odd.fit": "damaged"})


@pytest.mark.parametrize("way", WAYS)
def test_file_without_access_stops_no_other(way: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *rest: int, **how: int) -> int:
        if str(path).endswith("odd.fit"):
            raise PermissionError(13, "denied", path)
        return real(path, *rest, **how)

    real = os.open
    (root / "odd.fit").write_bytes(recording(3))
    monkeypatch.setattr(os, "open", refuse)
    assert WAYS[way](root) == (2, {"odd.fit": REFUSED})


def test_file_that_vanishes_between_survey_and_reading_stops_no_other(root: Path) -> None:
    (root / "odd.fit").write_bytes(recording(3))
    recordings = Recordings(str(root), 0)
    found = recordings.find(0, lambda *_: False)
    (root / "odd.fit").unlink()
    assert [reading.path for reading in recordings.read(found or (), 0)] == ["a.fit", "z.fit"]

    reader = ImportReader(str(root), IMPORT_START)
    first = next(reader._steps)
    (root / "z.fit").unlink()
    assert (first.name, [(step.name, step.problem) for step in reader._steps]) == ("a.fit", [("z.fit", REFUSED)])


@pytest.mark.timeout(20)
def test_pipe_in_place_of_surveyed_file_is_not_waited_for(root: Path) -> None:
    (root / "odd.fit").write_bytes(recording(3))
    recordings = Recordings(str(root), 0)
    found = recordings.find(0, lambda *_: False)
    (root / "odd.fit").unlink()
    os.mkfifo(root / "odd.fit")
    assert len(recordings.read(found or (), 0)) == 2
    assert recordings.stuck == {"odd.fit": REFUSED}
    with pytest.raises(OSError, match="not a regular file"):
        opened(root / "odd.fit")
    with pytest.raises(OSError, match="not a regular file"):
        ImportReader(str(root / "odd.fit"), IMPORT_START).read()


def test_entry_that_refuses_its_kind_stops_no_other(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives ask the server for the kind of each entry."""

    class Entry:
        name, path = "odd", str(root / "odd")

        def is_dir(self, **_: bool) -> bool:
            raise OSError(5, "input/output error")

        def stat(self) -> os.stat_result:
            raise PermissionError(13, "denied")

    class Entries:
        def __enter__(self) -> list[object]:
            return [Entry(), *real(root)]

        def __exit__(self, *_: object) -> None:
            pass

    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda _: Entries())
    seen = survey(str(root))
    assert (set(seen.files), seen.refused) == ({"a.fit", "z.fit"}, {"odd"})


@pytest.mark.parametrize("odd", [recording()[:-400], b"PK\x05\x06", b"[" * 100_000, b"\x1f\x8b\x08"])
def test_faulty_member_stops_no_other(odd: bytes, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({"a.fit": recording(1), "odd": odd, "z.fit": recording(2)}))
    runs, problems = imported(path)
    assert runs == 2
    assert problems.keys() <= {"export.zip/odd"}
    assert in_folder(tmp_path)[0] == 2


def form(*files: bytes) -> bytes:
    """Return a form with files."""
    head = b'--x\r\nContent-Disposition: form-data; name="a"; filename="%d"\r\n\r\n'
    return b"".join(head % number + data + b"\r\n" for number, data in enumerate(files)) + b"--x--\r\n"


@pytest.mark.parametrize("error", [None, *ERRORS])
def test_faulty_file_of_post_stops_no_other(error: type[Exception] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, *rest: object, **how: object) -> object:
        if name == "1" and error:
            raise error
        return read(name, *rest, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "read", fail)
    body = form(recording(1), recording()[:40], recording(2))
    parsed = parse_post("multipart/form-data; boundary=x", body, DEFAULT_CONTEXT, NOW)
    assert parsed.runs == 2
    assert [(part.which, part.reason) for part in parsed.refused] == [("1", "damaged")]


def test_part_of_a_post_that_broke_off_is_doubtful() -> None:
    body = form(recording(1), recording()[:-400], recording(2))
    parsed = parse_post("multipart/form-data; boundary=x", body, DEFAULT_CONTEXT, NOW)
    assert (parsed.runs, parsed.doubtful, parsed.refused) == (2, 1, ())


@pytest.mark.skipif(not FOLDER.exists(), reason=f"no collection of recordings in {FOLDER}")
@pytest.mark.parametrize("way", WAYS)
def test_cases_of_collection_stop_no_other(way: str, root: Path) -> None:
    for number, path in enumerate(sorted((FOLDER / "cases").rglob("R0*/*"))):
        (root / f"m{number}{path.suffix}").write_bytes(path.read_bytes())
    runs, problems = WAYS[way](root)
    assert runs == 3
    assert list(problems.values()) == ["damaged"]
