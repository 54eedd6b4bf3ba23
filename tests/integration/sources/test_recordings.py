"""The recordings of a folder: new, complete, and each read once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
import gzip
import os
from pathlib import Path
import time
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import read
from custom_components.home_gym.gym.recordings.batch import Batch
from custom_components.home_gym.gym.recordings.containers import MAX_RECORDING_SIZE
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from custom_components.home_gym.sources.folder import recordings as module
from custom_components.home_gym.sources.folder.recordings import (
    NO_CLOCK,
    REFUSED,
    SETTLING_TIMES,
    STUCK_FOR,
    SURVEY_EVERY,
    UNDELIVERED,
    Reading,
    Recordings,
    printable,
)
from custom_components.home_gym.sources.folder.survey import Stamp
from tests.builders import FitShape, LapPlan, Recording, build_fit, build_tcx
from tests.support.integration.recordings import START, recording

STALLED = SETTLING_TIMES[False]
LONG_AGO = 946_684_800


class Folder:
    """A folder with the recordings below it, a ledger and a clock of the test's own."""

    def __init__(self, root: Path, since: float = 0) -> None:
        self.root = root
        self.recordings = Recordings(str(root), since)
        self.known: dict[str, Stamp] = {}
        self.now = 1000.0
        self.surveyed = False

    def look(self, *, seconds: float = 1, taken: Callable[[Reading], bool] = lambda _: True) -> list[Reading]:
        """Poll once more, some seconds later."""
        self.now += seconds
        found = self.recordings.find(self.now, lambda path, stamp: self.known.get(path) == stamp)
        self.surveyed = found is not None
        readings = self.recordings.read(found or [], self.now)
        safe = {reading.path: reading.stamp for reading in readings if taken(reading)}
        self.known |= safe
        self.recordings.settle(readings, taken=safe, now=self.now)
        return readings

    def read(self, seconds: int = 5) -> list[str]:
        """Poll once a second, and return the paths read."""
        return [reading.path for _ in range(seconds) for reading in self.look()]

    def write(self, path: str, data: bytes, *, modified: float | None = None) -> Path:
        """Write a file at once, as if it had been modified some time ago."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        if modified is not None:
            os.utime(file, (modified, modified))
        return file


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a folder that does not exist yet."""
    return Folder(tmp_path / "not yet" / "recordings")


def test_missing_folder_is_created(folder: Folder) -> None:
    assert folder.read() == []
    assert folder.root.is_dir()


def test_a_recording_is_read_at_once_and_once(folder: Folder) -> None:
    folder.read()
    folder.write("run.fit", recording())

    [reading] = folder.look()

    assert (reading.path, reading.problem, reading.runs, reading.live) == ("run.fit", None, 1, True)
    [run] = reading.activities
    assert run.start == START
    assert run.distance == pytest.approx(8012.34)
    assert not run.incomplete
    assert folder.read(2 * SURVEY_EVERY) == []


def test_a_copy_in_pieces_is_read_when_it_is_whole(folder: Folder) -> None:
    folder.read()
    data = recording()
    read = []
    file = folder.write("run.fit", b"")
    for start in range(0, len(data), 1000):
        read += folder.read(9)
        with file.open("ab") as stream:
            stream.write(data[start : start + 1000])

    assert read == []
    assert folder.read() == ["run.fit"]


@pytest.mark.parametrize(
    "data", [gzip.compress(recording()), build_tcx(Recording(start=START, laps=(LapPlan(duration=60, distance=200),)))]
)
def test_a_copy_of_another_format_in_pieces(folder: Folder, data: bytes) -> None:
    folder.read()
    file = folder.write("run", data[:5])
    read = folder.read(9)
    file.write_bytes(data[:-1])
    read += folder.read(9)
    assert read == []

    file.write_bytes(data)
    assert folder.read() == ["run"]


def test_preallocated_copy_is_read_when_whole(folder: Folder) -> None:
    folder.read()
    data = recording()
    file = folder.write("run.fit", bytes(len(data)))
    read = folder.read(9)
    file.write_bytes(data[:900].ljust(len(data), b"\0"))
    read += folder.read(9)
    assert read == []

    file.write_bytes(data)
    assert folder.read() == ["run.fit"]


def test_a_copy_that_broke_off(folder: Folder) -> None:
    folder.write("run.fit", recording()[:-50])
    assert folder.read(int(STALLED)) == []

    [reading] = folder.look()

    assert reading.problem is None
    assert reading.activities[0].incomplete
    assert folder.read() == []


def test_a_format_that_does_not_say(folder: Folder) -> None:
    file = folder.write("notes.csv", b"date;distance\n")
    assert folder.look() == []
    file.write_bytes(b"date;distance\n1;2\n")
    assert folder.look() == []

    [reading] = folder.look()

    assert (reading.path, reading.problem) == ("notes.csv", "unknown_format")


def test_a_file_changes_while_it_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The activities of its last seconds may be missing from the first reading."""
    folder.read()
    file = folder.write("run.fit", recording(), modified=LONG_AGO)
    fstat = os.fstat

    def touching(descriptor: int) -> os.stat_result:
        os.utime(file)
        return fstat(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", touching)
        assert folder.look() == []
    assert folder.read() == ["run.fit"]


def test_a_file_shrinks_or_vanishes_before_it_is_read(folder: Folder) -> None:
    folder.read()
    gone, shrunk = folder.write("gone.fit", recording()), folder.write("shrunk.fit", recording(1))
    found = folder.recordings.find(folder.now, lambda *_: False)
    assert found == ["gone.fit", "shrunk.fit"]
    gone.unlink()
    shrunk.write_bytes(b"")

    assert folder.recordings.read(found, folder.now) == []
    shrunk.write_bytes(recording(2))
    assert folder.read() == ["shrunk.fit"]


def test_file_renamed_into_place_is_read(folder: Folder) -> None:
    folder.read()
    temporary = folder.write(".run.fit.4gT2x1", recording(), modified=LONG_AGO)
    assert folder.read() == []
    temporary.rename(folder.root / "run.fit")
    assert folder.read() == ["run.fit"]

    # A replacement differs from it in size and time only.
    folder.write("run.fit.part", recording(1), modified=LONG_AGO + 1).rename(folder.root / "run.fit")
    [reading] = folder.look()
    assert reading.activities[0].start == START - timedelta(days=1)
    assert folder.read() == []


def test_file_rewritten_in_place_is_read_again(folder: Folder) -> None:
    """No folder's change time shows it."""
    file = folder.write("run.fit", recording(), modified=LONG_AGO)
    assert folder.read() == ["run.fit"]
    file.write_bytes(recording(1, distance=9000))

    assert folder.read(SURVEY_EVERY) == ["run.fit"]


def test_a_cut_off_recording_that_grows_on_is_read_again(folder: Folder) -> None:
    data = recording()
    file = folder.write("run.fit", data[:-400])
    assert folder.read(int(STALLED) + 1) == ["run.fit"]
    file.write_bytes(data)

    assert folder.read(SURVEY_EVERY) == ["run.fit"]


def test_renamed_and_moved_files_are_read(folder: Folder) -> None:
    file = folder.write("a/run.fit", recording())
    assert folder.read() == ["a/run.fit"]
    file.rename(folder.root / "b.fit")

    assert folder.read() == ["b.fit"]
    assert folder.recordings.paths == {"b.fit"}


def test_subfolders_are_read(folder: Folder) -> None:
    folder.read()
    folder.write("2026/05/run.fit", recording())
    assert folder.read() == ["2026/05/run.fit"]
    folder.write("2026/05/later.fit", recording(1))
    folder.write("/".join("abcdefgh") + "/deep.fit", recording(2))
    folder.write("/".join("abcdefghi") + "/too deep.fit", recording(3))
    assert sorted(folder.read()) == ["2026/05/later.fit", "a/b/c/d/e/f/g/h/deep.fit"]


@pytest.mark.parametrize(
    "name",
    [
        ".run.fit.Xy12",
        "._run.fit",
        ".stfolder/run.fit",
        "~syncthing~run.fit.tmp",
        "run.fit.part",
        "Unconfirmed 123.crdownload",
        "run.fit.FILEPART",
        "run.fit.!sync",
        "Thumbs.db",
        "desktop.ini",
        "@eaDir/run.fit/SYNO@.fileindexdb",
        "#recycle/run.fit",
        "lost+found/run.fit",
    ],
)
def test_system_files_are_ignored(folder: Folder, name: str) -> None:
    folder.write(name, recording())
    assert folder.read(int(STALLED) + 2) == []
    assert folder.recordings.stuck == {}


@pytest.mark.parametrize("name", ["run", "RUN.FIT", "1.fit.gz", "Läufe/Ü 1.fit", "#5k.fit", "@home.fit", "a`b\n.fit"])
def test_names_do_not_matter(folder: Folder, name: str) -> None:
    data = gzip.compress(recording()) if name.endswith("gz") else recording()
    folder.write(name, data)
    assert folder.read() == [name]


def test_names_with_invalid_bytes_are_read(folder: Folder) -> None:
    folder.read()
    name = os.fsdecode(b"l\xe4uft \xff.fit")
    folder.write(name, recording())
    assert folder.read() == [name]
    assert printable(name) == "l\ufffduft \ufffd.fit"
    printable(name).encode()


def test_printable_replaces_control_characters() -> None:
    assert printable("Läufe/1.fit") == "Läufe/1.fit"
    assert printable("a`b\nc\x1b[31m") == "a\ufffdb\ufffdc\ufffd[31m"


def test_long_path_is_cut_in_the_middle() -> None:
    shown = printable(f"{'a' * 200}{'b' * 200}.fit")
    assert shown == f"{'a' * 60}\N{HORIZONTAL ELLIPSIS}{'b' * 55}.fit"
    assert len(shown) == 120
    assert printable("a" * 120) == "a" * 120


def test_links_to_files_are_followed(folder: Folder, tmp_path: Path) -> None:
    folder.read()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "run.fit").write_bytes(recording())
    for name, target in {
        "run.fit": elsewhere / "run.fit",
        "nowhere.fit": elsewhere / "nothing",
        "circle.fit": folder.root / "circle.fit",
        "zero.fit": Path("/dev/zero"),
        "above": folder.root,
        "beside": elsewhere,
    }.items():
        (folder.root / name).symlink_to(target)
    os.mkfifo(folder.root / "pipe.fit")

    assert folder.read(int(STALLED) + 2) == ["run.fit"]
    assert folder.recordings.paths == {"run.fit"}


def test_history_and_news(tmp_path: Path) -> None:
    """Its arrival decides, not the time of the recording."""
    folder = Folder(tmp_path, since=time.time() + 3600)
    folder.write("old.fit", recording())
    [reading] = folder.look()
    assert not reading.live
    assert not folder.recordings.has_history

    folder = Folder(tmp_path, since=time.time() - 3600)
    folder.write("synced.fit", recording(1), modified=LONG_AGO)
    assert {reading.path: reading.live for reading in folder.look()} == {"old.fit": True, "synced.fit": True}


def test_history_ends_when_all_of_it_is_read(tmp_path: Path) -> None:
    folder = Folder(tmp_path, since=time.time() + 3600)
    folder.write("old.csv", b"date;distance\n")
    assert folder.look() == []
    assert folder.recordings.has_history
    assert len(folder.look()) == 1
    assert not folder.recordings.has_history


def test_news_come_first_then_the_oldest(tmp_path: Path) -> None:
    history = Folder(tmp_path)
    history.write("b.fit", recording(0), modified=LONG_AGO + 10)
    history.write("c.fit", recording(1), modified=LONG_AGO)
    # The file system's clock goes by steps of some milliseconds.
    time.sleep(0.02)
    folder = Folder(tmp_path, since=time.time())
    time.sleep(0.02)
    folder.write("a.fit", recording(2), modified=LONG_AGO + 20)

    assert [reading.path for reading in folder.look()] == ["a.fit", "c.fit", "b.fit"]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the calls to the file system."""
    calls: list[str] = []

    def counted[**P, T](name: str, call: Callable[P, T]) -> Callable[P, T]:
        def counting(*args: P.args, **kwargs: P.kwargs) -> T:
            calls.append(name)
            return call(*args, **kwargs)

        return counting

    for name in ("stat", "scandir", "open", "mkdir"):
        monkeypatch.setattr(os, name, counted(name, getattr(os, name)))
    return calls


def test_idle_poll_costs_one_stat_for_each_folder(folder: Folder, calls: list[str]) -> None:
    folder.write("run.fit", recording())
    folder.write("2026/05/run.fit", recording(1))
    folder.write("notes.csv", b"date;distance\n")
    folder.read()
    calls.clear()

    for _ in range(10):
        assert folder.look() == []
        assert not folder.surveyed

    assert calls == ["stat"] * 30


def test_file_in_same_tick_of_coarse_clock_is_found(folder: Folder) -> None:
    folder.read()
    folder.write("run.fit", recording())
    os.utime(folder.root, (LONG_AGO, LONG_AGO))
    assert folder.look() != []
    folder.write("same tick.fit", recording(1))
    os.utime(folder.root, (LONG_AGO, LONG_AGO))

    assert [reading.path for reading in folder.look()] == ["same tick.fit"]


def test_the_folder_vanishes_and_comes_back(folder: Folder, tmp_path: Path) -> None:
    folder.write("run.fit", recording())
    folder.read()
    folder.root.rename(tmp_path / "away")

    assert folder.read() == []
    assert folder.root.is_dir()
    folder.root.rmdir()
    (tmp_path / "away").rename(folder.root)
    folder.write("new.fit", recording(1))
    assert folder.read() == ["new.fit"]


def test_the_folder_is_unreachable_for_a_while(folder: Folder) -> None:
    folder.read()
    folder.root.rmdir()
    folder.root.touch()
    for _ in range(3):
        with pytest.raises(OSError, match="exists"):
            folder.look()
    folder.root.unlink()
    folder.write("run.fit", recording())

    assert folder.read() == ["run.fit"]


def refuse(monkeypatch: pytest.MonkeyPatch, function: str, forbidden: Path) -> None:
    """Make the file system refuse a path, as it does to any user but root."""
    allowed = getattr(os, function)

    def refusing(path: str | Path, *args: object, **kwargs: object) -> object:
        if str(path).rstrip("/") == str(forbidden):
            raise PermissionError(13, "Permission denied", str(path))
        return allowed(path, *args, **kwargs)

    monkeypatch.setattr(os, function, refusing)


def test_a_folder_inside_that_is_forbidden_stops_no_other(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("secret/run.fit", recording())
    folder.write("run.fit", recording(1))
    with monkeypatch.context() as patch:
        refuse(patch, "scandir", folder.root / "secret")
        assert folder.read() == ["run.fit"]
        assert folder.recordings.stuck == {"secret": REFUSED}

    assert folder.read(SURVEY_EVERY) == ["secret/run.fit"]
    assert folder.recordings.stuck == {}


def test_the_folder_is_forbidden_for_a_while(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.read()
    folder.write("run.fit", recording())
    with monkeypatch.context() as patch:
        refuse(patch, "scandir", folder.root)
        for _ in range(3):
            with pytest.raises(PermissionError):
                folder.look()

    assert folder.read() == ["run.fit"]


def test_a_folder_inside_that_vanishes_while_it_is_looked_for(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("gone/run.fit", recording())
    folder.write("run.fit", recording(1))
    scandir = os.scandir

    def vanishing(path: str) -> object:
        if path.endswith("gone/"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert folder.read() == ["run.fit"]
    assert folder.recordings.stuck == {}


def test_a_file_that_is_forbidden_is_tried_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder.write("secret.fit", recording())
    folder.write("run.fit", recording(1))
    tried: list[float] = []

    content = module._content

    def forbidding(path: Path, stamp: Stamp) -> bytes | None:
        if path != file:
            return content(path, stamp)
        tried.append(folder.now)
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(module, "_content", forbidding)
        assert folder.read(10) == ["run.fit"]
        assert folder.recordings.stuck == {"secret.fit": REFUSED}
        assert not folder.surveyed
        assert len(tried) == 1
        assert folder.read(STUCK_FOR) == []
        assert len(tried) == 2
        assert folder.recordings.stuck == {"secret.fit": REFUSED}

    assert folder.read(STUCK_FOR) == ["secret.fit"]
    assert folder.recordings.stuck == {}


def test_a_forbidden_file_that_is_replaced_is_tried_at_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("run.fit", recording())
    with monkeypatch.context() as patch:
        patch.setattr(module, "_content", lambda *_: (_ for _ in ()).throw(PermissionError()))
        assert folder.read() == []
    folder.write("new.fit", recording(1, distance=9000)).replace(folder.root / "run.fit")

    assert folder.read() == ["run.fit"]


def test_link_to_forbidden_path_is_refused(folder: Folder) -> None:
    """A name of 256 letters is refused to every user, root included."""
    folder.write("run.fit", recording())
    (folder.root / "link.fit").symlink_to("x" * 256)

    assert folder.read() == ["run.fit"]
    assert folder.recordings.stuck == {"link.fit": REFUSED}


def test_undelivered_file_is_found_again(folder: Folder) -> None:
    folder.write("run.fit", recording())
    folder.write("other.fit", recording(1))

    first = folder.look(taken=lambda reading: reading.path == "other.fit")

    assert len(first) == 2
    assert folder.recordings.stuck == {"run.fit": UNDELIVERED}
    assert folder.read(STUCK_FOR - 1) == []
    assert folder.read(1) == ["run.fit"]
    assert folder.recordings.stuck == {}


def test_a_huge_file_is_not_even_opened(folder: Folder) -> None:
    file = folder.write("film.mp4", b"")
    os.truncate(file, MAX_RECORDING_SIZE + 1)

    [reading] = folder.look()

    assert reading.problem == "too_large"


def test_a_recording_without_a_clock(folder: Folder) -> None:
    folder.write(
        "run.fit",
        build_fit(Recording(start=START, laps=(LapPlan(duration=60, distance=200),)), shape=FitShape(clock_set=False)),
    )

    [reading] = folder.look()

    assert (reading.problem, reading.activities) == (NO_CLOCK, ())


@pytest.mark.parametrize("distance", [2_000, 900_000, 1e9])
def test_impossible_figures_are_problems(folder: Folder, monkeypatch: pytest.MonkeyPatch, distance: float) -> None:
    """A journal would reject them, together with all others of the delivery."""
    fine = Activity(sport=Sport.RUN, start=START, elapsed_time=60)
    absurd = Activity(sport=Sport.RUN, start=START, elapsed_time=60, distance=distance)
    monkeypatch.setattr(
        module,
        "read",
        lambda *_, **__: Batch(
            activities=(
                absurd,
                fine,
            )
        ),
    )
    folder.write("run.fit", recording())

    [reading] = folder.look()

    assert (reading.problem, reading.activities) == ("impossible", (fine,))


def test_impossible_instant_is_a_problem(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Activity(sport=Sport.RUN, start=datetime.max.replace(tzinfo=START.tzinfo), elapsed_time=60)
    monkeypatch.setattr(module, "read", lambda *_, **__: Batch(activities=(late,)))
    folder.write("run.fit", recording())

    [reading] = folder.look()

    assert (reading.problem, reading.activities) == ("impossible", ())


def test_a_clock_that_is_days_ahead(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = Activity(sport=Sport.RUN, start=datetime.now(UTC) + timedelta(days=2), elapsed_time=60)
    monkeypatch.setattr(module, "read", lambda *_, **__: Batch(activities=(ahead,)))
    folder.write("run.fit", recording())

    [reading] = folder.look()

    assert (reading.problem, reading.activities) == ("future", ())


def test_a_reader_that_stumbles_stops_no_other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:

    def stumbling(name: str, data: bytes, **how: Any) -> Batch:
        if name == "odd.fit":
            raise IndexError("out of range")
        return read(name, data, **how)

    monkeypatch.setattr(module, "read", stumbling)
    folder.write("odd.fit", recording())
    folder.write("run.fit", recording(1))

    problems = {reading.path: reading.problem for reading in folder.look()}

    assert problems == {"odd.fit": "damaged", "run.fit": None}
    assert "odd.fit made a reader fail" in caplog.text
    assert folder.read() == []


def test_files_are_left_as_they_are(folder: Folder) -> None:
    file = folder.write("run.fit", recording(), modified=LONG_AGO)
    file.chmod(0o444)
    before = file.stat()
    folder.read()
    after = file.stat()

    assert file.read_bytes() == recording()
    assert (after.st_mtime_ns, after.st_ctime_ns, after.st_ino) == (
        before.st_mtime_ns,
        before.st_ctime_ns,
        before.st_ino,
    )
    assert [path.name for path in folder.root.iterdir()] == ["run.fit"]


def test_thousands_of_files_at_once(folder: Folder) -> None:
    folder.root.mkdir(parents=True)
    for number in range(5000):
        (folder.root / f"{number}.fit").touch()

    started = time.process_time()
    found = folder.recordings.find(0, lambda *_: False)
    known = folder.recordings.find(1, lambda *_: True)

    assert time.process_time() - started < 10
    assert found is not None
    assert len(found) == 5000
    assert known == []
