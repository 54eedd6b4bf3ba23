"""A folder of recordings: which files are new, which of them are complete, and what they hold.

All of it blocks, so it runs in the executor, one call at a time. Files are read and never changed.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
import os
from pathlib import Path
from stat import S_ISREG

from ..gym.activity import Activity
from ..gym.files import parse
from ..gym.files.completeness import completeness
from ..gym.files.containers import MAX_SIZE
from ..gym.files.errors import Reason, RecordingError

# Between these looks nothing is read but the change time of the folders themselves, which tells of every new file. A
# file that is written anew in its place changes no folder, and some network drives are slow to tell.
SURVEY_EVERY = 60
# A file that its own format calls incomplete is given so many seconds to grow before it counts as damaged.
STALLED_AFTER = 10
# One whose format cannot tell is complete when it looked the same twice; looks are a second apart.
TWO_LOOKS = 0.5
# Seconds until a file that the file system refused to read is tried again.
REFUSED_FOR = 60
DEEPEST = 8

NOT_RECORDINGS = frozenset({"thumbs.db", "desktop.ini"})
UNFINISHED_SUFFIXES = frozenset({".crdownload", ".download", ".part", ".partial", ".tmp", ".filepart"})

NO_CLOCK = "no_clock"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file does: bytes, and nanoseconds since the epoch."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a complete file held; `arrived` is seconds since the epoch, `problem` the key of what is wrong with it."""

    path: str
    stamp: Stamp
    arrived: float
    activities: tuple[Activity, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that may not be complete yet, and since when it looks the way it does."""

    stamp: Stamp
    since: float
    arrived: float


class Recordings:
    """The recordings below a folder, each told once.

    `known` maps the path of every file that was told to its stamp; time is seconds on any clock that only goes forward.
    """

    def __init__(self, root: Path, known: dict[str, Stamp]) -> None:
        """Look below a folder that need not exist yet."""
        self._root = root
        self._known = known
        self._waiting: dict[str, Waiting] = {}
        self._refused: dict[str, float] = {}
        self._folders: dict[str, int] = {}
        self._surveyed: float | None = None
        self._settled = False

    def find(self, now: float) -> list[str]:
        """Return the paths of the files that are new or changed, the oldest first.

        Raises OSError where the folder cannot be looked into.
        """
        if not self._worth_a_survey(now):
            return []
        self._root.mkdir(parents=True, exist_ok=True)
        folders = self._folders
        files = self._survey()
        self._surveyed = now
        # A file that comes in the same tick of the file system's clock as this survey shows up only in another one.
        self._settled = self._folders == folders
        for told in (self._known, self._refused):
            for path in told.keys() - files.keys():
                del told[path]
        self._waiting = {
            path: self._wait_for(path, stamp, arrived, now)
            for path, (stamp, arrived) in files.items()
            if self._known.get(path) != stamp and now >= self._refused.get(path, now)
        }
        return sorted(self._waiting, key=lambda path: (self._waiting[path].stamp.modified, path))

    def read(self, paths: Iterable[str], now: float) -> list[Reading]:
        """Return what the complete ones among these files hold; the others are found again at the next look."""
        return [reading for path in paths if (reading := self._read(path, now))]

    def settle(self, readings: Iterable[Reading]) -> None:
        """Tell these files no more until they change; those that were refused are tried again later."""
        for reading in readings:
            del self._waiting[reading.path]
            if reading.problem != REFUSED:
                self._known[reading.path] = reading.stamp

    def is_there(self, path: str) -> bool:
        """Tell whether a file that was told was still there at the last look."""
        return path in self._known or path in self._refused

    def _worth_a_survey(self, now: float) -> bool:
        if self._surveyed is None or self._waiting or not self._settled or now - self._surveyed >= SURVEY_EVERY:
            return True
        return any(_changed(folder) != changed for folder, changed in self._folders.items())

    def _wait_for(self, path: str, stamp: Stamp, arrived: float, now: float) -> Waiting:
        before = self._waiting.get(path)
        return before if before and before.stamp == stamp else Waiting(stamp, now, arrived)

    def _survey(self) -> dict[str, tuple[Stamp, float]]:
        """Return stamp and time of arrival of every file, and remember the folders that were seen."""
        self._folders = {}
        files = {}
        for entry in self._walk(str(self._root), DEEPEST):
            with suppress(FileNotFoundError):
                status = entry.stat()
                if S_ISREG(status.st_mode):
                    files[os.path.relpath(entry.path, self._root)] = _stamp(status), status.st_ctime
        return files

    def _walk(self, folder: str, depth: int) -> Iterator[os.DirEntry[str]]:
        self._folders[folder] = _changed(folder)
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~")) or entry.name.lower() in NOT_RECORDINGS:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(entry.path, depth - 1) if depth else ()
                elif Path(entry.name).suffix.lower() not in UNFINISHED_SUFFIXES and entry.is_file():
                    yield entry

    def _read(self, path: str, now: float) -> Reading | None:
        """Return what a file holds, or None while it may still be growing."""
        waiting = self._waiting[path]

        def told(*, activities: tuple[Activity, ...] = (), problem: str | None = None) -> Reading:
            return Reading(
                path=path, stamp=waiting.stamp, arrived=waiting.arrived, activities=activities, problem=problem
            )

        if waiting.stamp.size > MAX_SIZE:
            return told(problem=Reason.TOO_LARGE)
        file = self._root / path
        try:
            data = file.read_bytes()
            status = file.stat()
        except FileNotFoundError:
            return None
        except OSError:
            self._refused[path] = now + REFUSED_FOR
            return told(problem=REFUSED)
        if _stamp(status) != waiting.stamp or now - waiting.since < _patience(data):
            return None
        try:
            activities = parse(path, data)
        except RecordingError as error:
            return told(problem=error.reason)
        dated = tuple(activity for activity in activities if activity.start is not None)
        return told(activities=dated, problem=None if len(dated) == len(activities) else NO_CLOCK)


def _patience(data: bytes) -> float:
    """Return for how many seconds a file must not have changed before it counts as complete."""
    match completeness(data):
        case True:
            return 0
        case False:
            return STALLED_AFTER
        case None:
            return TWO_LOOKS


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns)


def _changed(folder: str) -> int:
    try:
        return Path(folder).stat().st_mtime_ns
    except OSError:
        return -1
