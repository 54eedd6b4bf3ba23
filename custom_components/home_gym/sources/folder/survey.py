"""Survey of a folder and its subfolders: every possible recording, without system files.

No file is opened here.
"""

from dataclasses import dataclass, field
from errno import ELOOP
import os
from stat import S_ISREG

DEEPEST = 8

# Names of folders and files that drives and systems keep beside the user's.
SYSTEM_NAMES = frozenset(
    {
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "@eadir",
        "desktop.ini",
        "ehthumbs.db",
        "lost+found",
        "system volume information",
        "thumbs.db",
    }
)
HIDDEN_PREFIXES = (".", "~")
UNFINISHED_SUFFIXES = (".!sync", ".crdownload", ".download", ".drivedownload", ".filepart", ".part", ".partial", ".tmp")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size in bytes and change time in nanoseconds since the epoch, which change with the file."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file in the file system; `arrived` under its name, in seconds since the epoch."""

    stamp: Stamp
    arrived: float


@dataclass(frozen=True, slots=True)
class Survey:
    """The files by path below the folder, the change time of each folder, and the paths without access."""

    files: dict[str, Found] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def survey(root: str) -> Survey:
    """Survey a folder.

    Raises OSError for the folder itself; an unreadable subfolder does not stop the others.
    """
    seen = Survey()
    inside = [("", DEEPEST)]
    while inside:
        prefix, depth = inside.pop()
        try:
            below = _survey_folder(root, prefix, seen)
        except OSError as error:
            if not prefix:
                raise
            if not isinstance(error, FileNotFoundError):
                seen.refused.add(prefix.rstrip("/"))
        else:
            inside += [(folder, depth - 1) for folder in below if depth]
    return seen


def changed(folder: str) -> int:
    """Return the change time of a folder in nanoseconds; -1 if unknown."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked every second, and twice as fast as by a Path
    except OSError:
        return -1


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return Stamp(status.st_size, status.st_mtime_ns)


def _survey_folder(root: str, prefix: str, seen: Survey) -> list[str]:
    """Add the files of one folder to the survey, and return the prefixes of its subfolders."""
    folder = root + "/" + prefix
    # Read before the listing, so that a later change shows in the next survey.
    seen.folders[folder] = changed(folder)
    below = []
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if _is_ignored(entry.name):
                continue
            if _is_folder(entry):
                below.append(path + "/")
            else:
                _add(entry, path, seen)
    return below


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder and no link; on some drives each entry is asked for, and may refuse."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _add(entry: os.DirEntry[str], path: str, seen: Survey) -> None:
    """Add a file to the survey; a link counts as its target, a broken or circular one as nothing."""
    try:
        status = entry.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno != ELOOP:
            seen.refused.add(path)
        return
    if S_ISREG(status.st_mode):
        seen.files[path] = Found(stamp_of(status), status.st_ctime)


def _is_ignored(name: str) -> bool:
    """Return whether a name belongs to a hidden, unfinished or system file."""
    name = name.lower()
    return name.startswith(HIDDEN_PREFIXES) or name in SYSTEM_NAMES or name.endswith(UNFINISHED_SUFFIXES)
