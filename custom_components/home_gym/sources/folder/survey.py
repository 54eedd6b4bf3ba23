"""What is in a folder and below: every file that could be a recording, and what the file system keeps to itself.

Nothing is opened here.
"""

from dataclasses import dataclass, field
from errno import ELOOP
import os
from stat import S_ISREG

DEEPEST = 8

# What the drives and systems of this world keep beside people's files.
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
    """What changes when a file does: bytes, and nanoseconds since the epoch."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Found:
    """A file as the file system describes it; it arrived under its name so many seconds after the epoch."""

    stamp: Stamp
    arrived: float


@dataclass(frozen=True, slots=True)
class Survey:
    """The files by their paths below the folder, when each folder last changed, and the paths that were refused."""

    files: dict[str, Found] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def survey(root: str) -> Survey:
    """Look through a folder.

    Raises OSError where the folder itself cannot be looked into; one inside it stops none of the others.
    """
    seen = Survey()
    inside = [("", DEEPEST)]
    while inside:
        prefix, depth = inside.pop()
        try:
            below = _look_into(root, prefix, seen)
        except OSError as error:
            if not prefix:
                raise
            if not isinstance(error, FileNotFoundError):
                seen.refused.add(prefix.rstrip("/"))
        else:
            inside += [(folder, depth - 1) for folder in below if depth]
    return seen


def changed(folder: str) -> int:
    """Return when something last came into a folder or went, in nanoseconds; -1 where nobody can tell."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked every second, and twice as fast as by a Path
    except OSError:
        return -1


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return Stamp(status.st_size, status.st_mtime_ns)


def _look_into(root: str, prefix: str, seen: Survey) -> list[str]:
    """Note the files of one folder, and return the prefixes of the folders in it."""
    folder = root + "/" + prefix
    # Asked before it is listed, so that what comes after that shows in the next look.
    seen.folders[folder] = changed(folder)
    below = []
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if _is_ignored(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(path + "/")
            else:
                _note(entry, path, seen)
    return below


def _note(entry: os.DirEntry[str], path: str, seen: Survey) -> None:
    """Note a file; a link counts as what it leads to, and one that leads nowhere or in circles as nothing."""
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
    """Tell whether a name is of a hidden, an unfinished or a system's file."""
    name = name.lower()
    return name.startswith(HIDDEN_PREFIXES) or name in SYSTEM_NAMES or name.endswith(UNFINISHED_SUFFIXES)
