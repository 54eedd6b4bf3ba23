"""Ledger of the files already read from a folder, so that a restart need not read thousands again.

A lost ledger is harmless, since reading a recording twice is.
"""

from collections import Counter
from collections.abc import Collection, Container
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

from homeassistant.core import HomeAssistant

from ...gym.recordings import RecordingFault
from ..ledger_file import LedgerFile
from .recordings import Reading
from .survey import Stamp

# Seconds until a recording that seemed to be from the future is read again.
FUTURE_FOR = 600


@dataclass(frozen=True, slots=True)
class Known:
    """A file already read: its stamp, its problem, and the ids of its activities."""

    stamp: Stamp
    problem: str | None
    activities: tuple[str, ...]


class Ledger:
    """The files already read below one folder.

    `is_history_read` is set after all files from before the first survey were read and reported.
    """

    def __init__(self, hass: HomeAssistant, subentry_id: str) -> None:
        """Name the file after the subentry."""
        self._file = LedgerFile(hass, "folder", subentry_id)
        self._folder = ""
        self._known: dict[str, Known] = {}
        self._future_until: dict[str, float] = {}
        self.is_history_read = False

    async def async_load(self, folder: str, delivered: Container[str] | None = None) -> None:
        """Load an earlier start's entries for a folder, without those of activities that were not delivered."""
        self._folder = folder
        damage = f"The ledger of {folder} is damaged, so all files are read again"
        await self._file.async_load(partial(self._recall, delivered=delivered), damage)

    async def async_save(self) -> None:
        """Save the ledger."""
        await self._file.async_save(
            {
                "folder": self._folder,
                "is_history_read": self.is_history_read,
                "known": {
                    path: [known.stamp.size, known.stamp.modified, known.problem, known.activities]
                    for path, known in self._known.items()
                    # A path that is not valid text can't be saved; such a file is read again.
                    if path.isascii() or _is_text(path)
                },
            }
        )

    async def async_remove(self) -> None:
        """Remove the ledger's file."""
        await self._file.async_remove()

    def is_known(self, path: str, stamp: Stamp) -> bool:
        """Return whether a file was read, and has not changed since."""
        known = self._known.get(path)
        if known is None or known.stamp != stamp:
            return False
        return known.problem != RecordingFault.FUTURE or monotonic() < self._future_until.get(path, 0)

    def remember(self, reading: Reading) -> None:
        """Record a file as read, with its activities on disk."""
        ids = tuple(activity.id for activity in reading.activities)
        self._known[reading.path] = Known(reading.stamp, reading.problem, ids)
        if reading.problem == RecordingFault.FUTURE:
            # The clock may be wrong, so this refusal is tried again, and after a restart at once.
            self._future_until[reading.path] = monotonic() + FUTURE_FOR

    def keep(self, paths: Collection[str]) -> bool:
        """Forget all other files, and return whether there were any.

        Without any file left, a drive may be temporarily away, and nothing is forgotten.
        """
        gone = self._known.keys() - paths if paths else set()
        for path in gone:
            del self._known[path]
        return bool(gone)

    def problems(self, paths: Container[str]) -> dict[str, str]:
        """Return the problems of these files."""
        return {path: known.problem for path, known in self._known.items() if known.problem and path in paths}

    def counts(self) -> dict[str, int]:
        """Return the number of files read, and the number of files by problem."""
        problems = Counter(known.problem for known in self._known.values() if known.problem)
        return {"read": len(self._known), **problems}

    def _recall(self, plain: Any, delivered: Container[str] | None) -> None:
        if plain["folder"] != self._folder:
            return
        known = {
            str(path): Known(Stamp(int(size), int(modified)), problem and str(problem), tuple(map(str, activities)))
            for path, (size, modified, problem, activities) in plain["known"].items()
        }
        self._known = {
            path: file
            for path, file in known.items()
            if delivered is None or all(activity in delivered for activity in file.activities)
        }
        self.is_history_read = bool(plain["is_history_read"])


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
