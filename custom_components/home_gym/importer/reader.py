"""Reader of imports, in batches. All of it blocks, so it runs in the executor, one call at a time."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
import os
from pathlib import Path
from time import monotonic
from typing import IO, Annotated

from ..gym.codec.schema import Within
from ..gym.intake.budget import MAX_ACTIVITIES_OF_ARCHIVE
from ..gym.recordings.archive import find, walk
from ..gym.recordings.containers import MAX_RECORDING_SIZE, is_zip
from ..gym.recordings.errors import RecordingError, RecordingFault
from ..gym.recordings.index import NAME, Listed, read_index
from ..gym.runs.activity import Activity, Sport
from ..sources.folder.recordings import REFUSED, parsed, printable
from ..sources.folder.survey import survey

# Recordings in a batch, each batch followed by a write of the journal, and the seconds it may take.
BATCH_SIZE = 500
BATCH_SECONDS = 5.0


type FileFigure = Annotated[int, Within(low=-(2**63), high=2**63)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCursor:
    """Progress of reading: the finished files, and the number of members read of the current one.

    `stamp` is bytes and nanoseconds since the epoch: a changed file is read from its start again.
    """

    done: frozenset[str] = frozenset()
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
        recordings, until = 0, monotonic() + BATCH_SECONDS
        for step in self._steps:
            steps.append(step)
            recordings += step.is_recording
            if recordings == BATCH_SIZE or monotonic() > until:
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
        files = sorted(survey(str(self._root)).files) if is_folder else [""]
        listed = self._listed(files) if is_folder else {}
        for file in files:
            if file in place.done:
                continue
            done = ImportCursor(done=place.done | {file})
            try:
                with Path(self._root, file).open("rb") as stream:
                    yield from self._file(stream, file, place, done, listed.get(file))
            except OSError:
                if not is_folder:
                    raise
                yield _Step(place=done, name=printable(file), problem=REFUSED, is_recording=True)
            place = done

    def _file(
        self, stream: IO[bytes], file: str, place: ImportCursor, done: ImportCursor, listed: Listed | None
    ) -> Iterator[_Step]:
        """Read one file, possibly an archive."""
        status = os.fstat(stream.fileno())
        stamp = status.st_size, status.st_mtime_ns
        passing = place.members if (place.file, place.stamp) == (file, stamp) else 0
        here = ImportCursor(done=place.done, file=file, stamp=stamp)
        name = printable(file or self._root.name)
        head = stream.read(4)
        stream.seek(0)
        if is_zip(head):
            yield from _archive(stream, name, here, done, passing)
            yield _Step(place=done)
        else:
            content = RecordingFault.TOO_LARGE if stamp[0] > MAX_RECORDING_SIZE else stream.read()
            yield _recording(name, content, listed, done, strict=not file)

    def _listed(self, files: list[str]) -> Mapping[str, Listed]:
        """Return the entries for recordings in a folder's lists of activities."""
        found: dict[str, Listed] = {}
        for file in files:
            path = Path(self._root, file)
            if path.name == NAME:
                with suppress(OSError):
                    found |= read_index(file, path.read_bytes())
        return found


def _archive(stream: IO[bytes], name: str, here: ImportCursor, done: ImportCursor, passing: int) -> Iterator[_Step]:
    """Read the members of an archive, from the given one on."""
    try:
        index = find(stream, NAME)
        content = index.content if index else None
        listed = read_index(index.name, content) if index and isinstance(content, bytes) else {}
        total = 0
        for number, member in enumerate(walk(stream, passing=passing), 1):
            if number > passing:
                at = replace(here, members=number)
                step = _Step(place=at)
                if member.content is not None:
                    step = _recording(f"{name}/{printable(member.name)}", member.content, listed.get(member.name), at)
                total += len(step.activities)
                if total > MAX_ACTIVITIES_OF_ARCHIVE:
                    yield _Step(place=done, name=name, problem=RecordingFault.TOO_MANY, is_recording=True)
                    return
                yield step
    except RecordingError as error:
        yield _Step(place=done, name=name, problem=error.reason, is_recording=True)


def _recording(
    name: str, content: bytes | RecordingFault, listed: Listed | None, at: ImportCursor, *, strict: bool = False
) -> _Step:
    """Read one recording; other files are passed over, unless the import is that file."""
    if isinstance(content, RecordingFault):
        return _Step(place=at, name=name, problem=content, is_recording=True)
    activities, problem = parsed(name, content)
    if problem in (RecordingFault.UNKNOWN_FORMAT, RecordingFault.EMPTY) and not strict:
        return _Step(place=at)
    if listed:
        activities = tuple(listed.applied_to(activity) for activity in activities)
    return _Step(place=at, name=name, activities=activities, problem=problem, is_recording=True)
