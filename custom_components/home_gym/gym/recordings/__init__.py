"""Parsing of recordings from watches and phones, as bytes, into activities.

`parse` is the entry point. It detects the format by content, never by the file's name, and does no I/O.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ..runs.activity import Activity
from ..runs.validation import believable
from .apple_health import ROOT as APPLE_ROOT, AppleHealthReader, read_export
from .batch import Batch, Problem
from .containers import MAX_NESTING, MAX_RECORDING_SIZE, Budget, inflate, is_gzip, is_zip, members
from .errors import RecordingError, RecordingFault
from .fit.parser import is_fit, read_fit
from .gpx import ROOT as GPX_ROOT, GpxReader
from .memory import Memory, size_of
from .phone_json import DEFAULT_CONTEXT, PostContext, is_json, read_json
from .sports import certain
from .symptom import Symptom
from .tcx import ROOT as TCX_ROOT, TcxReader
from .xml import ElementReader, is_xml, read_xml


def _xml_formats(sport: str | None) -> Mapping[str, Callable[[], ElementReader]]:
    """Return the readers of XML by their root elements; `sport` is the sport of tracks that name none."""
    return {GPX_ROOT: lambda: GpxReader(sport), TCX_ROOT: lambda: TcxReader(sport), APPLE_ROOT: AppleHealthReader}


@dataclass(frozen=True, slots=True)
class _Task:
    """State of one reading: its context, memory, inflation budget, pain reports, and the problems of skipped parts."""

    context: PostContext
    memory: Memory
    sport: str | None = None
    budget: Budget = field(default_factory=Budget)
    problems: list[Problem] = field(default_factory=list)
    symptoms: list[Symptom] = field(default_factory=list)


def parse(name: str, data: bytes, memory: Memory | None = None, *, sport: str | None = None) -> list[Activity]:
    """Return all activities of a whole recording; a well-formed file without an activity gives an empty list.

    Reads FIT, TCX, GPX and the JSON of phones and services, plain, gzipped, or in a ZIP archive. `name` names the file
    in messages, `memory` is what is left beside anything else that is held, `sport` the word for the sport of a track
    that names none. Raises RecordingError, with a reason, for a recording that is damaged, hostile, of another format,
    or too large. `read` also returns what is left of a broken one.
    """
    batch = read(name, data, memory=memory, sport=sport)
    if batch.problems and not batch.activities:
        raise RecordingError(batch.problems[0].reason, f"{name}: {batch.problems[0].detail}")
    return certain(batch.activities)


def read(
    name: str,
    data: bytes,
    context: PostContext = DEFAULT_CONTEXT,
    *,
    memory: Memory | None = None,
    sport: str | None = None,
) -> Batch:
    """Return all activities of a recording, doubtful ones too, with the problems of the parts that could not be read.

    `context` holds the settings for reading JSON. Raises RecordingError, as `parse` does, if the recording as a whole
    can't be read.
    """
    task = _Task(context, replace(memory) if memory else Memory(), sport)
    activities = _parse(name, data, task, MAX_NESTING)
    return Batch(tuple(map(believable, activities)), tuple(task.problems), tuple(task.symptoms))


def _parse(name: str, data: bytes, task: _Task, depth: int) -> list[Activity]:
    """Parse a recording that may be wrapped in up to `depth` more containers."""
    if not data:
        raise RecordingError(RecordingFault.EMPTY, name)
    if len(data) > MAX_RECORDING_SIZE:
        raise RecordingError(RecordingFault.TOO_LARGE, f"{name}: {len(data)} bytes")
    with task.memory.held(len(data)):
        if is_gzip(data) or is_zip(data):
            if not depth:
                raise RecordingError(RecordingFault.HOSTILE, f"{name}: wrapped more than {MAX_NESTING} times")
            unwrap = _parse_gzip if is_gzip(data) else _parse_zip
            return unwrap(name, data, task, depth - 1)
        return _parse_plain(name, data, task)


def _parse_plain(name: str, data: bytes, task: _Task) -> list[Activity]:
    """Parse a recording without a wrapping."""
    if is_fit(data):
        return read_fit(data, task.memory)
    if is_xml(data):
        return read_xml(data, _xml_formats(task.sport), task.memory)
    if is_json(data):
        batch = read_json(data, task.context, task.memory)
        task.problems.extend(batch.problems)
        task.symptoms.extend(batch.symptoms)
        return list(batch.activities)
    raise RecordingError(RecordingFault.UNKNOWN_FORMAT, name)


def _parse_gzip(name: str, data: bytes, task: _Task, depth: int) -> list[Activity]:
    """Parse the content of a gzip stream; a truncated stream gives incomplete activities."""
    inflated = inflate(data, task.budget, task.memory)
    activities = _parse(name, inflated.data, task, depth)
    if inflated.complete:
        return activities
    return [replace(activity, incomplete=True) for activity in activities]


def _parse_zip(name: str, data: bytes, task: _Task, depth: int) -> list[Activity]:
    """Parse every recording in an archive and skip all other members."""
    activities: list[Activity] = []
    failures: list[tuple[str, RecordingError]] = []
    for member, content in members(data, task.budget, task.memory, read_export):
        try:
            if isinstance(content, RecordingError):
                raise content
            found = content if isinstance(content, list) else _parse(f"{name}/{member}", content, task, depth)
        except RecordingError as error:
            if error.reason not in (RecordingFault.UNKNOWN_FORMAT, RecordingFault.EMPTY):
                # Without its traceback, which would keep the member's bytes.
                failures.append((member, RecordingError(error.reason, error.detail)))
        else:
            task.memory.keep(sum(map(size_of, found)))
            activities += found
        # The next member is inflated while this one would still be in memory.
        del content
    if failures and not activities:
        raise failures[0][1]
    task.problems.extend(Problem(member, failure.reason, failure.detail) for member, failure in failures)
    return activities


__all__ = ["RecordingError", "RecordingFault", "parse", "read"]
