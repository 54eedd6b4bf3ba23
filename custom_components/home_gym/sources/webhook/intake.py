"""Parsing of a post. All of it blocks, so it runs in the executor."""

from dataclasses import dataclass
from datetime import datetime

from ...gym.intake.budget import excess_of
from ...gym.intake.objection import admission_of
from ...gym.recordings import RecordingError, RecordingFault, read
from ...gym.recordings.batch import Batch, Problem
from ...gym.recordings.phone_json import PostContext, fullest
from ...gym.recordings.symptom import Symptom
from ...gym.runs.activity import Activity, Sport
from .uploads import uploads


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


def parse_post(content_type: str, body: bytes, context: PostContext, now: datetime) -> ParsedPost:
    """Return the content of a post."""
    try:
        files = uploads(content_type, body)
    except ValueError as error:
        return ParsedPost(
            activities=(), refused=(RejectedPart(which="post", reason=RecordingFault.DAMAGED, detail=str(error)),)
        )
    everything: list[Activity] = []
    found: list[Activity] = []
    refused: list[RejectedPart] = []
    symptoms: list[Symptom] = []
    for name, data in files:
        batch = _read(name, data, context)
        symptoms += [symptom for symptom in batch.symptoms if symptom.at <= now]
        admission = admission_of(batch.activities, now)
        everything += batch.activities
        found += admission.activities
        refused += [
            RejectedPart(which=problem.which, reason=problem.reason, detail=problem.detail)
            for problem in batch.problems
        ]
        refused += [
            RejectedPart(which=each.activity.origin_id or name, reason=each.reason, detail=str(each.activity.start))
            for each in admission.refusals
        ]
    taken = tuple(fullest(found))
    if excess := excess_of(fullest(everything)):
        part = RejectedPart(which="post", reason=excess, detail=f"{len(taken)} activities")
        return ParsedPost(activities=(), refused=(part,))
    return ParsedPost(activities=taken, refused=tuple(refused), symptoms=tuple(symptoms))


def _read(name: str, data: bytes, context: PostContext) -> Batch:
    """Return the content of one recording, with the problems of its parts or of the whole."""
    try:
        return read(name, data, context)
    except RecordingError as error:
        return Batch(problems=(Problem(name, error.reason, error.detail),))
