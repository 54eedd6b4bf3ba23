"""Parsing of a post. All of it blocks, so it runs in the executor."""

from dataclasses import dataclass
from datetime import datetime

from ...const import LOGGER
from ...gym.intake.budget import excess_of
from ...gym.intake.objection import admission_of
from ...gym.recordings import RecordingError, RecordingFault, read
from ...gym.recordings.batch import Batch, Problem
from ...gym.recordings.containers import is_gzip, is_zip
from ...gym.recordings.errors import parser_errors
from ...gym.recordings.memory import Memory, size_of
from ...gym.recordings.phone_json import PostContext, fullest
from ...gym.recordings.symptom import Symptom
from ...gym.runs.activity import Activity, Sport
from ..folder.recordings import printable
from .uploads import uploads

# Memory of a rejected part, or of a report of pain.
_PART_SIZE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedPart:
    """A rejected part of a post: its name, the key of the reason, and details for the log."""

    which: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPost:
    """The accepted and rejected parts of a post."""

    activities: tuple[Activity, ...]
    refused: tuple[RejectedPart, ...]
    symptoms: tuple[Symptom, ...] = ()

    @property
    def runs(self) -> int:
        """The number of accepted runs."""
        return sum(activity.sport is Sport.RUN for activity in self.activities)

    @property
    def doubtful(self) -> int:
        """The number of doubtful recordings."""
        return sum(activity.doubt is not None for activity in self.activities)


def parse_post(content_type: str, body: bytes, context: PostContext, now: datetime) -> ParsedPost:
    """Return the content of a post; one that exceeds its budget is refused whole."""
    try:
        return _parsed(content_type, body, context, now)
    except RecordingError as error:
        part = RejectedPart(which="post", reason=error.reason, detail=error.detail)
        return ParsedPost(activities=(), refused=(part,))


def _parsed(content_type: str, body: bytes, context: PostContext, now: datetime) -> ParsedPost:
    """Return the content of a post; raises RecordingError for one that exceeds its budget, or is no form."""
    with parser_errors("form"):
        files = uploads(content_type, body)
    memory = Memory()
    if any(place.start is not None for _, place in files):
        # Each part is copied from it.
        memory.keep(len(body))
    found: list[Activity] = []
    refused: list[RejectedPart] = []
    symptoms: list[Symptom] = []
    is_packed = False
    for name, place in files:
        is_packed |= is_zip(body[place]) or is_gzip(body[place])
        batch = _read(name, body[place], context, memory)
        memory.keep(sum(map(size_of, batch.activities)) + _PART_SIZE * (len(batch.problems) + len(batch.symptoms)))
        symptoms += [symptom for symptom in batch.symptoms if symptom.at <= now]
        refused += [
            RejectedPart(which=problem.which, reason=problem.reason, detail=problem.detail)
            for problem in batch.problems
        ]
        if excess := excess_of(batch.activities):
            raise RecordingError(excess, f"{len(batch.activities)} activities")
        admission = admission_of(batch.activities, now)
        found += admission.activities
        refused += [
            RejectedPart(which=each.activity.origin_id or name, reason=each.reason, detail=str(each.activity.start))
            for each in admission.refusals
        ]
        del batch
    if is_packed and not (found or refused or symptoms):
        raise RecordingError(RecordingFault.NO_RECORDING, "an archive without a recording")
    taken = tuple(fullest(found))
    if excess := excess_of(taken):
        raise RecordingError(excess, f"{len(taken)} activities")
    return ParsedPost(activities=taken, refused=tuple(refused), symptoms=tuple(symptoms))


def _read(name: str, data: bytes, context: PostContext, memory: Memory) -> Batch:
    """Return the content of one recording, with the problems of its parts or of the whole."""
    try:
        return read(name, data, context, memory=memory)
    except RecordingError as error:
        return Batch(problems=(Problem(name, error.reason, error.detail),))
    # A failure of one file must not stop the others.
    except Exception:  # noqa: BLE001
        LOGGER.exception("%s made a reader fail; please report this", printable(name))
        return Batch(problems=(Problem(name, RecordingFault.DAMAGED, ""),))
