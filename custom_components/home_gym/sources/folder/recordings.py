"""Recordings of a folder: detection of new and complete files, and reading them.

All of it blocks, so it runs in the executor, one call at a time. Files are read and never changed.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
import os
from pathlib import Path

from ...const import LOGGER
from ...gym.intake.budget import excess_of
from ...gym.intake.objection import admission_of
from ...gym.recordings import read
from ...gym.recordings.completeness import completeness
from ...gym.recordings.containers import MAX_RECORDING_SIZE, is_gzip, is_zip
from ...gym.recordings.errors import RecordingError, RecordingFault
from ...gym.recordings.memory import Memory, size_of
from ...gym.runs.activity import Activity, Sport
from .opening import opened
from .survey import Found, Stamp, Survey, changed, stamp_of, survey

# Between these surveys only the change times of the folders are checked, which show every new file. A file rewritten
# in place changes no folder, and some network drives report late.
SURVEY_EVERY = 60
# Seconds without a change before a file is read, by completeness according to its own format. An incomplete file may
# be in transfer over a poor network; a format without a sign of completeness must have looked the same twice.
SETTLING_TIMES = {True: 0.0, None: 0.5, False: 10.0}

# Bytes of activities, as held, that are read before they are delivered.
MAX_BATCH_BYTES = 4 << 20

# Seconds before a failed file is tried again.
STUCK_FOR = 60

NO_CLOCK = "no_clock"
REFUSED = "refused"
UNDELIVERED = "undelivered"

# Letters of a path in logs and lists.
LONGEST_PATH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The content of a complete file.

    `live` is False for history, from before the folder was watched; `problem` is the key of the file's problem, or of
    that of a part of it.
    """

    path: str
    stamp: Stamp
    live: bool
    activities: tuple[Activity, ...] = ()
    problem: str | None = None

    @property
    def runs(self) -> int:
        """The number of runs in the file."""
        return sum(activity.sport is Sport.RUN for activity in self.activities)

    @property
    def doubtful(self) -> int:
        """The number of doubtful recordings in the file."""
        return sum(activity.doubt is not None for activity in self.activities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file to be read: the time of its last change, and of the next attempt.

    `stuck` is the key of the problem that prevents reading or delivery.
    """

    stamp: Stamp
    live: bool
    since: float
    due: float
    stuck: str | None = None


class Recordings:
    """The recordings below a folder.

    Time is seconds of any monotonic clock, except for `since`: files that arrived earlier, in seconds since the epoch,
    are history.
    """

    def __init__(self, root: str, since: float) -> None:
        """Read below a folder, which need not exist yet."""
        self._root = root
        self._since = since
        self._seen = Survey()
        self._settled = False
        self._surveyed: float | None = None
        self._waiting: dict[str, Waiting] = {}

    @property
    def paths(self) -> set[str]:
        """All files of the last survey, and the paths without access."""
        return self._seen.files.keys() | self._seen.refused

    @property
    def stuck(self) -> dict[str, str]:
        """The current problems of files and folders, by path."""
        files = {path: file.stuck for path, file in self._waiting.items() if file.stuck}
        return dict.fromkeys(self._seen.refused, REFUSED) | files

    @property
    def has_history(self) -> bool:
        """Whether files from before the folder was watched are still to be read."""
        return any(not file.live and not file.stuck for file in self._waiting.values())

    def find(self, now: float, is_known: Callable[[str, Stamp], bool]) -> list[str] | None:
        """Return the paths of the files to be read, news first, then the oldest; None without any change.

        Raises OSError for an unreadable folder. A missing folder is created.
        """
        if not self._is_worth_a_survey(now):
            return None
        Path(self._root).mkdir(parents=True, exist_ok=True)
        before, self._seen = self._seen, survey(self._root)
        self._surveyed = now
        # A file from the same tick of the file system's clock as this survey appears only in another survey.
        self._settled = self._seen.folders == before.folders
        self._waiting = {
            path: self._wait_for(path, found, now)
            for path, found in self._seen.files.items()
            if not is_known(path, found.stamp)
        }
        ready = [(not file.live, file.stamp.modified, path) for path, file in self._waiting.items() if file.due <= now]
        return [path for _, _, path in sorted(ready)]

    def read(self, paths: Iterable[str], now: float) -> list[Reading]:
        """Return the content of the complete files; others, and those beyond a full batch, are found again later."""
        readings: list[Reading] = []
        room = MAX_BATCH_BYTES
        for path in paths:
            if room <= 0:
                break
            if reading := self._read(path, now):
                readings.append(reading)
                room -= sum(map(size_of, reading.activities))
        return readings

    def settle(self, readings: Iterable[Reading], *, taken: Container[str], now: float) -> None:
        """Finish the delivered files, and postpone the others."""
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
        """Return the content of a file, None for one that may still grow or can't be read."""
        file = self._waiting[path]
        reading = Reading(path=path, stamp=file.stamp, live=file.live)
        if file.stamp.size > MAX_RECORDING_SIZE:
            return replace(reading, problem=RecordingFault.TOO_LARGE)
        try:
            data = self._complete(path, file, now)
        except FileNotFoundError:
            return None
        except OSError:
            self._put_off(path, REFUSED, now)
            return None
        # A failure of one file must not stop the others.
        except Exception:  # noqa: BLE001
            return replace(reading, problem=failed(path))
        if data is None:
            return None
        activities, problem = parsed(path, data)
        return replace(reading, activities=activities, problem=problem)

    def _complete(self, path: str, file: Waiting, now: float) -> bytes | None:
        """Return the content of a file, None for one that may still grow."""
        data = _content(Path(self._root, path), file.stamp)
        if data is None:
            return None
        due = file.since + SETTLING_TIMES[completeness(data)]
        if now < due:
            self._waiting[path] = replace(file, due=due)
            return None
        return data


def printable(path: str) -> str:
    """Return a path as printable text, even from invalid bytes."""
    text = os.fsencode(path).decode(errors="replace")
    if len(text) > LONGEST_PATH:
        half = LONGEST_PATH // 2
        text = f"{text[:half]}\N{HORIZONTAL ELLIPSIS}{text[1 - half :]}"
    return "".join(letter if letter.isprintable() and letter != "`" else "\ufffd" for letter in text)


def _content(file: Path, stamp: Stamp) -> bytes | None:
    """Return the content of a file, None if it has changed since its stamp."""
    with opened(file) as stream:
        data = stream.read(stamp.size)
        return data if len(data) == stamp.size and stamp_of(os.fstat(stream.fileno())) == stamp else None


def parsed(
    path: str, data: bytes, memory: Memory | None = None, *, sport: str | None = None
) -> tuple[tuple[Activity, ...], str | None]:
    """Return the activities of a file that count or are doubtful, and the problem of the others.

    `sport` is the word for the sport of a recording that names none.
    """
    try:
        batch = read(printable(path), data, memory=memory, sport=sport)
        if not batch.activities and not batch.problems and (is_zip(data) or is_gzip(data)):
            return (), RecordingFault.NO_RECORDING
        activities, problem = counted(batch.activities)
        return activities, problem or next((each.reason for each in batch.problems), None)
    except RecordingError as error:
        LOGGER.debug("%s", printable(str(error)))
        return (), error.reason
    # A failure of one file must not stop the others.
    except Exception:  # noqa: BLE001
        return (), failed(path)


def counted(activities: Sequence[Activity]) -> tuple[tuple[Activity, ...], str | None]:
    """Return the activities of a file that count or are doubtful, and the problem of the others."""
    if excess := excess_of(activities):
        return (), excess
    admission = admission_of(activities, datetime.now(UTC))
    problems = [NO_CLOCK if each.activity.start is None else each.reason for each in admission.refusals]
    return admission.activities, next(iter(problems), None)


def failed(path: str) -> RecordingFault:
    """Log the current exception as a fault of ours, and return the problem of its file."""
    LOGGER.exception("%s made a reader fail; please report this", printable(path))
    return RecordingFault.DAMAGED
