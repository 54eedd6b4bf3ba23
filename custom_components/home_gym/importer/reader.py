"""Reader of imports, in batches. All of it blocks, so it runs in the executor, one call at a time."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
import os
from pathlib import Path
from time import monotonic
from typing import IO, Annotated, BinaryIO

from ..gym.codec.schema import Within, stored
from ..gym.intake.budget import MAX_ACTIVITIES, MAX_ACTIVITIES_OF_ARCHIVE
from ..gym.recordings.archive import find, walk
from ..gym.recordings.ceiling import ceiling
from ..gym.recordings.containers import MAX_RECORDING_SIZE, is_zip
from ..gym.recordings.errors import RecordingError, RecordingFault
from ..gym.recordings.index import ENTRY_SIZE, MAX_ENTRIES, MAX_SIZE, NAME, Listed, read_index
from ..gym.recordings.memory import Memory, size_of
from ..gym.runs.activity import Activity, Sport
from ..sources.folder.opening import opened
from ..sources.folder.recordings import MAX_BATCH_BYTES, REFUSED, counted, failed, parsed, printable
from ..sources.folder.survey import survey

# Recordings in a batch, each batch followed by a write of the journal, and the seconds it may take.
BATCH_SIZE = 500
BATCH_SECONDS = 5.0


type FileFigure = Annotated[int, Within(low=-(2**63), high=2**63)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCursor:
    """Progress of reading: the last finished file, and the number of members read of the current one.

    Files are read in the order of `cursor_of`, so that `after` stands for all before it; `done` has the finished files
    of an import that an earlier version began. `stamp` is bytes and nanoseconds since the epoch: a changed file is
    read from its start again.
    """

    done: frozenset[str] = frozenset()
    after: str | None = field(default=None, metadata=stored(required=False))
    file: str = ""
    stamp: tuple[FileFigure, FileFigure] = (0, 0)
    members: int = 0


IMPORT_START = ImportCursor()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """The content of one batch, and the cursor after it.

    `files` is the number of recordings, `problems` the failed ones, each with the key of the reason.
    """

    place: ImportCursor
    activities: tuple[Activity, ...]
    files: int
    problems: tuple[tuple[str, str], ...]

    @property
    def runs(self) -> int:
        """The number of runs in the batch."""
        return sum(activity.sport is Sport.RUN for activity in self.activities)

    @property
    def doubtful(self) -> int:
        """The number of doubtful recordings in the batch."""
        return sum(activity.doubt is not None for activity in self.activities)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One file or member, and the cursor after it."""

    place: ImportCursor
    name: str = ""
    is_recording: bool = False
    activities: tuple[Activity, ...] = ()
    problem: str | None = None


class ImportReader:
    """Reader of a file or a folder, from a cursor on."""

    def __init__(self, path: str, place: ImportCursor) -> None:
        """Start at an earlier reader's cursor."""
        self._root = Path(path)
        self._steps = self._walk(place)

    def read(self) -> ImportBatch | None:
        """Return the next batch, None at the end.

        Raises OSError for an unreadable file or folder.
        """
        steps: list[_Step] = []
        recordings, room, until = 0, MAX_BATCH_BYTES, monotonic() + BATCH_SECONDS
        for step in self._steps:
            steps.append(step)
            recordings += step.is_recording
            room -= sum(map(size_of, step.activities))
            if recordings == BATCH_SIZE or room <= 0 or monotonic() > until:
                break
        if not steps:
            return None
        return ImportBatch(
            place=steps[-1].place,
            activities=tuple(activity for step in steps for activity in step.activities),
            files=sum(step.is_recording and step.problem is None for step in steps),
            problems=tuple((step.name, step.problem) for step in steps if step.problem),
        )

    def close(self) -> None:
        """Close the file."""
        self._steps.close()

    def _walk(self, place: ImportCursor) -> Generator[_Step]:
        is_folder = self._root.is_dir()
        files = sorted(survey(str(self._root)).files, key=cursor_of) if is_folder else [""]
        listed = self._listed(files) if is_folder else {}
        memory = Memory()
        memory.keep(ENTRY_SIZE * len(listed))
        for file in files:
            key = cursor_of(file)
            if key in place.done or (place.after is not None and key <= place.after):
                continue
            done = _done(place, key)
            try:
                with opened(self._root / file) as stream:
                    yield from self._file(stream, file, place, listed.get(file), replace(memory))
            except OSError:
                if not is_folder:
                    raise
                yield _Step(place=done, name=printable(file), problem=REFUSED, is_recording=True)
            # A failure of one file must not stop the others.
            except Exception:  # noqa: BLE001
                name = file or self._root.name
                yield _Step(place=done, name=printable(name), problem=failed(name), is_recording=True)
            place = done

    def _file(
        self, stream: BinaryIO, file: str, place: ImportCursor, listed: Listed | None, memory: Memory
    ) -> Iterator[_Step]:
        """Read one file, possibly an archive."""
        status = os.fstat(stream.fileno())
        key, stamp = cursor_of(file), (status.st_size, status.st_mtime_ns)
        passing = place.members if (place.file, place.stamp) == (key, stamp) else 0
        here = replace(place, file=key, stamp=stamp, members=0)
        name = printable(file or self._root.name)
        head = stream.read(4)
        stream.seek(0)
        if is_zip(head):
            yield from _archive(stream, name, here, passing, memory)
            yield _Step(place=_done(place, key))
        else:
            too_large = stamp[0] > MAX_RECORDING_SIZE
            content = RecordingFault.TOO_LARGE if too_large else stream.read(stamp[0])
            step = _recording(name, content, listed, _done(place, key), memory, strict=not file)
            # Its activities are delivered without the bytes in memory.
            del content
            yield step

    def _listed(self, files: list[str]) -> Mapping[str, Listed]:
        """Return the entries for recordings in a folder's lists of activities; no more than one list may have."""
        found: dict[str, Listed] = {}
        for file in files:
            path = self._root / file
            if path.name == NAME:
                with suppress(OSError), opened(path) as stream:
                    size = os.fstat(stream.fileno()).st_size
                    entries = read_index(file, stream.read(size)) if size <= MAX_SIZE else {}
                    if len(found) + len(entries) <= MAX_ENTRIES:
                        found |= entries
        return found


def cursor_of(file: str) -> str:
    """Return a file's path as the text that stands for it in a cursor, even if its bytes are no text."""
    return os.fsencode(file).decode(errors="backslashreplace")


def _done(place: ImportCursor, key: str) -> ImportCursor:
    """Return the cursor after the last byte of a file."""
    return ImportCursor(done=place.done, after=key)


def _archive(stream: IO[bytes], name: str, here: ImportCursor, passing: int, memory: Memory) -> Iterator[_Step]:
    """Read the members of an archive, from the given one on; one of too many activities is refused whole."""
    done = _done(here, here.file)
    try:
        index = find(stream, NAME, memory, most=MAX_SIZE)
        listed = read_index(index.name, index.content) if index and isinstance(index.content, bytes) else {}
        del index
        memory.keep(ENTRY_SIZE * len(listed))
        if not passing and (yield from _is_overfull(stream, here, memory)):
            yield _Step(place=done, name=name, problem=RecordingFault.TOO_MANY, is_recording=True)
            return
        number = 0
        is_empty = not passing
        for member in walk(stream, memory, passing=passing):
            number += 1  # noqa: SIM113 - enumerate would keep the former member in memory
            if number > passing:
                at = replace(here, members=number)
                step = _Step(place=at)
                if member.content is not None:
                    is_empty = False
                    path = f"{name}/{printable(member.name)}"
                    step = _recording(path, member.content, listed.get(member.name), at, memory)
                # The next member is read, and this one's activities are delivered, without its bytes in memory.
                del member
                yield step
        if is_empty:
            yield _Step(place=done, name=name, problem=RecordingFault.NO_RECORDING, is_recording=True)
    except RecordingError as error:
        yield _Step(place=done, name=name, problem=error.reason, is_recording=True)


def _is_overfull(stream: IO[bytes], here: ImportCursor, memory: Memory) -> Generator[_Step, None, bool]:
    """Return whether an archive has too many activities, by a quick look or, if need be, by reading it."""
    for count in (_most, _exactly):
        total = 0
        for member in walk(stream, memory, exports=count is _exactly):
            if isinstance(member.content, bytes):
                total += count(member.content, memory)
            elif isinstance(member.content, tuple):
                total += len(member.content) if count is _exactly else MAX_ACTIVITIES
            del member
            if total > MAX_ACTIVITIES_OF_ARCHIVE:
                break
            # A batch may end here.
            yield _Step(place=here)
        else:
            return False
    return True


def _most(content: bytes, memory: Memory) -> int:
    return min(ceiling(content, memory), MAX_ACTIVITIES)


def _exactly(content: bytes, memory: Memory) -> int:
    activities, _ = parsed("", content, memory)
    return len(activities)


def _recording(
    name: str,
    content: bytes | tuple[Activity, ...] | RecordingFault,
    listed: Listed | None,
    at: ImportCursor,
    memory: Memory,
    *,
    strict: bool = False,
) -> _Step:
    """Read one recording; other files are passed over, unless the import is that file."""
    if isinstance(content, RecordingFault):
        return _Step(place=at, name=name, problem=content, is_recording=True)
    if isinstance(content, bytes):
        activities, problem = parsed(name, content, memory, sport=listed.kind if listed else None)
    else:
        activities, problem = counted(content)
    if problem in (RecordingFault.UNKNOWN_FORMAT, RecordingFault.EMPTY) and not strict:
        return _Step(place=at)
    if listed:
        activities = tuple(listed.applied_to(activity) for activity in activities)
    return _Step(place=at, name=name, activities=activities, problem=problem, is_recording=True)
