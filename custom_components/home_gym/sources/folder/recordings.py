"""A folder of recordings: which files are new, which of them are complete, and what they hold.

All of it blocks, so it runs in the executor, one call at a time. Files are read and never changed.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
import os
from pathlib import Path

from ...const import LOGGER
from ...gym.intake.budget import excess_of
from ...gym.intake.objection import objection_to
from ...gym.recordings import parse
from ...gym.recordings.completeness import completeness
from ...gym.recordings.containers import MAX_RECORDING_SIZE
from ...gym.recordings.errors import RecordingError, RecordingFault
from ...gym.runs.activity import Activity, Sport
from .survey import Found, Stamp, Survey, changed, stamp_of, survey

# Between these surveys nothing is asked for but the change time of the folders themselves, which tells of every new
# file. A file that is written anew in its place changes no folder, and some network drives are slow to tell.
SURVEY_EVERY = 60
# For how many seconds a file must not have changed before it is read, by whether its own format calls it complete. One
# that isn't may be on its way over a poor network; one whose format can't tell must have looked the same twice.
SETTLING_TIMES = {True: 0.0, None: 0.5, False: 10.0}

# Seconds until a file that is stuck is tried again.
STUCK_FOR = 60

NO_CLOCK = "no_clock"
REFUSED = "refused"
UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a complete file held.

    `live` tells what arrived since the folder is watched from history; `problem` is the key of what is wrong with it.
    """

    path: str
    stamp: Stamp
    live: bool
    activities: tuple[Activity, ...] = ()
    problem: str | None = None

    @property
    def runs(self) -> int:
        """The number of runs in it."""
        return sum(activity.sport is Sport.RUN for activity in self.activities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file that is to be read: since when it looks the way it does, and when to try (again).

    `stuck` is the key of what kept it from being read or delivered.
    """

    stamp: Stamp
    live: bool
    since: float
    due: float
    stuck: str | None = None


class Recordings:
    """The recordings below a folder.

    Time is seconds on any clock that only goes forward, but for `since`: what arrived earlier, in seconds since the
    epoch, is history.
    """

    def __init__(self, root: str, since: float) -> None:
        """Look below a folder that need not exist yet."""
        self._root = root
        self._since = since
        self._seen = Survey()
        self._settled = False
        self._surveyed: float | None = None
        self._waiting: dict[str, Waiting] = {}

    @property
    def paths(self) -> set[str]:
        """All files of the last survey, and whatever was refused."""
        return self._seen.files.keys() | self._seen.refused

    @property
    def stuck(self) -> dict[str, str]:
        """What keeps files and folders from being read for now, by path."""
        files = {path: file.stuck for path, file in self._waiting.items() if file.stuck}
        return dict.fromkeys(self._seen.refused, REFUSED) | files

    @property
    def has_history(self) -> bool:
        """Whether files are still to be read that were there before the folder was watched."""
        return any(not file.live and not file.stuck for file in self._waiting.values())

    def find(self, now: float, is_known: Callable[[str, Stamp], bool]) -> list[str] | None:
        """Return the paths of the files to be read, news first, then the oldest; None where nothing has changed.

        Raises OSError where the folder cannot be looked into. It is made where it is missing.
        """
        if not self._is_worth_a_survey(now):
            return None
        Path(self._root).mkdir(parents=True, exist_ok=True)
        before, self._seen = self._seen, survey(self._root)
        self._surveyed = now
        # A file that comes in the same tick of the file system's clock as this survey shows up only in another one.
        self._settled = self._seen.folders == before.folders
        self._waiting = {
            path: self._wait_for(path, found, now)
            for path, found in self._seen.files.items()
            if not is_known(path, found.stamp)
        }
        ready = [(not file.live, file.stamp.modified, path) for path, file in self._waiting.items() if file.due <= now]
        return [path for _, _, path in sorted(ready)]

    def read(self, paths: Iterable[str], now: float) -> list[Reading]:
        """Return what the complete ones among these files hold; the others are found again when there is hope."""
        return [reading for path in paths if (reading := self._read(path, now))]

    def settle(self, readings: Iterable[Reading], *, taken: Container[str], now: float) -> None:
        """Look no more at the files among these that were taken, and put the others off."""
        for reading in readings:
            if reading.path in taken:
                del self._waiting[reading.path]
            else:
                self._put_off(reading.path, UNDELIVERED, now)

    def _put_off(self, path: str, stuck: str, now: float) -> None:
        self._waiting[path] = replace(self._waiting[path], due=now + STUCK_FOR, stuck=stuck)

    def _is_worth_a_survey(self, now: float) -> bool:
        if self._surveyed is None or not self._settled or now - self._surveyed >= SURVEY_EVERY:
            return True
        if any(file.due <= now or not file.stuck for file in self._waiting.values()):
            return True
        return any(changed(folder) != then for folder, then in self._seen.folders.items())

    def _wait_for(self, path: str, found: Found, now: float) -> Waiting:
        before = self._waiting.get(path)
        if before and before.stamp == found.stamp:
            return before
        return Waiting(stamp=found.stamp, live=found.arrived >= self._since, since=now, due=now)

    def _read(self, path: str, now: float) -> Reading | None:
        """Return what a file holds, or None while it may still be growing, or can't be read at all."""
        file = self._waiting[path]
        reading = Reading(path=path, stamp=file.stamp, live=file.live)
        if file.stamp.size > MAX_RECORDING_SIZE:
            return replace(reading, problem=RecordingFault.TOO_LARGE)
        try:
            data = _content(Path(self._root, path), file.stamp)
        except FileNotFoundError:
            return None
        except OSError:
            self._put_off(path, REFUSED, now)
            return None
        if data is None:
            return None
        due = file.since + SETTLING_TIMES[completeness(data)]
        if now < due:
            self._waiting[path] = replace(file, due=due)
            return None
        activities, problem = parsed(path, data)
        return replace(reading, activities=activities, problem=problem)


def printable(path: str) -> str:
    """Return a path as people and logs can take it, whatever bytes it is made of."""
    text = os.fsencode(path).decode(errors="replace")
    return "".join(letter if letter.isprintable() and letter != "`" else "\ufffd" for letter in text)


def _content(file: Path, stamp: Stamp) -> bytes | None:
    """Return the content of a file, or None where it isn't what it was when the stamp was taken."""
    with file.open("rb") as stream:
        data = stream.read(stamp.size)
        return data if len(data) == stamp.size and stamp_of(os.fstat(stream.fileno())) == stamp else None


def parsed(path: str, data: bytes) -> tuple[tuple[Activity, ...], str | None]:
    """Return the activities that can be counted, and what was wrong with others."""
    try:
        activities = parse(printable(path), data)
    except RecordingError as error:
        LOGGER.debug("%s", error)
        return (), error.reason
    # A reader that stumbles over one file must not keep all the others from being read.
    except Exception:  # noqa: BLE001
        LOGGER.exception("%s made a reader fail; please report this", printable(path))
        return (), RecordingFault.DAMAGED
    problems = [_problem_of(activity) for activity in activities]
    countable = (activity for activity, problem in zip(activities, problems, strict=True) if not problem)
    found = tuple(countable)
    if excess := excess_of(found):
        return (), excess
    return found, next(filter(None, problems), None)


def _problem_of(activity: Activity) -> str | None:
    """Return why an activity cannot be counted, if so."""
    return NO_CLOCK if activity.start is None else objection_to(activity, datetime.now(UTC))
