"""JSON of phones and services, turned into activities by one module for each sender.

The sender of each row is recognised by the row's content; a bad row does not affect the others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
import json
import re

from ...runs.activity import Activity
from ..batch import Batch, Problem
from ..errors import RecordingError, RecordingFault, parser_errors
from ..memory import Memory
from ..sports import RUN_NAMES
from . import apple, garmin, health_connect, own, polar, strava
from .build import PostContext, PostedActivity, activity_of, fullest
from .names import Names
from .row import Row
from .spans import SPAN_SIZE, completed, span_count
from .symptoms import symptoms_in
from .values import Json
from .weight import weight

MAX_ROWS = 20_000
"""Activities in one document; a lifetime of daily running has fewer."""

LISTS = ("workouts", "activityList", "activities", "summarizedActivitiesExport", "last_activities", "exercise")
"""Keys of the lists of rows in the documents of services."""

ENVELOPES = ("data", "attributes")
"""Keys of the envelopes that some services put around the whole document."""

SENDER_KEYS = frozenset({"metrics", "symptoms", "app_version", *LISTS})
"""Keys of documents from known senders, which may hold no activity."""

MAX_JSON_SIZE = 16 << 20
"""Bytes of a document, which takes many times as much memory."""

# Memory of the activity or the problem of a row.
_ROW = 1200

_SHAPES: tuple[tuple[Callable[[Row], bool], Callable[[Row, PostContext], PostedActivity]], ...] = (
    (own.is_own, own.read_own),
    (polar.is_exercise, polar.read_exercise),
    (garmin.is_detailed, garmin.read_detailed),
    (garmin.is_exported, garmin.read_exported),
    (garmin.is_pushed, garmin.read_pushed),
    (garmin.is_listed, garmin.read_listed),
    (strava.is_intervals, strava.read_intervals),
    (strava.is_strava, strava.read_strava),
    (health_connect.is_session, health_connect.read_session),
    (health_connect.is_bridged, health_connect.read_bridged),
    (apple.is_shortcut, apple.read_shortcut),
    (apple.is_health_auto_export, apple.read_health_auto_export),
    (own.is_unnamed, own.read_own),
)


# Other formats begin with a bracket too, but not with this continuation.
_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?[ \t\r\n]*(?:\{[ \t\r\n]*(?:["}]|$)|\[[ \t\r\n]*(?:["{\[\]tfnNI\d-]|$))')

DEFAULT_CONTEXT = PostContext(names=Names(), zone=UTC)
"""Default settings for reading JSON: the default names of runs, and UTC for times without an offset."""


def is_json(data: bytes) -> bool:
    """Return whether bytes may be a JSON document of an object or a list."""
    return _BEGINNING.match(data) is not None


def read_json(data: bytes, context: PostContext = DEFAULT_CONTEXT, memory: Memory | None = None) -> Batch:
    """Return the activities of a document, with the problems of the unreadable ones.

    Raises RecordingError for bytes that are no JSON, are larger than any batch, take too much memory, or come from an
    unknown sender.
    """
    if len(data) > MAX_JSON_SIZE:
        raise RecordingError(RecordingFault.TOO_LARGE, f"{len(data)} bytes of JSON")
    memory = memory or Memory()
    with memory.held(weight(data)):
        batch = _batch(_document(data), context, memory)
    memory.keep(_ROW * (len(batch.activities) + len(batch.problems) + len(batch.symptoms)))
    return batch


def _batch(document: Json, context: PostContext, memory: Memory) -> Batch:
    """Return the activities of a decoded document; raises RecordingError."""
    rows = _rows(document)
    if rows is None:
        raise RecordingError(RecordingFault.UNKNOWN_FORMAT, "JSON of an unknown sender")
    if len(rows) > MAX_ROWS:
        raise RecordingError(RecordingFault.TOO_LARGE, f"{len(rows)} activities")
    inner = _inner(document)
    memory.need(_ROW * len(rows) + SPAN_SIZE * span_count(inner))
    activities: list[Activity] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        try:
            activities.append(_activity(row, context))
        except RecordingError as error:
            problems.append(Problem(_label_of(row, number), error.reason, error.detail))
    if not activities and problems and all(problem.reason is RecordingFault.UNKNOWN_FORMAT for problem in problems):
        raise RecordingError(RecordingFault.UNKNOWN_FORMAT, "JSON of an unknown sender")
    activities = completed(activities, inner, context.zone, service=health_connect.SERVICE)
    return Batch(tuple(activities), tuple(problems), tuple(symptoms_in(document, context.zone)))


def _document(data: bytes) -> Json:
    """Return the decoded document; raises RecordingError for invalid JSON."""
    with parser_errors("JSON"):
        try:
            document: Json = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
        except RecursionError as error:
            raise RecordingError(RecordingFault.HOSTILE, "nested too deep") from error
    return document


def _rows(document: Json) -> Sequence[Json] | None:
    """Return the rows of a document, maybe none; None for a document of an unknown shape."""
    if isinstance(document, list):
        return [row for part in document for row in _unpacked(part)]
    if not isinstance(document, dict):
        return None
    inner = _inner(document)
    if polar.is_training_session(inner):
        return list(polar.exercises_of(inner))
    if any(isinstance(inner.get(name), list | dict) for name in LISTS):
        return list(_unpacked(inner))
    if not SENDER_KEYS.isdisjoint(inner):
        return []
    return [inner] if inner else None


def _inner(document: Json) -> dict[str, Json]:
    """Return the object in an envelope, or the document itself; an empty one for a document of another form."""
    if not isinstance(document, dict):
        return {}
    return next((inner for name in ENVELOPES if isinstance(inner := document.get(name), dict)), document)


def _unpacked(part: Json) -> Iterator[Json]:
    """Yield the rows of an object under one of the known keys, or the object itself."""
    name = next((name for name in LISTS if isinstance(part, dict) and isinstance(part.get(name), list | dict)), None)
    if name is None or not isinstance(part, dict):
        yield part
        return
    rows = part[name]
    if isinstance(rows, dict):
        # One bridge groups sessions by day.
        days = [day["sessions"] for day in rows.values() if isinstance(day, dict) and "sessions" in day]
        rows = [row for day in days if isinstance(day, list) for row in day] if days else [rows]
    yield from rows if isinstance(rows, list) else []


def _activity(row: Json, context: PostContext) -> Activity:
    """Return the activity of a row; raises RecordingError."""
    if isinstance(row, Mapping):
        fields = Row(row)
        for is_shape, read in _SHAPES:
            if is_shape(fields):
                return activity_of(read(fields, context))
    raise RecordingError(RecordingFault.UNKNOWN_FORMAT, "a row of an unknown sender")


def _label_of(row: Json, number: int) -> str:
    """Return the label of a row: its own id, or else its number."""
    own_id = Row(row).text("id", "activityId", "summaryId") if isinstance(row, dict) else None
    return own_id or f"#{number}"


__all__ = ["DEFAULT_CONTEXT", "RUN_NAMES", "Names", "PostContext", "fullest", "is_json", "read_json"]
